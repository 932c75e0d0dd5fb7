"""Claims that say nearly the same and may be worth merging."""

from __future__ import annotations

import re
from collections import Counter
from math import ceil
from typing import TYPE_CHECKING

from argumap.model import Finding
from argumap.queries._words import said_by

if TYPE_CHECKING:
    from argumap.model import ArgumentMap

__all__ = ["near_duplicates"]


def near_duplicates(argmap: ArgumentMap, likeness: float = 0.7) -> tuple[Finding, ...]:
    """Return pairs of claims whose texts share most of their words, the most alike first.

    Likeness is the share of the words of both that both have (Jaccard), without regard to case,
    order and repetition; texts of fewer than three different words are passed over. Words are all
    that is compared: "it is safe" and "it is not safe" are alike.

    Args:
        argmap: The map.
        likeness: Least likeness, above 0 and up to 1.

    Returns:
        A finding for each pair, the earlier claim first; ``same`` where all words are shared, else
        ``near``. Equals are in map order. Only claims that share one of their rarest words are
        compared, which loses no pair (Chaudhuri, Ganti and Kaushik, ICDE 2006, p. 5), so the cost
        is near linear where most claims differ.

    Raises:
        ValueError: `likeness` is not above 0 and up to 1.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> ids = builder.claim("The rent went up."), builder.claim("The rent went up again.")
        >>> [finding.reason for finding in near_duplicates(builder.build())]
        ['c1 and c2 share 4 of 5 words.']
    """
    if not 0 < likeness <= 1:
        raise ValueError(f"likeness is {likeness}; it must be above 0 and up to 1")
    words = [frozenset(re.findall(r"\w+", claim.text.casefold())) for claim in argmap.claims]
    counts = Counter(word for each in words for word in each)
    with_word: dict[str, list[int]] = {}
    found: list[tuple[float, int, int, Finding]] = []
    for n, mine in enumerate(words):
        if len(mine) < _LEAST:
            continue
        rarest = sorted(mine, key=lambda word: (counts[word], word))
        rarest = rarest[: len(mine) - ceil(likeness * len(mine) - 1e-9) + 1]
        others = sorted({other for word in rarest for other in with_word.get(word, ())})
        for word in rarest:
            with_word.setdefault(word, []).append(n)
        for other in others:
            shared, all_words = len(mine & words[other]), len(mine | words[other])
            if shared >= likeness * all_words - 1e-9:
                finding = _pair(argmap, other, n, shared, all_words)
                found.append((-shared / all_words, other, n, finding))
    found.sort(key=lambda each: each[:3])
    return tuple(finding for *_, finding in found)


_LEAST = 3


def _pair(argmap: ArgumentMap, first: int, second: int, shared: int, all_words: int) -> Finding:
    one, other = argmap.claims[first], argmap.claims[second]
    share = "the same words" if shared == all_words else f"{shared} of {all_words} words"
    return Finding(
        query="near-duplicates",
        kind="same" if shared == all_words else "near",
        claims=(one.id, other.id),
        people=tuple(dict.fromkeys((*one.authors, *other.authors))),
        reason=f"{said_by(one)} and {said_by(other)} share {share}.",
    )
