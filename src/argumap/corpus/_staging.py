"""Threads of one large source, brought into JSON Lines, so that they can be worked on in shards.

A mailbox or a dump is read by one reader, from its beginning to its end; the maps of its threads
can be made by many processes. What was staged stays: it is the way back from a row to its thread.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from pydantic_core import from_json

from argumap._files import write_atomically
from argumap.corpus.shards import Lines, Shard
from argumap.errors import ParseError, ThreadParseError
from argumap.threads import read_threads

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["read_fault", "stage"]

_LARGE = 64 * 2**20
"""A shard is closed when it has this many bytes."""

_UNREAD = b'{"version":"argumap-unread/1"'


def stage(
    path: Path, name: str, aside: Path, format_name: str | None, shard_size: int
) -> Iterator[Shard]:
    """Yield the threads of a source as shards of JSON Lines; files that are there are kept.

    Args:
        path: The source.
        name: The name that its records go by.
        aside: The folder of the staged files.
        format_name: Name of the reader; by default the content decides.
        shard_size: Threads in a shard.
    """
    aside.mkdir(parents=True, exist_ok=True)
    lines: list[bytes] = []
    number = size = 0
    for line in _lines(path, name, format_name):
        lines.append(line)
        number += 1
        size += len(line)
        if len(lines) >= shard_size or size >= _LARGE:
            yield _staged(lines, number, name, aside)
            lines, size = [], 0
    if lines:
        yield _staged(lines, number, name, aside)


def _lines(path: Path, name: str, format_name: str | None) -> Iterator[bytes]:
    """Yield the threads as JSON, and last what the reader failed with."""
    try:
        for thread in read_threads(path, format=format_name, strict=False):
            told = thread.model_copy(update={"source": name})
            yield told.model_dump_json(exclude_none=True).encode() + b"\n"
    except Exception as fault:  # noqa: BLE001  # whatever it is, it becomes a row
        if isinstance(fault, ParseError):
            fault.source = name
        facts = {"error": type(fault).__name__, "message": str(fault)}
        yield _UNREAD + b"," + json.dumps(facts).encode()[1:] + b"\n"


def read_fault(line: bytes) -> ThreadParseError | None:
    """Return the error that a staged line stands for, or None if it is a thread."""
    if not line.startswith(_UNREAD):
        return None
    facts = from_json(line)
    named = "" if facts["error"] == "ThreadParseError" else f"{facts['error']}: "
    return ThreadParseError(f"{named}{facts['message']}")


def _staged(lines: list[bytes], last: int, name: str, aside: Path) -> Shard:
    content = b"".join(lines)
    first = last - len(lines) + 1
    digest = hashlib.sha256(f"{name}#{first}\n".encode() + content).hexdigest()
    path = aside / f"{digest[:20]}.jsonl"
    if not path.exists():
        write_atomically(path, content)
    place = Lines(0, len(content), first, source=name)
    return Shard(str(aside), (path.name,), place, digest, len(content))
