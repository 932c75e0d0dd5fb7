"""A discussion as it was written: threads, posts, and places in them.

All offsets are Unicode code points into `Post.text`, half-open: `start` is the first code point
of the place, `end` the first one after it, so ``text[start:end]`` is the place's text.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal, Self

from pydantic import AwareDatetime, Field, model_validator

from argumap.errors import ModelError, UnknownNameError, did_you_mean
from argumap.model._base import Confidence, Id, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Block", "Inference", "Link", "Note", "Post", "Quote", "Span", "Thread", "Where"]


class Span(Value):
    """A place in a post: half-open offsets in code points into the post's text.

    Examples:
        >>> Span(post_id="p1", start=0, end=4)
        Span(post_id='p1', start=0, end=4)
    """

    post_id: Id = Field(description="Id of the post.")
    start: int = Field(ge=0, description="First code point of the place in the post's text.")
    end: int = Field(gt=0, description="First code point after the place.")

    @model_validator(mode="after")
    def _is_not_empty(self) -> Self:
        _refuse_empty(self.start, self.end)
        return self


class _Place(Value):
    """A place in the post that holds it."""

    start: int = Field(ge=0, description="First code point of the place in the post's text.")
    end: int = Field(gt=0, description="First code point after the place.")

    @model_validator(mode="after")
    def _is_not_empty(self) -> Self:
        _refuse_empty(self.start, self.end)
        return self


def _refuse_empty(start: int, end: int) -> None:
    if start >= end:
        raise ValueError(f"start {start} is not before end {end}")


class Where(Value):
    """Where in its source a post stood."""

    line: int | None = Field(None, ge=1, description="Line in the file, counted from 1.")
    pointer: str | None = Field(None, description="JSON Pointer (RFC 6901) in the file.")


class Inference(Value):
    """How a fact that the source does not state was found, and how sure that is.

    A fact that the source states has no inference.
    """

    basis: Literal["quote", "subject", "cue", "order"] = Field(
        description="What it was inferred from: a quotation, an equal subject line, words such as "
        "'I agree' or 'you', or only the order of the posts."
    )
    confidence: Confidence = Field(description="How often such an inference is right.")


class Block(_Place):
    """A stretch of whole lines of a post, and what it is."""

    kind: Literal[
        "text",
        "quote",
        "intro",
        "item",
        "code",
        "heading",
        "table",
        "signature",
        "boilerplate",
    ] = Field(
        description="Running text, words quoted from elsewhere, the line that introduces a list, "
        "a list item, code, a heading, a table, a signature, or text of a machine (attribution "
        "lines, footers)."
    )
    depth: int = Field(0, ge=0, description="Nesting of a quote or list item, outermost is 1.")
    group: int | None = Field(None, ge=0, description="Number of the list in its post.")


class Quote(_Place):
    """Words in a post that repeat somebody else's."""

    depth: int = Field(1, ge=1, description="1 for a quote, 2 for a quote in a quote, …")
    marked: bool = Field(default=True, description="Whether the source showed it as a quote.")
    author: str | None = Field(None, description="Who is quoted, where the source says so.")
    source: Span | None = Field(None, description="The place that is quoted, if it was found.")
    match: Literal["same", "part", "near"] | None = Field(
        None, description="How it fits its source: a whole paragraph, a part of one, nearly."
    )
    confidence: Confidence = Field(1.0, description="How sure it is that this is a quote.")


class Link(_Place):
    """A link in a post."""

    url: str = Field(description="Where it leads, as written. Untrusted.")


class Note(Value):
    """What was inferred, repaired, left out or could not be known while reading a thread."""

    code: Id = Field(description="Stable name of the kind of note, such as 'second-copy'.")
    message: str = Field(description="The note in words.")
    post_id: Id | None = Field(None, description="The post that it is about.")
    where: Where | None = Field(None, description="The place in the source that it is about.")


class Post(Value):
    """One contribution to a thread.

    The text is what the author wrote, with the source's own encoding of it undone (entities,
    HTML); everything derived from it is offsets into it.

    Examples:
        >>> Post(id="p1", author="Ana", text="Cats sleep a lot.").author
        'Ana'
    """

    id: Id = Field(description="Unique in its thread.")
    author: str | None = Field(None, description="Name or label; None when unknown.")
    author_kind: Literal["person", "bot", "deleted"] = Field(
        "person", description="A bot, or an account that is gone."
    )
    author_inference: Inference | None = Field(
        None, description="How the author was found; None when the source states it."
    )
    parent_id: Id | None = Field(None, description="The post that it replies to.")
    parent_inference: Inference | None = Field(
        None, description="How the parent was found; None when the source states it."
    )
    start_inference: Inference | None = Field(
        None, description="How it was found that a post begins here; None when the source says so."
    )
    created_at: AwareDatetime | None = Field(None, description="When it was written.")
    edited_at: AwareDatetime | None = Field(None, description="When it was last changed.")
    title: str | None = Field(None, description="Title or subject of this post.")
    text: str = Field(description="What the author wrote, quotes included.")
    blocks: tuple[Block, ...] = Field(
        (), description="What each stretch of the text is, in order; empty when not marked up."
    )
    quotes: tuple[Quote, ...] = Field((), description="Quotations in the text, in order.")
    links: tuple[Link, ...] = Field((), description="Links in the text, in order.")
    score: float | None = Field(None, description="Votes, likes or points.")
    removed: Literal["author", "moderator", "unknown"] | None = Field(
        None, description="Who took the text away, when it is gone."
    )
    retracted: bool = Field(default=False, description="Struck by its author, still readable.")
    missing_replies: int = Field(0, ge=0, description="Replies that the source says it left out.")
    url: str | None = Field(None, description="Where it stands. Untrusted.")
    where: Where | None = Field(None, description="Where it stood in the file.")

    def slice(self, place: Span | Block | Quote | Link) -> str:
        """Return the text of a place in this post.

        Examples:
            >>> Post(id="p1", text="Cats sleep.").slice(Span(post_id="p1", start=0, end=4))
            'Cats'
        """
        return self.text[place.start : place.end]


