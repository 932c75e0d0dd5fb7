"""The units of a thread: the sentences of its authors, numbered, with who answers whom.

A model is shown units and answers with their numbers, so no text of its own can come into a map.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sentencex import get_sentence_boundaries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.model import Post, Thread

__all__ = ["NumberedThread", "QuoteReference", "Unit"]

# The blocks that are an author's own prose.
_OWN = frozenset({"text", "intro", "item", "heading"})
_MARK = re.compile(r"(?:[-*+•◦‣–]|\d{1,3}[.)]|\([a-z\d]\)|[a-z]\)|#{1,6})[ \t]+")
_UNDERLINE = re.compile(r"\n[ \t]*(?:=+|-{2,})[ \t]*$")
_PARAGRAPH = re.compile(r"(?:.+\n?)+")
_WORD = re.compile(r"[^\W_]")
# A stretch without a sentence end is cut at white space; an answer can join successive units.
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence that a post's author wrote himself.

    Attributes:
        id: The number that the model sees: ``p2.3`` is the third unit of the second post.
        post: Number of its post in the thread, counted from 0.
        rank: Its place among the units of its post, counted from 0.
        start: First code point in the post's text.
        end: First code point after it.
    """

    id: str
    post: int
    rank: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class QuoteReference:
    """A quotation in a post, shown as the numbers of what it repeats and not as text.

    Attributes:
        start: First code point of the quotation in the post that quotes.
        units: Ids of the units that it repeats; empty when its source is not in the thread.
    """

    start: int
    units: tuple[str, ...]


class NumberedThread:
    """A thread with its units, and the question which post can answer which.

    Attributes:
        thread: The thread, its posts marked up. A post without blocks counts as one text.
        units: All units, in the order of the thread.
        by_post: The units of each post.
        quotes: The quotations of each post, in order.

    Examples:
        >>> from argumap import Post, Thread
        >>> post = Post(id="x", text="It rained. So the street is wet.")
        >>> numbered = NumberedThread(Thread(posts=(post,)))
        >>> [(unit.id, numbered.text(unit)) for unit in numbered.units]
        [('p1.1', 'It rained.'), ('p1.2', 'So the street is wet.')]
    """

    def __init__(self, thread: Thread) -> None:
        self.thread = thread
        self.by_post = tuple(
            tuple(
                Unit(f"p{number + 1}.{rank + 1}", number, rank, start, end)
                for rank, (start, end) in enumerate(_sentences(post))
            )
            for number, post in enumerate(thread.posts)
        )
        self.units = tuple(unit for units in self.by_post for unit in units)
        self._by_id = {unit.id: unit for unit in self.units}
        self._numbers = {post.id: number for number, post in enumerate(thread.posts)}
        self.parents = tuple(
            self._numbers[post.parent_id] if post.parent_id is not None else None
            for post in thread.posts
        )
        self.quotes = tuple(tuple(self._references(post)) for post in thread.posts)
        self._quoted = tuple(
            frozenset(self._by_id[unit].post for quote in quotes for unit in quote.units)
            for quotes in self.quotes
        )
        self.order, self.after = _preorder(self.parents)
        self._place = {number: place for place, number in enumerate(self.order)}

    def unit(self, unit_id: str) -> Unit | None:
        """Return the unit of that id, or None."""
        return self._by_id.get(unit_id)

    def text(self, unit: Unit) -> str:
        """Return the words of a unit."""
        return self.thread.posts[unit.post].text[unit.start : unit.end]

    def quoted_posts(self, post: int) -> frozenset[int]:
        """Return the numbers of the posts that a post quotes."""
        return self._quoted[post]

    def answers(self, post: int, other: int) -> bool:
        """Whether a post can bear on what stands in another one.

        It can on what stands in itself, in a post that it replies to (at any remove), in a post
        that it quotes, and in the opening post.
        """
        return (
            other == 0
            or self._place[other] <= self._place[post] < self.after[other]
            or other in self._quoted[post]
        )

    def _references(self, post: Post) -> Iterator[QuoteReference]:
        for quote in post.quotes:
            source = quote.source
            units: tuple[str, ...] = ()
            if source is not None:
                units = tuple(
                    unit.id
                    for unit in self.by_post[self._numbers[source.post_id]]
                    if unit.start < source.end and source.start < unit.end
                )
            yield QuoteReference(quote.start, units)


def _preorder(parents: tuple[int | None, ...]) -> tuple[tuple[int, ...], dict[int, int]]:
    """Return the posts so that each is followed by its replies, and the place where these end."""
    replies: dict[int | None, list[int]] = {}
    for number, parent in enumerate(parents):
        replies.setdefault(parent, []).append(number)
    order: list[int] = []
    after: dict[int, int] = {}
    # A post is met twice: going down, and (as its complement) when all its replies are done.
    stack = list(reversed(replies.get(None, [])))
    while stack:
        number = stack.pop()
        if number < 0:
            after[~number] = len(order)
            continue
        order.append(number)
        stack.append(~number)
        stack.extend(reversed(replies.get(number, [])))
    return tuple(order), after


def _sentences(post: Post) -> Iterator[tuple[int, int]]:
    """Yield the spans of the sentences that are the author's own, in order."""
    quoted = [(quote.start, quote.end) for quote in post.quotes]
    for start, end in _stretches(post):
        for sentence in get_sentence_boundaries("en", post.text[start:end]):
            first = start + sentence["start_index"]
            for piece in _pieces(post.text, first, start + sentence["end_index"]):
                if not any(low <= piece[0] and piece[1] <= high for low, high in quoted):
                    yield piece


def _stretches(post: Post) -> Iterator[tuple[int, int]]:
    if not post.blocks:
        yield from (found.span() for found in _PARAGRAPH.finditer(post.text))
    for block in post.blocks:
        if block.kind not in _OWN:
            continue
        start, end = block.start, block.end
        if block.kind in {"item", "heading"} and (mark := _MARK.match(post.text, start, end)):
            start = mark.end()
        if block.kind == "heading" and (line := _UNDERLINE.search(post.text, start, end)):
            end = line.start()
        yield start, end


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a sentence without the white space around it, in pieces when it is very long."""
    while start < end:
        stop = end
        if end - start > _LONGEST:
            space = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
            stop = space if space > 0 else start + _LONGEST
        words = text[start:stop]
        first = start + len(words) - len(words.lstrip())
        last = start + len(words.rstrip())
        if _WORD.search(words):
            yield first, last
        start = stop
