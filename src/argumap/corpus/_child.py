"""The process in which records are worked on. It may be killed at any moment.

It takes orders on standard input, pickled: a `Hello`, then `Job` after `Job`. It answers on
standard output, pickled: ``("ready",)`` or ``("failed", why)``, then for each job beats of
``("beat", ticks, records done)`` and at last ``("done", report)`` or ``("failed", why)``. It ends
when standard input does, that is when the process that started it is gone.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import threading
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp
from typing import TYPE_CHECKING, Any, NoReturn

from argumap.corpus._parquet import TableWriter, need_pyarrow
from argumap.corpus._parts import ShardReport, commit
from argumap.corpus._records import find_extractor, records
from argumap.corpus._spool import Spool
from argumap.corpus.tables import map_rows, thread_row
from argumap.formats import native

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import IO

    from argumap.corpus._parts import Settings
    from argumap.corpus._records import Blame, Record
    from argumap.corpus.shards import Shard
    from argumap.extraction import Extractor

__all__ = ["OUT_OF_MEMORY", "Hello", "Job", "main"]

OUT_OF_MEMORY = 77
"""Exit code of a process that could get no more memory."""

_BEAT = 0.2
"""Seconds between two signs of life."""


@dataclass(frozen=True)
class Hello:
    """What a process is told first.

    Attributes:
        extractor: Name or import path of the extractor.
        memory: Bytes that it may take beyond what it has once everything is loaded.
    """

    extractor: str
    memory: int


@dataclass(frozen=True)
class Job:
    """A shard to work on.

    Attributes:
        shard: The shard.
        name: Name of its parts.
        out: The folder of the corpus.
        settings: What the content depends on.
        blamed: The records, by their place from 0, that are not to be tried again.
    """

    shard: Shard
    name: str
    out: Path
    settings: Settings
    blamed: Mapping[int, Blame]


def main() -> NoReturn:
    """Serve until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started this one
    orders = os.fdopen(os.dup(0), "rb")
    replies = _Replies(os.fdopen(os.dup(1), "wb", buffering=0))
    # What an extractor prints must not get between the replies.
    os.dup2(2, 1)
    with open(os.devnull, "rb") as nothing:  # noqa: PTH123
        os.dup2(nothing.fileno(), 0)
    hello: Hello = pickle.load(orders)  # noqa: S301  # from the process that started this one
    try:
        need_pyarrow()
        extractor = find_extractor(hello.extractor)
    except Exception as fault:  # noqa: BLE001  # told to who started this process
        replies.send("failed", str(fault))
        os._exit(1)
    _limit_memory(hello.memory)
    jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
    threading.Thread(target=_take_orders, args=(orders, jobs), daemon=True).start()
    threading.Thread(target=replies.beat, daemon=True).start()
    replies.send("ready")
    while True:
        job = jobs.get()
        replies.done = 0
        try:
            replies.send("done", _work(job, extractor, replies))
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        except OSError as fault:  # the disk is full, say
            replies.send("failed", fault)
        except Exception as fault:  # noqa: BLE001  # told to who gave the order
            replies.send("failed", f"{type(fault).__name__}: {fault}")


def _take_orders(orders: IO[bytes], jobs: queue.SimpleQueue[Job]) -> None:
    try:
        while True:
            jobs.put(pickle.load(orders))  # noqa: S301
    except (EOFError, pickle.UnpicklingError):
        os._exit(0)  # at once: nobody waits for the result, and what is finished is kept


class _Replies:
    """The way back. Beats come from a thread of their own."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._lock = threading.Lock()
        self.ticks = 0
        self.done = 0

    def send(self, *reply: object) -> None:
        try:
            with self._lock:
                self._file.write(pickle.dumps(reply))
        except BrokenPipeError:
            os._exit(0)  # nobody is there any more

    def tick(self, done: int) -> None:
        """Note that there is progress."""
        self.ticks += 1
        self.done = done

    def beat(self) -> None:
        pause = threading.Event()
        while not pause.wait(_BEAT):
            self.send("beat", self.ticks, self.done)


def _limit_memory(allowance: int) -> None:
    """Let this process take so much memory beyond what it has now, where the system can do that.

    Address space is what Linux can limit. What is taken already (code, thread stacks) must not
    count, so the limit is relative.
    """
    try:
        import resource  # noqa: PLC0415  # not on Windows

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (ImportError, OSError):
        return
    limit = pages * resource.getpagesize() + allowance
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or limit < hard:
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _work(job: Job, extractor: str | Extractor, replies: _Replies) -> ShardReport:
    """Work on a shard, and put its parts in their places."""
    aside = job.out / "aside"
    spool = Spool(aside, job.name)
    before = spool.count
    stream = records(job.shard, job.settings.format, blamed=job.blamed)
    for place, record in enumerate(stream):
        replies.tick(place)
        if place < before:
            continue
        if place in job.blamed:
            blame = job.blamed[place]
            spool.add(_error(record, blame.error, blame.message))
            continue
        if job.shard.lines is None:
            spool.mark_read()
        spool.add(_outcome(record, extractor, job.settings))
    report = _write_tables(job, spool, replies)
    spool.remove()
    return report


def _outcome(record: Record, extractor: str | Extractor, settings: Settings) -> list[Any]:
    """Return the rows of a record: those of its map, or the one that tells what went wrong."""
    try:
        argmap = record.to_map(extractor)
        row = thread_row(record.source, record.number, record.digest, argmap=argmap)
        rows = map_rows(row[0], argmap)
        maps = [[row[0], native.dumps(argmap)]] if settings.maps else []
    except MemoryError:
        # Whether the record wants too much, or others before it took it, shows in a new process.
        os._exit(OUT_OF_MEMORY)
    except BaseException as fault:  # noqa: BLE001  # even SystemExit ends this record only
        return _error(record, type(fault).__name__, str(fault))
    return [row, rows["claims"], rows["mentions"], rows["relations"], maps]


def _error(record: Record, name: str, message: str) -> list[Any]:
    # Errors that quote the input may be as large as it.
    row = thread_row(
        record.source, record.number, record.digest, error=(name, message[:_LONGEST_MESSAGE])
    )
    return [row, [], [], [], []]


_LONGEST_MESSAGE = 2000


def _write_tables(job: Job, spool: Spool, replies: _Replies) -> ShardReport:
    """Write the parts of a shard aside, then put them in their places."""
    tables = job.settings.tables
    errors: Counter[str] = Counter()
    written = {}
    with ExitStack() as stack:
        writers = []
        for table in tables:
            handle, path = mkstemp(dir=job.out / "aside", prefix=f"{job.name}.", suffix=".parquet")
            os.close(handle)
            Path(path).chmod(0o644)
            written[table] = Path(path)
            writers.append(stack.enter_context(TableWriter(table, written[table])))
        for outcome in spool.outcomes():
            row, *others = outcome
            if row[_ERROR] is not None:
                errors[row[_ERROR]] += 1
            for writer, rows in zip(writers, [[row], *others], strict=False):
                writer.add(rows)
            replies.tick(replies.done)
    rows_by_table = {table: writer.count for table, writer in zip(tables, writers, strict=True)}
    report = ShardReport(
        name=job.name, shard=job.shard, rows=rows_by_table, errors=dict(sorted(errors.items()))
    )
    commit(job.out, report, written)
    return report


_ERROR = 4
"""Place of the column ``error`` in a row of ``threads``."""


if __name__ == "__main__":
    main()
