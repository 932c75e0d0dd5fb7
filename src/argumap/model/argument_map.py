"""The argument map: claims, the relations between them, and the thread they were found in."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal, Self

from pydantic import Field, JsonValue, model_validator

from argumap.errors import ModelError, UnknownNameError, did_you_mean
from argumap.model._base import Value
from argumap.model.claim import Claim
from argumap.model.index import MapIndex
from argumap.model.relation import Rebuttal, Relation, Support, Undercut
from argumap.model.thread import Thread

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ArgumentMap"]


class ArgumentMap(Value):
    """Who claims what, what supports it and what rebuts it: a frozen value.

    Raises:
        ModelError: An id is used twice, a relation or a mention names what is not there, a claim
            supports itself, or a quote is not what the post says. All at once, in words.

    Examples:
        >>> rain, wet = Claim(id="c1", text="It rained."), Claim(id="c2", text="It is wet.")
        >>> because = Support(id="s1", premises=("c2",), conclusion="c1")
        >>> ArgumentMap(claims=(rain, wet), relations=(because,))
        ArgumentMap(2 claims, 1 support, 0 rebuttals, 0 undercuts)
    """

    version: Literal["argumap-map/1"] = Field(
        "argumap-map/1", description="Name and version of this schema."
    )
    title: str | None = Field(None, description="What the map is about.")
    claims: tuple[Claim, ...] = Field((), description="In the order of the text.")
    relations: tuple[Relation, ...] = Field((), description="In the order of their sources.")
    thread: Thread | None = Field(None, description="The thread that the spans point into.")
    extra: dict[str, JsonValue] | None = Field(
        None, description="Fields of other formats that have no place elsewhere."
    )

    def __hash__(self) -> int:
        return hash((self.title, self.claims, self.relations))

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        problems = list(_map_problems(self))
        if problems:
            raise ModelError("argument map", problems)
        return self

    @cached_property
    def _elements(self) -> dict[str, Claim | Support | Rebuttal | Undercut]:
        return {element.id: element for element in (*self.claims, *self.relations)}

    @cached_property
    def index(self) -> MapIndex:
        """The map by numbers, for questions that must be fast; made when first asked for."""
        return MapIndex.of(self.claims, self.relations)

    def claim(self, claim_id: str) -> Claim:
        """Return the claim of that id.

        Raises:
            UnknownNameError: There is none; the message suggests the nearest.
        """
        found = self._elements.get(claim_id)
        if isinstance(found, Claim):
            return found
        raise UnknownNameError("claim", claim_id, [claim.id for claim in self.claims])

    def relation(self, relation_id: str) -> Support | Rebuttal | Undercut:
        """Return the relation of that id.

        Raises:
            UnknownNameError: There is none; the message suggests the nearest.
        """
        found = self._elements.get(relation_id)
        if found is None or isinstance(found, Claim):
            known = [relation.id for relation in self.relations]
            raise UnknownNameError("relation", relation_id, known)
        return found

    @cached_property
    def supports(self) -> tuple[Support, ...]:
        """The supports, in map order."""
        return tuple(r for r in self.relations if isinstance(r, Support))

    @cached_property
    def rebuttals(self) -> tuple[Rebuttal, ...]:
        """The rebuttals, in map order."""
        return tuple(r for r in self.relations if isinstance(r, Rebuttal))

    @cached_property
    def undercuts(self) -> tuple[Undercut, ...]:
        """The undercuts, in map order."""
        return tuple(r for r in self.relations if isinstance(r, Undercut))

    @cached_property
    def authors(self) -> tuple[str, ...]:
        """Everybody who says something in the map, in order of first appearance.

        The order is that of the thread's posts where there is a thread, else that of the mentions.
        """
        speaking = dict.fromkeys(
            m.author for claim in self.claims for m in claim.mentions if m.author is not None
        )
        posting = self.thread.authors if self.thread else ()
        return tuple(dict.fromkeys([a for a in posting if a in speaking] + list(speaking)))

    def __repr__(self) -> str:
        title = f"{self.title!r}: " if self.title else ""
        counts = (
            (len(self.claims), "claim"),
            (len(self.supports), "support"),
            (len(self.rebuttals), "rebuttal"),
            (len(self.undercuts), "undercut"),
        )
        words = ", ".join(f"{n} {word}{'' if n == 1 else 's'}" for n, word in counts)
        return f"ArgumentMap({title}{words})"

    __str__ = __repr__


def _map_problems(argmap: ArgumentMap) -> Iterator[str]:
    """Yield every way in which the parts of a map do not fit together. Linear."""
    claim_ids = {claim.id for claim in argmap.claims}
    relation_ids = {relation.id for relation in argmap.relations}
    seen: set[str] = set()
    for element in (*argmap.claims, *argmap.relations):
        if element.id in seen:
            yield f"two elements have the id {element.id!r}"
        seen.add(element.id)

    for relation in argmap.relations:
        yield from _relation_problems(relation, claim_ids, relation_ids)

    if argmap.thread is not None:
        yield from _quote_problems(argmap.claims, argmap.thread)


def _relation_problems(
    relation: Relation, claim_ids: set[str], relation_ids: set[str]
) -> Iterator[str]:
    """Yield every way in which a relation names what it should not."""
    name = f"{relation.kind} {relation.id!r}"
    for source in relation.sources:
        if source not in claim_ids:
            yield f"{name} comes from {_not_there(source, claim_ids, relation_ids, 'claim')}"
    if len(set(relation.sources)) < len(relation.sources):
        yield f"{name} names a premise twice"
    verb = _VERBS[relation.kind]
    if isinstance(relation, Undercut):
        wanted, other, kind = relation_ids, claim_ids, "relation"
        loops = relation.target == relation.id
    else:
        wanted, other, kind = claim_ids, relation_ids, "claim"
        # A claim may rebut itself ("This sentence is false."), as frameworks of attacks have it.
        loops = relation.kind == "support" and relation.target in relation.sources
    if relation.target not in wanted:
        yield f"{name} {verb} {_not_there(relation.target, wanted, other, kind)}"
    elif loops:
        yield f"{name}: {kind} {relation.target!r} {verb} itself"


_VERBS = {"support": "supports", "rebuttal": "rebuts", "undercut": "undercuts"}


def _not_there(name: str, wanted: set[str], other: set[str], kind: str) -> str:
    """Say that `name` is not of the wanted kind, and what may have been meant."""
    if name in other:
        wrong = "relation" if kind == "claim" else "claim"
        return f"{name!r}, which is a {wrong}, not a {kind}"
    return f"{name!r}, which is not in the map{did_you_mean(name, sorted(wanted))}"


def _quote_problems(claims: tuple[Claim, ...], thread: Thread) -> Iterator[str]:
    """Yield every mention whose span or words are not in the thread."""
    texts = {post.id: post.text for post in thread.posts}
    for claim in claims:
        for mention in claim.mentions:
            span = mention.span
            if span is None:
                continue
            text = texts.get(span.post_id)
            if text is None:
                hint = did_you_mean(span.post_id, texts)
                yield (
                    f"claim {claim.id!r} was said in post {span.post_id!r}, which is not in the "
                    f"thread{hint}"
                )
            elif span.end > len(text):
                yield (
                    f"claim {claim.id!r} spans {span.start}–{span.end} of post {span.post_id!r}, "
                    f"which has {len(text)} characters"
                )
            elif mention.quote is not None and text[span.start : span.end] != mention.quote:
                yield (
                    f"claim {claim.id!r} quotes {_short(mention.quote)}, but post "
                    f"{span.post_id!r} says {_short(text[span.start : span.end])} there"
                )


def _short(text: str, limit: int = 60) -> str:
    return repr(text if len(text) <= limit else text[: limit - 1] + "…")
