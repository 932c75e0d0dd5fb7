"""Transcripts and chats: every turn begins with ``Name:``."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
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

_CLOCK = r"\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,3})?(?:[ \u202f]?[AaPp][Mm])?"
_WORDS = r"[^\W\d_][^\n:<>*\[\]{}\"“”|/\\,;!?]{0,39}?"
_TURN = re.compile(
    rf"\s{{0,3}}(?:[\[(]?(?:\d{{4}}-\d\d-\d\d[ T])?{_CLOCK}[\])]?[ \t]+)?"
    rf"(?P<marks>\*\*|__)?(?P<name>{_WORDS})(?P=marks)?"
    rf"(?:[ \t]*[(\[]{_CLOCK}[)\]])?:(?(marks)(?:\*\*|__)?)[ \t]+(?=\S)"
)
# Records of meetings: the name with a time alone on the line, and the chat beside them:
# "Ana Lee   0:03", "10:00:01 From Ana Lee to Everyone : Hello".
_HEADED = re.compile(
    rf"\s{{0,3}}(?P<name>{_WORDS})(?:[ \t\u00a0]{{2,}}|\t| (?=[(\[]))[(\[]?{_CLOCK}[)\]]?$"
)
_CHAT = re.compile(
    rf"{_CLOCK}[ \t]+From[ \t]+(?P<name>{_WORDS})"
    r"(?:[ \t]+to[ \t]+[^\n:]{1,60}?(?:\([^()\n]*\))?)?[ \t]*:(?:[ \t]+(?=\S)|$)",
    re.IGNORECASE,
)


# A field of a mail or a remark, not a speaker.
_NO_NAME = re.compile(
    r"(?:from|to|cc|subject|date|re|fwd|edit|edited|update|note|ps|p\.s\.|tl;dr|source|warning|"
    r"example|e\.g\.|i\.e\.|title|url|link|disclaimer|question|answer|summary|pro|con|thesis)$",
    re.IGNORECASE,
)


# Subtitles: the times of a cue, its number above them, and who speaks in it.
_CUE = re.compile(r"(?:\d{1,2}:)?\d\d:\d\d[.,]\d{3}[ \t]+-->[ \t]")
# What else stands in WebVTT.
_REMARK = re.compile(r"(?:\ufeff?WEBVTT|NOTE|STYLE|REGION)(?:[ \t]|$)")
_BLANKS = re.compile(r"\n\s*\n")
_VOICE = re.compile(r"<v(?:\.[\w.]+)?[ \t]+([^<>\n]{1,40})>")
_TAG = re.compile(r"</?[a-z][^<>\n]{0,40}>")


def sniff(source: Source) -> bool:
    """Whether a text is made of turns: most lines begin with a name, and a name comes back."""
    lines = [line for line in split_lines(_without_cues(source.head)) if line.text]
    heads = [head for line in lines if (head := _head(line.text)) is not None]
    names = [_name(head) for head in heads]
    if len(names) < 2 or max(Counter(names).values()) < 2:
        return False
    # Of names that stand alone, the words are in the lines below.
    alone = sum(head.end() == len(head.string) for head in heads)
    share = 5 * alone if 2 * alone > len(names) else 2 * len(names)
    if _head(lines[0].text) is None:
        # A title or the like, where there is no doubt about the rest.
        return len(names) >= 3 and share > 1.4 * len(lines)
    return share > len(lines)


def read(source: Source) -> Iterator[Thread]:
    """Read a transcript; a line without a name belongs to the turn before it.

    Of subtitles (SRT, WebVTT) that name who speaks, the words are read.

    Raises:
        ThreadParseError: No line begins with a name.
    """
    text = _without_cues(source.text)
    lines = split_lines(text)
    starts = [n for n, line in enumerate(lines) if _head(line.text) is not None]
    if not starts:
        raise source.error(
            "no line begins with a name, as in 'Ana: I think so.'",
            hint="read it as bare text with format='plain' (--from plain)",
        )
    turns = list(_turns(text, lines, starts))
    if text != source.text:
        # The blank lines are those between cues.
        turns = [replace(turn, text=_BLANKS.sub("\n", turn.text)) for turn in turns]
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
    """Return subtitles without times and numbers, their lines in place; other text as it is.

    Who speaks in one cue after the other is named in the first.
    """
    rows = text.split("\n")
    cues = [number for number, row in enumerate(rows) if _CUE.match(row)]
    if not cues:
        return text
    for number in cues:
        rows[number] = ""
        # The number or the name of the cue.
        if number and (
            rows[number - 1].strip().isdecimal() or not rows[max(number - 2, 0)].strip()
        ):
            rows[number - 1] = ""
    remark = False
    speaker = None
    for number, row in enumerate(rows):
        remark = bool(row.strip()) and (remark or _REMARK.match(row) is not None)
        row = "" if remark else _TAG.sub("", _VOICE.sub(r"\1: ", row))  # noqa: PLW2901
        head = _head(row)
        rows[number] = row[head.end() :] if head and _name(head) == speaker else row
        speaker = _name(head) if head else speaker
    return "\n".join(rows)


def _head(line: str) -> re.Match[str] | None:
    """Return what a turn begins with, if one begins in this line."""
    start = line[:120]
    found = _CHAT.match(start) or _TURN.match(start)
    if found is None and len(line) <= 120:
        found = _HEADED.match(line)
    if found is None:
        return None
    name = _name(found)
    return None if len(name.split()) > 4 or _NO_NAME.match(name) else found


def _name(head: re.Match[str]) -> str:
    return str(head["name"]).strip()


def _turns(text: str, lines: list[Line], starts: list[int]) -> Iterator[Turn]:
    ends = [*starts[1:], len(lines)]
    if before := text[: lines[starts[0]].start].strip():
        first = next(line for line in lines if line.text)
        yield Turn(None, before, first.number)
    for start, end in zip(starts, ends, strict=True):
        line = lines[start]
        head = _head(line.text)
        if head is None:
            continue
        words = text[line.start + head.end() : lines[end - 1].end].strip()
        yield Turn(_name(head), words, line.number)


READER = Reader(name="transcript", title="transcript (Name: text)", sniff=sniff, read=read)
