"""What changed from one map to another: after a correction, or between two looks at a thread."""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING

from argumap.model import Finding, Undercut
from argumap.semantics import grounded_labelling

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from argumap.model import ArgumentMap, Claim, Rebuttal, Support

    AnyRelation = Support | Rebuttal | Undercut

__all__ = ["diff_maps"]


def diff_maps(before: ArgumentMap, after: ArgumentMap) -> tuple[Finding, ...]:
    """Return what changed between two maps: claims, words, who says them, relations, standing.

    A claim is the same in both maps when its id and its words are; failing that its words; failing
    that the place in the thread where it was first said; failing that its id. A relation is the
    same when it joins the same claims in the same way. The standing is that of
    `grounded_labelling`.

    Args:
        before: The earlier map.
        after: The later one.

    Returns:
        A finding for each change, by kind, each kind in map order: ``claim-removed``,
        ``claim-added``, ``claim-reworded``, ``mentions-changed``, ``relation-removed``,
        ``relation-added``, ``standing-changed``. Claims go by their ids in the later map, those
        that were removed by their old ones. Linear, plus the cost of two labellings.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> move = builder.claim("We should move.")
        >>> before = builder.build()
        >>> against = builder.rebuttal(builder.claim("It is far."), move)
        >>> for change in diff_maps(before, builder.build()):
        ...     print(change.reason)
        c2 is new: It is far.
        r1 is new: c2 rebuts c1.
        c1 was accepted and is rejected.
    """
    same = _same_claims(before, after)
    back = {old: new for new, old in same.items()}
    return (
        *_claim_changes(before, after, same, back),
        *_relation_changes(before, after, back),
        *_standing_changes(before, after, same),
    )


def _same_claims(before: ArgumentMap, after: ArgumentMap) -> dict[str, str]:
    """Return for each claim of the later map the id that it had in the earlier one."""
    keys: tuple[Callable[[Claim], Hashable | None], ...] = (
        lambda claim: (claim.id, _words(claim)),
        _words,
        _place,
        lambda claim: claim.id,
    )
    same: dict[str, str] = {}
    old_left = {claim.id: claim for claim in before.claims}
    new_left = {claim.id: claim for claim in after.claims}
    for key in keys:
        there: dict[Hashable, deque[str]] = defaultdict(deque)
        for claim in old_left.values():
            there[key(claim)].append(claim.id)
        for claim in list(new_left.values()):
            wanted = key(claim)
            if wanted is not None and there[wanted]:
                same[claim.id] = there[wanted].popleft()
                del new_left[claim.id], old_left[same[claim.id]]
    return same


def _words(claim: Claim) -> str:
    return " ".join(claim.text.casefold().split())


def _place(claim: Claim) -> Hashable | None:
    span = next((mention.span for mention in claim.mentions if mention.span is not None), None)
    return (span.post_id, span.start) if span else None


def _claim_changes(
    before: ArgumentMap, after: ArgumentMap, same: dict[str, str], back: dict[str, str]
) -> Iterator[Finding]:
    for claim in before.claims:
        if claim.id not in back:
            yield _finding("claim-removed", claim, f"{claim.id} is gone: {claim.text}")
    for claim in after.claims:
        if claim.id not in same:
            yield _finding("claim-added", claim, f"{claim.id} is new: {claim.text}")
    pairs = [(before.claim(same[c.id]), c) for c in after.claims if c.id in same]
    for old, new in pairs:
        if old.text != new.text:
            reason = f"{new.id} was “{old.text}” and is “{new.text}”."
            yield _finding("claim-reworded", new, reason)
    for old, new in pairs:
        if said := "; ".join(_mention_changes(old, new)):
            yield _finding("mentions-changed", new, f"{new.id}: {said}.")


def _mention_changes(old: Claim, new: Claim) -> Iterator[str]:
    was = [(mention.author, mention.stance) for mention in old.mentions]
    is_ = [(mention.author, mention.stance) for mention in new.mentions]
    for author, stance in dict.fromkeys(was):
        if (author, stance) not in is_:
            yield f"{author or 'nobody'} no longer {stance} it"
    for author, stance in dict.fromkeys(is_):
        if (author, stance) not in was:
            yield f"{author or 'somebody'} {stance} it"


def _relation_changes(
    before: ArgumentMap, after: ArgumentMap, back: dict[str, str]
) -> Iterator[Finding]:
    """Yield the relations of one map that join nothing that one of the other joins."""
    unchanged = _same_relations(before, after, back)
    kept = set(unchanged.values())
    for relation in before.relations:
        if relation.id not in unchanged:
            yield _about("relation-removed", relation, f"{relation.id} is gone: {_told(relation)}")
    for relation in after.relations:
        if relation.id not in kept:
            yield _about("relation-added", relation, f"{relation.id} is new: {_told(relation)}")


def _same_relations(
    before: ArgumentMap, after: ArgumentMap, back: dict[str, str]
) -> dict[str, str]:
    """Return for each relation of the earlier map that is in the later one its id there."""
    there: dict[tuple[str, frozenset[str], str], deque[str]] = defaultdict(deque)
    for relation in after.relations:
        there[relation.kind, frozenset(relation.sources), relation.target].append(relation.id)
    striking: dict[str, list[AnyRelation]] = defaultdict(list)
    ready: deque[tuple[AnyRelation, str]] = deque()
    for relation in before.relations:
        if isinstance(relation, Undercut):
            striking[relation.target].append(relation)
        elif relation.target in back:
            ready.append((relation, back[relation.target]))
    same: dict[str, str] = {}
    while ready:
        relation, target = ready.popleft()
        sources = frozenset(back.get(source, "") for source in relation.sources)
        found = there.get((relation.kind, sources, target))
        if found:
            same[relation.id] = found.popleft()
            ready += [(above, same[relation.id]) for above in striking[relation.id]]
    return same


def _standing_changes(
    before: ArgumentMap, after: ArgumentMap, same: dict[str, str]
) -> Iterator[Finding]:
    was, is_ = grounded_labelling(before), grounded_labelling(after)
    for claim in after.claims:
        if claim.id in same and was[same[claim.id]] != is_[claim.id]:
            reason = f"{claim.id} was {was[same[claim.id]]} and is {is_[claim.id]}."
            yield _finding("standing-changed", claim, reason)


def _finding(kind: str, claim: Claim, reason: str) -> Finding:
    return Finding(query="diff", kind=kind, claims=(claim.id,), people=claim.authors, reason=reason)


def _about(kind: str, relation: AnyRelation, reason: str) -> Finding:
    claims = relation.sources
    if not isinstance(relation, Undercut):
        claims = (relation.target, *relation.sources)
    return Finding(query="diff", kind=kind, claims=claims, relations=(relation.id,), reason=reason)


def _told(relation: AnyRelation) -> str:
    verb = f"{relation.kind}s" if len(relation.sources) == 1 else relation.kind
    verb = {"rebuttals": "rebuts", "rebuttal": "rebut"}.get(verb, verb)
    return f"{' and '.join(relation.sources)} {verb} {relation.target}."
