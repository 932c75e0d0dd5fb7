"""Packed dumps of Reddit comments and submissions (``RC_2020-01.zst``), of any size."""

from __future__ import annotations

import json
import logging
import re
import shutil
import tempfile
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from argumap.errors import MissingExtraError, ThreadParseError
from argumap.threads import pushshift
from argumap.threads._fields import Record
from argumap.threads._reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.model import Thread
    from argumap.threads._source import Source

__all__ = ["READER", "read", "sniff"]

_LOG = logging.getLogger("argumap.threads")
_MAGIC = b"\x28\xb5\x2f\xfd"
_LONGEST_LINE = 1 << 24
_CHUNK = 1 << 14
# The windows of such dumps are up to 2 GiB; the decoder holds one of them.
_LARGEST_WINDOW = 1 << 31
_SORTING_MEMORY = "500MB"
# Lines from which the disk that is needed is estimated, and after how many progress is told.
_SAMPLE = 20_000
_STEP = 1_000_000
# What is kept of a post.
_READ = (
    *("id", "name", "link_id", "parent_id", "author", "body", "created_utc", "score"),
    *("title", "selftext", "removed_by_category", "permalink", "edited"),
)


def sniff(source: Source) -> bool:
    """Whether a file is packed with zstd; what is in it is looked at when it is read."""
    return source.is_on_disk and source.magic.startswith(_MAGIC)


def read(source: Source) -> Iterator[Thread]:
    """Yield the threads in the order of their ids; comments in order of time.

    The fields of a post are unpacked to a temporary folder and sorted there by thread, O(n log n);
    memory is the window of the packed file (up to 2 GiB), 500 MB, and one thread. The folder is
    removed at the end, or when the iterator is closed. How much disk is needed, and how far it
    is, goes to the logger ``argumap.threads``.

    Raises:
        MissingExtraError: zstandard or duckdb is not installed.
        ThreadParseError: The file is broken or no dump of Reddit, or the disk is too small.
    """
    try:
        import duckdb  # noqa: PLC0415  # an extra
        import zstandard  # noqa: F401, PLC0415  # an extra
    except ImportError:
        raise MissingExtraError("big", "a dump packed with zstd") from None
    with tempfile.TemporaryDirectory(prefix="argumap-") as folder:
        table = Path(folder, "posts.tsv")
        try:
            _project(source, table)
        except OSError as fault:
            raise source.error(f"cannot be unpacked: {fault.strerror or fault}") from None
        _LOG.info("%s: sorting %s by thread", source.name, _size(table.stat().st_size))
        with duckdb.connect() as database:
            database.execute("SET enable_progress_bar = false")
            database.execute(f"SET memory_limit = '{_SORTING_MEMORY}'")
            database.execute("SET temp_directory = ?", [str(Path(folder, "sorting"))])
            try:
                rows = database.execute(_SORTED, [str(table)])
                groups = groupby(iter(rows.fetchone, None), key=lambda row: row[0])
                for root, group in groups:
                    records = [
                        Record(json.loads(row[2]), source.name, line=row[1]) for row in group
                    ]
                    thread = pushshift.thread_of(source, READER.name, json.loads(root), records)
                    if thread is not None:
                        yield thread
            except duckdb.Error as fault:
                raise source.error(
                    f"its posts cannot be sorted: {str(fault).splitlines()[0]}",
                    hint="set TMPDIR to a folder on a larger disk",
                ) from None


# No JSON text holds a tab or a line end: the table needs no quotes.
_SORTED = f"""
    SELECT root, line, post FROM read_csv(
        ?, delim = '\t', quote = '', escape = '', comment = '', header = false,
        auto_detect = false, max_line_size = {2 * _LONGEST_LINE}, buffer_size = {8 * _LONGEST_LINE},
        columns = {{'root': 'VARCHAR', 'line': 'BIGINT', 'post': 'VARCHAR'}})
    ORDER BY root, line
"""  # noqa: S608  # numbers of our own


def _project(source: Source, table: Path) -> None:
    """Write thread, line and fields of each post to a table."""
    number = written = 0
    with table.open("w", encoding="ascii", newline="\n") as file:
        for number, (packed, row) in enumerate(_rows(source), 1):
            written += file.write(row)
            if number == _SAMPLE:
                _check_disk(source, table, written, packed)
            if number % _STEP == 0:
                _LOG.info(
                    "%s: %d million posts, %.0f %% unpacked",
                    source.name,
                    number // _STEP,
                    100 * packed / max(source.size, 1),
                )
    if number < _SAMPLE:
        _check_disk(source, table, written, source.size)


