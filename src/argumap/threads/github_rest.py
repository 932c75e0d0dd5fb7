"""GitHub's REST API: an issue, comments, reviews, in one file or in a folder of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

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

_NUMBER = re.compile(r"/(?:issues|pulls?)/(\d+)(?:[/#]|$)")


def sniff(source: Source) -> bool:
    """Whether the first object is an issue, a pull request, a comment or a review."""
    if source.is_folder:
        files = [each for name, each in source.files.items() if name.endswith(".json")]
        return bool(files) and all(_is_one(_first(each)) for each in files[:3])
    return _is_one(_first(source))


def read(source: Source) -> Iterator[Thread]:
    """Yield the issues and pull requests, in the order in which they first appear.

    Comments answer what they quote, else the issue; comments on code answer each other as the
    source says.
    """
    threads: dict[str, list[Post]] = {}
    titles: dict[str, str] = {}
    for file in source.files.values() if source.is_folder else (source,):
        if file.json is None and not file.sample:
            source.skip(file.broken_json())
            continue
        for record in _records(file):
            try:
                number = _thread_number(record)
                post = _post(record, number)
            except ThreadParseError as fault:
                source.skip(fault)
                continue
            if not post.text and "state" in record and "submitted_at" in record:
                note_empty_review(source, post)
            else:
                threads.setdefault(number, []).append(post)
            titles[number] = titles.get(number) or post.title or ""
    for number, posts in threads.items():
        root = f"issue-{number}"
        posts.sort(key=lambda post, root=root: (post.id != root, _time(post)))  # type: ignore[misc]
        yield assemble(
            source,
            READER.name,
            posts,
            thread_id=root,
            title=titles[number],
            url=next((post.url for post in posts if post.id == root), None),
            infer="first",
            absent_root=root,
        )


def _first(source: Source) -> dict[str, Any]:
    value = source.json
    return value if isinstance(value, dict) else source.sample


def _is_one(value: dict[str, Any]) -> bool:
    api = any("api.github.com" in str(value.get(key)) for key in ("url", "html_url", "issue_url"))
    return "body" in value and "user" in value and (api or "html_url" in value)


def _records(source: Source) -> Iterator[Record]:
    if isinstance(source.json, dict):
        yield source.root()
    else:
        yield from source.records()


def _thread_number(record: Record) -> str:
    for key in ("issue_url", "pull_request_url", "html_url", "url"):
        found = _NUMBER.search(str(record.value.get(key) or ""))
        if found:
            return found[1]
    if (number := record.ident("number")) is not None:
        return number
    raise record.fault("neither issue_url nor number says which issue this belongs to")


def _post(record: Record, number: str) -> Post:
    if "title" in record and "number" in record:
        return post_of(record, f"issue-{number}", None, title=record.text("title"))
    answered = record.ident("in_reply_to_id")
    return post_of(record, record.required("id"), answered)


def _time(post: Post) -> float:
    return post.created_at.timestamp() if post.created_at else 0.0


READER = Reader(name="github", title="GitHub issue and comments (REST)", sniff=sniff, read=read)
