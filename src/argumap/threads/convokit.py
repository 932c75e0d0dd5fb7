"""ConvoKit corpora: a folder with ``utterances.jsonl`` and the files beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from argumap.errors import ThreadParseError
from argumap.model import Post, Thread
from argumap.threads._assemble import assemble
from argumap.threads._fields import moment
from argumap.threads._groups import grouped
from argumap.threads._reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from argumap.threads._fields import Record
    from argumap.threads._source import Source

__all__ = ["READER", "read", "sniff"]

_UTTERANCES = ("utterances.jsonl", "utterances.json")


def sniff(source: Source) -> bool:
    """Whether a source is such a folder, or a file of utterances."""
    if source.is_folder:
        return bool(_utterances(source))
    first = source.sample
    return "id" in first and "text" in first and bool({"conversation_id", "root"} & set(first))


def read(source: Source) -> Iterator[Thread]:
    """Yield the conversations, in the order in which they first appear.

    A folder may be of any size, and hold several corpora; its titles are those of
    ``conversations.json``.
    """
    if not source.is_folder:
        yield from _corpus(source, source, {})
        return
    found = _utterances(source)
    if not found:
        raise source.error("there is no utterances.jsonl in this folder")
    for folder, file in found.items():
        yield from _corpus(source, file, _titles(source, folder))


def _corpus(source: Source, file: Source, titles: Mapping[str, str]) -> Iterator[Thread]:
    if file.head.startswith("version https://git-lfs"):
        raise file.error(
            "this is a Git LFS pointer, not the file itself",
            hint="fetch the file with: git lfs pull",
        )
    for conversation, records in grouped(file, _conversation):
        posts: list[Post] = []
        unread = 0
        for record in records:
            try:
                posts.append(_post(record))
            except ThreadParseError as fault:
                source.skip(fault)
                continue
            unread += posts[-1].created_at is None and _is_timed(record)
        if unread:
            source.note("date-unknown", f"the times of {unread} utterances are no moments")
        if posts:
            yield assemble(
                source, READER.name, posts, thread_id=conversation, title=titles.get(conversation)
            )


def _utterances(source: Source) -> dict[str, Source]:
    """Return the file of utterances of each folder that has one."""
    split = {name: name.rpartition("/") for name in source.files}
    return {
        split[name][0]: file for name, file in source.files.items() if split[name][2] in _UTTERANCES
    }


def _titles(source: Source, folder: str) -> Mapping[str, str]:
    file = source.files.get(f"{folder}/conversations.json" if folder else "conversations.json")
    if file is None or not isinstance(file.json, dict):
        return {}
    return {
        str(key): title
        for key, value in file.json.items()
        if isinstance(title := _title(value), str)
    }


def _title(conversation: Any) -> Any:
    if not isinstance(conversation, dict):
        return None
    meta = conversation.get("meta", conversation)
    return meta.get("title") if isinstance(meta, dict) else None


def _conversation(record: Record) -> str | None:
    return record.ident("conversation_id") or record.ident("root") or record.ident("id")


def _post(record: Record) -> Post:
    # The documentation says reply_to, the library writes reply-to and reads both.
    key = "reply-to" if "reply-to" in record else "reply_to"
    speaker = _speaker(record)
    gone = speaker in {None, "", "[deleted]"}
    text = (record.text("text") or "").strip()
    removed = text in {"[deleted]", "[removed]"}
    meta = record.value.get("meta")
    score = record.record("meta").value.get("score") if isinstance(meta, dict) else None
    return Post(
        id=record.required("id"),
        author=None if gone else speaker,
        author_kind="deleted" if gone else "person",
        parent_id=record.ident(key),
        created_at=moment(record.value.get("timestamp")) if _is_timed(record) else None,
        text="" if removed else text,
        score=score if isinstance(score, int | float) and not isinstance(score, bool) else None,
        removed=("author" if text == "[deleted]" else "moderator") if removed else None,
        where=record.where,
    )


def _speaker(record: Record) -> str | None:
    for key in ("speaker", "user"):
        found = record.value.get(key)
        if isinstance(found, dict):
            return record.record(key).ident("id")
        if found is not None:
            return record.ident(key)
    return None


def _is_timed(record: Record) -> bool:
    # -1 and "None" stand for no time in public corpora; some have times within a recording, such
    # as 00:01:23, which no moment is made of.
    return str(record.value.get("timestamp")) not in {"-1", "-1.0", "None", "", "0"}


READER = Reader(name="convokit", title="ConvoKit corpus", sniff=sniff, read=read, streams=True)
