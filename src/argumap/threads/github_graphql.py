"""GitHub's GraphQL answers and ``gh issue|pr view --json``: issues, pull requests, discussions."""

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

_HOLDERS = ("repository", "node", "resource", "issue", "pullRequest", "issueOrPullRequest")
_LISTS = ("comments", "reviews", "replies")


def sniff(source: Source) -> bool:
    """Whether a source is an answer that holds comments, or what ``gh`` prints with ``--json``."""
    value = source.json
    if not isinstance(value, dict):
        return False
    if isinstance(value.get("data"), dict):
        return bool({*_HOLDERS, "discussion"} & set(value["data"]))
    authored = isinstance(value.get("author"), dict) and "login" in value["author"]
    return isinstance(value.get("comments"), list) and ("body" in value or authored)


def read(source: Source) -> Iterator[Thread]:
    """Read an issue, a pull request or a discussion.

    Replies in a discussion answer the comment that they stand under; comments answer what they
    quote, else the opening post.
    """
    root = _root(source.root())
    posts: list[Post] = []
    opened = "body" in root or "title" in root
    if opened:
        post = post_of(root, _id(root, 0), None, title=root.text("title"))
        posts.append(post.replace(missing_replies=_left_out(root)))
    _add(source, root, posts, None)
    yield assemble(
        source,
        READER.name,
        posts,
        thread_id=root.ident("number") or root.ident("id"),
        title=root.text("title"),
        url=root.text("url"),
        infer="first" if opened else "before",
    )


def _root(record: Record) -> Record:
    at = record.record("data") if "data" in record else record
    while not any(key in at for key in _LISTS):
        key = next(
            (k for k in (*_HOLDERS, "discussion") if isinstance(at.value.get(k), dict)), None
        )
        if key is None and "body" in at:
            return at
        if key is None:
            raise record.fault("there is no issue, pull request or discussion in this answer")
        at = at.record(key)
    return at


def _add(source: Source, record: Record, posts: list[Post], parent: str | None) -> None:
    """Add what stands under an issue or a comment: two levels at most."""
    for key in _LISTS:
        for child in _nodes(record, key):
            try:
                replied = child.record("replyTo").ident("id")
                post = post_of(child, _id(child, len(posts)), replied or parent)
            except ThreadParseError as fault:
                source.skip(fault)
                continue
            if not post.text and key == "reviews":
                note_empty_review(source, post)
            else:
                posts.append(post)
            if parent is None:
                _add(source, child, posts, post.id)


def _nodes(record: Record, key: str) -> Iterator[Record]:
    found = record.value.get(key)
    if isinstance(found, list):
        yield from record.records(key)
    elif isinstance(found, dict):
        held = record.record(key)
        nodes = list(held.records("nodes")) or [
            edge.record("node") for edge in held.records("edges")
        ]
        yield from nodes


def _left_out(record: Record) -> int:
    """Return how many comments there are beyond those in the answer."""
    missing = 0
    for key in ("comments", "reviews"):
        if isinstance(record.value.get(key), dict):
            total = int(record.record(key).number("totalCount") or 0)
            missing += max(total - len(list(_nodes(record, key))), 0)
    return missing


def _id(record: Record, number: int) -> str:
    return record.ident("id") or record.ident("databaseId") or f"p{number + 1}"


READER = Reader(
    name="github-graphql",
    title="GitHub answer (GraphQL, gh --json)",
    sniff=sniff,
    read=read,
)
