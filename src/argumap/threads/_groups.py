"""The records of a file, thread by thread, without holding the file."""

from __future__ import annotations

import json
from array import array
from typing import TYPE_CHECKING

from argumap.errors import ThreadParseError
from argumap.threads._fields import Record

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Iterator

    from argumap.threads._source import Source

__all__ = ["grouped"]


def grouped(
    source: Source,
    key: Callable[[Record], str | None],
    records: Iterable[Record] | None = None,
    *,
    wanted: re.Pattern[str] | None = None,
    keep: Callable[[Record], bool] = lambda _: True,
) -> Iterator[tuple[str, list[Record]]]:
    """Yield the JSON objects of a source by their key, in the order in which keys first appear.

    A file with one object a line is gone through once to note where the objects of each key stand
    (16 bytes for each), and then the objects of one key at a time are read.

    Args:
        source: A file with one object a line, or a list.
        key: The key of an object; one without a key is passed over with a note.
        records: The objects, where they stand otherwise in the source.
        wanted: What a line must hold; others are passed over unread.
        keep: Whether an object is wanted.

    Raises:
        ThreadParseError: A line is not JSON, or a field that the key is made of is wrong; when not
            strict it is passed over with a note.
    """
    if records is not None or not source.is_seekable:
        held: dict[str, list[Record]] = {}
        for record in source.records() if records is None else records:
            if keep(record) and (name := _key(source, record, key)) is not None:
                held.setdefault(name, []).append(record)
        yield from held.items()
        return
    places: dict[str, array[int]] = {}
    for offset, record in source.placed_records(wanted):
        if keep(record) and (name := _key(source, record, key)) is not None:
            places.setdefault(name, array("Q")).extend((offset, record.line or 0))
    if source.path is None:
        return
    with source.path.open("rb") as file:
        for name, numbers in places.items():
            records = []
            for offset, line in zip(numbers[::2], numbers[1::2], strict=True):
                file.seek(offset)
                value = json.loads(source.decoded(file.readline(), line))
                records.append(Record(value, source.name, line=line))
            yield name, records


def _key(source: Source, record: Record, key: Callable[[Record], str | None]) -> str | None:
    try:
        found = key(record)
    except ThreadParseError as fault:
        source.skip(fault)
        return None
    if found is None:
        source.skip(record.fault("this object does not say which thread it belongs to"))
    return found
