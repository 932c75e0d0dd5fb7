"""Some words grant a reason and deny that it bears on its conclusion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap.extraction._lexicon import pattern

if TYPE_CHECKING:
    from argumap.extraction._draft import Draft, Unit

__all__ = ["find_undercuts"]

_CUES = pattern("undercuts", "cues")


def find_undercuts(draft: Draft) -> None:
    """Turn the rebuttal of a reason into an undercut, where words say that it does not bear."""
    for unit in draft.units():
        cue = _CUES.search(unit.text.replace("’", "'"))
        if not cue:
            continue
        for link in unit.links:
            if link.sign != "rebuttal":
                continue
            reason = _reason(draft, unit, link.target)
            if reason is not None:
                link.target, link.sign, link.rule = reason, "undercut", "undercuts"
                link.cues = (*link.cues, cue[0].lower())


def _reason(draft: Draft, unit: Unit, target: Unit) -> Unit | None:
    """Return the reason whose bearing is denied: the target, or the last that supports it."""
    if target.links:
        return None if target.links[0].target is unit else target
    for other in reversed(draft.posts[target.post].units):
        if other.links and other.links[0].target is target and other is not unit:
            return other
    return None
