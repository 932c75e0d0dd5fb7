"""WhatsApp: an exported chat."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from argumap.model import Thread
from argumap.threads._named import Turn, posts_of_turns
from argumap.threads._reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from argumap.threads._source import Source

__all__ = ["READER", "read", "sniff"]

_SPACE = r"[ \u00a0\u202f\u2009]"
_MARKS = "\u200e\u200f\u202a\u202b\u202c\ufeff"
# What stands between the numbers of a date.
_PART = rf"[{_MARKS}]?[./\-年월月년]"
# Day, month and year in any order, then the time, each as a phone's language has them:
# "12/9/20, 1:05 PM - ", "[09.12.20, 13:05:00] ", "2020/12/9 下午1:05 - ", "9/12/20 à 13:05 - ".
_HEAD = re.compile(
    rf"[{_MARKS}]*\[?(?P<date>\d{{1,4}}{_SPACE}?{_PART}{_SPACE}?\d{{1,2}}{_SPACE}?{_PART}{_SPACE}?"
    rf"\d{{1,4}})[.日일]?(?:{_SPACE}г\.)?[,،]?"
    rf"(?:{_SPACE}(?:à|às|a las|alle|alle ore|um|klo|kl\.?|o|la|at))?{_SPACE}+"
    rf"(?:(?P<before>上午|下午|午前|午後|오전|오후|凌晨|早上|中午|晚上){_SPACE}?)?"
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d))?"
    rf"(?:{_SPACE}?(?P<half>[AaPp]\.?{_SPACE}?[Mm]\.?|[صم]|ΠΜ|ΜΜ|π\.μ\.|μ\.μ\.))?\]?"
    rf"(?:{_SPACE}[-–])?[:,،]?{_SPACE}"
)
_AFTERNOON = ("P", "p", "下午", "午後", "오후", "晚上", "中午", "م", "ΜΜ", "μ")
# What the program writes in the place of pictures, and of messages that were taken back.
_MEDIA = re.compile(
    rf"[{_MARKS}]*(?:<[^<>\n]{{3,60}}>|(?:IMG|VID|PTT|AUD|STK|DOC)-\d{{8}}-WA\d+\.\w{{2,5}}"
    rf"(?: \([^()\n]{{3,40}}\))?|(?:image|video|audio|sticker|GIF|document|Contact card) omitted)"
    rf"[{_MARKS}]*$",
    re.IGNORECASE,
)
_MOST_MACHINE = 4
_DELETED = re.compile(
    r"(?:this message was deleted|you deleted this message|"
    r"(?:diese nachricht wurde|du hast diese nachricht) gelöscht|"
    r"(?:se eliminó|eliminaste) este mensaje|(?:ce message a été supprimé|vous avez supprimé ce "
    r"message)|(?:mensagem apagada|esta mensagem foi apagada|você apagou esta mensagem)|"
    r"(?:questo messaggio è stato eliminato|hai eliminato questo messaggio)|"
    r"(?:dit bericht is verwijderd|je hebt dit bericht verwijderd))\.?$",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"[{_MARKS}]*(?:~{_SPACE}?)?(?P<name>[^:\n\"“”«»]{{1,60}}?){_SPACE}?:(?:{_SPACE}|$)[{_MARKS}]*"
)
# What the program puts behind a message that was changed.
_EDITED = re.compile(
    r"\s?\u200e?<(?:this message was edited|diese nachricht wurde bearbeitet|se editó este mensaje|"
    r"ce message a été modifié|esta mensagem foi editada|mensagem editada|"
    r"questo messaggio è stato modificato|dit bericht is bewerkt)\.?>\s*$",
    re.IGNORECASE,
)


def sniff(source: Source) -> bool:
    """Whether more than half of the first lines begin with date and time as WhatsApp has them."""
    lines = [line for line in source.head.split("\n")[:200] if line.strip()]
    heads = [(line, head.end()) for line in lines if (head := _HEAD.match(line))]
    named = any(_NAMED.match(line, end) and line[end] != "<" for line, end in heads)
    return named and 2 * len(heads) > len(lines)


def read(source: Source) -> Iterator[Thread]:
    """Read a chat as one thread; a line without a date belongs to the message before it.

    Whether dates are day/month or month/day is found from the numbers; times are read as UTC,
    since the file names no zone.
    """
    heads: list[tuple[re.Match[str], int, list[str]]] = []
    before = 0
    for number, line in enumerate(source.text.split("\n"), 1):
        if head := _HEAD.match(line):
            heads.append((head, number, [line[head.end() :]]))
        elif heads:
            heads[-1][2].append(line)
        elif line.strip():
            before += 1
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
        text = _EDITED.sub("", text)
        removed = _DELETED.match(text) is not None
        turns.append(
            Turn(
                named["name"].strip(),
                "" if removed else text,
                number,
                _when(head, day_first=day_first),
                machine=_is_machine(rows[0][named.end("name") :], text),
                removed=removed,
            )
        )
    source.left_out("text-left-out", before, "line above the chat", "lines above the chat")
    _note(source, notices, guessed=guessed, day_first=day_first)
    yield Thread(
        source=source.name,
        format=READER.name,
        posts=posts_of_turns(turns, by_order=0.3),
        notes=source.take_notes(),
    )


def _is_machine(behind_name: str, text: str) -> bool:
    """Whether a message only says that something was left out.

    iPhones put a mark before it: in all languages these are a few words without an end.
    """
    if "\n" in text or _MEDIA.match(text):
        return "\n" not in text
    marked = behind_name.lstrip(": \u00a0").startswith("\u200e")
    return marked and len(text.split()) <= _MOST_MACHINE and text[-1:].isalpha()


def _day_first(dates: Sequence[str], half: str | None) -> tuple[bool, bool]:
    """Return whether the day stands before the month, and whether that is a guess."""
    pairs = [tuple(_numbers(date)[:2]) for date in dates]
    if any(one > 12 for one, _ in pairs):
        return True, False
    if any(two > 12 for _, two in pairs):
        return False, False
    # With a.m. and p.m. the phone was most likely an American one.
    return half is None, True


def _numbers(date: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", date)]


def _when(head: re.Match[str], *, day_first: bool) -> datetime | None:
    one, two, three = _numbers(head["date"])
    year, month, day = (three, two, one) if day_first else (three, one, two)
    if one > 31:
        year, month, day = one, two, three
    hour = int(head["hour"])
    if half := head["before"] or head["half"]:
        hour = hour % 12 + (12 if half.startswith(_AFTERNOON) else 0)
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


def _note(source: Source, notices: int, *, guessed: bool, day_first: bool) -> None:
    source.notices_left_out(notices)
    if guessed:
        order = "day before month" if day_first else "month before day"
        source.note("dates-guessed", f"dates were read as {order}; no number tells")
    source.note("no-time-zone", "the file names no time zone; times were read as UTC")
    source.note(
        "parents-inferred",
        "a chat does not say who answers whom; it was inferred from quotes, names and order",
    )


READER = Reader(name="whatsapp", title="WhatsApp chat", sniff=sniff, read=read)
