"""Bluesky: a post with what stands above and below it (``app.bsky.feed.getPostThread``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap.errors import ThreadParseError
from argumap.model import Link, Post, Thread
from argumap.threads._assemble import assemble
from argumap.threads._reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.threads._fields import Record
    from argumap.threads._source import Source

__all__ = ["READER", "read", "sniff"]


def sniff(source: Source) -> bool:
    """Whether a source is such an answer."""
    value = source.json
    thread = value.get("thread") if isinstance(value, dict) else None
    return isinstance(thread, dict) and ("$type" in thread or "post" in thread)


def read(source: Source) -> Iterator[Thread]:
    """Read the conversation, from the highest post that the answer holds."""
    asked = source.root().record("thread")
    above = []
    at = asked
    while at.value.get("parent"):
        at = at.record("parent")
        above.append(at)
    posts: list[Post] = []
    for record in reversed(above):
        _add(source, record, posts, None)
    stack: list[tuple[Record, str | None]] = [(asked, None)]
    while stack:
        record, parent = stack.pop()
        post = _add(source, record, posts, parent)
        if post is not None:
            stack.extend((reply, post.id) for reply in [*record.records("replies")][::-1])
    thread_id = posts[0].id if posts else None
    yield assemble(source, READER.name, posts, thread_id=thread_id, url=None)


def _add(source: Source, record: Record, posts: list[Post], parent: str | None) -> Post | None:
    try:
        post = _post(record, parent or (posts[-1].id if posts else None))
    except ThreadParseError as fault:
        source.skip(fault)
        return None
    posts.append(post)
    return post


def _post(record: Record, parent: str | None) -> Post:
    kind = record.text("$type") or ""
    if kind.endswith(("#notFoundPost", "#blockedPost")):
        return Post(
            id=record.required("uri"),
            author_kind="deleted",
            parent_id=parent,
            text="",
            removed="unknown" if kind.endswith("#blockedPost") else "author",
            where=record.where,
        )
    post = record.record("post")
    said = post.record("record")
    text = said.text("text") or ""
    shown = list(record.records("replies"))
    count = int(post.number("replyCount") or 0)
    author = post.record("author").text("handle")
    return Post(
        id=post.required("uri"),
        author=author,
        author_kind="person" if author else "deleted",
        parent_id=parent,
        created_at=said.when("createdAt"),
        text=text,
        links=tuple(_links(said, text)),
        score=post.number("likeCount"),
        missing_replies=max(count - len(shown), 0) if "replies" in record else 0,
        where=record.where,
    )


def _links(said: Record, text: str) -> Iterator[Link]:
    """Yield the links; their places are counted in bytes of UTF-8."""
    data = text.encode()
    for facet in said.records("facets"):
        index = facet.record("index")
        first, last = index.number("byteStart"), index.number("byteEnd")
        if first is None or last is None or not 0 <= first < last <= len(data):
            continue
        start = len(data[: int(first)].decode(errors="replace"))
        end = len(data[: int(last)].decode(errors="replace"))
        for feature in facet.records("features"):
            if url := feature.text("uri"):
                yield Link(start=start, end=min(end, len(text)), url=url)


READER = Reader(name="bluesky", title="Bluesky thread (JSON)", sniff=sniff, read=read)
