"""The lines of a text, and what is said of stretches of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

__all__ = ["Draft", "Kind", "Line", "quote_depth", "split_lines"]

Kind = Literal[
    "text", "quote", "intro", "item", "code", "heading", "table", "signature", "boilerplate"
]

# ">" opens a quote, but not in ">!spoiler!<", ">:(", ">_<", ">=", ">.<", "><".
_QUOTE = re.compile(r"(?:[ \t]{0,3}>(?![!:_.<=]))+")


@dataclass(frozen=True)
class Line:
    """A line of a text: number from 1, half-open offsets, without line end and trailing blanks."""

    number: int
    start: int
    end: int
    text: str


@dataclass
class Draft:
    """A block in lines, before it has its offsets."""

    kind: Kind
    first: int
    last: int
    depth: int = 0
    group: int | None = None


def split_lines(text: str) -> list[Line]:
    """Return the lines of a text; blank ones have an empty text."""
    lines = []
    start = 0
    for number, raw in enumerate(text.split("\n"), 1):
        kept = raw.rstrip()
        lines.append(Line(number, start, start + len(kept), kept))
        start += len(raw) + 1
    return lines


def quote_depth(line: str) -> int:
    """Return how deep a line is quoted by ``>`` marks; 0 when it is not.

    Examples:
        >>> quote_depth("> > I said so."), quote_depth(">:( no")
        (2, 0)
    """
    found = _QUOTE.match(line)
    return found[0].count(">") if found else 0
