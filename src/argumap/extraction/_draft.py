"""The map while it is being made: what the rules of an extractor read and change."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from argumap.model import Post, Span, Thread

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
        leads: The connectives and framing words ("but", "I think that") that introduce it and are
            left out of the span, in lower case.
        whole: The words with those that were left out.
        bracketed: Whether it stands in brackets.
        is_head: Whether it is the first unit of its sentence.
        joint: The mark or word at which it was cut from the clause before it.
        component: A point of the author's own, or a reason for or against one.
        rule: The rule or head that judged the component.
        confidence: How sure it is that this is a unit that readers see too.
        component_confidence: How sure it is that the component is right.
        links: What it bears on; the first is the main one.
        conceded: Whether the author grants it against his own side.
        point: How likely it is a point of the author's own, rather than a reason.
        same_as: The earlier unit that says the same.
        intro: The line that introduces the list that it is an item of.
    """

    post: int
    start: int
    end: int
    text: str
    sentence: int
    block: int
    leads: tuple[str, ...] = ()
    whole: str = ""
    bracketed: bool = False
    is_head: bool = True
    joint: str = ""
    component: Literal["claim", "premise"] = "claim"
    rule: str = "claims"
    cues: tuple[str, ...] = ()
    confidence: float | None = None
    component_confidence: float | None = None
    links: list[Link] = field(default_factory=list)
    conceded: bool = False
    intro: Unit | None = None
    same_as: Unit | None = None
    point: float = 0.5
    _words: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        self.whole = self.whole or self.text

    def lead_in(self, table: Collection[str]) -> str | None:
        """Return the first of its connectives and frames that is in a table of cues."""
        return next((lead for lead in self.leads if lead in table), None)

    def bears_on(
        self,
        target: Unit,
        sign: Literal["support", "rebuttal", "undercut"],
        rule: str,
        *cues: str,
    ) -> None:
        """Link it to another unit, unless it is linked to that one already."""
        if target is not self and all(link.target is not target for link in self.links):
            self.links.append(Link(target, sign, rule, cues))

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
    """Agreement or denial in so many words: a mention of somebody else's claim.

    Attributes:
        stance: What it says of the claim.
        start: First code point of the words that say so.
        end: First code point after them.
        cue: Those words, in lower case.
        before: Number of the unit of its post that it stands before.
        target: The claim.
    """

    stance: Literal["endorses", "concedes", "denies"]
    start: int
    end: int
    cue: str
    before: int
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

    def same_author(self, unit: Unit, other: Unit) -> bool:
        """Return whether two units are known to be by one author."""
        author = self.posts[unit.post].post.author
        known = author is not None and author == self.posts[other.post].post.author
        return known or unit.post == other.post

    def within(self, span: Span) -> list[Unit]:
        """Return the units that a span touches, in order."""
        units = self.posts[self.numbers[span.post_id]].units
        return [u for u in units if u.start < span.end and span.start < u.end]


_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text, in lower case, with straight apostrophes."""
    return tuple(_WORD.findall(text.lower().replace("’", "'")))
