"""A premise that no cue has placed bears on the nearest claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap.extraction._paths import leads_to

if TYPE_CHECKING:
    from argumap.extraction._draft import Draft, Unit

__all__ = ["link_premises"]


def link_premises(draft: Draft) -> None:
    """Link each premise that bears on nothing yet to the nearest claim before it, else after it."""
    for post in draft.posts:
        waiting: list[Unit] = []
        last: Unit | None = None
        for unit in post.units:
            if unit.component == "claim":
                for premise in waiting:
                    _link(premise, unit)
                waiting.clear()
                last = unit
            elif not unit.links:
                if last is None:
                    waiting.append(unit)
                else:
                    _link(unit, last)


def _link(premise: Unit, claim: Unit) -> None:
    if not leads_to(claim, premise):
        premise.bears_on(claim, "support", "premises")
