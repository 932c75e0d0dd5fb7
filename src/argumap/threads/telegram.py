"""Telegram: a chat as the desktop program exports it in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap.errors import ThreadParseError
from argumap.model import Post, Quote, Thread
from argumap.threads._assemble import assemble
from argumap.threads._fields import whole_characters
from argumap.threads._reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.threads._fields import Record
    from argumap.threads._source import Source

__all__ = ["READER", "read", "sniff"]


def sniff(source: Source) -> bool:
    """Whether a source is an exported chat, or an export of several."""
    value = source.json
    if not isinstance(value, dict):
        return False
    chats = value.get("chats")
    return (isinstance(chats, dict) and "list" in chats) or (
        "type" in value and "messages" in value and "participants" not in value
    )


def read(source: Source) -> Iterator[Thread]:
    """Yield the chats.

    A message answers the one that it replies to; others answer what they quote or whom they name,
    else the message before them.
    """
    root = source.root()
    chats = [root]
    if "chats" in root or "left_chats" in root:
        chats = [
            each for key in ("chats", "left_chats") for each in root.record(key).records("list")
        ]
    for chat in chats:
        posts: list[Post] = []
        notices = 0
        for record in chat.records("messages"):
            try:
                if record.text("type") == "service":
                    notices += 1
                else:
                    posts.append(_post(record))
            except ThreadParseError as fault:
                source.skip(fault)
        source.notices_left_out(notices)
        if posts:
            yield assemble(
                source,
                READER.name,
                posts,
                thread_id=chat.ident("id"),
                title=chat.text("name"),
                infer="before",
            )


def _post(record: Record) -> Post:
    author = record.text("from")
    # Older programs write the year 1970 where nothing was edited.
    edited = record.when("edited_unixtime", "edited")
    text, quotes = _said(record)
    forwarded = record.text("forwarded_from")
    if text and forwarded and forwarded != author:
        quotes = (Quote(start=0, end=len(text), author=forwarded),)
    return Post(
        id=record.required("id"),
        author=author,
        author_kind="person" if author else "deleted",
        parent_id=record.ident("reply_to_message_id"),
        created_at=record.when("date_unixtime", "date"),
        edited_at=edited if edited and edited.year > 1970 else None,
        text=text or record.record("poll").text("question") or "",
        quotes=quotes,
        where=record.where,
    )


def _said(record: Record) -> tuple[str, tuple[Quote, ...]]:
    """Return the text, which is one or a list of parts with and without markup, and its quotes."""
    found = record.value.get("text")
    parts = found if isinstance(found, list) else [record.text("text") or ""]
    text = ""
    places: list[tuple[int, int]] = []
    for part in parts:
        said = part.get("text") if isinstance(part, dict) else part
        if not isinstance(said, str):
            raise record.fault("a part of the text is no text", "text")
        said = whole_characters(said)
        if isinstance(part, dict) and part.get("type") == "blockquote" and said.strip():
            start = len(text) + len(said) - len(said.lstrip())
            places.append((start, start + len(said.strip())))
        text += said
    before = len(text) - len(text.lstrip())
    quotes = tuple(Quote(start=start - before, end=end - before) for start, end in places)
    return text.strip(), quotes


READER = Reader(name="telegram", title="Telegram chat (JSON)", sniff=sniff, read=read)
