"""The archive of a GitHub repository that IETF working groups keep: all issues in one JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap.errors import ThreadParseError
from argumap.threads._assemble import assemble
from argumap.threads._github import note_empty_review, post_of
from argumap.threads._reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.model import Post, Thread
    from argumap.threads._fields import Record
    from argumap.threads._source import Source

__all__ = ["READER", "read", "sniff"]


def sniff(source: Source) -> bool:
    """Whether a source is such an archive."""
    value = source.json
    if not isinstance(value, dict):
        return False
    return {"issues", "pulls"} <= set(value) or ("magic" in value and "issues" in value)


def read(source: Source) -> Iterator[Thread]:
    """Yield the issues, then the pull requests; they are named ``issue-1``, ``pull-2``."""
    root = source.root()
    for key, kind in (("issues", "issue"), ("pulls", "pull")):
        for record in root.records(key):
            try:
                yield _thread(source, record, kind)
            except ThreadParseError as fault:
                source.skip(fault)


def _thread(source: Source, record: Record, kind: str) -> Thread:
    name = f"{kind}-{record.required('number')}"
    title = record.text("title")
    posts = [post_of(record, name, None, title=title)]
    for child, review in _said(record):
        try:
            posts.append(_post(child, f"{name}-{len(posts)}", review))
        except ThreadParseError as fault:
            source.skip(fault)
    first, *others = posts
    for post in others:
        if not post.text:
            note_empty_review(source, post)
    others = [post for post in others if post.text]
    others.sort(key=lambda post: post.created_at.timestamp() if post.created_at else 0.0)
    return assemble(
        source,
        READER.name,
        [first, *others],
        thread_id=name,
        title=title,
        url=record.text("url"),
        infer="first",
    )


def _said(record: Record) -> Iterator[tuple[Record, Record | None]]:
    """Yield comments and reviews, and the comments of a review with that review."""
    for comment in record.records("comments"):
        yield comment, None
    for review in record.records("reviews"):
        yield review, None
        for comment in review.records("comments"):
            yield comment, review


def _post(record: Record, name: str, review: Record | None) -> Post:
    """Return a comment or a review; who wrote a comment in a review is named there only."""
    answered = record.record("replyTo").ident("id") if "replyTo" in record else None
    by = None if "author" in record else review
    return post_of(record, record.ident("id") or name, answered, by=by)


READER = Reader(
    name="github-archive", title="GitHub repository archive (IETF)", sniff=sniff, read=read
)
