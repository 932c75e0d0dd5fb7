"""Connectives of reason and conclusion: "A because B", "B, so A", "A. For example, B"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap.extraction._cues import CONCLUSION, REASON, example_cue

if TYPE_CHECKING:
    from argumap.extraction._draft import Draft

__all__ = ["link_reasons"]


def link_reasons(draft: Draft) -> None:
    """Link the two sides of a connective of reason, conclusion or example."""
    for post in draft.posts:
        for number, unit in enumerate(post.units):
            before = post.units[number - 1] if number else None
            after = post.units[number + 1] if number + 1 < len(post.units) else None
            if cue := unit.lead_in(REASON):
                fronted = unit.is_head and after is not None and after.sentence == unit.sentence
                conclusion = after if fronted else before
                if conclusion is not None:
                    unit.bears_on(conclusion, "support", "reasons", cue)
            elif before is None:
                continue
            elif cue := unit.lead_in(CONCLUSION):
                if not before.links:
                    before.bears_on(unit, "support", "reasons", cue)
            elif cue := example_cue(unit.leads):
                unit.bears_on(before, "support", "examples", cue)
