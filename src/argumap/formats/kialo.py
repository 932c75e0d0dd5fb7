"""Kialo's text exports, read only: the one-line form (files to 2022) and the indented one (2025).

A claim marked Pro supports the claim above it, one marked Con rebuts it. ``-> See 1.2.`` puts a
claim of elsewhere in that place. Footnotes and their sources are kept under ``extra["kialo"]``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from argumap.errors import FormatParseError
from argumap.formats._excerpt import fault_at
from argumap.formats._format import Format, UnplacedError
from argumap.formats._json import as_format_errors
from argumap.model import ArgumentMap, Claim, Rebuttal, Support, pause_gc

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["FORMAT", "loads", "sniff"]

_TITLE = re.compile(r"\s*Discussion (?:Title|Name):[ \t]*")
_LABEL = "((?i:Pro|Con|Thesis|Question))"
_LINE = re.compile(rf"(\d+(?:\.\d+)*)\.(?:[ \t]+{_LABEL}:)?[ \t]?(.*)")
_BLOCK = re.compile(rf"([ \t]*)(\d+(?:\.\d+)*)\.[ \t]*{_LABEL}:[ \t]*")
_HEAD = re.compile(rf"^[ \t]*(\d+(?:\.\d+)*)\.[ \t]*{_LABEL}:", re.MULTILINE)
# How far claims of the first and of the second level are indented.
_MARGIN = re.compile(rf"^([ \t]*)\d+\.[ \t]*{_LABEL}:[ \t]*$", re.MULTILINE)
_STEP = re.compile(rf"\n[ \t]*\n([ \t]*)\d+\.\d+\.[ \t]*{_LABEL}:[ \t]*$", re.MULTILINE)
_SEE = re.compile(r"-> See (\d+(?:\.\d+)*)\.?")
_ELSEWHERE = re.compile(r"-> See discussion #(\d+)(?:: (.*))?", re.DOTALL)
_SOURCES = re.compile(r"^Sources:[ \t]*\n(?=\s*\[\d{1,9}\])", re.MULTILINE)
_SOURCE = re.compile(r"\[(\d{1,9})\][ \t]*(.*)")
_ESCAPE = re.compile(r"\\([\\()\[\]*_#.!`>~|{}+-])")
_LINK = re.compile(r"(?<!\\)\[((?:[^][\\]|\\.)*)\]\(((?:[^()\\\s]|\\.|\([^()]*\))*)\)")


@dataclass
class _Entry:
    """A claim as it stands in the file."""

    number: str
    label: str | None
    offset: int
    lines: list[str] = field(default_factory=list)

    @property
    def parent(self) -> str | None:
        return self.number.rpartition(".")[0] or None

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip()


def sniff(text: str) -> bool:
    """Whether a text looks like an export of Kialo: by its first line."""
    return _TITLE.match(text[:1000]) is not None


def loads(text: str, source: str | None = None) -> ArgumentMap:
    """Read a map.

    Raises:
        FormatParseError: It is no export of Kialo, or a claim stands under none.
        ModelError: The parts of the map do not fit together.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    start = _TITLE.match(text)
    if start is None:
        message = "expected: Discussion Title: or Discussion Name:"
        raise fault_at(FormatParseError, message, text, 0, source=source)
    on_one_line = "Title" in start[0]
    end = text.find("\n", start.end())
    first_line = text[start.end() : end if end != -1 else len(text)].strip()
    rest = end + 1 if end != -1 else len(text)
    if not first_line:  # the newer form: the name is on the next line
        end = text.find("\n", rest)
        first_line = text[rest : end if end != -1 else len(text)].strip()
        rest = end + 1 if end != -1 else len(text)
    body, sources = _sources(text, rest)
    entries = list((_lines if on_one_line else _blocks)(text, rest, body))
    if not entries:
        raise fault_at(FormatParseError, "there are no claims", text, rest, source=source)
    with as_format_errors(source), pause_gc():
        return _map_of(first_line, entries, sources, text, source)


def _sources(text: str, start: int) -> tuple[int, dict[str, dict[str, str]]]:
    """Return where the list of sources begins, and what it says of each footnote."""
    # Words of a claim may be "Sources:" too, and so may be those that a source is quoted with. The
    # list stands below all claims: a quotation may look like one, but as one that was there.
    numbers: set[str] = set()
    last_claim = start
    for head in _HEAD.finditer(text, start):
        above = head[1].rpartition(".")[0]
        if head[1] not in numbers and (not above or above in numbers):
            numbers.add(head[1])
            last_claim = head.start()
    list_ = _SOURCES.search(text, last_claim)
    if list_ is None:
        return len(text), {}
    entries: list[tuple[str, list[str]]] = []
    last = -1
    for line in text[list_.start() :].split("\n")[1:]:
        words = line.strip()
        match = _SOURCE.fullmatch(words)
        # An excerpt may have such numbers of its own; those of the list run upwards.
        if match and int(match[1]) > last:
            last = int(match[1])
            entries.append((match[1], [match[2].strip()]))
        elif entries and words:
            entries[-1][1].append(words)
    sources = {
        number: {"url": url} | ({"excerpt": "\n".join(excerpt)} if excerpt else {})
        for number, (url, *excerpt) in entries
    }
    return list_.start(), sources


def _lines(text: str, start: int, end: int) -> Iterator[_Entry]:
    """Yield the claims of the older form: one physical line each."""
    entry: _Entry | None = None
    for offset, line in _with_offsets(text, start, end):
        match = _LINE.fullmatch(line.strip())
        if match:
            if entry is not None:
                yield entry
            entry = _Entry(match[1], match[2] and match[2].title(), offset, [match[3]])
        elif entry is not None:
            entry.lines.append(line)
    if entry is not None:
        yield entry


