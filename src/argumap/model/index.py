"""A map by numbers: what fast questions are computed on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from argumap.model._base import pause_gc

if TYPE_CHECKING:
    from collections.abc import Sequence

    from argumap.model.claim import Claim
    from argumap.model.relation import Rebuttal, Support, Undercut

__all__ = ["MapIndex"]


@dataclass(slots=True, eq=False)
class MapIndex:
    """Claims and relations as numbers in map order, with the relations at each.

    Walking lists of numbers is ten to eighty times faster than walking a networkx graph. Ask a map
    for its `ArgumentMap.index`, which is made once. Treat it as read-only.

    Attributes:
        claim_ids: The id of each claim.
        relation_ids: The id of each relation.
        claim_number: The number of each claim id.
        relation_number: The number of each relation id.
        kinds: ``"support"``, ``"rebuttal"`` or ``"undercut"``, for each relation.
        sources: Numbers of the claims that each relation comes from.
        targets: Number of what each relation points at: a relation for an undercut, else a claim.
        supports_of: Numbers of the supports that conclude each claim.
        rebuttals_of: Numbers of the rebuttals of each claim.
        undercuts_of: Numbers of the undercuts of each relation that has any.
        uses_of: Numbers of the relations that come from each claim.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> wet, rain = builder.claim("It is wet."), builder.claim("It rained.")
        >>> reason = builder.support(wet, rain)
        >>> index = builder.build().index
        >>> index.sources, index.targets, index.supports_of
        ([(0,)], [1], [(), [0]])
    """

    claim_ids: list[str]
    relation_ids: list[str]
    claim_number: dict[str, int]
    relation_number: dict[str, int]
    kinds: list[str]
    sources: list[tuple[int, ...]]
    targets: list[int]
    supports_of: list[Sequence[int]]
    rebuttals_of: list[Sequence[int]]
    undercuts_of: dict[int, list[int]] = field(repr=False)
    uses_of: list[Sequence[int]] = field(repr=False)

    @classmethod
    def of(
        cls, claims: Sequence[Claim], relations: Sequence[Support | Rebuttal | Undercut]
    ) -> MapIndex:
        """Return the index of some claims and the relations between them. Linear."""
        with pause_gc():
            claim_ids = [claim.id for claim in claims]
            relation_ids = [relation.id for relation in relations]
            number = {claim_id: i for i, claim_id in enumerate(claim_ids)}
            relation_number = {relation_id: i for i, relation_id in enumerate(relation_ids)}
            index = cls(
                claim_ids,
                relation_ids,
                number,
                relation_number,
                kinds=[relation.kind for relation in relations],
                sources=[tuple([number[s] for s in relation.sources]) for relation in relations],
                targets=[],
                # Most claims have no relation of a kind: they share one empty tuple.
                supports_of=[()] * len(claim_ids),
                rebuttals_of=[()] * len(claim_ids),
                undercuts_of={},
                uses_of=[()] * len(claim_ids),
            )
            index._join(relations)
        return index

    def _join(self, relations: Sequence[Support | Rebuttal | Undercut]) -> None:
        number, relation_number = self.claim_number, self.relation_number
        for r, relation in enumerate(relations):
            if relation.kind == "undercut":
                target = relation_number[relation.target]
                self.undercuts_of.setdefault(target, []).append(r)
            else:
                target = number[relation.target]
                supporting = relation.kind == "support"
                _put(self.supports_of if supporting else self.rebuttals_of, target, r)
            self.targets.append(target)
            for source in self.sources[r]:
                _put(self.uses_of, source, r)


def _put(lists: list[Sequence[int]], place: int, number: int) -> None:
    there = lists[place]
    if isinstance(there, list):
        there.append(number)
    else:
        lists[place] = [number]
