"""Connectives of reason and conclusion: "A because B", "B, so A", "A. For example, B"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap.extraction._cues import CONCLUSION, EXAMPLE, REASON

if TYPE_CHECKING:
    from argumap.extraction._draft import Draft

__all__ = ["link_reasons"]


def link_reasons(draft: Draft) -> None:
    """Link the two sides of a connective of reason or conclusion."""
    for post in draft.posts:
        units = post.units
        for number, unit in enumerate(units):
            before = units[number - 1] if number else None
            after = units[number + 1] if number + 1 < len(units) else None
            if cue := unit.lead_in(REASON):
                fronted = after is not None and after.sentence == unit.sentence and unit.is_head
                if fronted and after is not None:
                    unit.bears_on(after, "support", "reasons", cue)
                elif before is not None:
                    unit.bears_on(before, "support", "reasons", cue)
            elif cue := unit.lead_in(CONCLUSION):
                if before is not None and not before.links:
                    before.bears_on(unit, "support", "reasons", cue)
            elif cue := unit.lead_in(EXAMPLE):
                if before is not None:
                    unit.bears_on(before, "support", "examples", cue)
