"""Mail: from messages to threads, by their ids, else by what they quote and by their subjects."""

from __future__ import annotations

import email
import email.header
import email.utils
import re
import sqlite3
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from argumap.model import Block, Link, Post, Quote, Where
from argumap.threads._assemble import assemble
from argumap.threads._blocks import quote_depth
from argumap.threads._fields import whole_characters
from argumap.threads._html import render_html
from argumap.threads._mail_index import Letter, by_thread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from email.message import Message

    from argumap.model import Thread
    from argumap.threads._source import Source

__all__ = ["Letter", "indexed", "looks_like_mail", "threads_of"]

_ID = re.compile(r"<([^<>\s]+)>")
_PREFIX = re.compile(
    r"\s*(?:(?:re|aw|sv|vs|antw|fwd?|wg|tr|rif|res)(?:\[\d+\]|\(\d+\)|\^\d+)?\s*[:：]|\[[^\]]{1,40}\])\s*",
    re.IGNORECASE,
)
_ANSWER = re.compile(r"\s*(?:\[[^\]]{1,40}\]\s*)?(?:re|aw|sv|vs|antw)\b.{0,6}?:", re.IGNORECASE)
_FIELD = re.compile(r"([!-9;-~]{2,60}):[ \t]?(.*)")
_KNOWN = frozenset(
    ("from", "to", "cc", "date", "subject", "message-id", "received", "return-path", "mime-version")
)


_LONGEST_HEAD = 1 << 16


def looks_like_mail(head: str) -> bool:
    """Whether a text begins with three or more lines of a mail's head."""
    names: set[str] = set()
    for line in head.split("\n")[:80]:
        if not line.strip():
            break
        if line[0] in " \t":
            continue
        found = _FIELD.match(line)
        if found is None:
            return False
        names.add(found[1].lower())
    return len(names) >= 3 and len(names & _KNOWN) >= 2


def indexed(
    number: int, head: bytes, place: tuple[int, int | None], line: int | None = None
) -> Letter:
    """Return what the head of a message says."""
    fields: dict[str, str] = {}
    name = None
    for row in (
        head[:_LONGEST_HEAD].decode("utf-8", errors="replace").replace("\r\n", "\n").split("\n")
    ):
        if row[:1] in " \t" and name is not None:
            fields[name] += " " + row.strip()
        elif found := _FIELD.match(row):
            name = found[1].lower()
            fields.setdefault(name, found[2].strip())
    own = _ID.search(fields.get("message-id", ""))
    answered = _ID.findall(fields.get("in-reply-to", ""))
    before = _ID.findall(fields.get("references", ""))
    message_id = own[1] if own else f"message-{number}"
    nearest = dict.fromkeys([*answered, *reversed(before)])
    nearest.pop(message_id, None)
    subject = _header(fields.get("subject", ""))
    return Letter(
        number,
        message_id,
        tuple(nearest),
        _bare_subject(subject).casefold(),
        _ANSWER.match(subject) is not None,
        place,
        line,
    )


def threads_of(
    source: Source,
    name: str,
    letters: Iterable[Letter],
    raw: Callable[[Letter], bytes],
) -> Iterator[Thread]:
    """Yield the threads that messages make, in the order of their first messages.

    Args:
        source: What they were read from.
        name: Name of the reader.
        letters: What their heads say.
        raw: Returns the bytes of a message.

    Raises:
        ThreadParseError: The disk has no room for the index.
    """
    try:
        for own in by_thread(letters):
            yield _thread(source, name, own, raw)
    except sqlite3.Error as fault:
        raise source.error(
            f"the index of its messages cannot be kept: {fault}",
            hint="set TMPDIR to a folder on a larger disk",
        ) from None


def _thread(
    source: Source, name: str, letters: Sequence[Letter], raw: Callable[[Letter], bytes]
) -> Thread:
    there = {letter.message_id for letter in letters}
    names: dict[str, str] = {}
    posts: list[Post] = []
    for letter in letters:
        parent = next((each for each in letter.references if each in there), None)
        message = email.message_from_bytes(raw(letter))
        posts.append(_post(source, letter, message, parent, names))
    if all(post.created_at is not None for post in posts):
        posts.sort(key=lambda post: post.created_at.timestamp() if post.created_at else 0.0)
    answered = {reference for letter in letters for reference in letter.references[:1]}
    if absent := len(answered - there):
        source.note("messages-missing", f"{absent} messages that are answered are not there")
    title = next((_bare_subject(post.title) for post in posts if post.title), None)
    return assemble(
        source, name, posts, thread_id=letters[0].message_id, title=title, infer="subject"
    )


