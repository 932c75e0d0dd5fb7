"""Which claims of a large map a picture shows, and what the others are folded into."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from argumap.model import ArgumentMap
    from argumap.rendering.facts import Facts

__all__ = ["Fold", "Selection", "overview", "vicinity"]


@dataclass(frozen=True, slots=True)
class Fold:
    """Claims that are not drawn, shown as one card that says how many they are.

    Attributes:
        parent: The claim that they hang below; None for those that hang below none.
        against: Whether they come in by a rebuttal or an undercut, not by a support.
        claims: Ids, in map order.
    """

    parent: str | None
    against: bool
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Selection:
    """What is drawn of a map.

    Attributes:
        claims: Ids of the claims that are drawn.
        folds: The claims that are not drawn but counted.
    """

    claims: frozenset[str]
    folds: tuple[Fold, ...] = ()


def vicinity(argmap: ArgumentMap, centre: str, depth: int) -> Selection:
    """Return the claims that are at most so many relations away from one of them, either way.

    All premises of a linked support are equally far from its conclusion.
    """
    ties: dict[str, list[str]] = {}
    for relation in argmap.relations:
        for end in (*relation.sources, relation.target):
            ties.setdefault(end, []).append(relation.id)
            ties.setdefault(relation.id, []).append(end)
    claims = {claim.id for claim in argmap.claims}
    distances = {centre: 0}
    queue = deque([centre])
    while queue:
        here = queue.popleft()
        for there in ties.get(here, ()):
            # A step is from a claim to what it is related to; the rest of a relation is no step.
            distance = distances[here] + (here in claims)
            if distance <= depth and distance < distances.get(there, depth + 1):
                distances[there] = distance
                if distance == distances[here]:
                    queue.appendleft(there)
                else:
                    queue.append(there)
    return Selection(frozenset(distances.keys() & claims))


def overview(argmap: ArgumentMap, facts: Facts, most: int) -> Selection:
    """Return at most so many cards: what matters most is drawn, the rest is folded.

    A third of the room is for roots, a third for claims that are contested and unsupported, and
    what is left for the claims with most below them. With a claim come the claims above it and
    those that are premises together with it. Near-linear.
    """
    room = _Room(argmap, facts)
    places = facts.places
    order = {claim_id: number for number, claim_id in enumerate(places)}
    alarming = [c for c in facts.contested if c not in facts.supported]
    alarming.sort(key=lambda c: (places[c].depth, order[c]))
    by_size = sorted(places, key=lambda c: (-places[c].size, places[c].depth, order[c]))
    for claims, limit in ((facts.roots, most // 3), (alarming, 2 * most // 3), (by_size, most)):
        for claim_id in claims:
            room.take(claim_id, limit)
    return Selection(frozenset(room.shown), tuple(room.folds(order)))


# How many cards a claim and what comes with it may, at the very most, make superfluous.
_SPARE = 12


@dataclass
class _Room:
    """The claims shown so far, and how many cards that makes with those that hold the others."""

    argmap: ArgumentMap
    facts: Facts
    shown: set[str] = field(default_factory=set)
    # How many claims directly below a claim are not shown, on either side of it.
    hidden: dict[tuple[str | None, bool], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for claim_id in self.facts.places:
            side = self._side(claim_id)
            self.hidden[side] = self.hidden.get(side, 0) + 1
        self._cards = 1

    def _side(self, claim_id: str) -> tuple[str | None, bool]:
        """Return which fold would hold a claim: the one on its side of its parent."""
        place = self.facts.places[claim_id]
        if place.through is None:
            return None, False
        return place.parent, self.argmap.relation(place.through).kind != "support"

    def take(self, claim_id: str, most: int) -> None:
        """Show a claim and what must be shown with it, if there is room for it."""
        if claim_id in self.shown:
            return
        coming = list(islice(self._with(claim_id), most - self._cards + _SPARE))
        if len(coming) == most - self._cards + _SPARE:
            return
        cards = self._cards + len(coming)
        less: dict[tuple[str | None, bool], int] = {}
        for one in coming:
            side = self._side(one)
            less[side] = less.get(side, 0) + 1
            cards += sum((one, against) in self.hidden for against in (False, True))
        cards -= sum(self.hidden[side] == number for side, number in less.items())
        if cards > most:
            return
        self.shown.update(coming)
        self._cards = cards
        for side, number in less.items():
            self.hidden[side] -= number

    def _with(self, claim_id: str) -> Iterator[str]:
        """Yield a claim and all without which its relation could not be drawn, once each."""
        seen = {claim_id}
        stack = [claim_id]
        while stack:
            one = stack.pop()
            yield one
            for other in self._needs(one):
                # What needs a claim that is shown already has been seen to before.
                if other not in seen and other not in self.shown:
                    seen.add(other)
                    stack.append(other)

    def _needs(self, claim_id: str) -> Iterable[str]:
        place = self.facts.places[claim_id]
        if place.through is None or place.parent is None:
            return ()
        needed = [place.parent]
        relation = self.argmap.relation(place.through)
        needed += relation.sources
        while relation.kind == "undercut":
            relation = self.argmap.relation(relation.target)
            needed += relation.sources
        return needed

    def folds(self, order: dict[str, int]) -> Iterator[Fold]:
        """Yield the folds, in the order of the claims that they hang below."""
        held: dict[tuple[str | None, bool], list[str]] = {}
        for claim_id in self.facts.places:
            if claim_id not in self.shown:
                side = self._side(claim_id)
                if side[0] is None or side[0] in self.shown:
                    held.setdefault(side, []).append(claim_id)
        for (parent, against), tops in sorted(
            held.items(), key=lambda item: (order.get(item[0][0] or "", -1), item[0][1])
        ):
            claims = list(tops)
            for claim_id in claims:
                claims += self.facts.children[claim_id]
            claims.sort(key=order.__getitem__)
            yield Fold(parent, against, tuple(claims))
