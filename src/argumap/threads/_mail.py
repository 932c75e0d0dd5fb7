"""Mail: from messages to threads, by their ids, else by what they quote and by their subjects."""

from __future__ import annotations

import email
import email.errors
import email.header
import email.utils
import re
import sqlite3
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from argumap.model import Post, Where
from argumap.threads._assemble import assemble, circles
from argumap.threads._fields import whole_characters
from argumap.threads._mail_body import body_of
from argumap.threads._mail_index import Letter, by_thread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from email.message import Message

    from argumap.model import Thread
    from argumap.threads._source import Source

__all__ = ["Letter", "indexed", "looks_like_mail", "may_be_mail", "threads_of"]

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
_LONGEST_PERSON = 1000
# "Ana Lee <ana@example.org>"; "ana@example.org (Ana Lee)", with or without the name.
_NAME_FIRST = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>")
_ADDRESS_FIRST = re.compile(r"(?P<address>[^\s,()]+(?:@| at )[^\s,()]+) ?(?:\((?P<name>.*)\))?")


def looks_like_mail(head: str) -> bool:
    """Whether a text begins with three or more lines of a mail's head."""
    names = _field_names(head)
    return len(names) >= 3 and len(names & _KNOWN) >= 2


def may_be_mail(head: str) -> bool:
    """Whether a text begins with a field of a mail's head, if only one, and no other lines."""
    return bool(_field_names(head) & _KNOWN)


def _field_names(head: str) -> set[str]:
    """Return the names of the fields with which a text begins; none if it is no head."""
    names: set[str] = set()
    for number, line in enumerate(head.lstrip("\n").split("\n")[:80]):
        if not line.strip():
            break
        if line[0] in " \t":
            continue
        found = _FIELD.match(line)
        if found is not None:
            names.add(found[1].lower())
        elif number or not line.startswith(("From ", ">From ")):
            return set()
    return names


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
    parents = _parents(source, letters)
    names: dict[str, str] = {}
    posts: dict[str, Post] = {}
    for letter in letters:
        message = email.message_from_bytes(raw(letter))
        post = _post(source, letter, message, parents.get(letter.message_id), names)
        if post.id in posts and _same(posts[post.id], post):
            source.note("copy-left-out", f"message {post.id!r} is there twice", post_id=post.id)
            continue
        if post.id in posts:
            source.note("duplicate-id", f"several messages have the id {post.id!r}")
            post = post.replace(id=f"{post.id}#{letter.number}")
        posts[post.id] = post
    ordered = list(posts.values())
    if all(post.created_at is not None for post in ordered):
        ordered.sort(key=lambda post: post.created_at.timestamp() if post.created_at else 0.0)
    there = {letter.message_id for letter in letters}
    answered = {reference for letter in letters for reference in letter.references[:1]}
    if absent := len(answered - there):
        is_absent = (
            "1 message that is answered is"
            if absent == 1
            else (f"{absent} messages that are answered are")
        )
        source.note("messages-missing", f"{is_absent} not there")
    title = next((_bare_subject(post.title) for post in ordered if post.title), None)
    return assemble(
        source, name, ordered, thread_id=letters[0].message_id, title=title, infer="subject"
    )


def _parents(source: Source, letters: Sequence[Letter]) -> dict[str, str | None]:
    """Return what each message answers: the nearest reference that is there.

    Programs that write wrong heads make circles; in one of them the first message answers nobody.
    """
    there = {letter.message_id for letter in letters}
    parents: dict[str, str | None] = {}
    for letter in letters:
        answered = (reference for reference in letter.references if reference in there)
        parents.setdefault(letter.message_id, next(answered, None))
    for circle in list(circles(parents)):
        shown = map(repr, [*circle[:5], *(["…"] if len(circle) > 5 else []), circle[0]])
        source.note(
            "reply-circle",
            f"messages answer each other in a circle: {' → '.join(shown)}",
            post_id=circle[0],
        )
        parents[circle[0]] = None
    return parents


def _same(one: Post, other: Post) -> bool:
    return (one.author, one.created_at, one.text) == (other.author, other.created_at, other.text)


def _post(
    source: Source, letter: Letter, message: Message, parent: str | None, names: dict[str, str]
) -> Post:
    body = body_of(source, letter, message)
    shown, address = _person(str(message.get("From", "")))
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
        text=body.text,
        blocks=body.blocks,
        quotes=body.quotes,
        links=body.links,
        where=Where(line=letter.line) if letter.line else None,
    )


def _person(value: str) -> tuple[str, str]:
    """Return the name and the address in a header, either of which may be empty.

    Archives write "at" for the sign in addresses, old programs put the name behind, and names hold
    commas; the standard library takes such headers for several people.

    Examples:
        >>> _person('"Lee, Ana" <ana@example.org>'), _person("ana at example.org (Ana Lee)")
        (('Lee, Ana', 'ana@example.org'), ('Ana Lee', 'ana@example.org'))
    """
    value = " ".join(value.split())[:_LONGEST_PERSON]
    found = _NAME_FIRST.match(value) or _ADDRESS_FIRST.match(value)
    if found is None:
        return _header(value), ""
    address = found["address"].replace(" at ", "@").strip()
    return _header(re.sub(r"\\(.)", r"\1", found["name"] or "")), address


def _header(value: str) -> str:
    """Return a header with its encoded words decoded."""
    try:
        decoded = str(email.header.make_header(email.header.decode_header(value)))
    except (LookupError, ValueError, email.errors.MessageError):
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
