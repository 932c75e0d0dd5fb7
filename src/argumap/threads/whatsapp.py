"""WhatsApp: an exported chat."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from argumap.model import Note, Thread
from argumap.threads._named import Turn, posts_of_turns
from argumap.threads._reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from argumap.threads._source import Source

__all__ = ["READER", "read", "sniff"]

_HEAD = re.compile(
    r"[\u200e\u200f\ufeff]*\[?(?P<date>\d{1,4}[./-]\d{1,2}[./-]\d{2,4}),?[ \u202f\u00a0]"
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d))?"
    r"[ \u202f\u00a0]?(?P<half>[AaPp]\.?[ \u00a0]?[Mm]\.?)?\]?(?:[ ]-)?[ ]"
)
_NAMED = re.compile(r"[\u200e\u200f]*(?P<name>[^:\n]{1,60}?):[ ]?[\u200e\u200f]*")
_LEFT_OUT = re.compile(r"[\u200e\u200f]")


def sniff(source: Source) -> bool:
    """Whether more than half of the first lines begin with date and time as WhatsApp has them."""
    lines = [line for line in source.head.split("\n")[:200] if line.strip()]
    return bool(lines) and 2 * sum(bool(_HEAD.match(line)) for line in lines) > len(lines)


def read(source: Source) -> Iterator[Thread]:
    """Read a chat as one thread; a line without a date belongs to the message before it.

    Whether dates are day/month or month/day is found from the numbers; times are read as UTC,
    since the file names no zone.
    """
    heads: list[tuple[re.Match[str], int, list[str]]] = []
    for number, line in enumerate(source.text.split("\n"), 1):
        if head := _HEAD.match(line):
            heads.append((head, number, [line[head.end() :]]))
        elif heads:
            heads[-1][2].append(line)
    if not heads:
        raise source.error("no line begins with date and time, as in '12/9/20, 23:55 - Ana: hi'")
    day_first, guessed = _day_first([head["date"] for head, _, _ in heads], heads[0][0]["half"])
    turns = []
    notices = 0
    for head, number, rows in heads:
        named = _NAMED.match(rows[0])
        if named is None:
            notices += 1
            continue
        text = "\n".join([rows[0][named.end() :], *rows[1:]]).rstrip()
        turns.append(Turn(named["name"].strip(), text, number, _when(head, day_first=day_first)))
    yield Thread(
        source=source.name,
        format=READER.name,
        posts=posts_of_turns(turns, by_order=0.3),
        notes=tuple(_notes(notices, guessed=guessed, day_first=day_first)),
    )


def _day_first(dates: Sequence[str], half: str | None) -> tuple[bool, bool]:
    """Return whether the day stands before the month, and whether that is a guess."""
    pairs = [tuple(map(int, re.split("[./-]", date)[:2])) for date in dates]
    if any(one > 12 for one, _ in pairs):
        return True, False
    if any(two > 12 for _, two in pairs):
        return False, False
    # With a.m. and p.m. the phone was most likely an American one.
    return half is None, True


def _when(head: re.Match[str], *, day_first: bool) -> datetime | None:
    one, two, three = map(int, re.split("[./-]", head["date"]))
    year, month, day = (three, two, one) if day_first else (three, one, two)
    if one > 31:
        year, month, day = one, two, three
    hour = int(head["hour"])
    if head["half"]:
        hour = hour % 12 + (12 if head["half"][0] in "Pp" else 0)
    try:
        return datetime(
            year + 2000 if year < 100 else year,
            month,
            day,
            hour,
            int(head["minute"]),
            int(head["second"] or 0),
            tzinfo=UTC,
        )
    except ValueError:
        return None


def _notes(notices: int, *, guessed: bool, day_first: bool) -> Iterator[Note]:
    if notices:
        yield Note(
            code="actions-left-out", message=f"{notices} notices of the software were left out"
        )
    if guessed:
        order = "day before month" if day_first else "month before day"
        yield Note(code="dates-guessed", message=f"dates were read as {order}; no number tells")
    yield Note(code="no-time-zone", message="the file names no time zone; times were read as UTC")
    yield Note(
        code="parents-inferred",
        message="a chat does not say who answers whom; it was inferred from quotes, names and "
        "order",
    )


READER = Reader(name="whatsapp", title="WhatsApp chat", sniff=sniff, read=read)
