"""Hold the relations of an answer against the claims and the reply structure of the thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from argumap.extraction.llm.align import find_words
from argumap.extraction.llm.answers import (
    FoundRelation,
    FoundRestatement,
    FoundStance,
    RelationsAnswer,
    read_items,
    read_object,
)
from argumap.extraction.llm.grounding import Checked, GroundedClaim, Problem, find_part, named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from argumap.extraction.llm.chunks import Chunk
    from argumap.extraction.llm.units import NumberedThread

__all__ = ["GroundedRelation", "GroundedStance", "Restatement", "check_relations"]


@dataclass(eq=False, slots=True)
class GroundedRelation:
    """A relation whose ends exist.

    Attributes:
        kind: What it is.
        sources: Ids of claims.
        target: Id of a claim; of an undercut another relation, or the claim that is the reason.
        cue: The words of the thread that show it.
        found: The item of the answer.
    """

    kind: Literal["support", "rebuttal", "undercut"]
    sources: tuple[str, ...]
    target: str | GroundedRelation
    cue: str | None
    found: FoundRelation


@dataclass(frozen=True, slots=True)
class GroundedStance:
    """Agreement or denial, with its place in the thread."""

    claim: str
    stance: Literal["endorses", "concedes", "denies"]
    post: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Restatement:
    """A claim that says what an earlier one says."""

    claim: str
    same_as: str


Item = GroundedRelation | GroundedStance | Restatement


def check_relations(
    text: str, chunk: Chunk, numbered: NumberedThread, claims: Mapping[str, GroundedClaim]
) -> Checked[Item]:
    """Return what an answer says about claims and the reply structure allows.

    An author can bear on what stands in his own post, in those that it replies to, in those that it
    quotes, and in the opening post; somebody who wrote earlier cannot have meant a later post.

    Args:
        text: The answer.
        chunk: What was asked about: the sources are in its own units.
        numbered: The thread.
        claims: The claims that were shown, by id, in the order of the text.

    Raises:
        UnreadableAnswerError: The text is no such answer.
    """
    return _Checker(chunk, numbered, claims).check(text)


class _Checker:
    def __init__(
        self, chunk: Chunk, numbered: NumberedThread, claims: Mapping[str, GroundedClaim]
    ) -> None:
        self._numbered = numbered
        self._claims = claims
        self._own_units = {unit.id for unit in chunk.own}
        self._order = {claim_id: place for place, claim_id in enumerate(claims)}
        self._checked = Checked[Item]()

    def check(self, text: str) -> Checked[Item]:
        lists = read_object(text, RelationsAnswer)
        relations, bad = read_items(lists["relations"], FoundRelation, "relations")
        stances, more = read_items(lists["stances"], FoundStance, "stances")
        restatements, most = read_items(lists["restatements"], FoundRestatement, "restatements")
        for place, item, reason in (*bad, *more, *most):
            self._checked.problems.append(Problem(place, item, reason))
        self._relations(relations)
        said: set[tuple[str, int, int, int]] = set()
        for place, stance in stances:
            grounded = self._stance(stance)
            if isinstance(grounded, GroundedStance):
                where = (grounded.claim, grounded.post, grounded.start, grounded.end)
                if where in said:
                    grounded = f"a stance of {stance.unit} on {stance.claim} was given before"
                said.add(where)
            self._take(place, stance, grounded)
        for place, restatement in restatements:
            self._take(place, restatement, self._restatement(restatement))
        return self._checked

    def _take(self, place: str, item: FoundStance | FoundRestatement, grounded: Item | str) -> None:
        if isinstance(grounded, str):
            self._checked.problems.append(Problem(place, item, grounded))
        else:
            self._checked.items.append(grounded)

    def _relations(self, found: list[tuple[str, FoundRelation]]) -> None:
        """Take the relations in rounds, since an undercut may stand before its target."""
        accepted: dict[str, GroundedRelation] = {}
        ids = {item.id for _, item in found}
        pairs: dict[tuple[frozenset[str], str], str] = {}
        waiting = found
        while waiting:
            later: list[tuple[str, FoundRelation]] = []
            for place, item in waiting:
                if item.kind == "undercut" and item.target in ids and item.target not in accepted:
                    later.append((place, item))
                    continue
                reason = self._fault(item, accepted) or _contradiction(item, pairs)
                if item.id in accepted:
                    reason = f"the id {named(item.id)} was given before"
                if reason:
                    self._checked.problems.append(Problem(place, item, reason))
                    continue
                accepted[item.id] = self._grounded(place, item, accepted)
                self._checked.items.append(accepted[item.id])
            if len(later) == len(waiting):
                reason = "the relation that it undercuts cannot be used"
                self._checked.problems += [Problem(place, item, reason) for place, item in later]
                return
            waiting = later

    def _fault(  # noqa: PLR0911 # one return for each fault
        self, item: FoundRelation, accepted: Mapping[str, GroundedRelation]
    ) -> str | None:
        """Return what is wrong with a relation, or None."""
        for source in item.sources:
            if source not in self._claims:
                return f"there is no claim {named(source)}"
        if len(set(item.sources)) < len(item.sources):
            return "it names a source twice"
        if len(item.sources) > 1 and item.kind != "support":
            return f"a {item.kind} has one source; only the premises of a support can be linked"
        ends = self._ends(item, accepted)
        if isinstance(ends, str):
            return ends
        if ends & set(item.sources) and item.kind != "undercut":
            return f"{item.target} is related to itself"
        if item.kind == "undercut" and item.target in item.sources:
            return f"{named(item.target)} undercuts its own inference"
        everything = ends | set(item.sources)
        own = [source for source in item.sources if self._claims[source].unit in self._own_units]
        if not own:
            return "none of its sources is in the posts that were asked about"
        if not any(self._can_answer(source, everything) for source in own):
            shown = ", ".join(sorted(everything, key=self._order.__getitem__))
            return (
                f"the posts of {shown} do not fit: a reason bears on its own post, on those that "
                "this replies to or quotes, or on the opening post"
            )
        return None

    def _ends(
        self, item: FoundRelation, accepted: Mapping[str, GroundedRelation]
    ) -> set[str] | str:
        """Return the claims at the end of a relation, or what is wrong there."""
        if item.kind == "undercut" and item.target in accepted:
            struck = accepted[item.target]
            return {*struck.sources}
        if item.target not in self._claims:
            thing = "relation or claim" if item.kind == "undercut" else "claim"
            return f"there is no {thing} {named(item.target)}"
        return {item.target}

    def _can_answer(self, source: str, ends: Iterable[str]) -> bool:
        post = self._claims[source].post
        return all(self._numbered.answers(post, self._claims[end].post) for end in ends)

    def _grounded(
        self, place: str, item: FoundRelation, accepted: Mapping[str, GroundedRelation]
    ) -> GroundedRelation:
        undercuts = item.kind == "undercut" and item.target in accepted
        target: str | GroundedRelation = accepted[item.target] if undercuts else item.target
        cue = self._cue(item)
        if item.cue and cue is None:
            reason = f"the cue {named(item.cue)} does not stand in the posts of its sources"
            self._checked.problems.append(Problem(place, item, reason, asks_again=False))
        return GroundedRelation(item.kind, tuple(item.sources), target, cue, item)

    def _cue(self, item: FoundRelation) -> str | None:
        for source in item.sources if item.cue else ():
            for unit in self._numbered.by_post[self._claims[source].post]:
                text = self._numbered.text(unit)
                if place := find_words(item.cue or "", text):
                    return text[slice(*place)]
        return None

    def _stance(  # noqa: PLR0911 # one return for each fault
        self, item: FoundStance
    ) -> GroundedStance | str:
        unit = self._numbered.unit(item.unit.strip().strip("[]"))
        if unit is None:
            return f"there is no unit {named(item.unit)}"
        if unit.id not in self._own_units:
            return f"unit {unit.id} is only shown as context"
        claim = self._claims.get(item.claim)
        if claim is None:
            return f"there is no claim {named(item.claim)}"
        if not self._numbered.answers(unit.post, claim.post):
            return f"the post of {unit.id} does not reply to that of {item.claim}"
        place = find_part(item.part, [unit], self._numbered)
        if place is None:
            return f"the words {named(item.part)} do not stand in {unit.id}"
        if claim.post == unit.post and claim.start < place[1] and place[0] < claim.end:
            return f"{item.claim} is itself what {unit.id} says there"
        return GroundedStance(item.claim, item.stance, unit.post, *place)

    def _restatement(self, item: FoundRestatement) -> Restatement | str:
        for claim_id in (item.claim, item.same_as):
            if claim_id not in self._claims:
                return f"there is no claim {named(claim_id)}"
        if self._order[item.same_as] >= self._order[item.claim]:
            return f"{item.same_as} does not stand before {item.claim}"
        # Any earlier post will do: two people can make one point without answering each other.
        if self._claims[item.claim].unit not in self._own_units:
            return f"{item.claim} is only shown as context"
        return Restatement(item.claim, item.same_as)


def _contradiction(item: FoundRelation, pairs: dict[tuple[frozenset[str], str], str]) -> str | None:
    """Say that something is given as a reason for and against the same; else remember it."""
    if item.kind == "undercut":
        return None
    before = pairs.setdefault((frozenset(item.sources), item.target), item.kind)
    if before != item.kind:
        return f"the same sources are a {before} of {item.target} already"
    return None