def _blocks(text: str, start: int, end: int) -> Iterator[_Entry]:
    """Yield the claims of the newer form: a line with number and label, then the words below it.

    Words may look like such a line; what tells them apart is the indentation, the same for each
    level of the number: two spaces, unless an editor has changed them.
    """
    first = _MARGIN.search(text, start, end)
    margin = first[1] if first else ""
    steps = [step[1].removeprefix(margin) for step in _STEP.finditer(text, start, end)]
    unit = steps[0] if steps and "  " not in steps else "  "
    entry: _Entry | None = None
    after_blank = True
    for offset, line in _with_offsets(text, start, end):
        match = _BLOCK.fullmatch(line)
        if match and after_blank and match[1] == margin + unit * match[2].count("."):
            if entry is not None:
                yield entry
            entry = _Entry(match[2], match[3].title(), offset)
            indent = len(match[1])
        elif entry is not None:
            entry.lines.append(line[indent:] if not line[:indent].strip() else line)
        after_blank = not line.strip()
    if entry is not None:
        yield entry


def _with_offsets(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    offset = start
    for line in text[start:end].split("\n"):
        yield offset, line
        offset += len(line) + 1


def _map_of(
    title: str,
    entries: list[_Entry],
    sources: dict[str, dict[str, str]],
    text: str,
    source: str | None,
) -> ArgumentMap:
    by_number = _by_number(entries, text, source)
    resolved = _resolved(by_number, text, source)
    claims: list[Claim] = []
    relations: list[Support | Rebuttal] = []
    unplaced: list[str] = []
    for entry in entries:
        claim_id = resolved[entry.number]
        if claim_id == entry.number:
            claims.append(_claim(entry, sources))
            if link := _SEE.fullmatch(entry.text):
                unplaced.append(f"claim {claim_id!r} is a link to {link[1]!r}, which is not there")
        parent = entry.parent
        if parent is None:
            continue
        target = resolved[parent]
        name = f"r{len(relations) + 1}"
        if claim_id == target and entry.label == "Pro":
            unplaced.append(f"claim {claim_id!r} supports itself, at {entry.number}")
        elif entry.label == "Pro":
            relations.append(Support(id=name, premises=(claim_id,), conclusion=target))
        elif entry.label == "Con":
            relations.append(Rebuttal(id=name, source=claim_id, target=target))
        elif by_number[parent].label != "Question":
            unplaced.append(f"claim {entry.number!r} is neither for nor against {parent!r}")
    extra: dict[str, Any] = {"sources": sources} if sources else {}
    argmap = ArgumentMap(
        title=_plain(title) or None,
        claims=tuple(claims),
        relations=tuple(relations),
        extra={"kialo": extra} if extra else None,
    )
    if unplaced:
        raise UnplacedError(argmap, unplaced)
    return argmap


def _by_number(entries: list[_Entry], text: str, source: str | None) -> dict[str, _Entry]:
    by_number: dict[str, _Entry] = {}
    for entry in entries:
        if entry.number in by_number:
            message = f"two claims have the number {entry.number}"
            raise fault_at(FormatParseError, message, text, entry.offset, source=source)
        by_number[entry.number] = entry
    for entry in entries:
        if entry.parent is not None and entry.parent not in by_number:
            message = f"claim {entry.number} stands under {entry.parent}, which is not there"
            raise fault_at(FormatParseError, message, text, entry.offset, source=source)
    return by_number


def _resolved(by_number: dict[str, _Entry], text: str, source: str | None) -> dict[str, str]:
    """Return for each place the number of the claim that stands there: by links, another's."""
    resolved: dict[str, str] = {}
    for start, first in by_number.items():
        way: dict[str, None] = {}
        number = start
        while number not in resolved:
            way[number] = None
            link = _SEE.fullmatch(by_number[number].text)
            # A link out of the export of a branch; `_map_of` tells of it.
            if link is None or link[1] not in by_number:
                resolved[number] = number
            elif link[1] in way:
                message = f"links lead from claim {start} in a circle"
                raise fault_at(FormatParseError, message, text, first.offset, source=source)
            else:
                number = link[1]
        resolved |= dict.fromkeys(way, resolved[number])
    return resolved


def _claim(entry: _Entry, sources: dict[str, dict[str, str]]) -> Claim:
    words = entry.text
    own: dict[str, Any] = {}
    if entry.label is not None:
        own["label"] = entry.label
    if link := _SEE.fullmatch(words):
        own["see"] = link[1]
    if elsewhere := _ELSEWHERE.fullmatch(words):
        own["discussion"] = elsewhere[1]
        words = elsewhere[2] or f"Discussion {elsewhere[1]}"
    links = [link[2] for link in _LINK.finditer(words)]
    if links:
        own["links"] = links
    notes = [number for number in re.findall(r"\[(\d+)\]", words) if number in sources]
    if notes:
        own["footnotes"] = list(dict.fromkeys(notes))
    return Claim(id=entry.number, text=_plain(words), extra={"kialo": own} if own else None)


def _plain(text: str) -> str:
    """Return words without Kialo's marks: links as their text, escapes undone."""
    return _ESCAPE.sub(r"\1", _LINK.sub(r"\1", text)).strip()


FORMAT = Format(
    name="kialo",
    title="Kialo text",
    suffixes=(".txt",),
    sniff=sniff,
    loads=loads,
)
