"""The words that only frame a proposition are left out of its span, and kept as cues."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from argumap.extraction._cues import CONCESSION, CONNECTIVES, FRAMES, OPENERS, REASON

if TYPE_CHECKING:
    from argumap.extraction._draft import Draft, Unit

__all__ = ["strip_frames"]

_MARKS = "\"“”'‘’*_~`•·-–—#>[]|.…,;:)!? \t\r\n"
_LEAD = re.compile(r"[^\W_]+(?:['’./][^\W_]+)*\.?")
_BULLET = re.compile(r"(?:[-*+•·–—]+|\d{1,3}[.)]|[a-zA-Z][.)]|#{1,6}|\(\d{1,2}\))\s+")
_SPACE = re.compile(r"[\s]*")
# These open a clause only where a comma shows it: "right, …" but not "right now …".
_WITH_COMMA = frozenset(
    "one two three first second third next no right now true sure yes yeah well certainly still yet "
    "instead rather again look listen note maybe ok okay oh man dude seriously generally "
    "basically specifically particularly especially in-general that-is sorry nope like simply "
    "finally lastly alternatively apparently presumably obviously clearly actually honestly frankly hi hello hey "
    "edit ps sadly fortunately unfortunately besides similarly to-me for-me at-the-same-time "
    "in-practice in-theory meanwhile even-then".split()
)
_OPTIONAL_COMMA = frozenset(
    "obviously clearly actually honestly frankly unfortunately fortunately sure yes yeah maybe finally "
    "certainly sadly apparently presumably basically generally besides meanwhile even-then".split()
)
# These are connectives at a joint, and prepositions elsewhere.
_AT_JOINT = frozenset(
    {"as", "for", "since", "while", "given", "considering", "then", "cause", "or"}
)
_LONGEST = 6
_LEAST_LEFT = 2


def strip_frames(draft: Draft) -> None:
    """Leave connectives, openers and attitudes out of the spans of units."""
    for post in draft.posts:
        for number, unit in enumerate(post.units):
            later = post.units[number + 1] if number + 1 < len(post.units) else None
            fronted = later is not None and later.sentence == unit.sentence
            _strip(unit, fronted=fronted)


def _strip(unit: Unit, *, fronted: bool) -> None:
    text = unit.text
    at = 0
    leads: list[str] = []
    bullet = _BULLET.match(text) if unit.is_head else None
    if bullet:
        at = bullet.end()
    while True:
        at = _skip_marks(text, at)
        found = _connective(text, at, cut=bool(unit.joint), fronted=fronted)
        if found:
            lead, end = found
            leads.append(lead)
        else:
            frame = FRAMES.match(text, at)
            if not frame or frame.end() == at:
                break
            end = frame.end()
            leads.append(" ".join(text[at:end].lower().replace("’", "'").split()).strip(" ,"))
        if len(_LEAD.findall(text, end)) < _LEAST_LEFT:
            leads.pop()
            break
        at = end
    at = _skip_marks(text, at)
    end = _tail(text, at, leads)
    if at < end:
        unit.leads = tuple(leads)
        unit.start, unit.end, unit.text = unit.start + at, unit.start + end, text[at:end]


def _skip_marks(text: str, at: int) -> int:
    while at < len(text) and (
        text[at].isspace()
        or text[at] in ",;:)>*•–—-…."
        or (text[at] == "(" and text.count("(") != text.count(")"))
        or (text[at] == "(" and text.rstrip(" .!?").endswith(")"))
    ):
        at += 1
    return at


def _connective(text: str, at: int, *, cut: bool, fronted: bool) -> tuple[str, int] | None:
    """Return the longest connective or opener at a place, and where it ends."""
    words: list[str] = []
    ends: list[int] = []
    place = at
    for _ in range(_LONGEST):
        match = _LEAD.match(text, place)
        if not match:
            break
        words.append(match[0].lower().replace("’", "'"))
        ends.append(match.end())
        place = match.end()
        if place < len(text) and text[place] == " ":
            place += 1
        else:
            break
    for count in range(len(words), 0, -1):
        lead = " ".join(words[:count])
        bare = lead.rstrip(".")
        key = lead if lead in CONNECTIVES or lead in OPENERS else bare
        if key not in CONNECTIVES and key not in OPENERS:
            continue
        end = ends[count - 1]
        comma = end < len(text) and text[end] in ",:;.!?…—–-"
        if (
            key.replace(" ", "-") in _WITH_COMMA
            and not comma
            and not (key.replace(" ", "-") in _OPTIONAL_COMMA)
        ):
            continue
        if (
            key in _AT_JOINT
            and not cut
            and not (fronted and key in {"since", "while", "as"})
            and key != "then"
        ):
            continue
        if end < len(text) and not (text[end].isspace() or comma):
            continue
        return key, end
    return None


_TAIL = re.compile(
    r",?\s+(though|tho|however|too|as well|anyway|imo|imho|i think|i guess|i suppose|i agree|certainly|of course|after all|i believe|unfortunately|right|lol)\s*([.!?)]*)\s*$",
    re.IGNORECASE,
)


def _tail(text: str, at: int, leads: list[str]) -> int:
    """Return the end of the proposition; a trailing "though" is a cue like a leading one."""
    end = len(text.rstrip())
    if text[at:end].count("(") < text[at:end].count(")") and text[:end].endswith(")"):
        end -= 1
    window = max(at, end - 40)
    match = _TAIL.search(text, window, end)
    if match and len(_LEAD.findall(text, at, match.start())) > _LEAST_LEFT:
        word = match[1].lower()
        leads.append("though," if word in {"though", "tho", "however"} else word)
        if not match[2]:
            return match.start()
    return end
