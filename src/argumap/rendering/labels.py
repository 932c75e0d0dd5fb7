r"""Words on a picture: made clean, measured, folded into lines, and escaped.

Everything that a stranger wrote comes through `clean` before it is drawn, and through `escape`
before it stands in DOT. Both are for drawing alone: spans and quotes are never touched.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from argumap.rendering._advances import ARIAL, DEJAVU

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = [
    "clean",
    "clusters",
    "escape",
    "fold",
    "is_right_to_left",
    "needed",
    "shorten",
    "undrawn",
]

# Control characters, halves of surrogate pairs, what is no character, marks that turn the
# direction of writing, the byte order mark: not allowed in XML, or a means to deceive.
_UNDRAWN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff"
    + "".join(f"{chr(p * 0x10000 + 0xFFFE)}{chr(p * 0x10000 + 0xFFFF)}" for p in range(1, 17))
    + "]"
)


undrawn = _UNDRAWN.sub
"""``undrawn("", text)`` is a text of several lines without what cannot be drawn."""


def clean(text: str, limit: int = 2000) -> str:
    r"""Return a text as it can be drawn: on one line, without characters that cannot be shown.

    Args:
        text: Any text.
        limit: Most code points to keep; what is cut off is marked by ``…``.

    Examples:
        >>> clean("  two\n lines\x00 ")
        'two lines'
        >>> clean("\u202e")
        '(no text)'
    """
    # What lies far beyond the limit need not be looked at.
    kept = " ".join(_UNDRAWN.sub("", text[: 4 * limit + 1000].replace("\x85", " ")).split())
    if len(kept) > limit:
        return kept[: limit - 1].rstrip() + "…"
    return kept or "(no text)"


def escape(text: str) -> str:
    r"""Return a clean text as it stands between the quotes of a DOT label.

    Graphviz reads backslashes, quotes and HTML entities in a label.

    Examples:
        >>> print(escape('a \\N "b" &lt;'))
        a \\N \"b\" &amp;lt;
    """
    return text.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')


def needed(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a card must be for a line of text, in points, whichever font the reader has.

    Arial leaves the usual margin; DejaVu Sans, the widest font in use, a narrow one.
    """
    arial, dejavu = _measured(text)
    if bold:
        # Measured over English text: bold letters are 7 to 13 and 9 to 16 hundredths wider.
        arial, dejavu = arial * 1.09, dejavu * 1.14
    return max(arial * size + 29, dejavu * size + 20)


def shorten(text: str, width: float, size: float) -> str:
    """Return a text cut off with ``…`` where it is wider than `width` points in Arial."""
    if _advance(text) * size <= width:
        return text
    kept = ""
    for cluster in clusters(text):
        if _advance(kept + cluster + "…") * size > width:
            break
        kept += cluster
    return kept.rstrip() + "…"


def fold(text: str, width: float, size: float, *, most: int = 5) -> tuple[str, ...]:
    """Return a text in balanced lines: as few as `width` points allow, and as narrow as can be.

    Args:
        text: A clean text.
        width: Most points that a line may take in Arial. A word that is wider is broken, between
            characters as the reader sees them.
        size: Font size in points.
        most: Most lines; what does not fit is cut off with ``…``.

    Examples:
        >>> fold("Four years at a top lab signal skill better than a fresh PhD", 190, 11)
        ('Four years at a top lab signal', 'skill better than a fresh PhD')
    """
    limit = width / size
    if _advance(text) <= limit:
        return (text,)
    words = list(_words(text, limit))
    lines = _filled(words, limit)
    if len(lines) > most:
        last = lines[most - 1]
        while last and _advance(f"{last} …") > limit:
            # Between words where there are any, else between characters.
            last = last[: last.rfind(" ")] if " " in last else "".join(list(clusters(last))[:-1])
        return (*lines[: most - 1], f"{last} …".strip())
    if len(lines) < 2:
        return tuple(lines)
    # The narrowest width that gives as many lines lies above their mean.
    low, high = sum(width for _, _, width in words) / len(lines), limit
    for _ in range(6):
        middle = (low + high) / 2
        if len(_filled(words, middle)) > len(lines):
            low = middle
        else:
            high = middle
    return tuple(_filled(words, high))


