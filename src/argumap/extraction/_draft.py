"""The map while it is being made: what the rules of an extractor read and change."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.model import Post, Thread

__all__ = ["Draft", "DraftPost", "Link", "Stand", "Unit"]


@dataclass(slots=True, eq=False)
class Unit:
    """A stretch of a post that may come to be a claim.

    Attributes:
        post: Number of its post in the thread.
        start: First code point of its span in the post's text.
        end: First code point after its span.
        sentence: Number of its sentence in the post.
        block: Number of its block in the post.
        cue: The connective that introduces it and is left out of the span, in lower case.
        frame: The words before it that only frame it ("I think that"), in lower case.
        bracketed: Whether it stands in brackets.
        is_head: Whether it is the first unit of its sentence.
        component: A point of the author's own, or a reason for or against one.
        rule: The rule or head that judged the component.
        confidence: How sure it is that this is a claim.
        links: What it bears on; the first is the main one.
        conceded: Whether the author grants it against his own side.
    """

    post: int
    start: int
    end: int
    text: str
    sentence: int
    block: int
    cue: str = ""
    frame: str = ""
    bracketed: bool = False
    is_head: bool = True
    component: Literal["claim", "premise"] = "claim"
    rule: str = "claims"
    cues: tuple[str, ...] = ()
    confidence: float | None = None
    links: list[Link] = field(default_factory=list)
    conceded: bool = False
    _words: tuple[str, ...] | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the span, in lower case, straight apostrophes."""
        if self._words is None:
            self._words = words_of(self.text)
        return self._words


@dataclass(slots=True, eq=False)
class Link:
    """A unit bears on another one.

    Attributes:
        target: The unit that it bears on.
        sign: A reason for it, a reason against it, or a reason against the inference from it.
        rule: The rule or head that made the link.
        cues: The words that it went by.
        confidence: How sure it is.
    """

    target: Unit
    sign: Literal["support", "rebuttal", "undercut"]
    rule: str
    cues: tuple[str, ...] = ()
    confidence: float | None = None


@dataclass(slots=True, eq=False)
class Stand:
    """Agreement or denial in so many words: a mention of somebody else's claim."""

    stance: Literal["endorses", "concedes", "denies"]
    start: int
    end: int
    cue: str
    target: Unit | None = None


@dataclass(slots=True, eq=False)
class DraftPost:
    """A post, with what was found in it so far."""

    number: int
    post: Post
    parent: int | None
    units: list[Unit] = field(default_factory=list)
    stands: list[Stand] = field(default_factory=list)


class Draft:
    """A thread, and what the rules found in it so far.

    Attributes:
        thread: The thread, its posts marked up.
        posts: Its posts, in the same order.
    """

    def __init__(self, thread: Thread) -> None:
        self.thread = thread
        numbers = {post.id: number for number, post in enumerate(thread.posts)}
        self.numbers = numbers
        self.posts = [
            DraftPost(number, post, numbers[post.parent_id] if post.parent_id else None)
            for number, post in enumerate(thread.posts)
        ]

    def units(self) -> Iterator[Unit]:
        """Yield all units, in the order of the thread."""
        for post in self.posts:
            yield from post.units


_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text, in lower case, with straight apostrophes."""
    return tuple(_WORD.findall(text.lower().replace("’", "'")))
