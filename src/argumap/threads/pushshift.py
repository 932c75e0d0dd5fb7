"""Dumps of Reddit comments and submissions (Pushshift, Arctic Shift): one JSON object a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap.errors import ThreadParseError
from argumap.threads._assemble import assemble
from argumap.threads._groups import grouped
from argumap.threads._reader import Reader
from argumap.threads._reddit import post_of, unescaped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.model import Post, Thread
    from argumap.threads._fields import Record
    from argumap.threads._source import Source

__all__ = ["READER", "read", "sniff"]


def sniff(source: Source) -> bool:
    """Whether the first object is a comment or a submission."""
    first = source.sample
    if {"link_id", "body", "parent_id"} <= set(first):
        return True
    return {"selftext", "title", "created_utc", "id"} <= set(first) and "kind" not in first


def read(source: Source) -> Iterator[Thread]:
    """Yield the threads, in the order in which they first appear; comments in order of time.

    A dump of comments does not hold the submissions that they answer.
    """
    for root, records in grouped(source, _root):
        posts: list[Post] = []
        title = None
        for record in records:
            try:
                posts.append(post_of(record, _kind(record)))
            except ThreadParseError as fault:
                source.skip(fault)
                continue
            title = title or posts[-1].title
        if posts:
            posts.sort(key=lambda post: (post.id != root, post.created_at is None, _time(post)))
            yield assemble(
                source,
                READER.name,
                posts,
                thread_id=root,
                title=unescaped(title or ""),
                absent_root=root,
            )


def _kind(record: Record) -> str:
    return "t1" if "body" in record else "t3"


def _root(record: Record) -> str | None:
    if _kind(record) == "t1":
        return record.ident("link_id")
    return f"t3_{record.required('id').removeprefix('t3_')}"


def _time(post: Post) -> float:
    return post.created_at.timestamp() if post.created_at else 0.0


READER = Reader(
    name="pushshift", title="Reddit dump (ndjson)", sniff=sniff, read=read, streams=True
)
