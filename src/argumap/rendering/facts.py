"""What a picture says of a map as a whole, found once: statuses, the main claim, who sits where."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from argumap.model import ArgumentMap, Labelling, Rebuttal, Standing, Support, Undercut

__all__ = ["Facts", "Place", "gather"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a claim stands in the forest that a reader follows: each claim below one other.

    Attributes:
        parent: The claim that it bears on first; None for a root.
        through: The relation by which it does.
        size: How many claims there are at and below it.
        depth: How many claims there are above it.
    """

    parent: str | None
    through: str | None
    size: int
    depth: int


@dataclass(frozen=True)
class Facts:
    """What is true of the claims of a map, whatever part of it is drawn.

    Attributes:
        seats: Number of each author, in order of first appearance.
        contested: Ids of the claims that are rebutted.
        supported: Ids of the claims that some support concludes.
        main: Id of the main claim, if there is one.
        places: Place of each claim, by id, in map order.
        children: The claims below each claim, in map order.
        roots: The claims below none, those with most below first.
        standings: What the labelling that colours the picture says of the claims, if there is one.
    """

    seats: Mapping[str, int]
    contested: frozenset[str]
    supported: frozenset[str]
    main: str | None
    places: Mapping[str, Place]
    children: Mapping[str, Sequence[str]]
    roots: Sequence[str]
    standings: Mapping[str, Standing] = field(default_factory=dict)

    def status(self, claim_id: str) -> str:
        """Return the status of a claim in words; empty when there is nothing to say."""
        words = ["contested"] if claim_id in self.contested else []
        if claim_id not in self.supported:
            words.append("unsupported")
        if claim_id in self.standings:
            words.append(self.standings[claim_id])
        return ", ".join(words)

    def tally(self, claim_ids: Iterable[str]) -> str:
        """Return how many of some claims lack support and how many are contested, in words."""
        ids = list(claim_ids)
        bare = sum(claim_id not in self.supported for claim_id in ids)
        contested = sum(claim_id in self.contested for claim_id in ids)
        parts = [f"{bare:,} unsupported"] if bare else []
        if contested:
            parts.append(f"{contested:,} contested")
        return " · ".join(parts)


def gather(argmap: ArgumentMap, labelling: Labelling | None = None) -> Facts:
    """Return the facts of a map. Linear, but for sorting."""
    ups = _ups(argmap)
    children: dict[str, list[str]] = {claim.id: [] for claim in argmap.claims}
    for claim_id, (parent, _) in ups.items():
        children[parent].append(claim_id)
    # Debates go in circles: where nothing is on top, the first of the circle is.
    order: list[str] = []
    depths: dict[str, int] = {}
    tops: list[str] = []
    firsts = [c.id for c in argmap.claims if c.id not in ups]
    for top in (*firsts, *(claim.id for claim in argmap.claims)):
        if top in depths:
            continue
        tops.append(top)
        depths[top] = 0
        queue = [top]
        for claim_id in queue:
            order.append(claim_id)
            below = [child for child in children[claim_id] if child not in depths]
            children[claim_id] = below
            depths.update(dict.fromkeys(below, depths[claim_id] + 1))
            queue += below
    sizes = dict.fromkeys(order, 1)
    on_top = set(tops)
    for claim_id in reversed(order):
        if claim_id not in on_top:
            sizes[ups[claim_id][0]] += sizes[claim_id]
    places = {
        claim.id: Place(
            parent=None if claim.id in on_top else ups[claim.id][0],
            through=None if claim.id in on_top else ups[claim.id][1],
            size=sizes[claim.id],
            depth=depths[claim.id],
        )
        for claim in argmap.claims
    }
    # In a circle there is no main claim, though there must be a root to draw it from.
    answered = [top for top in firsts if sizes[top] > 1]
    return Facts(
        seats={author: seat for seat, author in enumerate(argmap.authors)},
        contested=frozenset(rebuttal.target for rebuttal in argmap.rebuttals),
        supported=frozenset(support.conclusion for support in argmap.supports),
        main=max(answered, key=lambda top: sizes[top], default=None),
        places=places,
        children=children,
        roots=sorted(tops, key=lambda top: -sizes[top]),
        standings=labelling.standings if labelling is not None else {},
    )


def _ups(argmap: ArgumentMap) -> dict[str, tuple[str, str]]:
    """Return for each claim the claim that it bears on first, and by which relation."""
    ups: dict[str, tuple[str, str]] = {}
    relations = {relation.id: relation for relation in argmap.relations}
    for relation in argmap.relations:
        target = _final_target(relation, relations)
        for source in relation.sources:
            if target is not None and target != source:
                ups.setdefault(source, (target, relation.id))
    return ups


def _final_target(
    relation: Support | Rebuttal | Undercut,
    relations: Mapping[str, Support | Rebuttal | Undercut],
) -> str | None:
    """Return the claim that a relation bears on in the end; None for undercuts in a circle."""
    seen = set()
    while relation.kind == "undercut":
        if relation.id in seen:
            return None
        seen.add(relation.id)
        relation = relations[relation.target]
    return relation.target
