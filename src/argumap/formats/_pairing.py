"""Which relations of two maps are the same, when their ids need not be."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from argumap.model import Rebuttal, Support, Undercut

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["paired", "renamed"]

AnyRelation = Support | Rebuttal | Undercut


def renamed(relation: AnyRelation, names: Mapping[str, str]) -> AnyRelation:
    """Return a relation whose claims go by other names."""
    if isinstance(relation, Support):
        if not any(id_ in names for id_ in (*relation.premises, relation.conclusion)):
            return relation
        return relation.replace(
            premises=tuple(names.get(premise, premise) for premise in relation.premises),
            conclusion=names.get(relation.conclusion, relation.conclusion),
        )
    if isinstance(relation, Undercut):
        return relation.replace(source=names.get(relation.source, relation.source))
    return relation.replace(
        source=names.get(relation.source, relation.source),
        target=names.get(relation.target, relation.target),
    )


def paired(  # noqa: C901 # one pass after the other
    relations: Iterable[AnyRelation],
    named: Iterable[AnyRelation],
    shown: Iterable[AnyRelation],
    shown_ids: Mapping[str, str],
) -> dict[str, AnyRelation]:
    """Find for each relation the shown one that joins the same, each at most once. Linear.

    An undercut joins the same when it strikes at the same, so those are found from what they
    strike upwards.
    """
    shown = list(shown)
    there: dict[tuple[str, tuple[str, ...], str], dict[str, AnyRelation]] = defaultdict(dict)
    for relation in shown:
        there[relation.kind, relation.sources, relation.target][relation.id] = relation
    struck_by = Counter(each.target for each in shown if isinstance(each, Undercut))
    pairs: dict[str, AnyRelation] = {}
    striking: dict[str, list[AnyRelation]] = defaultdict(list)
    ready: list[tuple[AnyRelation, str]] = []
    for relation, same_named in zip(relations, named, strict=True):
        if isinstance(relation, Undercut):
            striking[relation.target].append(same_named)
        else:
            ready.append((same_named, same_named.target))
    while ready:
        rest: list[tuple[AnyRelation, dict[str, AnyRelation]]] = []
        for relation, target in ready:
            found = there.get((relation.kind, relation.sources, target), {})
            # Of several that join the same, the one of the same id, or undercut as often.
            same = found.pop(shown_ids.get(relation.id, relation.id), None)
            if same is not None:
                pairs[relation.id] = same
            else:
                rest.append((relation, found))
        for relation, found in rest:
            if found:
                often = len(striking[relation.id])
                ranked = [(abs(struck_by[name] - often), n) for n, name in enumerate(found)]
                pairs[relation.id] = found.pop(list(found)[min(ranked)[1]])
        ready = [
            (above, pairs[relation.id].id)
            for relation, _ in ready
            if relation.id in pairs
            for above in striking[relation.id]
        ]
    # Undercuts in a circle hang on nothing; they are found where the format shows their ids.
    left = {relation.id: relation for queue in there.values() for relation in queue.values()}
    for above in (above for hanging in striking.values() for above in hanging):
        same = left.get(shown_ids.get(above.id, above.id))
        struck = shown_ids.get(above.target, above.target)
        if (
            same is not None
            and above.id not in pairs
            and (same.sources, same.target) == (above.sources, struck)
        ):
            pairs[above.id] = same
    return pairs
