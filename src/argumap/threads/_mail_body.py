"""What a message shows: its plain text, else its HTML."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from argumap.threads._html import Rendered, render_html
from argumap.threads._lines import quote_depth

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

    from argumap.threads._mail_index import Letter
    from argumap.threads._source import Source

__all__ = ["body_of"]


def body_of(source: Source, letter: Letter, message: Message) -> Rendered:
    """Return the text that a message shows, with blocks and quotes where it is HTML.

    Attached messages are left out with a note, other attachments without.
    """
    parts = list(_shown(message)) or list(_shown(message, named=True))
    if attached := sum(part.get_content_type() == "message/rfc822" for part in parts):
        said = "1 message is attached" if attached == 1 else f"{attached} messages are attached"
        source.note("attachment-left-out", f"{said} to message {letter.message_id!r}")
    plain: list[str] = []
    pages: list[str] = []
    for part in parts:
        if part.get_content_type() == "text/html":
            pages.append(_decoded(source, letter, part))
        elif part.get_content_type() == "text/plain":
            text = _plain(source, letter, part).strip("\n")
            if text.strip():
                plain.append(text)
                pages.append(escape(text, quote=False).replace("\n", "<br>"))
    if len(plain) == len(pages):
        return Rendered("\n\n".join(plain), (), (), ())
    # A list may put its footer, as text, under a mail in HTML.
    return render_html("<p>".join(pages))


def _shown(part: Message, *, named: bool = False) -> Iterator[Message]:
    """Yield the parts that a mail program shows one below the other, and attached messages.

    Those with the name of a file are attachments, but where there is nothing else.
    """
    if part.get_content_type() == "message/rfc822":
        yield part
    elif part.is_multipart():
        children = [child for child in part.get_payload() if not isinstance(child, str)]
        shown = [list(_shown(child, named=named)) for child in children]
        if part.get_content_type() == "multipart/alternative":
            # The same in several forms: the plain one, else the last, which is the richest.
            plain = [own for own in shown if own and _is_plain(own[0])]
            shown = plain[:1] or [own for own in shown if own][-1:]
        yield from (each for own in shown for each in own)
    elif (
        part.get_content_type() in {"text/plain", "text/html"}
        and part.get_content_disposition() != "attachment"
        and (named or not part.get_filename())
    ):
        yield part


def _is_plain(part: Message) -> bool:
    if part.get_content_type() != "text/plain":
        return False
    payload = part.get_payload(decode=True)
    return bool(payload.strip()) if isinstance(payload, bytes) else bool(payload)


def _plain(source: Source, letter: Letter, part: Message) -> str:
    text = _decoded(source, letter, part)
    if str(part.get_param("format", "")).lower() == "flowed":
        return _unflowed(text, delsp=str(part.get_param("delsp", "")).lower() == "yes")
    return text


def _decoded(source: Source, letter: Letter, part: Message) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else str(payload or "").encode()
    charset = part.get_content_charset() or "utf-8"
    for each in (charset, "utf-8"):
        try:
            text = data.decode("utf-8" if each in {"us-ascii", "ascii"} else each)
            break
        except (LookupError, ValueError):
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
