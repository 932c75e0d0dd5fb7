"""Bluesky: a post with what stands above and below it (``app.bsky.feed.getPostThread``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap.errors import ThreadParseError
from argumap.model import Link, Post, Thread
from argumap.threads._assemble import assemble
from argumap.threads._fields import Record, moment
from argumap.threads._reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from argumap.threads._source import Source

__all__ = ["READER", "read", "sniff"]


def sniff(source: Source) -> bool:
    """Whether a source is such an answer."""
    value = source.json
    thread = value.get("thread") if isinstance(value, dict) else None
    if isinstance(thread, list):
        return bool(thread) and isinstance(thread[0], dict) and {"uri", "value"} <= set(thread[0])
    return isinstance(thread, dict) and ("$type" in thread or "post" in thread)


def read(source: Source) -> Iterator[Thread]:
    """Read the conversation, from the highest post that the answer holds."""
    root = source.root()
    if isinstance(root.value.get("thread"), list):
        yield _listed(source, root)
        return
    asked = root.record("thread")
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


def _listed(source: Source, root: Record) -> Thread:
    """Return the thread of an answer of ``getPostThreadV2``: posts one below the other."""
    posts: list[Post] = []
    for item in root.records("thread"):
        value = item.record("value")
        try:
            if "post" in value:
                above = value.record("post").record("record").record("reply").record("parent")
                posts.append(_post(value, above.ident("uri")))
            else:
                posts.append(_gone(item, value.text("$type") or "", None))
        except ThreadParseError as fault:
            source.skip(fault)
    there = {post.id for post in posts}
    if posts and posts[0].parent_id not in there:
        posts[0] = posts[0].replace(parent_id=None)
    return assemble(source, READER.name, posts, thread_id=posts[0].id if posts else None)


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
    if kind.endswith(("#notFoundPost", "#blockedPost")) or "post" not in record:
        return _gone(record, kind, parent)
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
        created_at=_when(post, said),
        text=text,
        links=tuple(_links(said, text)),
        score=post.number("likeCount"),
        missing_replies=max(count - len(shown), 0) if "replies" in record else 0,
        where=record.where,
    )


def _gone(record: Record, kind: str, parent: str | None) -> Post:
    return Post(
        id=record.required("uri"),
        author_kind="deleted",
        parent_id=parent,
        text="",
        removed="author"
        if kind.casefold().endswith("notfound") or "notFound" in kind
        else "unknown",
        where=record.where,
    )


def _when(post: Record, said: Record) -> datetime | None:
    """Return when a post was written: its program says so, in whatever form; else the server."""
    return moment(said.value.get("createdAt")) or moment(post.value.get("indexedAt"))


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
