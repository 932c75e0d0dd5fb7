"""argumap's own JSON of a thread: everything that a thread holds, by a published schema.

The schema is the JSON Schema of `Thread`; ``version`` names it (``argumap-thread/1``).
"""

from __future__ import annotations

import re

from argumap.errors import ThreadParseError
from argumap.model import Thread, pause_gc
from argumap.model.json import parse_json
from argumap.threads._reader import Reader

__all__ = ["READER", "VERSION", "dumps", "read", "sniff"]

VERSION = "argumap-thread/1"

_VERSION = re.compile(r'\{\s*"version"\s*:\s*"argumap-thread/(\d+)"')


def sniff(text: str) -> bool:
    """Whether a text is a thread in argumap's own JSON."""
    return _VERSION.match(text.lstrip()[:4000]) is not None


def read(text: str, source: str | None = None) -> Thread:
    """Read a thread; format and source stay those of the file that it was first read from.

    Raises:
        ThreadParseError: It is not JSON, not a thread, or of a newer version.
        ModelError: The parts of the thread do not fit together.
    """
    newer = _VERSION.match(text.lstrip()[:4000])
    if newer and int(newer[1]) > int(VERSION.rpartition("/")[2]):
        raise ThreadParseError(
            f"this thread has version argumap-thread/{newer[1]}; this argumap reads up to "
            f"{VERSION}",
            source=source,
            hint="upgrade with: pip install --upgrade argumap",
        )
    with pause_gc():
        return parse_json(Thread, text, ThreadParseError, source=source)


def dumps(thread: Thread) -> str:
    """Write a thread, with fields that are None left out and a newline at the end."""
    return thread.model_dump_json(indent=1, exclude_none=True) + "\n"


READER = Reader(name="json", title="argumap JSON", sniff=sniff, read=read)
