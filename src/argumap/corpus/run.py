"""`run_shard`: from a piece of the input to its parts of the tables, on any engine."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from argumap.corpus._child import Job
from argumap.corpus._parts import Settings, ShardReport, finished, part_name
from argumap.corpus._records import Blame
from argumap.corpus._spool import position
from argumap.corpus._worker import Limits, Worker, WorkerLost
from argumap.errors import CorpusError

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

    from argumap.corpus.shards import Shard

__all__ = ["run_shard"]


def run_shard(
    shard: Shard,
    out: str | os.PathLike[str],
    settings: Settings | None = None,
    limits: Limits | None = None,
    *,
    beat: Callable[[int], None] | None = None,
) -> ShardReport:
    """Work on a shard and put its parts of the tables in their places, unless they are there.

    The work is done in a process of its own, which is watched, and restarted when it dies or makes
    no progress. A record in which it dies twice, the second time in a new process, is blamed: its
    row tells the error, and it is not tried again. Every other record is worked on once. So it is
    safe to call this from any engine, as often as it likes, at the same time from several places,
    and to kill it at any moment: parts are written aside, reach the disk, and take their place
    whole.

    Args:
        shard: The piece of the input.
        out: The folder of the corpus. Every machine that works on the corpus must see it.
        settings: What the content of the tables depends on, besides the input; by default as for
            `build_corpus`.
        limits: What one record may cost; by default 60 seconds and 2 GiB.
        beat: Called every now and then with the number of records done. What it raises ends the
            work.

    Returns:
        What became of the records.

    Raises:
        MissingExtraError: pyarrow is not installed.
        CorpusError: The extractor cannot be imported, or the process cannot work at all.
        OSError: The input cannot be read, or the parts cannot be written.
    """
    settings = settings or Settings()
    limits = limits or Limits()
    folder = Path(out).absolute()
    name = part_name(shard, settings)
    if (report := finished(folder, shard, settings)) is not None:
        return report
    aside = folder / "aside"
    aside.mkdir(parents=True, exist_ok=True)
    blamed: dict[int, Blame] = {}
    suspect = -1
    while True:
        job = Job(shard, name, folder, settings, blamed)
        try:
            return _worker(settings.extractor, limits).work(job, beat)
        except WorkerLost as lost:
            _dismiss()
            place, reading = position(aside, name)
            if place in blamed:
                message = f"its process was lost after its records were done: it {lost}"
                raise CorpusError(f"shard {name}: {message}") from None
            if place == suspect:
                blamed[place] = Blame(lost.error, lost.message, reading)
            suspect = place
        except BaseException:
            _dismiss()
            raise


_thread = threading.local()
"""Each thread has a worker of its own, and keeps it from shard to shard."""


def _worker(extractor: str, limits: Limits) -> Worker:
    worker: Worker | None = getattr(_thread, "worker", None)
    if worker is None or worker.key != (extractor, limits):
        _dismiss()
        worker = _thread.worker = Worker(extractor, limits)
    return worker


def _dismiss() -> None:
    worker: Worker | None = getattr(_thread, "worker", None)
    if worker is not None:
        _thread.worker = None
        worker.stop()
