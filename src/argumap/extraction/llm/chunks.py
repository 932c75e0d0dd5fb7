"""Cut a long thread into parts that a model can take, each a subtree with what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from argumap.extraction.llm.units import NumberedThread, Unit

__all__ = ["Chunk", "cut", "halves"]


@dataclass(frozen=True, slots=True)
class Chunk:
    """What one request is about.

    Attributes:
        own: The units that are asked about. Each unit of a thread is in one chunk's own.
        context: Units of what these answer or quote, shown so that they can be understood.
    """

    own: tuple[Unit, ...]
    context: tuple[Unit, ...]


def cut(numbered: NumberedThread, max_chars: int) -> tuple[Chunk, ...]:
    """Return the chunks of a thread, in the order of the replies.

    A subtree that fits into one chunk is not cut; a post is, only when it alone is too long.

    Args:
        numbered: The thread.
        max_chars: Most code points of own units in a chunk, and of its context. A single unit may
            be longer.
    """
    sizes = [sum(map(_size, units)) for units in numbered.by_post]
    subtree = _subtree_sizes(numbered, sizes)
    parts: list[list[Unit]] = [[]]
    room = max_chars
    for post in numbered.order:
        fits_later = subtree[post] <= max_chars < subtree[post] + max_chars - room
        if parts[-1] and (fits_later or sizes[post] > room):
            parts.append([])
            room = max_chars
        for unit in numbered.by_post[post]:
            if parts[-1] and _size(unit) > room:
                parts.append([])
                room = max_chars
            parts[-1].append(unit)
            room -= _size(unit)
    return tuple(_with_context(part, numbered, max_chars) for part in parts if part)


def halves(chunk: Chunk, numbered: NumberedThread, max_chars: int) -> tuple[Chunk, ...]:
    """Return a chunk as two; as nothing when it is one unit. Posts stay whole where they can."""
    count = len(chunk.own)
    if count < 2:
        return ()
    bounds = [n for n, (a, b) in enumerate(pairwise(chunk.own), 1) if a.post != b.post]
    middle = min(bounds or range(1, count), key=lambda place: abs(2 * place - count))
    return tuple(
        _with_context(own, numbered, max_chars) for own in (chunk.own[:middle], chunk.own[middle:])
    )


def _subtree_sizes(numbered: NumberedThread, sizes: list[int]) -> list[int]:
    total = list(sizes)
    for post in reversed(numbered.order):
        parent = numbered.parents[post]
        if parent is not None:
            total[parent] += total[post]
    return total


def _with_context(own: Iterable[Unit], numbered: NumberedThread, max_chars: int) -> Chunk:
    """Add what the units answer, the nearest first, until there is as much of it again."""
    ordered = tuple(sorted(own, key=lambda unit: (unit.post, unit.rank)))
    taken = {unit.id for unit in ordered}
    context: list[Unit] = []
    room = max_chars
    for post in _answered(ordered, numbered):
        for unit in numbered.by_post[post]:
            if unit.id in taken:
                continue
            if _size(unit) > room:
                break
            room -= _size(unit)
            taken.add(unit.id)
            context.append(unit)
        if room <= 0:
            break
    context.sort(key=lambda unit: (unit.post, unit.rank))
    return Chunk(ordered, tuple(context))


def _answered(own: tuple[Unit, ...], numbered: NumberedThread) -> Iterator[int]:
    """Yield the posts that units stand in or answer, the nearest first, each once."""
    level = list(dict.fromkeys(unit.post for unit in own))
    quoted = [other for post in level for other in sorted(numbered.quoted_posts(post))]
    seen: set[int] = set()
    first = True
    while level:
        fresh = [post for post in dict.fromkeys(level) if post not in seen]
        seen.update(fresh)
        yield from fresh
        level = [parent for post in fresh if (parent := numbered.parents[post]) is not None]
        if first:
            level += [*quoted, 0]
            first = False


def _size(unit: Unit) -> int:
    return unit.end - unit.start
