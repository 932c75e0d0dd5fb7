"""A point of the author's own, or a reason for or against one?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from argumap.extraction._cues import CONCESSION, CONCLUSION, CONTRAST, REASON, example_cue
from argumap.extraction._lexicon import pattern

if TYPE_CHECKING:
    from argumap.extraction._draft import Draft, DraftPost, Unit

__all__ = ["Judgement", "judge_component", "judge_components"]

Judgement = tuple[Literal["claim", "premise"], tuple[str, ...]]

_OPINION = pattern("components", "opinion")
_EVIDENCE = pattern("components", "evidence")


def judge_components(draft: Draft) -> None:
    """Judge the component of every unit by its cues, its neighbours and its place."""
    for post in draft.posts:
        for number, unit in enumerate(post.units):
            unit.rule = "components"
            unit.component, unit.cues = judge_component(post, number)


def judge_component(post: DraftPost, number: int) -> Judgement:
    """Return the component of a unit, and the cues that it was judged by."""
    return (
        _by_connective(post, number)
        or _by_place(post, number)
        or _by_words(post.units[number])
        or ("premise", ())
    )


def _by_connective(post: DraftPost, number: int) -> Judgement | None:
    unit = post.units[number]
    if cue := unit.lead_in(REASON):
        return "premise", (cue,)
    if cue := unit.lead_in(CONCLUSION):
        return "claim", (cue,)
    after = post.units[number + 1] if number + 1 < len(post.units) else None
    joint = after if after is not None and after.sentence == unit.sentence else None
    # "A, so B" and "A, but B": A is what the author argues from, or grants.
    if joint and (cue := joint.lead_in(CONCLUSION) or joint.lead_in(CONTRAST)):
        return "premise", (cue,)
    if cue := example_cue(unit.leads):
        return "premise", (cue,)
    return None


def _by_place(post: DraftPost, number: int) -> Judgement | None:
    unit = post.units[number]
    if unit.intro is not None or post.post.blocks[unit.block].kind == "item":
        return "premise", ()
    agreed = next((s for s in post.stands if s.before == number and s.stance == "endorses"), None)
    if agreed is not None:
        # "I agree: A" gives a reason; "I agree, though A" makes a point against.
        held = unit.lead_in(CONTRAST | CONCESSION)
        return ("claim", (held,)) if held else ("premise", (agreed.cue,))
    if cue := unit.lead_in(CONCESSION):
        return "premise", (cue,)
    if number == 0 or _after_quote(post, number) or _opens_paragraph(post, number):
        return "claim", ()
    return None


def _opens_paragraph(post: DraftPost, number: int) -> bool:
    """Return whether a unit is the first of several in its paragraph."""
    block = post.units[number].block
    after = post.units[number + 1 : number + 2]
    return post.units[number - 1].block != block and any(u.block == block for u in after)


def _by_words(unit: Unit) -> Judgement | None:
    if cue := unit.lead_in(CONTRAST):
        return "claim", (cue,)
    if match := _OPINION.search(unit.text):
        return "claim", (match[0],)
    if match := _EVIDENCE.search(unit.text):
        return "premise", (match[0],)
    if frame := next((lead for lead in unit.leads if lead.startswith(("i ", "my "))), None):
        return "claim", (frame,)
    return None


def _after_quote(post: DraftPost, number: int) -> bool:
    """Return whether a quote stands between a unit and the one before it."""
    between = post.post.blocks[post.units[number - 1].block + 1 : post.units[number].block]
    return any(block.kind == "quote" for block in between)
