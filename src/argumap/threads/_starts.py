"""Where posts begin in a text that does not say so, whom they answer, and how sure that is.

The numbers are how often each kind of evidence was right in forum threads whose true posts are
known, flattened to bare text.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["LEAST_CONFIDENCE", "BareLine", "Start", "find_starts"]

# Below this a start is not taken: the line stays in its post, and a note tells of it.
LEAST_CONFIDENCE = 0.6
_QUOTES_CURRENT = 0.84
_QUOTES_CURRENT_TWO_COPIES = 0.9
_QUOTES_EARLIER = 0.48
_CUE = 0.62
_PARENT_BY_QUOTE = 0.9

_OPENING = re.compile(
    r"""(?:
        (?:i|we)\s(?:\w+ly\s|do\s|also\s|don['’]t\s|mostly\s|kind\sof\s|sort\sof\s)?
            (?:agree|disagree|concur|share\syour)\b
        | (?:strongly\s|totally\s|completely\s|fully\s)?(?:agreed|disagree)\b
        | thanks\b | thank\syou\b | (?:good|great|fair|excellent)\s(?:point|question|idea|catch)\b
        | you['’]re\b | you\sare\b | your\b | @\w | fair\senough\b | exactly\b | indeed\b
        | (?:yes|yeah|yep|no|nope|nah|sure|ok|okay|right|true|well|hm+|huh)[,.!…]
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_SECOND_PERSON = re.compile(r"\b(?:you|your|yours|yourself)\b|\byou['’]", re.IGNORECASE)
_PLAIN_WORD = re.compile(r"\w+(?:['’]\w+)*")


@dataclass(frozen=True)
class BareLine:
    """A line that is not blank.

    Attributes:
        text: The line.
        quoted: Whether it repeats an earlier line, or is marked as a quote.
        source: Index of the line that it repeats, where that is known.
    """

    text: str
    quoted: bool = False
    source: int | None = None


@dataclass(frozen=True)
class Start:
    """A post begins at a line, and answers an earlier one.

    Attributes:
        line: Index of the line.
        basis: What it was found by; None for the first post.
        confidence: How sure it is that a post begins here.
        parent: Index of the post that it answers, among the starts; None for the first post.
        parent_confidence: How sure that is, if a post begins here.
    """

    line: int
    basis: Literal["quote", "cue"] | None = None
    confidence: float = 1.0
    parent: int | None = None
    parent_confidence: float = 1.0


def find_starts(
    lines: Sequence[BareLine], *, two_copies: bool = False
) -> tuple[list[Start], list[Start]]:
    """Return where posts begin, and where they may begin but probably do not.

    1. Nobody quotes the post that is being written: a quote of the current post opens the next.
    2. A quote of an earlier post that the current one does not answer may open one.
    3. Words of agreement, thanks or address, which do not follow a quote, open a post if they
       speak to somebody or take up an expression that one earlier post alone has used.

    Args:
        lines: The lines.
        two_copies: Whether the quotes are known from a second copy of the text.

    Returns:
        The starts with a confidence of `LEAST_CONFIDENCE` and more, and the others. Linear.
    """
    return _Search(lines, two_copies=two_copies).run()


class _Search:
    def __init__(self, lines: Sequence[BareLine], *, two_copies: bool) -> None:
        self._lines = lines
        self._sure = _QUOTES_CURRENT_TWO_COPIES if two_copies else _QUOTES_CURRENT
        self._starts = [Start(0)]
        self._doubtful: list[Start] = []
        self._post_of: list[int] = []
        # The last source line that the current post quotes, by the post that it stands in.
        self._answered: dict[int, int] = {}
        self._pairs = _RarePairs(lines)

    def run(self) -> tuple[list[Start], list[Start]]:
        last_quote = last_cue = -9
        for at, line in enumerate(self._lines):
            start: Start | None = None
            if line.quoted:
                start = self._by_quote(at) if at and last_quote != at - 1 else None
                last_quote = at
            elif at and last_quote < at - 1 and last_cue < at - 2:
                start = self._by_cue(at)
                last_cue = at if start else last_cue
            if start is not None and start.confidence >= LEAST_CONFIDENCE:
                self._starts.append(start)
                self._answered = {}
            elif start is not None:
                self._doubtful.append(start)
            self._post_of.append(len(self._starts) - 1)
            if line.quoted and line.source is not None:
                self._answered[self._post_of[line.source]] = line.source
            self._pairs.said(at, self._post_of[at])
        return self._starts, self._doubtful

    def _by_quote(self, at: int) -> Start | None:
        source = self._lines[at].source
        if source is None:
            return None
        current, quoted = len(self._starts) - 1, self._post_of[source]
        if quoted == current:
            return Start(at, "quote", self._sure, current, _PARENT_BY_QUOTE)
        if self._answered.get(quoted, -1) <= source and quoted in self._answered:
            return None
        return Start(at, "quote", _QUOTES_EARLIER, quoted, _PARENT_BY_QUOTE)

    def _by_cue(self, at: int) -> Start | None:
        text = self._lines[at].text
        if not _OPENING.match(text[:80]):
            return None
        near = [self._lines[n].text for n in range(at, min(at + 2, len(self._lines)))]
        echoed = self._pairs.echoed(at, len(near))
        if echoed is None and not any(_SECOND_PERSON.search(each) for each in near):
            return None
        parent = len(self._starts) - 1 if echoed is None else echoed
        return Start(at, "cue", _CUE, parent, _CUE)


class _RarePairs:
    """Pairs of words that a text holds twice: who takes one up speaks to who said it."""

    def __init__(self, lines: Sequence[BareLine]) -> None:
        # Quotes repeat whole lines and would hide every echo.
        self._pairs = [[] if line.quoted else _pairs(line.text) for line in lines]
        self._counts = Counter(pair for pairs in self._pairs for pair in set(pairs))
        self._said_in: dict[tuple[str, str], int] = {}

    def said(self, at: int, post: int) -> None:
        for pair in self._pairs[at]:
            if self._counts[pair] == 2:
                self._said_in.setdefault(pair, post)

    def echoed(self, at: int, count: int) -> int | None:
        """Return the latest post that one of the lines takes up an expression of."""
        posts = [
            self._said_in[pair]
            for pairs in self._pairs[at : at + count]
            for pair in pairs
            if pair in self._said_in
        ]
        return max(posts, default=None)


def _pairs(text: str) -> list[tuple[str, str]]:
    """Return the pairs of neighbouring words that carry meaning: both have five letters or more."""
    words = [found[0].lower() for found in _PLAIN_WORD.finditer(text)]
    return [(one, two) for one, two in pairwise(words) if len(one) >= 5 and len(two) >= 5]