def is_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction is of a script written from right to left."""
    for char in text:
        direction = unicodedata.bidirectional(char)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False


def clusters(text: str) -> Iterator[str]:
    """Yield a text in pieces that the reader sees as one character each, nearly enough.

    Combining marks, joined emoji, variation selectors and flags stay whole.
    """
    piece = ""
    for char in text:
        if piece and not _joins(piece, char):
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece


def _joins(piece: str, char: str) -> bool:
    if char == "\u200d" or piece[-1] == "\u200d" or "\U0001f3fb" <= char <= "\U0001f3ff":
        return True
    if "\U0001f1e6" <= char <= "\U0001f1ff":
        return len(piece) == 1 and "\U0001f1e6" <= piece <= "\U0001f1ff"
    return len(piece) < 16 and unicodedata.category(char) in {"Mn", "Me", "Mc"}


def _words(text: str, limit: float) -> Iterator[tuple[str, str, float]]:
    """Yield what a line may end after: a word, what stands before the next, and its width."""
    for word in text.split(" "):
        pieces = list(_pieces(word, limit))
        for piece in pieces[:-1]:
            yield piece, "", _advance(piece)
        yield pieces[-1], " ", _advance(pieces[-1])


def _pieces(word: str, limit: float) -> Iterator[str]:
    """Yield a word whole; in pieces where it is too long or of a script without spaces."""
    if word.isascii() and len(word) <= 12:
        yield word
        return
    too_long = _advance(word) > limit
    piece = ""
    for cluster in clusters(word):
        if piece and (
            (too_long and _may_end(piece, cluster))
            or ((_is_ideograph(cluster[0]) or _is_ideograph(piece[-1])) and cluster not in _CLOSING)
            or (too_long and _advance(piece + cluster) > limit)
        ):
            yield piece
            piece = ""
        piece += cluster
    yield piece


# What must not stand at the beginning of a line of Chinese or Japanese.
_CLOSING = frozenset("、。，．！？；：）」』】〉》〕·…ー々")


def _may_end(piece: str, cluster: str) -> bool:
    """Whether a link or the like, too long for a line, is well broken between the two."""
    return piece[-1] in "/?&=#-_.,;" and cluster not in "/?&=#-_.,;"


def _is_ideograph(char: str) -> bool:
    return char > "\u2e80" and unicodedata.east_asian_width(char) == "W" and char < "\U0001f000"


def _filled(words: Sequence[tuple[str, str, float]], limit: float) -> list[str]:
    """Return lines, each filled as far as the limit allows."""
    lines: list[str] = []
    line: list[str] = []
    used = 0.0
    for word, after, width in words:
        if line and used + width > limit:
            lines.append("".join(line).rstrip())
            line, used = [], 0.0
        line += (word, after)
        used += width + (_SPACE if after else 0.0)
    lines.append("".join(line).rstrip())
    return lines


_SPACE = ARIAL[" "] / 1000


def _advance(text: str) -> float:
    return sum(map(_ARIAL, text)) / 1000


def _measured(text: str) -> tuple[float, float]:
    """Return the width of a text in Arial and in DejaVu Sans, in units of the font size."""
    return sum(map(_ARIAL, text)) / 1000, sum(map(_DEJAVU, text)) / 1000


@lru_cache(maxsize=1 << 14)
def _guessed(char: str) -> int:
    """Return a width for a character that the tables lack: rather too wide than too narrow."""
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    if "\U0001f000" <= char <= "\U0001faff" or "\u2600" <= char <= "\u27bf":
        return 1300
    if unicodedata.east_asian_width(char) in {"W", "F"}:
        return 1000
    return 720


class _Widths(dict[str, int]):
    """Widths that are known, and guesses for the others."""

    def __missing__(self, char: str) -> int:
        return _guessed(char)


# Bound methods: these are called for every letter of a map.
_ARIAL = _Widths(ARIAL).__getitem__
_DEJAVU = _Widths(DEJAVU).__getitem__
