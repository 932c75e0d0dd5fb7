"""GitHub's GraphQL answers and ``gh issue|pr view --json``: issues, pull requests, discussions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from argumap.errors import ThreadParseError
from argumap.threads._assemble import assemble
from argumap.threads._github import note_empty_review, post_of
from argumap.threads._reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from argumap.model import Post, Thread
    from argumap.threads._fields import Record
    from argumap.threads._source import Source

__all__ = ["READER", "read", "sniff"]

_HOLDERS = (
    *("repository", "node", "resource", "issue", "pullRequest", "issueOrPullRequest"),
    *("discussion", "organization", "user", "viewer"),
)
_SEVERAL = ("issues", "pullRequests", "discussions", "nodes", "search")
_LISTS = ("comments", "reviews", "replies", "reviewThreads", "timelineItems", "timeline")


def sniff(source: Source) -> bool:
    """Whether a source is an answer that holds comments, or what ``gh`` prints with ``--json``."""
    value = source.json if isinstance(source.json, dict) else source.sample
    if isinstance(value.get("data"), dict):
        return bool({*_HOLDERS, *_SEVERAL} & set(value["data"]))
    said = [value.get(key) for key in ("comments", "reviews")]
    first = next((each[0] for each in said if isinstance(each, list) and each), None)
    if isinstance(first, dict) and "body" in first and _is_authored(first):
        return True
    if "body" in value and _is_authored(value) and {"number", "title"} & set(value):
        return True
    return isinstance(said[0], list) and ("body" in value or _is_authored(value))


def _is_authored(value: Mapping[str, Any]) -> bool:
    author = value.get("author")
    return isinstance(author, dict) and "login" in author


def read(source: Source) -> Iterator[Thread]:
    """Yield the issues, pull requests and discussions.

    Replies in a discussion and in a review answer the comment that they stand under; comments
    answer what they quote, else the opening post.
    """
    roots = [source.root()] if isinstance(source.json, dict) else source.records()
    for root in roots:
        found = list(_opened(root.record("data") if "data" in root else root))
        if not found:
            fault = root.fault("there is no issue, pull request or discussion in this answer")
            source.skip(fault)
        for record in found:
            yield _thread(source, record)


def _opened(record: Record) -> Iterator[Record]:
    """Yield what opens a thread, at any depth below what holds it."""
    titled = "title" in record and "number" in record
    if titled or "body" in record or any(key in record for key in _LISTS):
        yield record
        return
    for key in _HOLDERS:
        if isinstance(record.value.get(key), dict):
            yield from _opened(record.record(key))
    for key in _SEVERAL:
        for child in _nodes(record, key):
            yield from _opened(child)


def _thread(source: Source, root: Record) -> Thread:
    posts: list[Post] = []
    opened = "body" in root or "title" in root
    if opened:
        post = post_of(root, _id(root, 0), None, title=root.text("title"))
        posts.append(post.replace(missing_replies=_left_out(root)))
    events = _add(source, root, posts, None)
    source.left_out("actions-left-out", events, "event of a timeline", "events of a timeline")
    return assemble(
        source,
        READER.name,
        posts,
        thread_id=root.ident("number") or root.ident("id"),
        title=root.text("title"),
        url=root.text("url"),
        infer="first",
        absent_root=None if opened else root.ident("number") or root.ident("id") or "issue",
    )


def _add(source: Source, record: Record, posts: list[Post], parent: str | None) -> int:
    """Add what stands under an issue or a comment; return how many events were left out."""
    events = 0
    for key in _LISTS:
        for child in _nodes(record, key):
            if key == "reviewThreads":
                # The first comment of such a thread opens it.
                events += _add(source, child, posts, parent)
                continue
            if key.startswith("timeline") and "body" not in child:
                events += 1
                continue
            try:
                replied = child.record("replyTo").ident("id")
                post = post_of(child, _id(child, len(posts)), replied or parent)
            except ThreadParseError as fault:
                source.skip(fault)
                continue
            if not post.text and key in {"reviews", "timelineItems", "timeline"}:
                note_empty_review(source, post)
                events += _add(source, child, posts, parent)
            else:
                posts.append(post.replace(missing_replies=_left_out(child)))
                events += _add(source, child, posts, post.id)
    return events


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
    for key in ("comments", "reviews", "replies"):
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
