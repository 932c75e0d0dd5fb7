"""Claims that say nearly the same and may be worth merging."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from math import ceil
from typing import TYPE_CHECKING, Final

from argumap.model import Finding
from argumap.queries._words import said_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
        ``near``. Equals are in map order. Only claims that share some of their rarest words are
        compared, which loses no pair (Chaudhuri, Ganti and Kaushik, ICDE 2006, p. 5; Wang, Li and
        Feng, SIGMOD 2012, pp. 85-96), so the cost is near linear where most claims differ.

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
    place = {word: i for i, word in enumerate(sorted(counts, key=lambda w: (counts[w], w)))}
    rarest = [sorted(place[word] for word in each) for each in words]
    found: list[tuple[float, int, int, Finding]] = []
    for one, other in _candidates(rarest, likeness):
        shared = len(words[one] & words[other])
        all_words = len(words[one]) + len(words[other]) - shared
        if shared >= likeness * all_words - 1e-9:
            finding = _pair(argmap, one, other, shared, all_words)
            found.append((-shared / all_words, one, other, finding))
    found.sort(key=lambda each: each[:3])
    return tuple(finding for *_, finding in found)


def _candidates(rarest: list[list[int]], likeness: float) -> Iterator[tuple[int, int]]:
    """Yield pairs of texts that may be alike, each once, as numbers, the lesser first.

    Texts that share at least as many words as likeness asks for share some of these among their
    rarest ones. Where one shared word leaves too many pairs, two are asked for, and up to four.

    Args:
        rarest: The words of each text as numbers, the rarest word first.
        likeness: Least likeness.
    """
    least = [ceil(likeness * len(each) - 1e-9) for each in rarest]
    groups: dict[int, list[int]] = {}
    for shared in range(1, _SHARED + 1):
        groups = _grouped(rarest, least, shared, range(len(rarest)))
        if sum(len(group) ** 2 for group in groups.values()) <= _FEW * len(rarest):
            break
    # Texts so short that they may be alike with fewer words in common than that.
    short = _grouped(rarest, least, 1, [n for n, each in enumerate(least) if each < shared])
    near: dict[int, set[int]] = {}
    for group in (*groups.values(), *short.values()):
        for i, n in enumerate(group):
            if i:
                near.setdefault(n, set()).update(group[:i])
    for n in sorted(near):
        yield from ((other, n) for other in sorted(near[n]) if other != n)


def _grouped(
    rarest: list[list[int]], least: list[int], shared: int, texts: Iterable[int]
) -> dict[int, list[int]]:
    """Return texts by each choice of some of their rarest words, as many as are to be shared."""
    groups: dict[int, list[int]] = {}
    for n in texts:
        size = len(rarest[n])
        if size < max(_LEAST, shared):
            continue
        # Two choices may have the same hash: a pair more to compare, and none lost.
        for choice in combinations(rarest[n][: size - least[n] + shared], shared):
            groups.setdefault(hash(choice), []).append(n)
    return groups


_LEAST: Final = 3
_SHARED: Final = 4
_FEW: Final = 50  # pairs to compare for each text


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
