"""The records of a shard, one by one: what is read from the input, and the map that it becomes."""

from __future__ import annotations

import hashlib
import importlib
import itertools
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from argumap.api import extract
from argumap.corpus._staging import read_fault
from argumap.corpus.shards import digest_of
from argumap.errors import CorpusError, ParseError, ThreadParseError
from argumap.extraction import EXTRACTORS
from argumap.formats import detect_format, load, native
from argumap.model import Thread
from argumap.model.json import parse_json
from argumap.threads import read_threads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from argumap.corpus.shards import Shard
    from argumap.extraction import Extractor
    from argumap.model import ArgumentMap

__all__ = ["Blame", "Record", "find_extractor", "records"]


@dataclass(frozen=True)
class Record:
    """A record of the input.

    Attributes:
        source: Its file, relative to the folder of the input.
        number: Its line, or which thread of its file it is; from 1.
        digest: Digest of the line or the file.
        read: Returns the thread or the map that it holds, or raises.
    """

    source: str
    number: int
    digest: str
    read: Callable[[], Thread | ArgumentMap]

    def to_map(self, extractor: str | Extractor) -> ArgumentMap:
        """Return the map of the record, or raise what is wrong with it."""
        found = self.read()
        return extract(found, extractor=extractor) if isinstance(found, Thread) else found


def records(
    shard: Shard, format_name: str | None = None, *, blamed: Mapping[int, Blame] | None = None
) -> Iterator[Record]:
    """Yield the records of a shard, in order.

    Args:
        shard: The shard.
        format_name: Name of the reader for files that are not JSON Lines.
        blamed: The records, by their place from 0, that are known to kill their process. The
            rest of a file cannot be reached when it was its reader that died.
    """
    if shard.lines is not None:
        yield from _line_records(shard)
        return
    place = 0
    for path in shard.paths:
        for record in _file_records(shard, path, format_name, place, blamed or {}):
            yield record
            place += 1


@dataclass(frozen=True)
class Blame:
    """What a record did to its process.

    Attributes:
        error: Name of the error.
        message: The error in words.
        reading: Whether it was the reader that died.
    """

    error: str
    message: str
    reading: bool


def _line_records(shard: Shard) -> Iterator[Record]:
    lines = shard.lines
    if lines is None:
        return
    number = lines.first
    with Path(shard.folder, shard.paths[0]).open("rb") as file:
        file.seek(lines.start)
        while file.tell() < lines.end:
            line = file.readline()
            if line.strip():
                source = lines.source or shard.paths[0]
                yield Record(source, number, digest_of(line), partial(_read_line, line))
            number += 1


def _read_line(line: bytes) -> Thread | ArgumentMap:
    if (fault := read_fault(line)) is not None:
        raise fault
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as wrong:
        raise ThreadParseError(f"byte {wrong.start} of the line is not UTF-8") from None
    if native.sniff(text):
        return native.loads(text)
    return parse_json(Thread, text, ThreadParseError)


def _file_records(
    shard: Shard, path: str, format_name: str | None, place: int, blamed: Mapping[int, Blame]
) -> Iterator[Record]:
    """Yield the threads of a file; what its reader raises is the last record."""
    file = Path(shard.folder, path)
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, lambda: hashlib.blake2b(digest_size=8)).hexdigest()
    found = _open_file(file, path, format_name)
    for number in itertools.count(1):
        blame = blamed.get(place + number - 1)
        if blame is not None and blame.reading:
            yield Record(path, number, digest, partial(_fail, RuntimeError(blame.message)))
            return
        try:
            value = next(found)
        except StopIteration:
            return
        except Exception as fault:  # noqa: BLE001  # whatever it is, it is told in the record's row
            yield Record(path, number, digest, partial(_fail, fault))
            return
        yield Record(path, number, digest, partial(_give, value))


def _give(value: Thread | ArgumentMap) -> Thread | ArgumentMap:
    return value


def _fail(fault: Exception) -> Thread | ArgumentMap:
    raise fault


def _open_file(file: Path, name: str, format_name: str | None) -> Iterator[Thread | ArgumentMap]:
    """Yield what a file holds: a map, or its threads. The name stands for the file in them."""
    with file.open(encoding="utf-8-sig", errors="replace") as content:
        is_map = format_name is None and detect_format(content.read(_HEAD)) is not None
    try:
        if is_map:
            yield load(file)
            return
        for thread in read_threads(file, format=format_name, strict=False):
            yield thread.model_copy(update={"source": name})
    except ParseError as fault:
        fault.source = name
        raise


_HEAD = 1 << 16


def find_extractor(name: str) -> str | Extractor:
    """Return the extractor of that name, or the one that an import path leads to.

    Args:
        name: A registered name, or ``package.module:attribute``: an extractor, or a class or
            function without arguments that makes one.

    Raises:
        UnknownNameError: There is no extractor of that name.
        CorpusError: The import path leads to nothing, or to no extractor.
    """
    module_name, colon, attribute = name.partition(":")
    if not colon:
        EXTRACTORS[name]  # a wrong name is told before anything is read
        return name
    try:
        found: Any = getattr(importlib.import_module(module_name), attribute)
    except (ImportError, AttributeError, ValueError) as fault:
        raise CorpusError(f"the extractor {name!r} cannot be imported: {fault}") from fault
    makes = isinstance(found, type) or (callable(found) and not hasattr(found, "extract"))
    made = found() if makes else found
    if not callable(getattr(made, "extract", None)):
        raise CorpusError(f"{name!r} is no extractor: it has no method extract(thread)")
    return cast("Extractor", made)