def _post(
    source: Source, letter: Letter, message: Message, parent: str | None, names: dict[str, str]
) -> Post:
    text, blocks, quotes, links = _body(source, letter, message)
    shown, address = email.utils.parseaddr(_header(str(message.get("From", ""))))
    shown = shown.strip("\"' ")
    # The same person is "Ana Lee" in one mail and has only an address in the next.
    author = names.setdefault(address.lower(), shown) if address else shown
    if shown and not author:
        author = names[address.lower()] = shown
    author = author or address
    subject = _header(str(message.get("Subject", "")))
    return Post(
        id=letter.message_id,
        author=author or None,
        parent_id=parent,
        created_at=_date(source, letter, message),
        title=subject or None,
        text=text,
        blocks=blocks,
        quotes=quotes,
        links=links,
        where=Where(line=letter.line) if letter.line else None,
    )


_Body = tuple[str, tuple[Block, ...], tuple[Quote, ...], tuple[Link, ...]]


def _body(source: Source, letter: Letter, message: Message) -> _Body:
    """Return the text that a message shows: its plain text, else its HTML."""
    found: dict[str, Message] = {}
    for part in message.walk():
        kind = part.get_content_type()
        if part.get_content_disposition() != "attachment" and not part.is_multipart():
            found.setdefault(kind, part)
    plain = found.get("text/plain")
    if plain is not None:
        text = _decoded(source, letter, plain)
        if str(plain.get_param("format", "")).lower() == "flowed":
            text = _unflowed(text, delsp=str(plain.get_param("delsp", "")).lower() == "yes")
        return text.strip("\n"), (), (), ()
    if "text/html" not in found:
        return "", (), (), ()
    rendered = render_html(_decoded(source, letter, found["text/html"]))
    return rendered.text, rendered.blocks, rendered.quotes, rendered.links


def _decoded(source: Source, letter: Letter, part: Message) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else str(payload or "").encode()
    charset = part.get_content_charset() or "utf-8"
    for each in (charset, "utf-8"):
        try:
            text = data.decode("utf-8" if each in {"us-ascii", "ascii"} else each)
            break
        except (LookupError, UnicodeError):
            continue
    else:
        text = data.decode("cp1252", errors="replace")
        source.note(
            "encoding-guessed",
            f"message {letter.message_id!r} is not {charset}, as it says; read as Windows-1252",
        )
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


def _unflowed(text: str, *, delsp: bool) -> str:
    """Return text of RFC 3676 (format=flowed) with its soft line breaks undone."""
    lines: list[str] = []
    flowing = False
    for line in text.split("\n"):
        depth = quote_depth(line)
        body = line
        if depth:
            body = line.lstrip("> ")
        elif line.startswith(" "):
            body = line[1:]
        joins = flowing and lines and quote_depth(lines[-1]) == depth and body != "-- "
        if joins:
            before = lines[-1][:-1] if delsp else lines[-1]
            lines[-1] = before + body
        else:
            lines.append(line if depth else body)
        flowing = line.endswith(" ") and line != "-- "
    return "\n".join(lines)


def _header(value: str) -> str:
    """Return a header with its encoded words decoded."""
    try:
        decoded = str(email.header.make_header(email.header.decode_header(value)))
    except (LookupError, ValueError, UnicodeError):
        decoded = value
    return " ".join(whole_characters(decoded).split()).strip("'\" ") if value else ""


def _bare_subject(subject: str) -> str:
    """Return a subject without ``Re:``, ``Fwd:`` and the names of lists."""
    at = 0
    while found := _PREFIX.match(subject, at):
        at = found.end()
    return subject[at:].strip()


def _date(source: Source, letter: Letter, message: Message) -> datetime | None:
    value = message.get("Date")
    if value is None:
        return None
    try:
        when = email.utils.parsedate_to_datetime(str(value))
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        source.note(
            "date-unknown", f"the date of message {letter.message_id!r} cannot be read: {value!r}"
        )
        return None
