"""Find that a text holds the same thread twice, as a page copied in two renderings does."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

__all__ = ["Copies", "find_copies"]

# A copy whose lines are found in the other to this share is one.
_COVERED = 0.9
_MOST_BEGINNINGS = 8
# Lines that stand more often than this are no help in aligning two copies.
_MOST_PLACES = 8


@dataclass(frozen=True)
class Copies:
    """How two copies of a thread lie in its lines; all are indices into these.

    Attributes:
        kept: The lines of the copy that has more of them.
        dropped: The lines of the other.
        lacking: The lines of the kept copy that the other lacks, before the other ends.
        only_dropped: The lines of the dropped copy that the kept one has not.
    """

    kept: range
    dropped: range
    lacking: tuple[int, ...]
    only_dropped: tuple[int, ...]


def find_copies(keys: list[bytes]) -> Copies | None:
    """Return where a thread stands a second time, or None.

    The second copy begins with one of the first three lines, in the middle third, and the lines of
    the shorter copy stand in the longer, in the same order, but for one in ten. What the longer
    one adds must repeat its own earlier lines (quotes that the other rendering has dropped) or
    stand in the first copy: new lines in the second copy mean that somebody quotes the whole
    thread and goes on.

    Args:
        keys: One value for each line, equal for equal lines.

    Returns:
        The copies. The cost is linear but for a logarithm.
    """
    count = len(keys)
    if count < 2:
        return None
    openings = set(keys[: min(3, count // 3 + 1)])
    begins = [at for at in range(max(1, count // 3), 2 * count // 3 + 1) if keys[at] in openings]
    best: tuple[int, Copies] | None = None
    for begin in begins[:_MOST_BEGINNINGS]:
        pairs = _aligned(keys, begin)
        copies = _judged(keys, begin, pairs)
        if copies is not None and (best is None or len(pairs) > best[0]):
            best = (len(pairs), copies)
    return best[1] if best else None


def _judged(keys: list[bytes], begin: int, pairs: list[tuple[int, int]]) -> Copies | None:
    first, second = range(begin), range(begin, len(keys))
    if len(pairs) < _COVERED * min(len(first), len(second)) or not pairs:
        return None
    in_first, in_second = {one for one, _ in pairs}, {two for _, two in pairs}
    earlier: set[bytes] = set()
    new = 0
    for at in second:
        if at not in in_second and keys[at] not in earlier:
            new += 1
            if at > pairs[-1][1]:
                return None
        earlier.add(keys[at])
    if new > (1 - _COVERED) * len(second):
        return None
    if len(first) >= len(second):
        kept, dropped, in_kept, in_dropped = first, second, in_first, in_second
    else:
        kept, dropped, in_kept, in_dropped = second, first, in_second, in_first
    had = {keys[at] for at in kept}
    end = max(in_kept)
    return Copies(
        kept,
        dropped,
        tuple(at for at in kept if at not in in_kept and at < end),
        tuple(at for at in dropped if at not in in_dropped and keys[at] not in had),
    )


def _aligned(keys: list[bytes], begin: int) -> list[tuple[int, int]]:
    """Return pairs of equal lines of the two halves, in order, as many as there can be.

    This is the longest common subsequence after Hunt and Szymanski (Communications of the ACM
    20(5), 1977, p. 350), on the lines that do not stand too often; the others fill the gaps.
    """
    places: dict[bytes, list[int]] = {}
    for at in range(begin):
        places.setdefault(keys[at], []).append(at)
    tops: list[int] = []
    links: list[tuple[int, int, _Link]] = []
    for two in range(begin, len(keys)):
        found = places.get(keys[two], ())
        if len(found) > _MOST_PLACES:
            continue
        for one in reversed(found):
            at = bisect_left(tops, one)
            link = (one, two, links[at - 1] if at else None)
            if at == len(tops):
                tops.append(one)
                links.append(link)
            else:
                tops[at], links[at] = one, link
    pairs: list[tuple[int, int]] = []
    link_: _Link = links[-1] if links else None
    while link_ is not None:
        pairs.append((link_[0], link_[1]))
        link_ = link_[2]
    pairs.reverse()
    return _filled(keys, begin, pairs)


_Link = tuple[int, int, "_Link"] | None


def _filled(keys: list[bytes], begin: int, pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the pairs with the equal lines between them, taken in order."""
    filled: list[tuple[int, int]] = []
    one, two = 0, begin
    for next_one, next_two in [*pairs, (begin, len(keys))]:
        gap: dict[bytes, list[int]] = {}
        for at in range(next_one - 1, one - 1, -1):
            gap.setdefault(keys[at], []).append(at)
        reached = one
        for at in range(two, next_two):
            found = gap.get(keys[at])
            while found and found[-1] < reached:
                found.pop()
            if found:
                reached = found.pop() + 1
                filled.append((reached - 1, at))
        if next_one < begin:
            filled.append((next_one, next_two))
        one, two = next_one + 1, next_two + 1
    return filled
