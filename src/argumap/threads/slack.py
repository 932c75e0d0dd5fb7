"""Slack: an export (folder or zip archive), or the messages of one day or channel."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from argumap.errors import ThreadParseError
from argumap.model import Link, Post, Thread
from argumap.threads._assemble import assemble
from argumap.threads._fields import whole_characters
from argumap.threads._known_quotes import quoted_to_the_end
from argumap.threads._reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from argumap.threads._fields import Record
    from argumap.threads._source import Source

__all__ = ["READER", "read", "sniff"]

_TABLES = frozenset(
    ("channels.json", "users.json", "groups.json", "dms.json", "mpims.json", "canvases.json")
)
# What people wrote; all others are notices of the software.
_SAID = frozenset(
    (
        None,
        "bot_message",
        "thread_broadcast",
        "file_share",
        "file_comment",
        "me_message",
        "tombstone",
        "reply_broadcast",
        "slackbot_response",
        "assistant_app_thread",
    )
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d\.json$")
_MARKUP = re.compile(r"<([^<>|\n]{1,3000})(?:\|([^<>\n]*))?>")


def sniff(source: Source) -> bool:
    """Whether a source is an export, or a list or object of messages."""
    if source.is_folder:
        names = {name.rpartition("/")[2] for name in source.files}
        if "channels.json" in names or "users.json" in names:
            return True
        # One channel of an export: a file for each day.
        days = [file for name, file in source.files.items() if _DAY.search(name)]
        return bool(days) and isinstance(days[0].json, list) and _is_message(days[0].sample)
    value = source.json
    if isinstance(value, dict):
        messages = value.get("messages")
        if not isinstance(messages, list) or not ("channel_id" in value or "ok" in value):
            return False
        value = messages
    return isinstance(value, list) and bool(value) and _is_message(value[0])


def read(source: Source) -> Iterator[Thread]:
    """Yield the channels, each as one thread.

    A message in a Slack thread answers the message that opened it; others answer what they quote or
    whom they name, else the message before them.
    """
    if not source.is_folder:
        messages = (
            list(source.root().records("messages"))
            if isinstance(source.json, dict)
            else list(source.records())
        )
        name = source.root().text("name") if isinstance(source.json, dict) else None
        yield from _channel(source, _flat(messages), name, {})
        return
    users = _users(source)
    for channel, files in _channels(source).items():
        messages = []
        for file in files:
            if file.json is None:
                source.skip(file.broken_json())
            elif isinstance(file.json, list) and (not file.json or _is_message(file.json[0])):
                messages.extend(file.records())
            elif isinstance(file.json, dict) and isinstance(file.json.get("messages"), list):
                messages.extend(_flat(file.root().records("messages")))
            else:
                source.note("file-left-out", f"{file.name} holds no messages")
        yield from _channel(source, messages, channel, users)


def _is_message(value: Any) -> bool:
    return isinstance(value, dict) and "ts" in value and ("type" in value or "text" in value)


def _channels(source: Source) -> dict[str, list[Source]]:
    """Return the files of each channel: a folder with a file for each day, or one file."""
    channels: dict[str, list[Source]] = {}
    for name, file in source.files.items():
        folder, _, own = name.rpartition("/")
        if not own.endswith(".json") or own in _TABLES:
            continue
        if _DAY.match(own):
            above = source.path.name if source.path else "channel"
            channels.setdefault(folder.rpartition("/")[2] or above, []).append(file)
        elif folder or _holds_messages(file.json):
            channels.setdefault(folder.rpartition("/")[2] or own[:-5], []).append(file)
        else:
            source.note("file-left-out", f"{own} holds no messages")
    return channels


def _holds_messages(value: Any) -> bool:
    if isinstance(value, dict):
        value = value.get("messages")
    return isinstance(value, list) and bool(value) and _is_message(value[0])


def _users(source: Source) -> dict[str, str]:
    users: dict[str, str] = {}
    for name, file in source.files.items():
        if name.rpartition("/")[2] != "users.json" or not isinstance(file.json, list):
            continue
        for record in file.records():
            profile = record.record("profile")
            shown = profile.text("display_name") or record.text("name")
            users[record.required("id")] = (
                shown or profile.text("real_name") or record.required("id")
            )
    return users


def _flat(messages: Iterable[Record]) -> list[Record]:
    """Return messages with the replies that slackdump puts inside them."""
    flat: list[Record] = []
    for message in messages:
        flat.append(message)
        flat.extend(message.records("slackdump_thread_replies"))
    return flat


def _channel(
    source: Source, records: Iterable[Record], name: str | None, users: Mapping[str, str]
) -> Iterator[Thread]:
    posts: dict[str, Post] = {}
    notices = 0
    for record in records:
        try:
            if record.text("subtype") not in _SAID:
                notices += 1
                continue
            post = _post(record, users)
        except ThreadParseError as fault:
            source.skip(fault)
            continue
        # A broadcast reply stands in the file twice, as does a root with its replies.
        posts.setdefault(post.id, post)
    source.notices_left_out(notices)
    if posts:
        ordered = sorted(posts.values(), key=lambda post: (len(post.id.split(".")[0]), post.id))
        yield assemble(source, READER.name, ordered, thread_id=name, title=name, infer="before")


def _post(record: Record, users: Mapping[str, str]) -> Post:
    ts = record.required("ts")
    opened = record.ident("thread_ts")
    user = record.ident("user") or record.record("comment").ident("user")
    bot = record.text("subtype") == "bot_message" or (user is None and "bot_id" in record)
    bot = bot or user == "USLACKBOT"
    author = users.get(user or "") or record.record("user_profile").text("display_name") or user
    if author is None:
        author = record.text("username") or record.ident("bot_id")
    text, links = plain_mrkdwn(_text(record), users)
    tombstone = record.text("subtype") == "tombstone"
    edited = record.record("edited").when("ts") if "edited" in record else None
    return Post(
        id=ts,
        author=None if tombstone else author,
        author_kind="deleted" if tombstone or author is None else "bot" if bot else "person",
        parent_id=opened if opened != ts else None,
        created_at=record.when("ts"),
        edited_at=edited,
        text="" if tombstone else text,
        quotes=() if tombstone else quoted_to_the_end(text),
        links=() if tombstone else links,
        score=_reactions(record),
        removed="unknown" if tombstone else None,
        where=record.where,
    )


def _text(record: Record) -> str:
    """Return the text of a message; a program's may be in its blocks or attachments."""
    said = record.text("text") or ""
    if said:
        return said
    parts = _texts_of(record.value.get("blocks"))
    for attachment in record.records("attachments"):
        told = [attachment.text(key) for key in ("pretext", "title", "text")]
        parts.extend(part for part in told if part)
        if not any(told):
            parts.append(attachment.text("fallback") or "")
    return "\n".join(part for part in parts if part)


