"""YouTube: comments as yt-dlp (``--write-comments``) and youtube-comment-downloader write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from argumap.errors import ThreadParseError
from argumap.model import Inference, Post, Thread
from argumap.threads._assemble import BY_NAME, assemble
from argumap.threads._reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from argumap.threads._fields import Record
    from argumap.threads._source import Source

__all__ = ["READER", "read", "sniff"]

_NAMED = re.compile(r"\s*@(?P<name>\S+)")
_COUNT = re.compile(r"(?P<number>\d+(?:[.,]\d+)?)\s*(?P<times>[KM]?)$", re.IGNORECASE)
_TIMES = {"": 1, "k": 1_000, "m": 1_000_000}


def sniff(source: Source) -> bool:
    """Whether a source is the data of a video with comments, or comments one a line."""
    value = source.json
    first = source.sample
    if isinstance(value, dict) and isinstance(value.get("comments"), list):
        first = next((each for each in value["comments"] if isinstance(each, dict)), {})
    return {"cid", "text", "author"} <= set(first) or {"id", "parent", "text", "author"} <= set(
        first
    )


def read(source: Source) -> Iterator[Thread]:
    """Read the comments of a video; the video itself is no post.

    The site has one level of replies. Below it, a reply that begins with ``@name`` answers the
    latest comment of that name under the same comment.
    """
    title = video = url = None
    if source.json is not None and isinstance(source.json, dict) and "cid" not in source.json:
        root = source.root()
        title, video, url = root.text("title"), root.ident("id"), root.text("webpage_url")
        records: Iterable[Record] = root.records("comments")
    else:
        records = source.records()
    posts: list[Post] = []
    latest: dict[tuple[str, str], str] = {}
    for record in records:
        try:
            post = _post(record)
        except ThreadParseError as fault:
            source.skip(fault)
            continue
        top = post.parent_id or post.id
        named = _NAMED.match(post.text) if post.parent_id else None
        if named and (found := latest.get((top, _handle(named["name"])))):
            inference = Inference(basis="cue", confidence=BY_NAME)
            post = post.replace(parent_id=found, parent_inference=inference)
        posts.append(post)
        if post.author:
            latest[top, _handle(post.author)] = post.id
    yield assemble(source, READER.name, posts, thread_id=video, title=title, url=url)


def _handle(name: str) -> str:
    return name.strip("@,:").casefold()


def _post(record: Record) -> Post:
    post_id = record.ident("cid") or record.required("id")
    parent = record.ident("parent")
    if "cid" in record:
        parent = post_id.rpartition(".")[0] or None
    author = record.text("author")
    return Post(
        id=post_id,
        author=author,
        author_kind="person" if author else "deleted",
        parent_id=None if parent == "root" else parent,
        created_at=record.when("timestamp", "time_parsed"),
        text=(record.text("text") or "").strip(),
        score=_likes(record),
        where=record.where,
    )


def _likes(record: Record) -> float | None:
    if "like_count" in record:
        return record.number("like_count")
    found = _COUNT.match(str(record.value.get("votes") or ""))
    if found is None:
        return None
    return float(found["number"].replace(",", ".")) * _TIMES[found["times"].lower()]


READER = Reader(name="youtube", title="YouTube comments (JSON)", sniff=sniff, read=read)
