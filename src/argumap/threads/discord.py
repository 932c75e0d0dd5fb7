"""Discord: a channel as DiscordChatExporter writes it in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap.errors import ThreadParseError
from argumap.model import Post, Thread
from argumap.threads._assemble import assemble
from argumap.threads._known_quotes import quoted_to_the_end
from argumap.threads._reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.threads._fields import Record
    from argumap.threads._source import Source

__all__ = ["READER", "read", "sniff"]

# What people wrote; all others are notices of the software. Very old exports have numbers.
_SAID = frozenset(("Default", "Reply", "ThreadStarterMessage", "ContextMenuCommand")) | {
    *("ChatInputCommand", "0", "19", "20", "21", "23"),
}


def sniff(source: Source) -> bool:
    """Whether a source is a channel that was exported so."""
    value = source.json
    return isinstance(value, dict) and {"guild", "channel", "messages"} <= set(value)


def read(source: Source) -> Iterator[Thread]:
    """Read a channel as one thread.

    A reply answers the message that it refers to; others answer what they quote or whom they name,
    else the message before them.
    """
    root = source.root()
    channel = root.record("channel")
    posts: list[Post] = []
    notices = 0
    for record in root.records("messages"):
        try:
            if (record.ident("type") or "Default") not in _SAID:
                notices += 1
            else:
                posts.append(_post(record))
        except ThreadParseError as fault:
            source.skip(fault)
    source.notices_left_out(notices)
    yield assemble(
        source,
        READER.name,
        posts,
        thread_id=channel.ident("id"),
        title=channel.text("name"),
        infer="before",
    )


def _post(record: Record) -> Post:
    author = record.record("author")
    name = author.text("nickname") or author.text("name")
    forwarded = record.record("forwardedMessage").text("content")
    counts = [reaction.number("count") or 0 for reaction in record.records("reactions")]
    text = (record.text("content") or "").strip() or _quoted(forwarded) or _embedded(record)
    return Post(
        id=record.required("id"),
        author=name,
        author_kind="bot" if author.flag("isBot") else "person" if name else "deleted",
        parent_id=record.record("reference").ident("messageId") if not forwarded else None,
        created_at=record.when("timestamp"),
        edited_at=record.when("timestampEdited"),
        text=text,
        quotes=quoted_to_the_end(text),
        score=sum(counts) if counts else None,
        where=record.where,
    )


def _embedded(record: Record) -> str:
    """Return the texts of the cards below a message, which is all that many programs say."""
    parts: list[str | None] = []
    for embed in record.records("embeds"):
        parts += [embed.text("title"), embed.text("description")]
        for field in embed.records("fields"):
            parts += [field.text("name"), field.text("value")]
    return "\n".join(part for part in parts if part)


def _quoted(forwarded: str | None) -> str:
    return "\n".join(f"> {line}" for line in forwarded.split("\n")) if forwarded else ""


READER = Reader(
    name="discord", title="Discord channel (DiscordChatExporter JSON)", sniff=sniff, read=read
)
