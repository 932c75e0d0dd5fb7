"""The line that introduces a list is about its items, and says little on its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap.extraction._cues import CONTRAST
from argumap.extraction._lexicon import phrases

if TYPE_CHECKING:
    from argumap.extraction._draft import Draft, DraftPost, Unit

__all__ = ["find_lists"]

_BREAKS_OFF = phrases("lists", "breaks_off")


def find_lists(draft: Draft) -> None:
    """Find what each list item is introduced by; introductions that break off are no units."""
    for post in draft.posts:
        kept: list[Unit] = []
        intro: Unit | None = None
        for number, unit in enumerate(post.units):
            if _is_intro(post, number):
                intro = unit
                while kept and (kept[-1].block, kept[-1].sentence) == (unit.block, unit.sentence):
                    intro = kept.pop()  # its first part says what it is about
            else:
                if intro is not None and not _is_item(post, unit, intro):
                    intro = None
                unit.intro = intro
                kept.append(unit)
        post.units = kept


def _is_intro(post: DraftPost, number: int) -> bool:
    unit = post.units[number]
    if number + 1 < len(post.units) and post.units[number + 1].block == unit.block:
        return False
    text = unit.whole.rstrip()
    broken = bool(unit.words) and unit.words[-1] in _BREAKS_OFF
    return broken and text[-1] not in ".?!" and number + 1 < len(post.units)


def _is_item(post: DraftPost, unit: Unit, intro: Unit) -> bool:
    kind = post.post.blocks[unit.block].kind
    if kind == "item":
        return True
    if "item" in {block.kind for block in post.post.blocks[intro.block : unit.block]}:
        return False  # the list was marked as one, and is over
    own = any(lead.startswith(("i ", "my ")) for lead in unit.leads)
    return not (unit.is_head and (own or unit.lead_in(CONTRAST)))
