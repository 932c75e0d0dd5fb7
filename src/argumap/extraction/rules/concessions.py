"""What is granted, and what is held against it: "A, but B", "although A, B", "B, though A"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap.extraction._cues import CONCESSION, CONTRAST

if TYPE_CHECKING:
    from argumap.extraction._draft import Draft, Unit

__all__ = ["link_concessions"]

_YOU = frozenset({"you", "your", "you're", "you've", "you'd"})


def link_concessions(draft: Draft) -> None:
    """Link what is granted, as a reason against the point that the author makes."""
    for post in draft.posts:
        for number, unit in enumerate(post.units):
            before = post.units[number - 1] if number else None
            after = post.units[number + 1] if number + 1 < len(post.units) else None
            if cue := unit.lead_in(CONTRAST):
                if before is not None:
                    _contrast(before, unit, cue, is_reply=post.parent is not None)
            elif cue := unit.lead_in(CONCESSION):
                if unit.joint and before is not None and before.sentence == unit.sentence:
                    _grant(unit, before, cue)
                elif after is not None and after.sentence == unit.sentence:
                    _grant(unit, after, cue)


def _contrast(before: Unit, unit: Unit, cue: str, *, is_reply: bool) -> None:
    """Link "A, but B" as A against B, and "A. But B" as B against A.

    "But you …" in a reply is said against the other post; that is for the rule of replies.
    """
    admitted = before.component == "premise" and before.lead_in(CONCESSION)
    if before.sentence == unit.sentence or admitted:
        _grant(before, unit, cue)
    elif not unit.links and not (is_reply and unit.words[:1] and unit.words[0] in _YOU):
        unit.bears_on(before, "rebuttal", "contrasts", cue)


def _grant(granted: Unit, point: Unit, cue: str) -> None:
    if any(link.target is granted for link in point.links):
        return
    granted.links = [link for link in granted.links if link.rule != "contrasts"]
    if not granted.links:
        granted.bears_on(point, "rebuttal", "concessions", cue)
        granted.conceded = granted.lead_in(CONCESSION) is not None
