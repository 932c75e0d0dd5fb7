"""Where a debate goes in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap.graph.components import in_circles, shortest_circle
from argumap.model import Finding

if TYPE_CHECKING:
    from argumap.model import ArgumentMap

__all__ = ["circular_reasoning"]


def circular_reasoning(argmap: ArgumentMap) -> tuple[Finding, ...]:
    """Return where claims are given as reasons for each other in a circle, in map order.

    Claims that lie on circles of supports with each other are one knot, and each knot is told by a
    shortest circle through its first claim: a knot may have more circles than anybody could read.

    Returns:
        A finding for each knot: its claims are that circle, each the reason for the next and the
        last for the first; its relations the supports between them. Linear.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> bible = builder.claim("The book is true.", author="Ana")
        >>> god = builder.claim("Its author does not lie.", author="Ana")
        >>> supports = builder.support(god, bible), builder.support(bible, god)
        >>> [finding.reason for finding in circular_reasoning(builder.build())]
        ['c1 is a reason for c2, which is a reason for c1.']
    """
    index = argmap.index
    before = [[p for r in supports for p in index.sources[r]] for supports in index.supports_of]
    found = []
    for knot in sorted(in_circles(before)):
        circle = shortest_circle(before, knot)
        ids = [index.claim_ids[n] for n in circle]
        told = ids if len(ids) <= _MOST else [*ids[: _MOST - 1], "…", ids[-1]]
        supports = [
            index.relation_ids[next(r for r in index.supports_of[n] if m in index.sources[r])]
            for m, n in zip(circle, [*circle[1:], circle[0]], strict=True)
        ]
        people = dict.fromkeys(a for n in circle for a in argmap.claims[n].authors)
        more = len(knot) - len(circle)
        tail = f" {more} more claims are in the same knot." if more else ""
        chain = ", which is a reason for ".join([*told[1:], told[0]])
        found.append(
            Finding(
                query="circles",
                kind="one-author" if len(people) == 1 else "several-authors",
                claims=tuple(ids),
                relations=tuple(supports),
                people=tuple(people),
                reason=f"{told[0]} is a reason for {chain}.{tail}",
            )
        )
    return tuple(found)


_MOST = 12
