"""GitHub's REST API: an issue, comments, reviews, in one file or in a folder of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from argumap.errors import ThreadParseError
from argumap.threads._assemble import assemble
from argumap.threads._fields import Record
from argumap.threads._github import note_empty_review, post_of
from argumap.threads._reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.model import Post, Thread
    from argumap.threads._source import Source

__all__ = ["READER", "read", "sniff"]

_PLACE = re.compile(r"(?P<repo>[\w.-]+/[\w.-]+)/(?:issues|pulls?)/(?P<number>\d+)(?:[/#]|$)")
# What people say; all else that a timeline holds is told by the software.
_SAID = frozenset((None, "commented", "reviewed", "line-commented", "commit-commented"))


def sniff(source: Source) -> bool:
    """Whether the first object is an issue, a pull request, a comment, a review or an event."""
    if source.is_folder:
        files = [each for name, each in source.files.items() if name.endswith(".json")]
        return bool(files) and all(_is_one(_first(each)) for each in files[:3])
    return _is_one(_first(source))


def read(source: Source) -> Iterator[Thread]:
    """Yield the issues and pull requests, in the order in which they first appear.

    Comments answer what they quote, else the issue; comments on code answer each other as the
    source says.
    """
    threads: dict[tuple[str, str], list[Post]] = {}
    titles: dict[tuple[str, str], str] = {}
    events = 0
    # The events of a timeline that name no issue belong to the one before them.
    place = ("", "")
    for record in _of_all(source):
        try:
            if record.text("event") not in _SAID:
                events += 1
                continue
            place = _place(record) or place
            if place == ("", ""):
                raise record.fault("neither issue_url nor number says which issue this belongs to")
            post = _post(record, place[1])
        except ThreadParseError as fault:
            source.skip(fault)
            continue
        if not post.text and "state" in record and "submitted_at" in record:
            note_empty_review(source, post)
        else:
            threads.setdefault(place, []).append(post)
        titles[place] = titles.get(place) or post.title or ""
    source.left_out("actions-left-out", events, "event of a timeline", "events of a timeline")
    several = len({repo for repo, _ in threads if repo}) > 1
    for place, posts in threads.items():
        repo, number = place
        root = f"issue-{number}"
        posts.sort(key=lambda post, root=root: (post.id != root, _time(post)))  # type: ignore[misc]
        yield assemble(
            source,
            READER.name,
            posts,
            thread_id=f"{repo}#{number}" if several else root,
            title=titles[place],
            url=next((post.url for post in posts if post.id == root), None),
            infer="first",
            absent_root=root,
        )


def _first(source: Source) -> dict[str, Any]:
    value = source.json
    if not isinstance(value, dict):
        return source.sample
    return value if _is_one(value) else next(iter(_held(value)), (value, ""))[0]


def _is_one(value: dict[str, Any]) -> bool:
    api = any("api.github.com" in str(value.get(key)) for key in ("url", "html_url", "issue_url"))
    if "event" in value and "actor" in value:
        return api
    said = {"body", "body_text", "body_html"} & set(value)
    return bool(said) and "user" in value and (api or "html_url" in value)


def _held(value: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield what an answer to a search, or an issue beside its comments, holds, with its place."""
    for key, held in value.items():
        each = held if isinstance(held, list) else [held]
        for number, one in enumerate(each):
            if isinstance(one, dict) and _is_one(one):
                yield one, f"/{key}/{number}" if isinstance(held, list) else f"/{key}"


def _of_all(source: Source) -> Iterator[Record]:
    """Yield the objects of a file, of an answer to a search, or of all files of a folder."""
    for file in source.files.values() if source.is_folder else (source,):
        if file.json is None and not file.sample:
            source.skip(file.broken_json())
        elif not isinstance(file.json, dict):
            yield from file.records()
        elif _is_one(file.json) or not any(_held(file.json)):
            yield file.root()
        else:
            for value, pointer in _held(file.json):
                yield Record(value, file.name, pointer)


def _place(record: Record) -> tuple[str, str] | None:
    """Return the repository and the number of the issue that an object belongs to."""
    for key in ("issue_url", "pull_request_url", "html_url", "url"):
        found = _PLACE.search(str(record.value.get(key) or ""))
        if found:
            return found["repo"].lower(), found["number"]
    if (number := record.ident("number")) is not None:
        return "", number
    # A comment on a commit, outside a pull request.
    commit = record.ident("commit_id")
    return ("", commit) if commit else None


def _post(record: Record, number: str) -> Post:
    if "title" in record and "number" in record:
        return post_of(record, f"issue-{number}", None, title=record.text("title"))
    answered = record.ident("in_reply_to_id")
    return post_of(record, record.required("id"), answered)


def _time(post: Post) -> float:
    return post.created_at.timestamp() if post.created_at else 0.0


READER = Reader(name="github", title="GitHub issue and comments (REST)", sniff=sniff, read=read)
