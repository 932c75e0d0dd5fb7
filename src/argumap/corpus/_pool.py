"""Shards on this machine: threads that each watch one process."""

from __future__ import annotations

import threading
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

    from argumap.corpus._parts import ShardReport
    from argumap.corpus._tally import Tally
    from argumap.corpus.shards import Shard

__all__ = ["run_here"]


class _StoppedError(Exception):
    """The build has ended; so must its threads."""


def run_here(
    shards: Iterator[Shard],
    run: Callable[..., ShardReport],
    tally: Tally,
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
