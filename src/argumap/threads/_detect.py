"""Which reader takes a source, and what to say when none does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from argumap.threads import pushshift_zst
from argumap.threads._source import LARGEST
from argumap.threads._table import READERS

if TYPE_CHECKING:
    from argumap.errors import ThreadParseError
    from argumap.threads._reader import Reader
    from argumap.threads._source import Source

__all__ = ["find_reader"]


def find_reader(source: Source, name: str | None) -> Reader:
    """Return the reader of that name, or the first that takes the source."""
    reader = READERS[name] if name is not None else None
    if not source.is_folder and source.size > source.limit and not (reader and reader.streams):
        reader = reader or _sniffed(source)
        if reader is None or not reader.streams or source.limit == LARGEST:
            source.data  # noqa: B018  # says that it is too large
    if reader is not None:
        return reader
    # The reader of packed dumps says itself what else is packed so.
    if not source.is_folder and not pushshift_zst.sniff(source):
        _refuse(source)
    found = _sniffed(source)
    if found is not None and found.name in _PROSE:
        _refuse_pages(source)
        if source.is_folder or source.looks_like_json:
            found = None
    if found is None:
        raise _unknown(source)
    return found


# Readers of text without a syntax of its own: what is broken or foreign must not end there.
_PROSE = frozenset(("transcript", "markdown", "plain"))


_XML = re.compile(
    r"\s*(?:<\?xml\b[^<>]{0,500}\?>\s*(?:<!--(?:(?!-->).){0,2000}-->\s*|<!DOCTYPE[^<>]{0,500}>\s*)*"
    r"<(?P<root>[\w:.-]+)|(?=<(?:mediawiki|rss|feed|Error|svg)\b)<(?P<bare>\w+))",
    re.DOTALL,
)


def _refuse_pages(source: Source) -> None:
    """Refuse HTML and XML that no reader took."""
    if source.is_folder:
        return
    if source.page_title is not None:
        named = f" (its title: {source.page_title!r})" if source.page_title else ""
        raise source.error(
            f"this is an HTML page{named}, not a thread",
            hint="it may be an error page; save the discussion's data as JSON, or copy its text",
        )
    if root := _XML.match(source.head):
        raise source.error(
            f"this is XML ({root['root'] or root['bare']}) of no kind that is known",
            hint="save the discussion's data as JSON, or copy its text",
        )


def _sniffed(source: Source) -> Reader | None:
    return next((reader for reader in READERS.values() if reader.sniff(source)), None)


def _refuse(source: Source) -> None:
    """Refuse what is no discussion: nothing, a pointer, what is packed, an answer of a server."""
    if not source.head.strip():
        source.text  # noqa: B018  # says what is wrong
    if _KIALO.search(source.head[:5000]):
        raise source.error(
            "this is a discussion exported from Kialo, which is an argument map already",
            hint="load it as a map: argumap.load(path)",
        )
    if source.head.strip() in {"null", "true", "false"}:
        raise source.error(
            f"this is the JSON value {source.head.strip()}, not a thread",
            hint="servers answer so for what is not there",
        )
    if source.head.startswith("version https://git-lfs"):
        raise source.error(
            "this is a Git LFS pointer, not the file itself",
            hint="fetch the file with: git lfs pull",
        )
    _refuse_bytes(source)
    if isinstance(source.json, dict):
        _refuse_answer(source, source.json)


def _refuse_bytes(source: Source) -> None:
    """Refuse what is packed, and what is no text."""
    for magic, name, command in _PACKED:
        if source.magic.startswith(magic):
            raise source.error(f"this is packed with {name}", hint=f"unpack it with: {command}")
    if source.magic.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        raise source.error(
            "this is text in UTF-32", hint="convert it: iconv -f UTF-32 -t UTF-8 FILE"
        )
    for magic, what, hint in _FOREIGN:
        if source.magic.startswith(magic):
            raise source.error(f"this is {what}, not a thread", hint=hint)


def _refuse_answer(source: Source, value: dict[str, Any]) -> None:
    """Refuse argumap's own maps, and the answers of servers that hold no thread."""
    if str(value.get("version")).startswith("argumap-map/"):
        raise source.error(
            "this is an argument map, not a thread",
            hint="load it as a map: argumap.load(path); its thread, if it holds one, is .thread",
        )
    if "hits" in value and {"nbHits", "hitsPerPage"} & set(value):
        raise source.error(
            "this is the answer to a search, not a thread",
            hint="fetch one thread: https://hn.algolia.com/api/v1/items/ID",
        )
    if "grouped_search_result" in value or "topic_list" in value:
        what = "a list of topics" if "topic_list" in value else "the answer to a search"
        raise source.error(
            f"this is {what}, not a thread", hint="fetch one topic: https://FORUM/t/ID.json"
        )
    said = ("message", "error", "errors", "error_message")
    complaint = next((value[key] for key in said if value.get(key)), None)
    if complaint and not value.get("data") and set(value) <= _ANSWER:
        raise source.error(f"this is the error answer of a server: {str(complaint)[:200]}")


