"""Find the words that a model names inside the text that it names them of."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["find_words"]

_SAME = str.maketrans(
    {"’": "'", "‘": "'", "´": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'}
    | {"–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "‹": "<", "›": ">"}
)
_WORD = re.compile(r"[^\W_]")
# What an answer may leave out or add without saying anything else.
_MARKUP = frozenset("*_")


def find_words(
    words: str, text: str, *, taken: Collection[tuple[int, int]] = ()
) -> tuple[int, int] | None:
    """Return where words stand in a text, or None: half-open offsets in code points.

    First as they are; else with case, white space, the kind of quotation marks and dashes, and
    Markdown emphasis made equal (Unicode NFKC). Nothing looser: other words are not found.

    Args:
        words: What a model says stands there.
        text: What stands there.
        taken: Places that are not meant, because something else was found there before.

    Examples:
        >>> find_words("the “rent” went up", 'Well, the "rent"  went up again.')
        (6, 25)
        >>> find_words("the rent rose", "Well, the rent went up.") is None
        True
    """
    exact = words.strip()
    if not _WORD.search(exact):
        return None
    places = [(found.start(), found.end()) for found in re.finditer(re.escape(exact), text)]
    if not places:
        plain, offsets = _plain(text)
        wanted = _plain(exact)[0]
        places = [
            (offsets[found.start()], offsets[found.end() - 1] + 1)
            for found in re.finditer(re.escape(wanted), plain)
        ]
    free = [place for place in places if not any(_overlap(place, other) for other in taken)]
    return next(iter(free or places), None)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _plain(text: str) -> tuple[str, list[int]]:
    """Return a text in which spellings of the same words are equal, and where each sign stood."""
    signs: list[str] = []
    offsets: list[int] = []
    for offset, char in enumerate(text):
        if char.isspace():
            if signs and signs[-1] != " ":
                signs.append(" ")
                offsets.append(offset)
            continue
        if char in _MARKUP or unicodedata.category(char) in {"Cf", "Cc"}:
            continue
        for sign in unicodedata.normalize("NFKC", char.translate(_SAME)).casefold():
            signs.append(sign)
            offsets.append(offset)
    while signs and signs[-1] == " ":
        signs.pop()
        offsets.pop()
    return "".join(signs), offsets
