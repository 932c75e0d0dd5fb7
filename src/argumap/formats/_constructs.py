"""What a map may hold that a format may be unable to carry: each construct, found and left out.

A format says by these names what it can carry. The refusal to lose anything, the list of what was
left out, the table in the documentation and the law of the round trip all come from here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from argumap.model import Mention, Rebuttal, Support, Undercut, pause_gc

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from argumap.model import ArgumentMap, Claim

__all__ = ["ALL", "CONSTRUCTS", "Construct", "free_ids", "losses", "without"]


@dataclass(frozen=True)
class Construct:
    """One thing that a map may hold.

    Attributes:
        name: The name by which formats declare it.
        meaning: What it is, for the documentation.
        find: Yields a sentence for each place of a map where it occurs.
        remove: Returns the map without it, and with all else that can stay.
    """

    name: str
    meaning: str
    find: Callable[[ArgumentMap], Iterator[str]]
    remove: Callable[[ArgumentMap], ArgumentMap]


def losses(argmap: ArgumentMap, carried: Collection[str]) -> tuple[str, ...]:
    """Return what a format would lose of a map: sentences, by construct, in map order."""
    missing = (construct for construct in CONSTRUCTS if construct.name not in carried)
    return tuple(sentence for construct in missing for sentence in construct.find(argmap))


def without(argmap: ArgumentMap, carried: Collection[str]) -> ArgumentMap:
    """Return a map with nothing in it but what is carried."""
    with pause_gc():
        for construct in CONSTRUCTS:
            if construct.name not in carried and any(construct.find(argmap)):
                argmap = construct.remove(argmap)
    return argmap


def free_ids(prefix: str, count: int, taken: Collection[str]) -> list[str]:
    """Return that many ids, ``r1``, ``r2``, … without those that are taken.

    Examples:
        >>> free_ids("r", 3, {"r2"})
        ['r1', 'r3', 'r4']
    """
    found: list[str] = []
    number = 0
    while len(found) < count:
        number += 1
        if f"{prefix}{number}" not in taken:
            found.append(f"{prefix}{number}")
    return found


# --- relations ---------------------------------------------------------------------------------


def _drop(argmap: ArgumentMap, doomed: set[str]) -> ArgumentMap:
    """Leave out relations, and the undercuts that then strike at nothing."""
    grew = True
    while grew:
        more = {u.id for u in argmap.undercuts if u.target in doomed} - doomed
        grew = bool(more)
        doomed |= more
    if not doomed:
        return argmap
    return argmap.replace(relations=tuple(r for r in argmap.relations if r.id not in doomed))


def _supports(argmap: ArgumentMap) -> Iterator[str]:
    for support in argmap.supports:
        yield f"support {support.id!r} of {support.conclusion!r} by {_listed(support.premises)}"


def _linked(argmap: ArgumentMap) -> Iterator[str]:
    for support in argmap.supports:
        if len(support.premises) > 1:
            yield f"support {support.id!r} reads {_listed(support.premises)} jointly"


def _unlink(argmap: ArgumentMap) -> ArgumentMap:
    """Make each premise of a support a reason of its own."""
    taken = {element.id for element in (*argmap.claims, *argmap.relations)}
    relations: list[Support | Rebuttal | Undercut] = []
    for relation in argmap.relations:
        if not isinstance(relation, Support) or len(relation.premises) == 1:
            relations.append(relation)
            continue
        ids = [relation.id]
        number = 1
        while len(ids) < len(relation.premises):
            number += 1
            if f"{relation.id}.{number}" not in taken:
                ids.append(f"{relation.id}.{number}")
        taken.update(ids)
        relations += [
            relation.replace(id=id_, premises=(premise,))
            for id_, premise in zip(ids, relation.premises, strict=True)
        ]
    return argmap.replace(relations=tuple(relations))


def _undercuts_of(
    kind: type[Support | Rebuttal | Undercut],
) -> tuple[Callable[[ArgumentMap], Iterator[str]], Callable[[ArgumentMap], ArgumentMap]]:
    def of_that_kind(argmap: ArgumentMap) -> list[Undercut]:
        targets = {r.id for r in argmap.relations if isinstance(r, kind)}
        return [u for u in argmap.undercuts if u.target in targets]

    def find(argmap: ArgumentMap) -> Iterator[str]:
        for undercut in of_that_kind(argmap):
            struck = argmap.relation(undercut.target)
            yield (
                f"undercut {undercut.id!r} of the {struck.kind} {struck.id!r} by "
                f"{undercut.source!r}"
            )

    def remove(argmap: ArgumentMap) -> ArgumentMap:
        return _drop(argmap, {undercut.id for undercut in of_that_kind(argmap)})

    return find, remove


def _schemes(argmap: ArgumentMap) -> Iterator[str]:
    for support in argmap.supports:
        if support.scheme is not None:
            yield f"scheme {support.scheme!r} of support {support.id!r}"


def _no_schemes(argmap: ArgumentMap) -> ArgumentMap:
    relations = tuple(
        relation.replace(scheme=None) if isinstance(relation, Support) else relation
        for relation in argmap.relations
    )
    return argmap.replace(relations=relations)


def _relation_ids(argmap: ArgumentMap) -> Iterator[str]:
    taken = {claim.id for claim in argmap.claims}
    plain = free_ids("r", len(argmap.relations), taken)
    for relation, id_ in zip(argmap.relations, plain, strict=True):
        if relation.id != id_:
            yield f"id of {relation.kind} {relation.id!r}"


def _plain_relation_ids(argmap: ArgumentMap) -> ArgumentMap:
    taken = {claim.id for claim in argmap.claims}
    return _renamed(
        argmap,
        dict(
            zip(
                (relation.id for relation in argmap.relations),
                free_ids("r", len(argmap.relations), taken),
                strict=True,
            )
        ),
    )


# --- claims ------------------------------------------------------------------------------------

_PLAIN = re.compile(r"[A-Za-z0-9_]+")


def _odd_ids(argmap: ArgumentMap) -> Iterator[str]:
    for claim in argmap.claims:
        if not _PLAIN.fullmatch(claim.id):
            yield f"id of claim {claim.id!r}, which is not a plain word"


def _plain_ids(argmap: ArgumentMap) -> ArgumentMap:
    odd = [claim.id for claim in argmap.claims if not _PLAIN.fullmatch(claim.id)]
    taken = {element.id for element in (*argmap.claims, *argmap.relations)}
    return _renamed(argmap, dict(zip(odd, free_ids("a", len(odd), taken), strict=True)))


def _renamed(argmap: ArgumentMap, names: dict[str, str]) -> ArgumentMap:
    relations: list[Support | Rebuttal | Undercut] = []
    for relation in argmap.relations:
        changes: dict[str, object] = {"id": names.get(relation.id, relation.id)}
        if isinstance(relation, Support):
            changes["premises"] = tuple(names.get(p, p) for p in relation.premises)
            changes["conclusion"] = names.get(relation.conclusion, relation.conclusion)
        else:
            changes["source"] = names.get(relation.source, relation.source)
            changes["target"] = names.get(relation.target, relation.target)
        relations.append(relation.replace(**changes))
    claims = tuple(
        claim.replace(id=names[claim.id]) if claim.id in names else claim for claim in argmap.claims
    )
    return argmap.replace(claims=claims, relations=tuple(relations))


def _words(argmap: ArgumentMap) -> Iterator[str]:
    for claim in argmap.claims:
        if claim.text != claim.id:
            yield f"text of claim {claim.id!r}"


def _no_words(argmap: ArgumentMap) -> ArgumentMap:
    return argmap.replace(claims=tuple(claim.replace(text=claim.id) for claim in argmap.claims))


def _in_mentions(what: str, has: Callable[[Mention], bool]) -> Callable[..., Iterator[str]]:
    def find(argmap: ArgumentMap) -> Iterator[str]:
        for claim in argmap.claims:
            if any(has(mention) for mention in claim.mentions):
                yield f"{what} claim {claim.id!r}"

    return find


def _of_mentions(
    change: Callable[[Mention], Mention | None],
) -> Callable[[ArgumentMap], ArgumentMap]:
    def changed(claim: Claim) -> Claim:
        mentions = (change(mention) for mention in claim.mentions)
        left = tuple(mention for mention in mentions if mention is not None)
        return claim if left == claim.mentions else claim.replace(mentions=left)

    def remove(argmap: ArgumentMap) -> ArgumentMap:
        return argmap.replace(claims=tuple(changed(claim) for claim in argmap.claims))

    return remove


# --- what claims and relations have alike ------------------------------------------------------


def _field(
    name: str, what: str, *, relations: bool = True
) -> tuple[Callable[[ArgumentMap], Iterator[str]], Callable[[ArgumentMap], ArgumentMap]]:
    def holders(argmap: ArgumentMap) -> Iterable[Claim | Support | Rebuttal | Undercut]:
        return (*argmap.claims, *argmap.relations) if relations else argmap.claims

    def find(argmap: ArgumentMap) -> Iterator[str]:
        if getattr(argmap, name, None) is not None:
            yield f"{what} the map"
        for element in holders(argmap):
            if getattr(element, name) is not None:
                kind = getattr(element, "kind", "claim")
                yield f"{what} {kind} {element.id!r}"

    def remove(argmap: ArgumentMap) -> ArgumentMap:
        def bare(element: Claim | Support | Rebuttal | Undercut) -> object:
            return element if getattr(element, name) is None else element.replace(**{name: None})

        changes: dict[str, object] = {"claims": tuple(map(bare, argmap.claims))}
        if relations:
            changes["relations"] = tuple(map(bare, argmap.relations))
        if hasattr(argmap, name):
            changes[name] = None
        return argmap.replace(**changes)

    return find, remove


def _title(argmap: ArgumentMap) -> Iterator[str]:
    if argmap.title is not None:
        yield f"title {argmap.title!r}"


def _thread(argmap: ArgumentMap) -> Iterator[str]:
    if argmap.thread is not None:
        yield f"the thread of {len(argmap.thread.posts)} posts"


def _listed(ids: Iterable[str]) -> str:
    return ", ".join(repr(id_) for id_ in ids)


CONSTRUCTS: tuple[Construct, ...] = (
    Construct(
        "supports",
        "a claim given as a reason for another",
        _supports,
        lambda argmap: _drop(argmap, {support.id for support in argmap.supports}),
    ),
    Construct("linked premises", "several premises read jointly", _linked, _unlink),
    Construct("undercuts", "a reason against a support", *_undercuts_of(Support)),
    Construct("undercuts of rebuttals", "a reason against a rebuttal", *_undercuts_of(Rebuttal)),
    Construct("undercuts of undercuts", "a reason against an undercut", *_undercuts_of(Undercut)),
    Construct("schemes", "the pattern of a support", _schemes, _no_schemes),
    Construct("ids", "claim ids of any characters", _odd_ids, _plain_ids),
    Construct("claim text", "the words of a claim", _words, _no_words),
    Construct("relation ids", "ids of relations", _relation_ids, _plain_relation_ids),
    Construct(
        "stances",
        "who endorses, concedes, denies or quotes a claim",
        _in_mentions("who takes a stance on", lambda mention: mention.stance != "asserts"),
        _of_mentions(lambda mention: mention if mention.stance == "asserts" else None),
    ),
    Construct(
        "authors",
        "who says a claim",
        _in_mentions("who says", lambda mention: mention.author is not None),
        _of_mentions(lambda mention: mention.replace(author=None)),
    ),
    Construct(
        "quotes",
        "the words in which somebody says it",
        _in_mentions("the quotes of", lambda mention: mention.quote is not None),
        _of_mentions(lambda mention: mention.replace(quote=None)),
    ),
    Construct(
        "spans",
        "the place in the thread where somebody says it",
        _in_mentions("the spans of", lambda mention: mention.span is not None),
        _of_mentions(lambda mention: mention.replace(span=None)),
    ),
    Construct(
        "bare mentions",
        "that a claim was said, by nobody and nowhere",
        _in_mentions("the bare mentions of", lambda mention: mention == Mention()),
        _of_mentions(lambda mention: None if mention == Mention() else mention),
    ),
    Construct(
        "components",
        "whether a claim is offered as a claim or a premise",
        *_field("component", "the component type of", relations=False),
    ),
    Construct(
        "component confidence",
        "how sure its component is",
        *_field("component_confidence", "the component confidence of", relations=False),
    ),
    Construct("confidence", "how sure an element is", *_field("confidence", "the confidence of")),
    Construct("origin", "what made an element", *_field("origin", "the origin of")),
    Construct("extra", "fields of other formats", *_field("extra", "the extra fields of")),
    Construct("title", "the title of the map", _title, lambda argmap: argmap.replace(title=None)),
    Construct(
        "thread",
        "the thread that the map was made of",
        _thread,
        lambda argmap: argmap.replace(thread=None),
    ),
)

ALL = frozenset(construct.name for construct in CONSTRUCTS)
