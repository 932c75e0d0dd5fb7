"""A claim that bears on nothing yet bears on another claim nearby."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap.extraction._overlap import Overlap
from argumap.extraction._paths import leads_to

if TYPE_CHECKING:
    from argumap.extraction._draft import Draft, Unit

__all__ = ["link_claims"]

# Least overlap at which a claim in a reply is taken to answer a unit of the other post.
_LEAST_OVERLAP = 0.15


def link_claims(draft: Draft) -> None:
    """Link each claim that bears on nothing yet.

    In an opening post it supports the post's first claim. In a reply it rebuts the unit of the
    other post that it shares telling words with (supports, where its author has said that too),
    else it supports the claim before it.
    """
    overlap = Overlap(draft)
    for post in draft.posts:
        parent = draft.posts[post.parent].units if post.parent is not None else []
        first: Unit | None = None
        last: Unit | None = None
        for unit in post.units:
            if unit.component != "claim":
                continue
            if first is not None and last is not None and not unit.links:
                answered = overlap.best(unit, parent, _LEAST_OVERLAP)
                goal = last if parent else first
                if answered is not None:
                    own = draft.same_author(unit, answered)
                    unit.bears_on(answered, "support" if own else "rebuttal", "claims")
                elif not leads_to(goal, unit):
                    unit.bears_on(goal, "support", "claims")
            first = first or unit
            last = unit
