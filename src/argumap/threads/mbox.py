"""Mailboxes in one file (mbox), of any size."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from argumap.threads._mail import Letter, indexed, threads_of
from argumap.threads._reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.model import Thread
    from argumap.threads._source import Source

__all__ = ["READER", "letters", "message", "read", "sniff"]

_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)
_FIELD = re.compile(rb"[!-9;-~]{2,60}:")
# The line as mail programs write it, with weekday and time: behind it a message begins even if it
# has no head at all.
_BEGINS = re.compile(
    rb"From .{0,200}\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b.{0,40}\d:\d\d.{0,20}\b(?:19|20)\d\d\b"
)
_LONGEST_LINE = 1 << 24


def sniff(source: Source) -> bool:
    """Whether a text begins with the line ``From …`` and then the head of a mail."""
    first, _, rest = source.head.lstrip("\n").partition("\n")
    if not first.startswith("From "):
        return False
    return bool(_FIELD.match(rest[:100].encode()) or _BEGINS.match(first[:300].encode()))


def read(source: Source) -> Iterator[Thread]:
    """Yield the threads of a mailbox, in the order of their first messages.

    A first pass notes where each message stands and what its head says, in a temporary database;
    then the messages of one thread at a time are read.
    """
    yield from threads_of(source, READER.name, letters(source), partial(message, source))


def letters(source: Source) -> Iterator[Letter]:
    """Yield what the heads of the messages say; one begins at ``From `` after a blank line."""
    start = begun = 0
    head: list[bytes] = []
    in_head = False
    blank = True
    certain = False
    waiting: tuple[int, int] | None = None
    number = 0
    for offset, line_number, line in _lines(source):
        if waiting is not None:
            # A sentence may begin with "From " too.
            if _FIELD.match(line) or certain:
                if begun:
                    number += 1
                    yield indexed(number, b"".join(head), (start, waiting[0]), begun)
                start, begun = waiting
                head, in_head = [], True
            waiting = None
        dated = line.startswith(b"From ") and _BEGINS.match(line) is not None
        if line.startswith(b"From ") and (blank or dated):
            # Some programs leave out the blank line before it.
            waiting, certain = (offset, line_number), blank and dated
        elif in_head:
            in_head = bool(line.strip())
            head.append(line)
        blank = not line.strip()
    if begun:
        yield indexed(number + 1, b"".join(head), (start, None), begun)


def _lines(source: Source) -> Iterator[tuple[int, int, bytes]]:
    """Yield the lines with their first byte and number; a file is not held whole."""
    offset = 0
    if source.is_on_disk and source.path is not None:
        with source.path.open("rb") as file:
            number = 0
            while line := file.readline(_LONGEST_LINE):
                number += 1
                yield offset, number, line
                offset += len(line)
        return
    for number, line in enumerate(source.data.splitlines(keepends=True), 1):
        yield offset, number, line
        offset += len(line)


def message(source: Source, letter: Letter) -> bytes:
    """Return the bytes of a message, its lines as they were before the mailbox was written."""
    start, end = letter.place
    if source.is_on_disk and source.path is not None:
        with source.path.open("rb") as file:
            file.seek(start)
            data = file.read() if end is None else file.read(end - start)
    else:
        data = source.data[start:end]
    # The first line is the mailbox's own.
    return _ESCAPED.sub(rb"\1", data.partition(b"\n")[2])


READER = Reader(name="mbox", title="mailbox (mbox)", sniff=sniff, read=read, streams=True)