def _texts_of(value: Any) -> list[str]:
    """Return the texts in the blocks of a message, at any depth; one for each paragraph."""
    if isinstance(value, list):
        return [text for each in value for text in _texts_of(each)]
    if not isinstance(value, dict):
        return []
    if isinstance(value.get("text"), str):
        return [whole_characters(value["text"])]
    texts = [t for key in ("text", "elements", "fields") for t in _texts_of(value.get(key))]
    # The words, links and emphases of a paragraph are one text.
    whole = str(value.get("type")) in {
        "rich_text_section",
        "rich_text_quote",
        "rich_text_preformatted",
    }
    return ["".join(texts)] if whole else texts


def _reactions(record: Record) -> float | None:
    found = [reaction.number("count") for reaction in record.records("reactions")]
    return sum(number for number in found if number is not None) if found else None


def plain_mrkdwn(text: str, users: Mapping[str, str]) -> tuple[str, tuple[Link, ...]]:
    """Return Slack's markup as text, with names in the place of user ids, and its links.

    Examples:
        >>> plain_mrkdwn("<@U1>: see <https://example.org|this> &amp; that", {"U1": "ana"})[0]
        '@ana: see this & that'
    """
    parts: list[str] = []
    links: list[Link] = []
    length = at = 0

    def add(part: str) -> None:
        nonlocal length
        parts.append(part)
        length += len(part)

    for found in _MARKUP.finditer(text):
        add(html.unescape(text[at : found.start()]))
        at = found.end()
        target, label = found[1], html.unescape(found[2] or "")
        if target[0] in "@#!":
            shown = users.get(target[1:], label or target[1:]) if target[0] == "@" else label
            add(("@" if target[0] != "#" else "#") + (shown or target[1:].split("^")[0]))
            continue
        url = html.unescape(target)
        shown = label or url
        links.append(Link(start=length, end=length + len(shown), url=url))
        add(shown)
    add(html.unescape(text[at:]))
    raw = "".join(parts).replace("\r\n", "\n")
    return raw, tuple(links)


READER = Reader(name="slack", title="Slack export", sniff=sniff, read=read)
