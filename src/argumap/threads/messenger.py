"""Facebook Messenger and Instagram: a conversation as the account's data export has it."""

from __future__ import annotations

import re
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

_PART = re.compile(r"message_(\d+)\.json$")
_LATEST = 1e15
# Of older exports, and of those of conversations that are encrypted from end to end.
_TIMES = ("timestamp_ms", "timestamp")


def sniff(source: Source) -> bool:
    """Whether a source is such a conversation, or a folder of the files of one or several."""
    if source.is_folder:
        files = _parts(source)
        return bool(files) and all(_is_one(file.json) for _, file in files[:3])
    return _is_one(source.json)


def read(source: Source) -> Iterator[Thread]:
    """Yield the conversations, the oldest message first; the files of a folder are one.

    The export writes each byte of UTF-8 as a character of its own; that is undone.
    """
    conversations: dict[str, list[Record]] = {}
    if source.is_folder:
        for folder, file in _parts(source):
            if file.json is None:
                source.skip(file.broken_json())
            else:
                conversations.setdefault(folder, []).append(file.root())
    else:
        conversations[""] = [source.root()]
    for roots in conversations.values():
        yield _conversation(source, roots)


def _is_one(value: object) -> bool:
    return isinstance(value, dict) and {"participants", "messages"} <= set(value)


def _parts(source: Source) -> list[tuple[str, Source]]:
    """Return the files ``message_1.json``, … of a folder, each with the folder that it is in."""
    found = []
    for name, file in source.files.items():
        folder, _, own = name.rpartition("/")
        if part := _PART.match(own):
            found.append((folder, int(part[1]), file))
    found.sort(key=lambda each: each[:2])
    return [(folder, file) for folder, _, file in found]


def _conversation(source: Source, roots: list[Record]) -> Thread:
    posts: list[Post] = []
    records = [record for root in roots for record in root.records("messages")]
    # The newest stands first, unless the times say otherwise.
    if records and _stamp(records[0]) >= _stamp(records[-1]):
        records.reverse()
    for record in records:
        try:
            posts.append(_post(record, f"p{len(posts) + 1}"))
        except ThreadParseError as fault:
            source.skip(fault)
    root = roots[0]
    return assemble(
        source,
        READER.name,
        posts,
        thread_id=root.text("thread_path"),
        title=_mended(root.text("title") or root.text("threadName") or ""),
        infer="before",
    )


def _post(record: Record, post_id: str) -> Post:
    author = _mended(record.text("sender_name") or record.text("senderName") or "") or None
    stamp = next((n for key in _TIMES if (n := record.number(key)) is not None), None)
    said = record.text("content") or record.text("text") or ""
    shared = record.record("share").text("share_text") or ""
    unsent = record.flag("is_unsent") or record.flag("isUnsent")
    return Post(
        id=post_id,
        author=author,
        author_kind="person" if author else "deleted",
        created_at=None if stamp is None else moment(stamp / 1000),
        text="" if unsent else _mended(said or shared).strip(),
        removed="author" if unsent else None,
        where=record.where,
    )


def _stamp(record: Record) -> float:
    """Return milliseconds since 1970; 0 where no number says it."""
    found = (record.value.get(key) for key in _TIMES)
    numbers = (n for n in found if isinstance(n, int | float) and abs(n) < _LATEST)
    return next(numbers, 0)


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
