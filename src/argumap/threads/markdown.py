"""Text with ``>`` quotes, as in Markdown and e-mail, and posts under headings that name authors."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from argumap.model import Note, Thread, Where
from argumap.threads._attribution import is_attribution
from argumap.threads._lines import quote_depth, split_lines
from argumap.threads._named import Turn, posts_of_turns
from argumap.threads._reader import Reader
from argumap.threads.plain import recover

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.threads._lines import Line
    from argumap.threads._source import Source

__all__ = ["READER", "read", "sniff"]

_RULE = re.compile(r"\s*(?:[-*_]\s*){3,}$")
_DATE = re.compile(
    r"(?P<iso>\d{4}-\d\d-\d\d"
    r"(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:\s?(?:Z|UTC|GMT|[+-]\d\d:?\d\d))?)?)"
    r"|\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?[A-Z][a-z]{2,8}\.?,?\s\d{4}"
    r"|[A-Z][a-z]{2,8}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s\d{4}"
    r"|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}"
    r"|(?:an?|\d+)\s(?:minute|hour|day|week|month|year)s?\sago"
)
_TIME = re.compile(r"\b\d{1,2}:\d\d(?::\d\d)?\s?(?:[AaPp][Mm])?(?:\s(?:UTC|GMT|[A-Z]{3,4}))?")
_VERB = re.compile(
    r"\b(?:posted|written|commented|replied|answered|wrote|writes|said|says)\b(?:\s+by\b)?|\bby\b",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"#\d+|\b(?:on|at|post|comment|reply|from)\b(?!\w)|[#*|·•—–()\[\]:,>-]+|__+|(?<!\w)_+|_+(?!\w)",
    re.IGNORECASE,
)
_NAME = re.compile(r"@?[^\W_][\w.'’-]*(?:\s[^\W_][\w.'’-]*){0,3}$")
_MARKED = re.compile(r"\s{0,3}(?:#{1,6}\s|\*\*|__)")


def sniff(source: Source) -> bool:
    """Whether a text has lines behind ``>`` marks, or bylines."""
    lines = split_lines(source.head)
    return any(quote_depth(line.text) for line in lines) or bool(_bylines(lines))


def read(source: Source) -> Iterator[Thread]:
    """Read text with quotes: posts under bylines if there are any, else as far as quotes tell."""
    text = source.text
    lines = split_lines(text)
    bylines = _bylines(lines)
    if not bylines:
        yield recover(text, source.name, "markdown")
        return
    turns, title, notes = _turns(text, lines, bylines)
    yield Thread(
        title=title,
        source=source.name,
        format="markdown",
        posts=posts_of_turns(turns),
        notes=(
            *notes,
            Note(
                code="parents-inferred",
                message="the text does not say who answers whom; it was inferred from quotes, "
                "names and order",
            ),
        ),
    )


class _Byline:
    """A line that says who wrote what follows."""

    def __init__(self, at: int, line: str) -> None:
        self.at = at
        date = _DATE.search(line)
        self.created_at = _when(date["iso"]) if date and date["iso"] else None
        rest = _TIME.sub(" ", _DATE.sub(" ", line))
        said = _VERB.search(rest)
        self.dated = date is not None
        self.marked = _MARKED.match(line) is not None
        self.said = said is not None and line.rstrip(" *_").endswith(":")
        name = " ".join(_FILLER.sub(" ", _VERB.sub(" ", rest)).split())
        self.name = name.removeprefix("@") if len(name) <= 40 and _NAME.match(name) else None


def _bylines(lines: list[Line]) -> list[_Byline]:
    """Return the bylines of a text, or none if there is no telling them from other lines.

    All of them are of one make: dated, or "Ana wrote:", or a heading or bold line that holds a
    name and nothing else. Of the last kind a name must come back, since headings look alike.
    """
    found: list[_Byline] = []
    for at, line in enumerate(lines):
        if not line.text or len(line.text) > 120 or quote_depth(line.text):
            continue
        if at and lines[at - 1].text and not _RULE.match(lines[at - 1].text[:120]):
            continue
        byline = _Byline(at, line.text)
        if byline.name and (byline.dated or byline.marked or byline.said):
            found.append(byline)
    for kind in ("dated", "said", "marked"):
        chosen = [byline for byline in found if getattr(byline, kind)]
        if kind == "said":
            chosen = [byline for byline in chosen if not _quotes_next(lines, byline.at)]
        names = {byline.name for byline in chosen}
        if len(chosen) >= 2 and (kind != "marked" or len(names) < len(chosen)):
            return chosen
    return []


def _quotes_next(lines: list[Line], at: int) -> bool:
    """Whether a line only introduces the quote that follows."""
    after = next((line.text for line in lines[at + 1 : at + 3] if line.text), "")
    return bool(quote_depth(after)) and is_attribution(lines[at].text)


def _when(text: str) -> datetime | None:
    try:
        when = datetime.fromisoformat(re.sub(r"\s?(?:UTC|GMT)$", "+00:00", text))
    except ValueError:
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _turns(
    text: str, lines: list[Line], bylines: list[_Byline]
) -> tuple[list[Turn], str | None, list[Note]]:
    """Return what stands under each byline, the title, and notes on what stands before them."""
    turns: list[Turn] = []
    notes: list[Note] = []
    before = [line for line in lines[: bylines[0].at] if line.text and not _RULE.match(line.text)]
    title = None
    if before and before[0].text.startswith("#"):
        title = before.pop(0).text.lstrip("#").strip()
    if before:
        turns.append(Turn(None, text[before[0].start : before[-1].end], before[0].number))
        notes.append(
            Note(
                code="no-author",
                message=f"line {before[0].number} stands before the first byline; it was kept as "
                "a post without an author",
                post_id="p1",
                where=Where(line=before[0].number),
            )
        )
    ends = [byline.at for byline in bylines[1:]] + [len(lines)]
    for byline, end in zip(bylines, ends, strict=True):
        own = lines[byline.at + 1 : end]
        while own and (not own[-1].text or _RULE.match(own[-1].text[:120])):
            own.pop()
        while own and not own[0].text:
            own.pop(0)
        words = text[own[0].start : own[-1].end] if own else ""
        turns.append(Turn(byline.name, words, byline.at + 1, byline.created_at))
    return turns, title, notes


READER = Reader(name="markdown", title="text with > quotes", sniff=sniff, read=read)
