"""The pieces of text that a post's HTML shows, and what they are beyond their elements."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from argumap.threads._attribution import is_attribution, quoted_author
from argumap.threads._lines import quote_depth, split_lines
from argumap.threads._mail_marks import answered_head

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.threads._lines import Kind

__all__ = ["Piece", "by_marks", "find_kinds"]


@dataclass
class Piece:
    """A stretch of text between the beginnings and ends of block elements."""

    kind: Kind
    start: int
    end: int
    depth: int
    group: int | None
    author: str | None
    post: str | None
    in_list: bool


def find_kinds(pieces: list[Piece], text: str) -> None:
    """Recognise answered mails, attribution lines and the lines that introduce lists."""
    _find_answered(pieces, text)
    _find_attributions(pieces, text)
    _find_intros(pieces, text)


def _find_answered(pieces: list[Piece], text: str) -> None:
    """Recognise the mail that is answered, where only its head stands above it, and no mark."""
    lines: list[str] = []
    places: list[tuple[int, int, int]] = []
    for number, piece in enumerate(pieces):
        if piece.kind in {"text", "table"}:
            for line in split_lines(text[piece.start : piece.end]):
                lines.append(line.text.strip())
                places.append((number, piece.start + line.start, piece.start + line.end))
    for at in range(len(lines)):
        if length := answered_head(lines, at):
            break
    else:
        return
    first, start, _ = places[at]
    last, _, end = places[at + length - 1]
    if at and places[at - 1][0] == first and lines[at - 1]:
        return  # It begins within a paragraph: somebody tells of a mail.
    before = _part(pieces[first], text, pieces[first].start, start)
    after = _part(pieces[last], text, end, pieces[last].end)
    head = [replace(piece, kind="boilerplate") for piece in pieces[first : last + 1]]
    head[0].start, head[-1].end = start, end
    quoted = [*after, *pieces[last + 1 :]]
    for piece in quoted:
        piece.depth = piece.depth + 1 if piece.kind == "quote" else 1
        piece.kind, piece.group = "quote", None
    pieces[first:] = [*before, *head, *quoted]


def _part(piece: Piece, text: str, start: int, end: int) -> list[Piece]:
    """Return a part of a piece without blanks around it; none if nothing is left."""
    held = text[start:end]
    start += len(held) - len(held.lstrip())
    return [replace(piece, start=start, end=start + len(held.strip()))] if held.strip() else []


def _find_attributions(pieces: list[Piece], text: str) -> None:
    """Recognise the lines that say who wrote the quote below them."""
    author: str | None = None
    for number, piece in enumerate(pieces):
        if piece.kind not in {"quote", "text"}:
            author = None
            continue
        line = " ".join(text[piece.start : piece.end].split())
        quoted = number + 1 < len(pieces) and pieces[number + 1].kind == "quote"
        if quoted and is_attribution(line):
            piece.kind, author = "boilerplate", quoted_author(line)
        elif piece.kind == "quote":
            piece.author = piece.author or author
        else:
            author = None


def _find_intros(pieces: list[Piece], text: str) -> None:
    for piece, after in pairwise(pieces):
        if piece.kind == "text" and after.kind == "item" and text[piece.end - 1] == ":":
            piece.kind, piece.group = "intro", after.group


def by_marks(piece: Piece, text: str) -> Iterator[tuple[Kind, int, int, int]]:
    """Yield a piece, or the parts of it that stand behind ``>`` marks and those that do not."""
    if piece.kind != "text" or ">" not in text[piece.start : piece.end]:
        yield piece.kind, piece.start, piece.end, piece.depth
        return
    first = last = None
    depth = 0
    for line in split_lines(text[piece.start : piece.end]):
        own = quote_depth(line.text)
        if first is not None and last is not None and own != depth:
            yield ("quote" if depth else "text"), first, last, depth
            first = None
        if line.text.strip():
            indent = len(line.text) - len(line.text.lstrip())
            first = piece.start + line.start + indent if first is None else first
            last, depth = piece.start + line.end, own
    if first is not None and last is not None:
        yield ("quote" if depth else "text"), first, last, depth
