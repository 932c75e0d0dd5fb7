"""`build_corpus`: from threads to tables of claims, on one machine or on a cluster."""

from __future__ import annotations

import json
import os
import threading
import time
from collections import Counter
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from argumap import __version__
from argumap._files import write_atomically
from argumap.corpus._parquet import need_pyarrow
from argumap.corpus._parts import Settings, finished, forget, part_name, remove_all_but
from argumap.corpus._records import find_extractor
from argumap.corpus._staging import stage
from argumap.corpus._worker import Limits
from argumap.corpus.run import run_shard
from argumap.corpus.shards import files_of, plan
from argumap.corpus.tables import VERSION
from argumap.errors import CorpusError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

    from argumap.corpus._parts import ShardReport
    from argumap.corpus.shards import Shard

__all__ = ["BuildReport", "Engine", "Progress", "build_corpus"]


class Engine(Protocol):
    """A way to work on shards."""

    def __call__(
        self, run: Callable[[Shard], ShardReport], shards: Iterator[Shard], /
    ) -> Iterator[ShardReport]:
        """Work on the shards, and yield what became of them, in any order."""
        ...


@dataclass(frozen=True)
class Progress:
    """How far a build has come.

    Attributes:
        threads: Records done, those included that were found done.
        errors: How many of them ended in an error.
        share: Share of the input that is done, by bytes, in [0, 1]; None when the input is read
            from one large file to its end, so that nobody knows.
        rate: Records a second, those not counted that were found done.
        left: Seconds that the rest will take; None where nothing is known.
    """

    threads: int
    errors: int
    share: float | None
    rate: float
    left: float | None


@dataclass(frozen=True)
class BuildReport:
    """What became of an input.

    Attributes:
        threads: Number of records: rows of the table ``threads``.
        errors: Number of records that ended in an error, by the name of the error.
        rows: Number of rows by table.
        shards: Number of shards.
        resumed: How many of them were found finished.
    """

    threads: int
    errors: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    shards: int = 0
    resumed: int = 0


