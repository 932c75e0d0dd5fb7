"""A premise that no cue has placed bears on the nearest claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argumap.extraction._draft import Draft, DraftPost, Unit

__all__ = ["link_premises"]


def link_premises(draft: Draft) -> None:
    """Link each premise that bears on nothing yet to the nearest claim of its post."""
    for post in draft.posts:
        for number, unit in enumerate(post.units):
            if unit.component == "premise" and not unit.links:
                claim = _nearest_claim(post, number)
                if claim is not None:
                    unit.bears_on(claim, "support", "premises")


def _nearest_claim(post: DraftPost, number: int) -> Unit | None:
    unit = post.units[number]
    for other in reversed(post.units[:number]):
        if other.component == "claim" and not _leads_to(other, unit):
            return other
    for other in post.units[number + 1 :]:
        if other.component == "claim" and not _leads_to(other, unit):
            return other
    return None


def _leads_to(unit: Unit, goal: Unit) -> bool:
    """Return whether a unit bears on another one, at any depth along its main links."""
    steps = 0
    while unit.links and steps < 100:
        unit = unit.links[0].target
        steps += 1
        if unit is goal:
            return True
    return False
