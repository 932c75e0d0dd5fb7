"""Facebook Messenger and Instagram: a conversation as the account's data export has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap.errors import ThreadParseError
from argumap.model import Post, Thread
from argumap.threads._assemble import assemble
from argumap.threads._fields import moment
from argumap.threads._reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.threads._fields import Record
    from argumap.threads._source import Source

__all__ = ["READER", "read", "sniff"]


def sniff(source: Source) -> bool:
    """Whether a source is such a conversation."""
    value = source.json
    return isinstance(value, dict) and {"participants", "messages"} <= set(value)


def read(source: Source) -> Iterator[Thread]:
    """Read a conversation, the oldest message first.

    The export writes each byte of UTF-8 as a character of its own; that is undone.
    """
    root = source.root()
    posts: list[Post] = []
    without = 0
    for record in reversed(list(root.records("messages"))):
        try:
            post = _post(record, f"p{len(posts) + 1}")
        except ThreadParseError as fault:
            source.skip(fault)
            continue
        if post.text:
            posts.append(post)
        else:
            without += 1
    if without:
        source.note("messages-without-text", f"{without} messages hold no text and were left out")
    title = _mended(root.text("title") or "")
    yield assemble(
        source,
        READER.name,
        posts,
        thread_id=root.text("thread_path"),
        title=title,
        infer="before",
    )


def _post(record: Record, post_id: str) -> Post:
    author = _mended(record.text("sender_name") or "") or None
    stamp = record.number("timestamp_ms")
    return Post(
        id=post_id,
        author=author,
        author_kind="person" if author else "deleted",
        created_at=None if stamp is None else moment(stamp / 1000),
        text=_mended(record.text("content") or "").strip(),
        where=record.where,
    )


def _mended(text: str) -> str:
    r"""Return a text whose bytes of UTF-8 were taken for characters.

    Examples:
        >>> _mended("H\u00c3\u00bchner"), _mended("Hühner")
        ('Hühner', 'Hühner')
    """
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


READER = Reader(name="messenger", title="Messenger conversation (JSON)", sniff=sniff, read=read)