_ANSWER = frozenset(
    (
        *("message", "documentation_url", "status", "errors", "error", "reason", "code", "ok"),
        *("needed", "provided", "warning", "data", "error_id", "error_name", "error_message"),
        *("error_type", "error_description", "url"),
    )
)
_KIALO = re.compile(r"\ADiscussion Title: |^1\.\d+\. (?:Pro|Con): ", re.MULTILINE)
_PACKED = (
    (b"7z\xbc\xaf\x27\x1c", "7-Zip", "7z x FILE"),
    (b"Rar!", "RAR", "unrar x FILE"),
    (b"\x28\xb5\x2f\xfd", "zstd", "zstd -d --long=31 FILE"),
    (b"\x1f\x8b", "gzip", "gunzip FILE"),
    (b"BZh", "bzip2", "bunzip2 FILE"),
    (b"\xfd7zXZ", "xz", "unxz FILE"),
)


_DRAWN = "give the map or the thread that it was drawn of"
_FOREIGN = (
    (b"digraph argumap {", "a drawing of a map in DOT", _DRAWN),
    (b"flowchart BT\n  %%", "a drawing of a map in Mermaid", _DRAWN),
    (b"flowchart RL\n  %%", "a drawing of a map in Mermaid", _DRAWN),
    (b"%PDF", "a PDF", "copy its text into a file"),
    (b"\xd0\xcf\x11\xe0", "a file of Outlook or Word", "save the mail as .eml, a text as .txt"),
    (b"SQLite format 3", "a database of SQLite", "export the discussion from its program"),
    (b"\x89PNG", "a picture", "a thread is text: save the page or its data"),
    (b"\xff\xd8\xff", "a picture", "a thread is text: save the page or its data"),
)


def _unknown(source: Source) -> ThreadParseError:
    """Return the error for what no reader takes."""
    hint = f"name it with format= (--from); known: {', '.join(READERS)}"
    if source.is_folder:
        holds = ", ".join(list(source.files)[:8]) or "nothing"
        return source.error(
            f"no known kind of folder or archive; it holds {holds}",
            hint="exports of Slack, ConvoKit, maildir, Discourse, GitHub and StackExchange are "
            "read as folders; of others, give one file",
        )
    if source.json is None and source.first and source.has_several_objects:
        keys = ", ".join(repr(key) for key in list(source.first)[:8])
        return source.error(
            f"its lines are JSON objects (the first with {keys}) of no kind that is known",
            hint=hint,
        )
    if source.json is None:
        return source.broken_json()
    value = source.json
    if isinstance(value, dict):
        keys = ", ".join(repr(key) for key in list(value)[:8])
        holds = f"an object with {keys or 'no fields'}"
    else:
        holds = "a list" if value else "an empty list"
    return source.error(f"this JSON ({holds}) is of no kind that is known", hint=hint)
