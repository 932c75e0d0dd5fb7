"""Where words were said before: repeats between texts, found in linear time."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Repeat", "Words"]

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_SHINGLE = 5
_MOST_PLACES = 8
_LEAST_NEAR = 8
_NEAR = 0.8


@dataclass(frozen=True)
class Repeat:
    """An earlier place that holds the same words.

    Attributes:
        text: Number of the text.
        start: First code point of the words in that text.
        end: First code point after them.
        match: All the words of that text, a part of them, or nearly the same words.
    """

    text: int
    start: int
    end: int
    match: Literal["same", "part", "near"]


class Words:
    """The words of several texts as one stream of numbers.

    Two places hold the same words when their slices of the stream are equal: case, punctuation,
    the shape of quotation marks and white space play no part, and no text is copied.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._ids = array("I")
        self._starts = array("I")
        self._ends = array("I")
        # Number of the first word of each text, and of the end.
        self._firsts = [0]
        known: dict[str, int] = {}
        # Most words come back as they are: fold each form once.
        forms: dict[str, int] = {}
        add, starts, ends = self._ids.append, self._starts.append, self._ends.append
        for text in texts:
            for found in _WORD.finditer(text):
                form = found[0]
                number = forms.get(form)
                if number is None:
                    number = forms[form] = known.setdefault(_fold(form), len(known))
                add(number)
                start, end = found.span()
                starts(start)
                ends(end)
            self._firsts.append(len(self._ids))

    def of(self, text: int, start: int = 0, end: int | None = None) -> range:
        """Return the numbers of the words of a text, or of a stretch of it in code points."""
        first, last = self._firsts[text], self._firsts[text + 1]
        if start:
            first = bisect_right(self._ends, start, first, last)
        if end is not None:
            last = bisect_right(self._starts, end - 1, first, last)
        return range(first, last)

    def key(self, words: range) -> bytes:
        """Return a value that is equal for equal words."""
        return self._ids[words.start : words.stop].tobytes()

    def before(self, queries: Sequence[range]) -> list[tuple[Repeat, ...]]:
        """Return, for each stretch of words, the earlier texts' places that hold the same words.

        At most eight places each, in the order of the texts. A stretch of eight words or more that
        is nowhere said exactly may be said nearly: four fifths of its pairs of words, in order.

        The cost is linear in the number of words: only the beginnings of the stretches are looked
        up, and at each place that begins like one the words are compared once.
        """
        places = self._places(queries)
        return [self._exact(query, places) or self._near(query, places) for query in queries]

    def _places(self, queries: Sequence[range]) -> dict[bytes, list[int]]:
        """Return where in the stream each shingle stands that a query asks for."""
        wanted: dict[int, set[bytes]] = {}
        for query in queries:
            for at, size in _shingles(query):
                wanted.setdefault(size, set()).add(self._shingle(at, size))
        places: dict[bytes, list[int]] = {}
        for size, keys in wanted.items():
            for at in range(len(self._ids) - size + 1):
                key = self._shingle(at, size)
                if key in keys:
                    found = places.setdefault(key, [])
                    if len(found) < _MOST_PLACES:
                        found.append(at)
        return places

    def _shingle(self, at: int, size: int) -> bytes:
        return self._ids[at : at + size].tobytes()

    def _exact(self, query: range, places: dict[bytes, list[int]]) -> tuple[Repeat, ...]:
        if not query:
            return ()
        size = min(_SHINGLE, len(query))
        own = self._ids[query.start : query.stop]
        return tuple(
            self._repeat(at, len(query), near=False)
            for at in places.get(self._shingle(query.start, size), ())
            if self._in_earlier_text(at, at + len(query), query)
            and self._ids[at : at + len(query)] == own
        )

    def _near(self, query: range, places: dict[bytes, list[int]]) -> tuple[Repeat, ...]:
        if len(query) < _LEAST_NEAR:
            return ()
        own = self._pairs(query)
        for at, size in _shingles(query):
            for place in places.get(self._shingle(at, size), ())[:2]:
                start = place - (at - query.start)
                stretch = self._clipped(start, start + len(query), place)
                if not self._in_earlier_text(stretch.start, stretch.stop, query):
                    continue
                if len(own & self._pairs(stretch)) >= _NEAR * len(own):
                    return (self._repeat(stretch.start, len(stretch), near=True),)
        return ()

    def _pairs(self, words: range) -> set[tuple[int, int]]:
        ids = self._ids[words.start : words.stop]
        return set(pairwise(ids))

    def _clipped(self, start: int, stop: int, inside: int) -> range:
        """Return the stretch without what lies outside the text that holds `inside`."""
        text = self._text_of(inside)
        return range(max(start, self._firsts[text]), min(stop, self._firsts[text + 1]))

    def _in_earlier_text(self, start: int, stop: int, query: range) -> bool:
        text = self._text_of(start)
        return stop <= self._firsts[text + 1] and self._firsts[text + 1] <= query.start

    def _text_of(self, word: int) -> int:
        return bisect_right(self._firsts, word) - 1

    def _repeat(self, start: int, length: int, *, near: bool) -> Repeat:
        text = self._text_of(start)
        whole = length == self._firsts[text + 1] - self._firsts[text]
        match: Literal["same", "part", "near"] = "near" if near else "same" if whole else "part"
        return Repeat(text, self._starts[start], self._ends[start + length - 1], match)


def _shingles(query: range) -> list[tuple[int, int]]:
    """Return beginning and length of the stretches by which a query is looked up.

    The first finds exact repeats, those in the middle and at the end find repeats whose beginning
    was changed.
    """
    if not query:
        return []
    if len(query) < _LEAST_NEAR:
        return [(query.start, min(_SHINGLE, len(query)))]
    middle = query.start + (len(query) - _SHINGLE) // 2
    return [(at, _SHINGLE) for at in (query.start, middle, query.stop - _SHINGLE)]


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFKC", word.replace("’", "'")).casefold()
