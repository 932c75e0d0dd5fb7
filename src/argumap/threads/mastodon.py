"""Mastodon: what stands above and below a status (``/api/v1/statuses/ID/context``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap.errors import ThreadParseError
from argumap.model import Post, Thread
from argumap.threads._assemble import assemble
from argumap.threads._html import render_html
from argumap.threads._reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.threads._fields import Record
    from argumap.threads._source import Source

__all__ = ["READER", "read", "sniff"]


def sniff(source: Source) -> bool:
    """Whether a source is such an answer."""
    value = source.json
    return isinstance(value, dict) and {"ancestors", "descendants"} <= set(value)


def read(source: Source) -> Iterator[Thread]:
    """Read the conversation.

    The status that was asked for is not in the answer; where replies show which it was, an empty
    post stands in its place. Put it in as ``status`` to have its text.
    """
    root = source.root()
    above = _posts(source, root, "ancestors")
    own = [_post(root.record("status"))] if "status" in root else []
    below = _posts(source, root, "descendants")
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


def _posts(source: Source, root: Record, key: str) -> list[Post]:
    posts = []
    for record in root.records(key):
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
