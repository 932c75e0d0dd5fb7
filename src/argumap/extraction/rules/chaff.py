"""Not every unit is argument: greetings, thanks, plans, questions that want an answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from argumap.extraction._cues import REASON, has_verb
from argumap.extraction._lexicon import pattern

if TYPE_CHECKING:
    from argumap.extraction._draft import Draft, Unit

__all__ = ["drop_chaff", "is_chaff"]

_LEAST_WORDS = 3
_LEAST_WITHOUT_VERB = 6
_LINK = re.compile(r"(?:https?://|www\.)\S+")
_STARTS = pattern("chaff", "starts")
_ASKS = pattern("chaff", "asks")
_INSINUATES = pattern("chaff", "insinuates")


def drop_chaff(draft: Draft) -> None:
    """Drop the units that put nothing forward."""
    for post in draft.posts:
        kept: list[Unit] = []
        dropped = [number for number, unit in enumerate(post.units) if is_chaff(unit)]
        gone = set(dropped)
        kept = [unit for number, unit in enumerate(post.units) if number not in gone]
        for stand in post.stands:
            stand.before -= sum(number < stand.before for number in dropped)
        post.units = kept


def is_chaff(unit: Unit) -> bool:
    """Return whether a unit puts nothing forward."""
    text = unit.whole.replace("’", "'").lstrip(' *_("“-•')
    words = unit.words
    # A reason that was cut from its claim is one, whatever its verb.
    verb = has_verb(words) or (bool(unit.joint) and unit.lead_in(REASON) is not None)
    if not verb and len(words) < _LEAST_WITHOUT_VERB:
        return True
    if len(words) < _LEAST_WORDS and not verb:
        return True
    if len(_LINK.sub("", text).split()) < _LEAST_WORDS or _STARTS.match(text):
        return True
    ending = text.rstrip(' *_)"”')[-1:]
    if ending == "?":
        return bool(_ASKS.match(unit.text)) and not _INSINUATES.search(text)
    return ending == ":" and not verb
