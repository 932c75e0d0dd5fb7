"""A map by numbers: what fast questions are computed on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from argumap.model._base import pause_gc

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from argumap.model.claim import Claim
    from argumap.model.relation import Rebuttal, Support, Undercut

__all__ = ["MapIndex", "Order", "Wiring"]


class Order(NamedTuple):
    """An order in which to compute nodes: each after those that it depends on, but for circles.

    Attributes:
        steps: Nodes that depend on no circle of which they are part, and the least member of each
            circle, where all of it is to be computed together.
        circles: The members of each circle, ascending, by the least: strongly connected components
            of two nodes or more, and nodes that depend on themselves.
    """

    steps: list[int]
    circles: dict[int, list[int]]


@dataclass(slots=True, eq=False)
class Wiring:
    """A map as nodes that bear on each other: what evaluations are computed on.

    Each claim is a node, with the claim's number. Most relations are as good as their one source,
    which stands for them. Those that are undercut or have several premises have nodes of their own
    after all claims: such a node is supported by the relation's sources and attacked by what
    undercuts it. Treat it as read-only.

    Attributes:
        own: The node of each relation that has one of its own, in the order of nodes: first
            rebuttals and undercuts, then supports.
        node_of: The node that stands for each relation.
        supporters: For each node what supports it, in map order.
        attackers: For each node what attacks it, in map order.
        supports: For each node what it supports.
        attacks: For each node what it attacks.
        order: An order of the nodes, which `argumap.graph` keeps here when it first finds it; None
            until then.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> wet, rain, roof = (builder.claim(text) for text in ("Wet.", "Rain.", "A roof."))
        >>> undercut = builder.undercut(roof, builder.support(wet, rain))
        >>> wiring = builder.build().index.wiring
        >>> wiring.own, wiring.supporters, wiring.attackers
        ({0: 3}, [(), [3], (), [0]], [(), (), (), [2]])
    """

    own: dict[int, int]
    node_of: list[int]
    supporters: list[Sequence[int]]
    attackers: list[Sequence[int]]
    supports: list[Sequence[int]]
    attacks: list[Sequence[int]]
    order: Order | None = None

    @classmethod
    def of(cls, index: MapIndex) -> Wiring:
        """Return the wiring of a map. Linear."""
        claims, sources = len(index.claim_ids), index.sources
        apart = {r for r, each in enumerate(sources) if len(each) > 1} | index.undercuts_of.keys()
        order = sorted(apart, key=lambda r: (index.kinds[r] == "support", r))
        own = {r: claims + i for i, r in enumerate(order)}
        node_of = [each[0] for each in sources]
        for r, node in own.items():
            node_of[r] = node
        lists: list[list[Sequence[int]]] = [[()] * (claims + len(own)) for _ in range(4)]
        supporters, attackers, supports, attacks = lists
        for r, node in own.items():
            for source in sources[r]:
                _put(supporters, node, source)
                _put(supports, source, node)
        for node, kind, target in zip(node_of, index.kinds, index.targets, strict=True):
            if kind == "support":
                _put(supporters, target, node)
                _put(supports, node, target)
            else:
                struck = target if kind == "rebuttal" else own[target]
                _put(attackers, struck, node)
                _put(attacks, node, struck)
        return cls(own, node_of, supporters, attackers, supports, attacks)

    def without(self, index: MapIndex, relations: Iterable[int]) -> Wiring:
        """Return it without some attacks, given by number. The nodes stay."""
        attackers, attacks = self.attackers.copy(), self.attacks.copy()
        for r in relations:
            source, target = self.node_of[r], index.targets[r]
            if index.kinds[r] == "undercut":
                target = self.own[target]
            _take(attackers, target, source)
            _take(attacks, source, target)
        return Wiring(self.own, self.node_of, self.supporters, attackers, self.supports, attacks)


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
        outweighed: The index without weighed points, which `argumap.semantics` keeps here when it
            first finds them; None until then.

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
    outweighed: MapIndex | None = field(default=None, repr=False)
    _wiring: Wiring | None = field(default=None, repr=False)

    @property
    def wiring(self) -> Wiring:
        """What bears on what, node by node. It is made when first asked for, and kept."""
        if self._wiring is None:
            with pause_gc():
                self._wiring = Wiring.of(self)
        return self._wiring

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
    if there := lists[place]:
        there.append(number)  # type: ignore[attr-defined] # what is not empty is a list
    else:
        lists[place] = [number]


def _take(lists: list[Sequence[int]], place: int, number: int) -> None:
    kept = list(lists[place])
    kept.remove(number)
    lists[place] = kept or ()
