"""Dumps of Reddit comments and submissions (Pushshift, Arctic Shift): one JSON object a line."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from argumap.errors import ThreadParseError
from argumap.threads._assemble import assemble
from argumap.threads._fields import Record
from argumap.threads._groups import grouped
from argumap.threads._reader import Reader
from argumap.threads._reddit import base36, post_of, unescaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from argumap.model import Post, Thread
    from argumap.threads._source import Source

__all__ = [
    "READER",
    "is_post",
    "is_wanted",
    "read",
    "root_of",
    "sniff",
    "thread_of",
    "wanted_lines",
]


def sniff(source: Source) -> bool:
    """Whether the first object is a comment or a submission."""
    return is_post(source.sample) or is_post(next(iter(_answer(source)), {}))


def read(source: Source) -> Iterator[Thread]:
    """Yield the threads, in the order in which they first appear; comments in order of time.

    A dump of comments does not hold the submissions that they answer.
    """
    answer = [Record(each, source.name, f"/data/{n}") for n, each in enumerate(_answer(source))]
    keep = partial(is_wanted, source)
    groups = grouped(source, root_of, answer or None, wanted=wanted_lines(source), keep=keep)
    for root, records in groups:
        thread = thread_of(source, READER.name, root, records)
        if thread is not None:
            yield thread


def _answer(source: Source) -> list[dict[str, Any]]:
    """Return the posts in an answer of the API of such a dump, ``{"data": [...]}``."""
    value = source.json
    data = value.get("data") if isinstance(value, dict) else None
    return [each for each in data if isinstance(each, dict)] if isinstance(data, list) else []


def is_post(value: Mapping[str, Any]) -> bool:
    """Whether an object is a comment or a submission, as dumps have them."""
    if {"link_id", "body", "parent_id"} <= set(value):
        return True
    if not {"title", "created_utc", "id"} <= set(value) or "kind" in value:
        return False
    # Links have no text in old dumps.
    return "selftext" in value or {"subreddit", "num_comments"} <= set(value)


def wanted_lines(source: Source) -> re.Pattern[str] | None:
    """Return what a line holds whose post is wanted; some others hold it too. None: all are."""
    if source.only is not None:
        # A submission has its id without the prefix.
        return re.compile(rf'"(?:t3_)?{re.escape(source.only.removeprefix("t3_"))}"')
    if source.subreddit is not None:
        return re.compile(rf'"subreddit":\s*"{re.escape(source.subreddit)}"', re.IGNORECASE)
    return None


def is_wanted(source: Source, record: Record) -> bool:
    """Whether a post is of the subreddit or the thread that is wanted."""
    if source.only is not None:
        try:
            return root_of(record) == source.only
        except ThreadParseError:
            return False
    wanted = source.subreddit
    return wanted is None or str(record.value.get("subreddit")).casefold() == wanted.casefold()


def root_of(record: Record) -> str | None:
    """Return the id of the submission that a post belongs to.

    Raises:
        ThreadParseError: The field is of a wrong type, or a submission has no id.
    """
    if _kind(record) == "t1":
        link = record.value.get("link_id")
        # Very old dumps have the number that the base-36 id stands for.
        return f"t3_{base36(link)}" if isinstance(link, int) else record.ident("link_id")
    return f"t3_{record.required('id').removeprefix('t3_')}"


def thread_of(
    source: Source, format_name: str, root: str, records: Iterable[Record]
) -> Thread | None:
    """Return the thread that the posts of one submission make; None where none can be read."""
    posts: list[Post] = []
    title = None
    for record in records:
        try:
            posts.append(post_of(record, _kind(record)))
        except ThreadParseError as fault:
            source.skip(fault)
            continue
        title = title or posts[-1].title
    if not posts:
        return None
    posts.sort(key=lambda post: (post.id != root, post.created_at is None, _time(post)))
    return assemble(
        source,
        format_name,
        posts,
        thread_id=root,
        title=unescaped(title or ""),
        absent_root=root,
    )


def _kind(record: Record) -> str:
    return "t1" if "body" in record else "t3"


def _time(post: Post) -> float:
    return post.created_at.timestamp() if post.created_at else 0.0


READER = Reader(
    name="pushshift", title="Reddit dump (ndjson)", sniff=sniff, read=read, streams=True
)
