"""Mastodon: what stands above and below a status (``/api/v1/statuses/ID/context``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap.errors import ThreadParseError
from argumap.model import Post, Thread
from argumap.threads._assemble import assemble
from argumap.threads._html import render_html
from argumap.threads._reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from argumap.threads._fields import Record
    from argumap.threads._source import Source

__all__ = ["READER", "read", "sniff"]


def sniff(source: Source) -> bool:
    """Whether a source is such an answer, or a list of statuses."""
    value = source.json
    if isinstance(value, dict) and {"ancestors", "descendants"} <= set(value):
        return True
    first = value if isinstance(value, dict) else source.sample
    return {"in_reply_to_id", "account", "content"} <= set(first)


def read(source: Source) -> Iterator[Thread]:
    """Read the conversation.

    The status that was asked for is not in the answer; where replies show which it was, an empty
    post stands in its place. Put it in as ``status`` to have its text.
    """
    if not (isinstance(source.json, dict) and "ancestors" in source.json):
        yield from _conversations(source)
        return
    root = source.root()
    above = _posts(source, root.records("ancestors"))
    own = [_post(root.record("status"))] if "status" in root else []
    below = _posts(source, root.records("descendants"))
    if not own:
        there = {post.id for post in (*above, *below)}
        wanted = {post.parent_id for post in below if post.parent_id not in there} - {None}
        if len(wanted) == 1:
            missing = str(wanted.pop())
            before = above[-1].id if above else None
            own = [Post(id=missing, parent_id=before, text="", removed="unknown")]
            source.note(
                "status-missing",
                f"the status that was asked for, {missing!r}, is not in the answer; an empty post "
                "stands in its place",
                post_id=missing,
            )
    posts = [*above, *own, *below]
    thread_id = posts[0].id if posts else None
    yield assemble(source, READER.name, posts, thread_id=thread_id)


def _conversations(source: Source) -> Iterator[Thread]:
    """Yield the conversations in a list of statuses, in the order of their first posts."""
    listed = [source.root()] if isinstance(source.json, dict) else source.records()
    posts = {post.id: post for post in _posts(source, listed)}
    roots: dict[str, list[Post]] = {}
    for post in posts.values():
        at, seen = post, {post.id}
        while at.parent_id in posts and at.parent_id not in seen:
            at = posts[at.parent_id]
            seen.add(at.id)
        roots.setdefault(at.parent_id or at.id, []).append(post)
    for root, own in roots.items():
        own.sort(key=lambda post: post.created_at.timestamp() if post.created_at else 0.0)
        yield assemble(source, READER.name, own, thread_id=root, absent_root=root)


def _posts(source: Source, records: Iterable[Record]) -> list[Post]:
    posts = []
    for record in records:
        try:
            posts.append(_post(record))
        except ThreadParseError as fault:
            source.skip(fault)
    return posts


def _post(record: Record) -> Post:
    account = record.record("account")
    rendered = render_html(record.text("content") or "")
    bot = account.flag("bot")
    return Post(
        id=record.required("id"),
        author=account.text("acct") or account.text("username"),
        author_kind="bot" if bot else "person",
        parent_id=record.ident("in_reply_to_id"),
        created_at=record.when("created_at"),
        edited_at=record.when("edited_at"),
        title=record.text("spoiler_text") or None,
        text=rendered.text,
        blocks=rendered.blocks,
        quotes=rendered.quotes,
        links=rendered.links,
        score=record.number("favourites_count"),
        url=record.text("url"),
        where=record.where,
    )


READER = Reader(name="mastodon", title="Mastodon conversation (JSON)", sniff=sniff, read=read)
