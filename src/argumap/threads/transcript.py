"""Transcripts and chats: every turn begins with ``Name:``."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from argumap.model import Note, Thread, Where
from argumap.threads._lines import split_lines
from argumap.threads._named import Turn, posts_of_turns
from argumap.threads._reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.threads._lines import Line
    from argumap.threads._source import Source

__all__ = ["READER", "read", "sniff"]

_TURN = re.compile(
    r"\s{0,3}(?:\[?\d{1,2}:\d\d(?::\d\d)?\]?[ \t]+)?"
    r"(?P<marks>\*\*|__)?(?P<name>[^\W\d_][^\n:<>*\[\]{}\"“”|/\\,;!?]{0,39}?)(?P=marks)?"
    r"(?:[ \t]*[(\[]\d{1,2}:\d\d(?::\d\d)?[)\]])?:(?(marks)(?:\*\*|__)?)[ \t]+(?=\S)"
)
# A field of a mail or a remark, not a speaker.
_NO_NAME = re.compile(
    r"(?:from|to|cc|subject|date|re|fwd|edit|edited|update|note|ps|p\.s\.|tl;dr|source|warning|"
    r"example|e\.g\.|i\.e\.|title|url|link|disclaimer|question|answer|summary|pro|con|thesis)$",
    re.IGNORECASE,
)


# Subtitles: the times of a cue, its number above them, and who speaks in it.
_CUE = re.compile(r"(?:\d{1,2}:)?\d\d:\d\d[.,]\d{3}[ \t]+-->[ \t]")
_VOICE = re.compile(r"<v(?:\.[\w.]+)?[ \t]+([^<>\n]{1,40})>")
_TAG = re.compile(r"</?[a-z][^<>\n]{0,40}>")


def sniff(source: Source) -> bool:
    """Whether a text is made of turns: most lines begin with a name, and a name comes back."""
    lines = [line for line in split_lines(_without_cues(source.head)) if line.text]
    names = [name for line in lines if (name := _speaker(line.text)) is not None]
    if len(names) < 2 or not lines or _speaker(lines[0].text) is None:
        return False
    if 2 * len(names) <= len(lines):
        return False
    return max(Counter(names).values()) >= 2


def read(source: Source) -> Iterator[Thread]:
    """Read a transcript; a line without a name belongs to the turn before it.

    Of subtitles (SRT, WebVTT) that name who speaks, the words are read.

    Raises:
        ThreadParseError: No line begins with a name.
    """
    text = _without_cues(source.text)
    lines = split_lines(text)
    starts = [n for n, line in enumerate(lines) if _speaker(line.text) is not None]
    if not starts:
        raise source.error(
            "no line begins with a name, as in 'Ana: I think so.'",
            hint="read it as bare text with format='plain' (--from plain)",
        )
    turns = list(_turns(text, lines, starts))
    notes: list[Note] = []
    if any(line.text for line in lines[: starts[0]]):
        first = next(line for line in lines if line.text)
        notes.append(
            Note(
                code="no-author",
                message=f"line {first.number} stands before the first name; it was kept as a "
                "post without an author",
                post_id="p1",
                where=Where(line=first.number),
            )
        )
    notes.append(
        Note(
            code="parents-inferred",
            message="a transcript does not say who answers whom; it was inferred from quotes, "
            "names and order",
        )
    )
    yield Thread(
        source=source.name, format="transcript", posts=posts_of_turns(turns), notes=tuple(notes)
    )


def _without_cues(text: str) -> str:
    """Return subtitles without times and numbers, their lines in place; other text as it is."""
    rows = text.split("\n")
    cues = [number for number, row in enumerate(rows) if _CUE.match(row)]
    if not cues:
        return text
    for number in cues:
        rows[number] = ""
        if number and rows[number - 1].strip().isdecimal():
            rows[number - 1] = ""
    if rows[0].startswith("WEBVTT"):
        rows[0] = ""
    return "\n".join(_TAG.sub("", _VOICE.sub(r"\1: ", row)) for row in rows)


def _speaker(line: str) -> str | None:
    found = _TURN.match(line[:120])
    if found is None:
        return None
    name = found["name"].strip()
    return None if len(name.split()) > 4 or _NO_NAME.match(name) else name


def _turns(text: str, lines: list[Line], starts: list[int]) -> Iterator[Turn]:
    ends = [*starts[1:], len(lines)]
    if before := text[: lines[starts[0]].start].strip():
        first = next(line for line in lines if line.text)
        yield Turn(None, before, first.number)
    for start, end in zip(starts, ends, strict=True):
        line = lines[start]
        head = _TURN.match(line.text)
        if head is None:
            continue
        words = text[line.start + head.end() : lines[end - 1].end].rstrip()
        yield Turn(head["name"].strip(), words, line.number)


READER = Reader(name="transcript", title="transcript (Name: text)", sniff=sniff, read=read)
