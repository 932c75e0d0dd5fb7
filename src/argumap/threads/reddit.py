"""Reddit: the ``.json`` of a thread, as the site and its API give it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap.errors import ThreadParseError
from argumap.threads._assemble import assemble
from argumap.threads._fields import Record
from argumap.threads._reader import Reader
from argumap.threads._reddit import post_of, unescaped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.model import Post, Thread
    from argumap.threads._source import Source

__all__ = ["READER", "read", "sniff"]

_THINGS = ("t1", "t3", "more")


def sniff(source: Source) -> bool:
    """Whether a source is a listing, a list of listings, or a list of what listings hold."""
    return any(isinstance(each, dict) and each.get("kind") == "Listing" for each in _tops(source))


def read(source: Source) -> Iterator[Thread]:
    """Yield the thread of a page, or each submission of a listing of several.

    Replies that the page leaves out (``more``) are counted in `Post.missing_replies`.
    """
    if source.json is None:
        raise source.broken_json()
    submissions: list[Post] = []
    titles: dict[str, str] = {}
    comments: dict[str, list[Post]] = {}
    links: dict[str, str | None] = {}
    for record, kind, parent, root in _walk(source):
        try:
            if kind == "t3":
                post = post_of(record, kind)
                submissions.append(post)
                titles[post.id] = unescaped(record.text("title") or "")
                links[post.id] = None if record.flag("is_self") else record.text("url")
            else:
                post = post_of(record, kind, parent, _missing(record))
                comments.setdefault(record.ident("link_id") or root, []).append(post)
        except ThreadParseError as fault:
            source.skip(fault)
    if len(submissions) == 1 and len(_tops(source)) > 1:
        # The page of a thread: all comments are its own, whatever they say.
        every = [post for posts in comments.values() for post in posts]
        comments = {submissions[0].id: every}
    missing = _missing_above(source, noted=len(submissions) != 1)
    for submission in submissions:
        if link := links.get(submission.id):
            source.note("link", f"the first post links to {link}", post_id=submission.id)
        top = submission.replace(missing_replies=missing) if len(submissions) == 1 else submission
        yield assemble(
            source,
            READER.name,
            [top, *comments.pop(submission.id, [])],
            thread_id=submission.id,
            title=titles[submission.id],
            url=submission.url,
        )
    for root, posts in comments.items():
        yield assemble(source, READER.name, posts, thread_id=root or None, absent_root=root)


def _tops(source: Source) -> list[object]:
    value = source.json
    if isinstance(value, dict) and isinstance(value.get("json"), dict):
        # What /api/morechildren answers: comments without their tree.
        data = value["json"].get("data")
        value = data.get("things") if isinstance(data, dict) else None
    elif isinstance(value, dict) and isinstance(value.get("data"), list):
        # The tree of comments as archives of Reddit answer with it.
        value = value["data"]
    if _is_thing(value):
        value = [value]
    if isinstance(value, list) and value and all(map(_is_thing, value)):
        return [{"kind": "Listing", "data": {"children": value}}]
    return value if isinstance(value, list) else [value]


def _is_thing(value: object) -> bool:
    """Whether a value is a comment or submission with its kind, or a place of left out ones."""
    return isinstance(value, dict) and value.get("kind") in _THINGS and "data" in value


def _walk(source: Source) -> Iterator[tuple[Record, str, str | None, str]]:
    """Yield submissions and comments, each before its replies: kind, id above, id of the thread."""
    stack: list[tuple[Record, str | None]] = []
    root: str | None = None
    listings = [
        Record(each, source.name, f"/{n}" if isinstance(source.json, list) else "")
        for n, each in enumerate(_tops(source))
        if isinstance(each, dict)
    ]
    for listing in listings:
        stack = [(each, root) for each in listing.record("data").records("children")][::-1]
        while stack:
            thing, parent = stack.pop()
            kind, data = thing.text("kind"), thing.record("data")
            if kind not in {"t1", "t3"}:
                continue
            yield data, kind, parent, root or ""
            name = data.ident("name") or f"{kind}_{data.ident('id')}"
            if kind == "t3":
                root = name
            elif isinstance(data.value.get("replies"), dict):
                replies = data.record("replies").record("data").records("children")
                stack.extend([(each, name) for each in replies][::-1])


def _missing(record: Record) -> int:
    if not isinstance(record.value.get("replies"), dict):
        return 0
    return _left_out(record.record("replies"))


def _missing_above(source: Source, *, noted: bool) -> int:
    """Return how many comments the page leaves out at its top level, noted where no post tells."""
    missing = sum(
        _left_out(Record(each, source.name)) for each in _tops(source) if isinstance(each, dict)
    )
    if missing and noted:
        source.note("replies-missing", f"{missing} replies at the top are not in the source")
    return missing


def _left_out(listing: Record) -> int:
    things = listing.record("data").records("children")
    # A count of 0 is a link "continue this thread": at least one reply is behind it.
    return sum(
        max(int(thing.record("data").number("count") or 0), 1)
        for thing in things
        if thing.text("kind") == "more"
    )


READER = Reader(name="reddit", title="Reddit thread (JSON)", sniff=sniff, read=read)