def _check_disk(source: Source, table: Path, written: int, packed: int) -> None:
    """Tell how much disk is needed, and refuse to begin what will not fit.

    The table and as much again for sorting it.
    """
    needed = 2 * written * source.size // max(packed, 1)
    free = shutil.disk_usage(table.parent).free
    told = f"{_size(needed)} of disk in {table.parent.parent}, where {_size(free)} are free"
    _LOG.info("%s: this needs about %s", source.name, told)
    if needed > free:
        raise source.error(
            f"this needs about {told}", hint="set TMPDIR to a folder on a larger disk"
        )


def _rows(source: Source) -> Iterator[tuple[int, str]]:
    """Yield how many packed bytes were read, and a line of the table, for each post."""
    lines = pushshift.wanted_lines(source)
    wanted = re.compile(lines.pattern.encode(), lines.flags & re.IGNORECASE) if lines else None
    for number, packed, raw in _lines(source):
        if not raw.strip() or (number > 1 and wanted is not None and not wanted.search(raw)):
            continue
        try:
            value: Any = json.loads(source.decoded(raw, number))
        except (ValueError, RecursionError) as fault:
            if number == 1:
                raise _foreign(source) from None
            said = getattr(fault, "msg", "nested too deeply")
            source.skip(source.error(f"not JSON: {said}", line=number))
            continue
        if number == 1 and not (isinstance(value, dict) and pushshift.is_post(value)):
            raise _foreign(source)
        if not isinstance(value, dict):
            source.skip(source.error("wanted a JSON object", line=number))
            continue
        record = Record(value, source.name, line=number)
        if not pushshift.is_wanted(source, record):
            continue
        try:
            root = pushshift.root_of(record)
        except ThreadParseError as fault:
            source.skip(fault)
            continue
        if root is None:
            source.skip(record.fault("this object does not say which thread it belongs to"))
            continue
        kept = {key: value[key] for key in _READ if key in value}
        yield packed, f"{json.dumps(root)}\t{number}\t{json.dumps(kept)}\n"


def _lines(source: Source) -> Iterator[tuple[int, int, bytes]]:
    """Yield number, packed bytes read so far, and content of each line."""
    number = 0
    rest = b""
    for packed, content in _content(source):
        *lines, rest = (rest + content).split(b"\n")
        for line in lines:
            number += 1
            yield number, packed, line
        if len(rest) > _LONGEST_LINE:
            raise source.error("a line is longer than 16 MiB", line=number + 1)
    if rest:
        yield number + 1, source.size, rest
    elif number == 0:
        raise _foreign(source)


def _content(source: Source) -> Iterator[tuple[int, bytes]]:
    """Yield packed bytes read so far, and what they hold.

    Frame by frame: the stream reader of zstandard takes a file that is cut off for a whole one.
    """
    import zstandard  # noqa: PLC0415  # an extra

    if source.path is None:
        return
    decoder = zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW)
    frame = decoder.decompressobj()
    try:
        with source.path.open("rb") as file:
            while packed := file.read(_CHUNK):
                while packed:
                    if frame.eof:
                        frame = decoder.decompressobj()
                    yield file.tell(), frame.decompress(packed)
                    packed = frame.unused_data if frame.eof else b""
    except (zstandard.ZstdError, MemoryError) as fault:
        raise _broken(source, str(fault) or "not enough memory for its window") from None
    if not frame.eof:
        raise _broken(source, "its end is missing")


def _broken(source: Source, reason: str) -> ThreadParseError:
    return source.error(
        f"this is packed with zstd, but cannot be unpacked: {reason}",
        hint="the file looks cut off or damaged; test it with: zstd -t --long=31 FILE",
    )


def _foreign(source: Source) -> ThreadParseError:
    return source.error(
        "this is packed with zstd, and what is in it is no dump of Reddit",
        hint="unpack it with: zstd -d --long=31 FILE",
    )


def _size(count: int) -> str:
    return f"{count / 2**30:.1f} GiB" if count >= 2**30 else f"{count / 2**20:.0f} MiB"


READER = Reader(
    name="pushshift-zst",
    title="Reddit dump, packed (.zst)",
    sniff=sniff,
    read=read,
    streams=True,
)
