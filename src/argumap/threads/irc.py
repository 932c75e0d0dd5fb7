"""IRC logs, in the forms that common programs write."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from argumap.model import Note, Thread
from argumap.threads._fields import moment
from argumap.threads._named import Turn, posts_of_turns
from argumap.threads._reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.threads._source import Source

__all__ = ["READER", "read", "sniff"]

_TIME = (
    r"(?:\[?(?P<time>(?:\d{4}-\d\d-\d\d[T ])?\d{1,2}:\d\d(?::\d\d)?"
    r"(?:[+-]\d\d:?\d\d|Z)?)\]?[ \t]+)?"
)
_SAID = re.compile(_TIME + r"<[ @+%&~]?(?P<name>[^\s<>]{1,40})>(?:[ \t](?P<text>.*)|$)")
_DONE = re.compile(_TIME + r"\*[ \t](?P<name>[^\s*]{1,40})[ \t](?P<text>.*)")
_NOTICE = re.compile(_TIME + r"(?:===|\*\*\*|-!-|-->|<--|-[^\s-]+-)(?:[ \t]|$)")


def sniff(source: Source) -> bool:
    """Whether more than 60 % of the first lines are those of a log, and somebody speaks."""
    lines = [line for line in source.head.split("\n")[:400] if line.strip()]
    said = sum(_SAID.match(line) is not None for line in lines)
    known = said + sum(bool(_DONE.match(line) or _NOTICE.match(line)) for line in lines)
    return said >= 2 and known > 0.6 * len(lines)


def read(source: Source) -> Iterator[Thread]:
    """Read a log as one thread, every line a post.

    A line that begins with a name answers the latest line of that name, else the line before it.
    """
    turns: list[Turn] = []
    notices = 0
    for number, line in enumerate(source.text.split("\n"), 1):
        found = _SAID.match(line) or _DONE.match(line)
        if found is not None and not _NOTICE.match(line):
            when = moment(found["time"]) if found["time"] and "-" in found["time"][:5] else None
            turns.append(Turn(found["name"], (found["text"] or "").strip(), number, when))
        elif line.strip():
            notices += 1
    if not turns:
        raise source.error("no line is of the form '[11:59] <ana> hello'")
    notes = [
        Note(
            code="parents-inferred",
            message="a log does not say who answers whom; it was inferred from names and order",
        )
    ]
    if notices:
        told = f"{notices} notices of the software were left out"
        notes.insert(0, Note(code="actions-left-out", message=told))
    yield Thread(
        source=source.name,
        format=READER.name,
        posts=posts_of_turns(turns, by_order=0.3),
        notes=tuple(notes),
    )


READER = Reader(name="irc", title="IRC log", sniff=sniff, read=read)
