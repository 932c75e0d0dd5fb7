"""A point of the author's own, or a reason for or against one?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from argumap.extraction._cues import CONCESSION, CONCLUSION, CONTRAST, EXAMPLE, REASON

if TYPE_CHECKING:
    from argumap.extraction._draft import Draft, DraftPost, Unit

__all__ = ["judge_components"]

_OPINION = re.compile(
    r"\b(?:should|shouldn't|must|ought|need\s+to|needs\s+to|have\s+to|better|worse|best|worst|wrong|right|bad|good|"
    r"important|necessary|useless|unfair|fair|ridiculous|stupid|pointless|worth|wish|prefer|would\s+(?:be|rather)|"
    r"it'd\s+be|great|terrible|nonsense|problem|unlikely|likely|superior|easier|simpler)\b",
    re.IGNORECASE,
)
_EVIDENCE = re.compile(
    r"\b(?:I've|I\s+have|I\s+had|I\s+was|I\s+did|my\s+(?:own\s+)?(?:experience|wife|friend|friends|company|dad|mom|job)|years?\s+ago|"
    r"according\s+to|studies|study|research|statistics|per\s?cent|in\s+(?:19|20)\d\d|\d+\s?%|\$\d|when\s+i)\b|\d{2,}",
    re.IGNORECASE,
)


def judge_components(draft: Draft) -> None:
    """Judge the component of every unit by its cues and its place."""
    for post in draft.posts:
        for number, unit in enumerate(post.units):
            unit.component, unit.cues = _component(post, number, unit)
            unit.rule = "components"


def _component(post: DraftPost, number: int, unit: Unit):
    same = number + 1 < len(post.units) and post.units[number + 1].sentence == unit.sentence
    if cue := unit.lead_in(REASON):
        return "premise", (cue,)
    if cue := unit.lead_in(CONCLUSION):
        return "claim", (cue,)
    if same and (cue := post.units[number + 1].lead_in(CONCLUSION)):
        return "premise", (cue,)
    if same and (cue := post.units[number + 1].lead_in(CONTRAST)) and not unit.links:
        return "premise", (cue,)
    if cue := unit.lead_in(EXAMPLE):
        return "premise", (cue,)
    if unit.intro is not None or post.post.blocks[unit.block].kind == "item":
        return "premise", ()
    agreed = next((s for s in post.stands if s.before == number and s.stance == "endorses"), None)
    if agreed is not None:
        held = unit.lead_in(CONTRAST | CONCESSION)
        return ("claim", (held,)) if held else ("premise", (agreed.cue,))
    if cue := unit.lead_in(CONCESSION):
        return "premise", (cue,)
    if number == 0 or _after_quote(post, number):
        return "claim", ()
    if cue := unit.lead_in(CONTRAST):
        return "claim", (cue,)
    if match := _EVIDENCE.search(unit.text):
        return "premise", (match[0],)
    if match := _OPINION.search(unit.text):
        return "claim", (match[0],)
    frame = next(
        (lead for lead in unit.leads if " " in lead and lead.startswith(("i ", "my "))), None
    )
    if frame:
        return "claim", (frame,)
    return "premise", ()


def _after_quote(post: DraftPost, number: int) -> bool:
    """Return whether a quote stands between a unit and the one before it."""
    return any(
        block.kind == "quote"
        for block in post.post.blocks[post.units[number - 1].block + 1 : post.units[number].block]
    )
