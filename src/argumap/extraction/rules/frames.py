"""The words that only frame a proposition are left out of its span, and kept as cues."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from argumap.extraction._cues import CONNECTIVES
from argumap.extraction._lexicon import alternatives, phrases

if TYPE_CHECKING:
    from argumap.extraction._draft import Draft, Unit

__all__ = ["strip_frames"]

_LEADS = CONNECTIVES | phrases("frames", "openers")
_WITH_COMMA = phrases("frames", "with_comma")
_AT_JOINT = phrases("frames", "at_joint")
_LONGEST_LEAD = 6
_LEAST_LEFT = 2

_WORD = re.compile(r"[^\W_]+(?:['’./][^\W_]+)*\.?")
_BULLET = re.compile(r"(?:[-*+•·–—]+|\d{1,3}[.)]|[a-zA-Z][.)]|#{1,6}|\(\d{1,2}\))\s+")
_MARKS = ",;:)>*•–—-….∆Δ"
_CLAUSE_MARKS = ",:;.!?…—–-"


def _either(*keys: str) -> str:
    """Return a pattern for any of some phrases, the longest first."""
    found = sorted(phrases("frames", *keys), key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in found)


_ATTITUDE = (
    rf"(?:i|we)(?:'d|'ve)?\s+(?:(?:{_either('adverbs')})\s+)*(?:{_either('attitude_verbs')})"
    r"(?:\s+(?:that|though|however))?(?=\s+[^\s,.;:!?)]|,\s)"
)
_FRAMES = re.compile(
    f"(?:{'|'.join([_ATTITUDE, *alternatives('frames', 'attitudes')])})\\s*,?\\s*".replace(
        "'", "['’]"
    ),
    re.IGNORECASE,
)
_TRAILING = re.compile(
    rf",?\s+({_either('trailing')})\s*([.!?)]*)\s*$".replace("'", "['’]"), re.IGNORECASE
)
# How far from the end a trailing cue may begin.
_WINDOW = 40


def strip_frames(draft: Draft) -> None:
    """Leave connectives, openers and attitudes out of the spans of units."""
    for post in draft.posts:
        for number, unit in enumerate(post.units):
            later = post.units[number + 1] if number + 1 < len(post.units) else None
            _strip(unit, fronted=later is not None and later.sentence == unit.sentence)


def _strip(unit: Unit, *, fronted: bool) -> None:
    text = unit.text
    leads: list[str] = []
    bullet = _BULLET.match(text) if unit.is_head else None
    # A bracket is left out that closes at the end, or never.
    around = text.rstrip(" .!?").endswith(")") or text.count("(") != text.count(")")
    marks = _MARKS + "(" if around else _MARKS
    at = _skip_marks(text, bullet.end() if bullet else 0, marks)
    while True:
        lead, end = _connective(text, at, cut=bool(unit.joint), fronted=fronted) or ("", at)
        if not lead and (frame := _FRAMES.match(text, at)):
            lead, end = _plain(frame[0]), frame.end()
        if not lead or len(_WORD.findall(text, end, end + 200)) < _LEAST_LEFT:
            break
        leads.append(lead)
        at = _skip_marks(text, end, marks)
    end = _end(text, at, leads)
    if at < end:
        unit.leads = tuple(leads)
        unit.start, unit.end, unit.text = unit.start + at, unit.start + end, text[at:end]


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split()).strip(" ,")


def _skip_marks(text: str, at: int, marks: str) -> int:
    while at < len(text) and (text[at].isspace() or text[at] in marks):
        at += 1
    return at


def _connective(text: str, at: int, *, cut: bool, fronted: bool) -> tuple[str, int] | None:
    """Return the longest connective or opener at a place, and where it ends."""
    words: list[str] = []
    ends: list[int] = []
    place = at
    while len(words) < _LONGEST_LEAD and (match := _WORD.match(text, place)):
        words.append(_plain(match[0]))
        ends.append(match.end())
        place = match.end() + 1
        if text[match.end() : place] != " ":
            break
    for count in range(len(words), 0, -1):
        lead = " ".join(words[:count])
        lead = lead if lead in _LEADS else lead.rstrip(".")
        end = ends[count - 1]
        mark = text[end : end + 1]
        comma = bool(mark) and mark in _CLAUSE_MARKS
        if lead not in _LEADS or not (comma or mark.isspace()):
            continue
        if lead in _WITH_COMMA and not comma:
            continue
        if lead in _AT_JOINT and not cut and not (fronted and lead in {"since", "while", "as"}):
            continue
        return lead, end
    return None


def _end(text: str, at: int, leads: list[str]) -> int:
    """Return the end of the proposition; a "though" at the end is a cue like a leading one."""
    end = len(text.rstrip())
    inside = text[at:end]
    if inside.endswith(")") and inside.count("(") < inside.count(")"):
        end -= 1
    match = _TRAILING.search(text, max(at, end - _WINDOW), end)
    if match and len(_WORD.findall(text, at, match.start())) > _LEAST_LEFT:
        word = _plain(match[1])
        leads.append("though," if word in {"though", "tho", "however"} else word)
        if not match[2]:
            return match.start()
    return end