def build_corpus(
    source: str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    extractor: str = "rules",
    format: str | None = None,  # noqa: A002
    maps: bool = False,
    workers: int | None = None,
    scheduler: str | None = None,
    engine: Engine | None = None,
    shard_size: int = 1000,
    seconds: float = 60.0,
    memory: int = 2 * 2**30,
    retry_errors: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> BuildReport:
    """Make the maps of many threads, and write them as the tables of a corpus.

    Every thread of the input becomes one row of the table ``threads``, whose ``status`` is ``ok``
    or ``error``. Work that was finished by an earlier call and whose input, settings and version
    of argumap are the same is not done again, so a call that was interrupted, in whatever way, is
    completed by the same call. Until a call ends well, the corpus is what it was before.

    Args:
        source: A file of JSON Lines with a thread (``argumap-thread/1``) or a map
            (``argumap-map/1``) on each line, any other file that threads are read from, or a
            folder of such files.
        out: The folder of the corpus. It is made if it is not there.
        extractor: Name of an extractor, or the import path of one of your own,
            ``package.module:attribute``.
        format: Name of the reader for files that are not JSON Lines.
        maps: Whether to keep the maps whole as well, in the table ``maps``.
        workers: Number of processes; by default one for each core.
        scheduler: Address of a Dask scheduler, such as ``tcp://10.0.0.1:8786``. Its workers do
            the work; they must have argumap, and see `source` and `out` at the same paths.
        engine: Another way to do the work, such as Spark: called with the function that works on
            one shard, which any process may call, and the shards; it yields the reports, in any
            order.
        shard_size: Threads in a shard, the unit of work.
        seconds: Time that one thread may take.
        memory: Bytes of memory that one thread may take; heeded on Linux only.
        retry_errors: Whether to do the shards again in which there are errors.
        progress: Called now and then, and at the end.

    Returns:
        What became of the input.

    Raises:
        MissingExtraError: pyarrow, or for a scheduler Dask, is not installed.
        UnknownNameError: There is no extractor of that name.
        CorpusError: There is no such source, another build is at work in `out`, the extractor
            cannot be imported, or a worker cannot work.
        OSError: A file cannot be read or written.
    """
    need_pyarrow()
    if ":" not in extractor:
        find_extractor(extractor)
    settings = Settings(extractor=extractor, format=format, maps=maps)
    target = Path(out).absolute()
    origin = Path(source)
    folder, paths = files_of(origin, but=target)
    target.mkdir(parents=True, exist_ok=True)
    with _alone_in(target):
        tally = _Tally(sum((folder / path).stat().st_size for path in paths), progress)
        cut = _cut(folder, paths, target, settings, shard_size)
        shards = tally.noting(cut, settings)
        todo = tally.skipping(shards, target, settings, retry_errors=retry_errors)
        limits = Limits(seconds, memory)
        work = partial(run_shard, out=target, settings=settings, limits=limits)
        if engine is not None:
            done = engine(work, todo)
        elif scheduler is None:
            done = _run_here(todo, work, tally, workers or os.cpu_count() or 1)
        else:
            from argumap.corpus.cluster import run_on_dask  # noqa: PLC0415  # an extra

            done = run_on_dask(todo, work, scheduler, tally.tell)
        for finished_shard in done:
            tally.add(finished_shard)
        report = tally.report()
        _write_manifest(target, origin, settings, report, tally.names)
        remove_all_but(target, tally.names, tally.staged)
        tally.tell()
        return report


def _cut(
    folder: Path, paths: list[str], out: Path, settings: Settings, shard_size: int
) -> Iterator[Shard]:
    """Yield the shards of the input; what cannot be cut as it is is staged."""
    for each in plan(folder, paths, shard_size):
        if isinstance(each, str):
            yield from stage(folder / each, each, out / "input", settings.format, shard_size)
        else:
            yield each


class _Tally:
    """Counts what is done, and tells it."""

    def __init__(self, total: int, progress: Callable[[Progress], None] | None) -> None:
        self.names: list[str] = []
        self.staged: list[str] = []
        self._reports: dict[str, ShardReport] = {}
        self._running: dict[str, int] = {}
        self._total: int | None = total
        self._progress = progress
        self._start = time.monotonic()

    def noting(self, shards: Iterator[Shard], settings: Settings) -> Iterator[Shard]:
        """Pass on the shards, and note what there is, in order."""
        for shard in shards:
            self.names.append(part_name(shard, settings))
            if shard.lines is not None and shard.lines.source is not None:
                self.staged.append(Path(shard.paths[0]).stem)
                self._total = None  # how much is still to come shows at the end
            yield shard

    def skipping(
        self, shards: Iterable[Shard], out: Path, settings: Settings, *, retry_errors: bool
    ) -> Iterator[Shard]:
        """Pass on the shards that are not finished."""
        for shard in shards:
            report = finished(out, shard, settings)
            if report is not None and report.errors and retry_errors:
                forget(out, report)
                report = None
            if report is None:
                yield shard
            else:
                self.add(report)

    def add(self, report: ShardReport) -> None:
        """Count a finished shard."""
        self._running.pop(report.shard.digest, None)
        self._reports[report.name] = report
        self.tell()

    def running(self, shard: Shard, done: int) -> None:
        """Note how many records of a shard are done. Called from any thread."""
        self._running[shard.digest] = done

    def tell(self) -> None:
        """Tell how far it has come."""
        if self._progress is None:
            return
        reports = self._reports.values()
        new = [report for report in reports if not report.resumed]
        running = sum(list(self._running.values()))
        elapsed = max(time.monotonic() - self._start, 1e-9)
        done = sum(report.shard.size for report in reports)
        worked = sum(report.shard.size for report in new)
        self._progress(
            Progress(
                threads=sum(report.rows["threads"] for report in reports) + running,
                errors=sum(sum(report.errors.values()) for report in reports),
                share=done / self._total if self._total else None,
                rate=(sum(report.rows["threads"] for report in new) + running) / elapsed,
                left=elapsed / worked * (self._total - done) if worked and self._total else None,
            )
        )

    def report(self) -> BuildReport:
        """Return what became of the input."""
        reports = [self._reports[name] for name in self.names]
        errors = sum((Counter(report.errors) for report in reports), Counter[str]())
        rows = sum((Counter(report.rows) for report in reports), Counter[str]())
        return BuildReport(
            threads=rows["threads"],
            errors=dict(sorted(errors.items())),
            rows=dict(rows),
            shards=len(reports),
            resumed=sum(report.resumed for report in reports),
        )


class _StoppedError(Exception):
    """The build has ended; so must its threads."""


def _run_here(
    shards: Iterator[Shard],
    run: Callable[..., ShardReport],
    tally: _Tally,
    workers: int,
) -> Iterator[ShardReport]:
    """Work on the shards in processes of this machine; yield the reports as they come."""
    stopped = threading.Event()

    def work(shard: Shard) -> ShardReport:
        def beat(done: int) -> None:
            if stopped.is_set():
                raise _StoppedError
            tally.running(shard, done)

        beat(0)
        return run(shard, beat=beat)

    # A thread watches one process and hardly works itself.
    with ThreadPoolExecutor(workers, thread_name_prefix="argumap-corpus") as pool:
        pending: set[Future[ShardReport]] = set()
        more = True
        try:
            while more or pending:
                while more and len(pending) < 2 * workers:
                    shard = next(shards, None)
                    more = shard is not None
                    if shard is not None:
                        pending.add(pool.submit(work, shard))
                done, pending = wait(pending, timeout=_LOOK, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()
                tally.tell()
        except BaseException:
            stopped.set()
            pool.shutdown(wait=True, cancel_futures=True)
            raise


_LOOK = 0.5
"""Seconds between two tellings of how far it has come."""


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Hold the only build that is at work in a folder. The lock dies with its process."""
    with (folder / ".lock").open("wb") as file:
        try:
            import fcntl  # noqa: PLC0415  # not on Windows

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:
            pass
        except BlockingIOError:
            raise CorpusError(f"{folder}: another build is at work in this folder") from None
        except OSError:
            pass  # a network share without locks
        yield


def _write_manifest(
    out: Path, source: Path, settings: Settings, report: BuildReport, names: list[str]
) -> None:
    facts = {
        "version": VERSION,
        "argumap": __version__,
        "source": str(source.absolute()),
        "settings": asdict(settings),
        "threads": report.threads,
        "errors": report.errors,
        "rows": report.rows,
        "parts": names,
    }
    write_atomically(out / "corpus.json", json.dumps(facts, ensure_ascii=False, indent=1) + "\n")