class Thread(Value):
    """A discussion: posts in which every reply comes after the post that it answers.

    Raises:
        ModelError: An id is used twice, a parent is missing or comes later, or a place lies
            outside its post. All such problems are told at once.

    Examples:
        >>> hello = Post(id="p1", author="Ana", text="Cats sleep a lot.")
        >>> reply = Post(id="p2", author="Ben", parent_id="p1", text="Not mine.")
        >>> thread = Thread(posts=(hello, reply))
        >>> [post.id for post in thread.replies("p1")]
        ['p2']
    """

    version: Literal["argumap-thread/1"] = Field(
        "argumap-thread/1", description="Name and version of this schema."
    )
    id: str | None = Field(None, description="Id in its source.")
    title: str | None = Field(None, description="Title or subject.")
    source: str | None = Field(None, description="File name as given by the user.")
    format: str | None = Field(None, description="Name of the reader that read it.")
    url: str | None = Field(None, description="Where it stands. Untrusted.")
    posts: tuple[Post, ...] = Field((), description="Parents before replies.")
    notes: tuple[Note, ...] = Field((), description="What was inferred or could not be known.")

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        problems = list(_thread_problems(self))
        if problems:
            raise ModelError("thread", problems)
        return self

    @cached_property
    def _posts_by_id(self) -> dict[str, Post]:
        return {post.id: post for post in self.posts}

    @cached_property
    def _replies(self) -> dict[str | None, list[Post]]:
        replies: dict[str | None, list[Post]] = {}
        for post in self.posts:
            replies.setdefault(post.parent_id, []).append(post)
        return replies

    def post(self, post_id: str) -> Post:
        """Return the post of that id.

        Raises:
            UnknownNameError: There is none.
        """
        try:
            return self._posts_by_id[post_id]
        except KeyError:
            raise UnknownNameError("post", post_id, self._posts_by_id) from None

    def replies(self, post_id: str | None) -> tuple[Post, ...]:
        """Return the posts that reply to a post (None: those that reply to none), in order."""
        return tuple(self._replies.get(post_id, ()))

    @cached_property
    def authors(self) -> tuple[str, ...]:
        """The authors, in order of their first post."""
        return tuple(dict.fromkeys(post.author for post in self.posts if post.author is not None))

    def slice(self, span: Span) -> str:
        """Return the words of a span.

        Raises:
            UnknownNameError: The post of the span is not in this thread.
        """
        return self.post(span.post_id).slice(span)

    def __repr__(self) -> str:
        title = f"{self.title!r}: " if self.title else ""
        return f"Thread({title}{len(self.posts)} posts, {len(self.authors)} authors)"

    __str__ = __repr__


def _thread_problems(thread: Thread) -> Iterator[str]:
    """Yield every way in which the parts of a thread do not fit together."""
    ids = dict.fromkeys(post.id for post in thread.posts)  # in order: the hints are the same twice
    seen: set[str] = set()
    lengths = {post.id: len(post.text) for post in thread.posts}
    for post in thread.posts:
        if post.id in seen:
            yield f"two posts have the id {post.id!r}"
        if post.parent_id is not None and post.parent_id not in seen:
            if post.parent_id == post.id:
                yield f"post {post.id!r} replies to itself"
            elif post.parent_id in ids:
                yield f"post {post.id!r} comes before {post.parent_id!r}, the post that it answers"
            else:
                hint = did_you_mean(post.parent_id, (other for other in ids if other != post.id))
                yield (
                    f"post {post.id!r} replies to {post.parent_id!r}, which is not in the thread"
                    f"{hint}"
                )
        seen.add(post.id)
        yield from _place_problems(post, lengths)
    for note in thread.notes:
        if note.post_id is not None and note.post_id not in ids:
            hint = did_you_mean(note.post_id, ids)
            yield f"a note is about {note.post_id!r}, which is not in the thread{hint}"


def _place_problems(post: Post, lengths: dict[str, int]) -> Iterator[str]:
    length = len(post.text)
    last = 0
    for block in post.blocks:
        if block.end > length:
            yield (
                f"post {post.id!r} has {length} characters, but a {block.kind} block spans "
                f"{block.start}–{block.end}"
            )
        if block.start < last:
            yield f"blocks of post {post.id!r} overlap at {block.start}"
        last = block.end
    places: tuple[Quote | Link, ...] = (*post.quotes, *post.links)
    for place in places:
        if place.end > length:
            name = type(place).__name__.lower()
            yield (
                f"post {post.id!r} has {length} characters, but a {name} spans "
                f"{place.start}–{place.end}"
            )
    for quote in post.quotes:
        if quote.source is None:
            continue
        source = quote.source
        if source.post_id not in lengths:
            hint = did_you_mean(source.post_id, lengths)
            yield f"post {post.id!r} quotes {source.post_id!r}, which is not in the thread{hint}"
        elif source.end > lengths[source.post_id]:
            yield (
                f"post {post.id!r} quotes {source.start}–{source.end} of {source.post_id!r}, "
                f"which has {lengths[source.post_id]} characters"
            )
