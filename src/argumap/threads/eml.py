"""One mail (``.eml``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap.threads._mail import indexed, looks_like_mail, threads_of
from argumap.threads._reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.model import Thread
    from argumap.threads._source import Source

__all__ = ["READER", "read", "sniff"]


def sniff(source: Source) -> bool:
    """Whether a text begins with the head of a mail."""
    return looks_like_mail(source.head)


def read(source: Source) -> Iterator[Thread]:
    """Read a mail as a thread of one post; what it quotes is marked as quoted."""
    data = source.data
    head = data.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    yield from threads_of(source, READER.name, [indexed(1, head, (0, None))], lambda _: data)


READER = Reader(name="eml", title="mail (.eml)", sniff=sniff, read=read)
