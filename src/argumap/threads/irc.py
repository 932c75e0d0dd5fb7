"""IRC logs, in the forms that common programs write."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from argumap.model import Thread
from argumap.threads._fields import moment
from argumap.threads._named import Turn, posts_of_turns
from argumap.threads._reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from argumap.threads._source import Source

__all__ = ["READER", "read", "sniff"]

# Times with and without a date, in one or two pairs of brackets.
_CLOCK = r"\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?"
_DAY = (
    r"(?:\d{4}[-/]\d\d[-/]\d\d[T ]|\d{1,2}[-/. ][A-Z]?[a-z\d]{1,2}[a-z]?[-/. ]\d{2,4}[T ]|"
    r"(?:[A-Z][a-z]{2}[ ])?(?:[A-Z][a-z]{2}[ ]{1,2}\d{1,2}|\d{1,2}[ ][A-Z][a-z]{2})"
    r"(?:,?[ ]\d{4})?(?:,?[ ]|\][ ]?\[))"
)
_TIME = (
    rf"(?:(?:\d\d(?=\[)|[A-Z][ ](?:\d{{9,10}}[ ])?)?[\[(]?(?P<time>{_DAY}?"
    rf"{_CLOCK}[ ]?(?:[AP]M|UTC|GMT|Z|[+-]\d\d:?\d\d)?)[\])]?[ \t]+)"
)
_SAID = re.compile(rf"{_TIME}?<[ @+%&~!]?(?P<name>[^\s<>]{{1,40}})>(?:[ \t](?P<text>.*)|$)")
# Whatever stands before the name, if a time is in it.
_SAID_SOMEHOW = re.compile(
    r"(?P<time>[^<>\n]{0,45}\d:\d\d[^<>\n]{0,12}?)[ \t]*<[ @+%&~!]?(?P<name>[^\s<>]{1,40})>"
    r"(?:[ \t](?P<text>.*)|$)"
)
_DONE = re.compile(rf"{_TIME}?(?:\*|Action:)[ \t](?P<name>[^\s*]{{1,40}})[ \t](?P<text>.*)")
_NOTICE = re.compile(
    rf"{_TIME}?(?:={{3}}|\*{{3,}}|-!-|-+>|<-+|-{{2,}}|-[^\s-]+-|Session (?:Start|Close|Ident|Time))"
    r"(?:[ \t:]|$)"
)
# Some programs tell of comings and goings as if somebody did something.
_CAME = re.compile(
    r"(?:[(\[]\S*[@~]\S*[)\]][ \t])?(?:has (?:joined|left|quit|parted|changed|set|been kicked)\b|"
    r"(?:is now known as|sets? mode|gives channel|removes channel|was kicked by|joined #|left #|"
    r"quit\b|(?:now )?talking (?:in|on))\b)",
    re.IGNORECASE,
)
_TIMED = re.compile(_TIME)
# WeeChat: time, name and text between tabs.
_TABBED = re.compile(
    r"(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?)\t(?P<name>[^\t]{0,41})\t(?P<text>.*)"
)
# Others put the name into a column: "10:00 ana | hello".
_COLUMN = re.compile(rf"{_TIME}[ ]*(?P<name>[^\s|<>]{{1,40}})[ ]+[|│][ ](?P<text>.*)")
_NO_NAME = frozenset(("", "--", "-->", "<--", "=!=", "-!-"))
# Colours and emphases.
_CODES = re.compile(r"\x03(?:\d{1,2}(?:,\d{1,2})?)?|[\x02\x0f\x11\x16\x1d\x1e\x1f]")


def sniff(source: Source) -> bool:
    """Whether more than 60 % of the first lines are those of a log, and somebody speaks."""
    lines = [line for line in source.head.split("\n")[:400] if line.strip()]
    found = [_line(line) for line in lines]
    said = sum(isinstance(each, Turn) for each in found)
    return said >= 2 and sum(each is not None for each in found) > 0.6 * len(lines)


def read(source: Source) -> Iterator[Thread]:
    """Read a log as one thread, every line a post.

    A line that begins with a name answers the latest line of that name, else the line before it.
    A line without time and name goes on with the one before it.
    """
    turns: list[Turn] = []
    notices = 0
    for number, line in enumerate(source.text.split("\n"), 1):
        found = _line(line, number)
        if isinstance(found, Turn):
            turns.append(found)
        elif found is None and line.strip() and turns:
            turns[-1] = replace(
                turns[-1], text=f"{turns[-1].text}\n{_CODES.sub('', line).rstrip()}"
            )
        elif line.strip():
            notices += 1
    if not turns:
        raise source.error("no line is of the form '[11:59] <ana> hello'")
    source.notices_left_out(notices)
    source.note(
        "parents-inferred",
        "a log does not say who answers whom; it was inferred from names and order",
    )
    yield Thread(
        source=source.name,
        format=READER.name,
        posts=posts_of_turns(turns, by_order=0.3),
        notes=source.take_notes(),
    )


def _line(line: str, number: int = 1) -> Turn | Literal["notice"] | None:
    """Return what somebody says or does in a line; None where it is no line of a log."""
    line = _CODES.sub("", line)
    if tabbed := _TABBED.match(line):
        name, text = tabbed["name"].strip(" @+%&~"), tabbed["text"]
        if name == "*":
            name, _, text = text.partition(" ")
        elif tabbed["name"].strip() in _NO_NAME:
            return "notice"
        return Turn(name, text.strip(), number, _when(tabbed["time"]))
    found = _SAID.match(line)
    if found is None and (column := _COLUMN.match(line)):
        if column["name"] in _NO_NAME:
            return "notice"
        found = column
    if found is None and (done := _DONE.match(line)) and not _CAME.match(done["text"]):
        found = done
    if found is None and not _NOTICE.match(line) and not _DONE.match(line):
        found = _SAID_SOMEHOW.match(line)
    if found is None or _NOTICE.match(line):
        known = _NOTICE.match(line) or _DONE.match(line) or _TIMED.match(line)
        return "notice" if known else None
    return Turn(found["name"], (found["text"] or "").strip(), number, _when(found["time"]))


def _when(time: str | None) -> datetime | None:
    """Return a moment, where the log has dates as in ISO 8601."""
    return moment(time.removesuffix(" UTC").strip(" []()")) if time and "-" in time else None


READER = Reader(name="irc", title="IRC log", sniff=sniff, read=read)
