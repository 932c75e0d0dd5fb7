"""argumap's own JSON of a thread: everything that a thread holds, by a published schema.

The schema is the JSON Schema of `Thread`; ``version`` names it (``argumap-thread/1``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from argumap.errors import ThreadParseError
from argumap.model import Thread, pause_gc
from argumap.model.json import parse_json
from argumap.threads._reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.threads._source import Source

__all__ = ["READER", "VERSION", "dumps", "read", "sniff"]

VERSION = "argumap-thread/1"

_VERSION = re.compile(r'\{\s*"version"\s*:\s*"argumap-thread/(\d+)"')


def sniff(source: Source) -> bool:
    """Whether a text is a thread in argumap's own JSON."""
    return _VERSION.match(source.head.lstrip()) is not None


def read(source: Source) -> Iterator[Thread]:
    """Read the thread; format and source stay those of the file that it was first read from.

    Raises:
        ThreadParseError: It is not JSON, not a thread, or of a newer version.
        ModelError: The parts of the thread do not fit together.
    """
    newer = _VERSION.match(source.head.lstrip())
    if newer and int(newer[1]) > int(VERSION.rpartition("/")[2]):
        raise source.error(
            f"this thread has version argumap-thread/{newer[1]}; this argumap reads up to "
            f"{VERSION}",
            hint="upgrade with: pip install --upgrade argumap",
        )
    with pause_gc():
        yield parse_json(Thread, source.text, ThreadParseError, source=source.name)


def dumps(thread: Thread) -> str:
    """Write a thread, with fields that are None left out and a newline at the end."""
    return thread.model_dump_json(indent=1, exclude_none=True) + "\n"


READER = Reader(name="json", title="argumap JSON", sniff=sniff, read=read)
