"""`build_corpus`: from threads to tables of claims, on one machine or on a cluster."""

from __future__ import annotations

import json
import os
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from argumap import __version__
from argumap._files import write_atomically
from argumap.corpus._parquet import need_pyarrow
from argumap.corpus._parts import Settings, remove_all_but
from argumap.corpus._pool import run_here
from argumap.corpus._records import find_extractor
from argumap.corpus._staging import stage
from argumap.corpus._tally import BuildReport, Tally
from argumap.corpus._worker import Limits
from argumap.corpus.run import run_shard
from argumap.corpus.shards import files_of, plan
from argumap.corpus.tables import VERSION
from argumap.errors import CorpusError
from argumap.threads import READERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from argumap.corpus._parts import ShardReport
    from argumap.corpus._tally import Progress
    from argumap.corpus.shards import Shard

__all__ = ["Engine", "build_corpus"]


class Engine(Protocol):
    """A way to work on shards."""

    def __call__(
        self, run: Callable[[Shard], ShardReport], shards: Iterator[Shard], /
    ) -> Iterator[ShardReport]:
        """Work on the shards, and yield what became of them, in any order."""
        ...


def build_corpus(
    source: str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    extractor: str = "trained",
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
        UnknownNameError: There is no extractor or reader of that name.
        CorpusError: There is no such source, `out` is a file, another build is at work in it, the
            extractor cannot be imported, or a worker cannot work.
        OSError: A file cannot be read or written.
    """
    need_pyarrow()
    if ":" not in extractor:
        find_extractor(extractor)
    if format is not None:
        _ = READERS[format]
    settings = Settings(extractor=extractor, format=format, maps=maps)
    target = Path(out).absolute()
    origin = Path(source)
    folder, paths = files_of(origin, but=target)
    if target.exists() and not target.is_dir():
        raise CorpusError(f"{out}: this is a file, and a corpus is a folder")
    target.mkdir(parents=True, exist_ok=True)
    with _alone_in(target):
        tally = Tally(sum((folder / path).stat().st_size for path in paths), progress)
        cut = _cut(folder, paths, target, settings, shard_size)
        shards = tally.noting(cut, settings)
        todo = tally.skipping(shards, target, settings, retry_errors=retry_errors)
        limits = Limits(seconds, memory)
        work = partial(run_shard, out=target, settings=settings, limits=limits)
        if engine is not None:
            done = engine(work, todo)
        elif scheduler is None:
            done = run_here(todo, work, tally, workers or os.cpu_count() or 1)
        else:
            from argumap.corpus.cluster import run_on_dask  # noqa: PLC0415  # an extra

            done = run_on_dask(todo, work, scheduler, tally.tell)
        with ExitStack() as stack:
            if isinstance(done, Generator):
                stack.callback(done.close)  # now, and not when it is collected: it has processes
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
