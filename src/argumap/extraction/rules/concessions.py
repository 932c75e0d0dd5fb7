"""What is granted, and what is held against it: "A, but B", "although A, B", "B, though A"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap.extraction._cues import CONCESSION, CONTRAST

if TYPE_CHECKING:
    from argumap.extraction._draft import Draft, Unit

__all__ = ["link_concessions"]


def link_concessions(draft: Draft) -> None:
    """Link what is granted, as a reason against the point that the author makes."""
    for post in draft.posts:
        units = post.units
        for number, unit in enumerate(units):
            before = units[number - 1] if number else None
            after = units[number + 1] if number + 1 < len(units) else None
            if cue := unit.lead_in(CONTRAST):
                if before is None:
                    continue
                if before.sentence == unit.sentence:
                    _grant(before, unit, cue)
                elif before.lead_in(CONCESSION):
                    _grant(before, unit, cue)
                elif not unit.links:
                    unit.bears_on(before, "rebuttal", "contrasts", cue)
            elif cue := unit.lead_in(CONCESSION):
                if unit.joint and before is not None and before.sentence == unit.sentence:
                    _grant(unit, before, cue)
                elif after is not None and after.sentence == unit.sentence:
                    _grant(unit, after, cue)


def _grant(granted: Unit, point: Unit, cue: str) -> None:
    if any(link.target is granted for link in point.links):
        return
    granted.links = [link for link in granted.links if link.rule not in {"contrasts"}]
    if not granted.links:
        granted.bears_on(point, "rebuttal", "concessions", cue)
        granted.conceded = granted.lead_in(CONCESSION) is not None
