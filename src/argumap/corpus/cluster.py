"""Shards on a Dask cluster: a thin layer over `run_shard`."""

from __future__ import annotations

import importlib
from itertools import islice
from typing import TYPE_CHECKING, Any

from argumap.errors import CorpusError, MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from argumap.corpus._parts import ShardReport
    from argumap.corpus.shards import Shard

__all__ = ["run_on_dask"]

_RETRIES = 3
"""How often a shard is given to another worker when its worker is lost."""

_PATIENCE = 5
"""Seconds in which the scheduler must answer."""


def run_on_dask(
    shards: Iterator[Shard],
    run: Callable[[Shard], ShardReport],
    scheduler: str,
    tell: Callable[[], None],
) -> Iterator[ShardReport]:
    """Work on the shards on a cluster; yield the reports as they come.

    Args:
        shards: The shards.
        run: What a worker does with a shard.
        scheduler: Address of the scheduler.
        tell: Called when a shard is done.

    Raises:
        MissingExtraError: Dask is not installed.
        CorpusError: The scheduler cannot be reached, or a shard was lost more than once.
    """
    try:
        distributed: Any = importlib.import_module("distributed")  # half of it is not typed
    except ImportError:
        raise MissingExtraError("dask", "a corpus on a cluster") from None
    try:
        client = distributed.Client(scheduler, set_as_default=False, timeout=_PATIENCE)
    except (OSError, TimeoutError, ValueError) as fault:
        raise CorpusError(f"the Dask scheduler {scheduler} cannot be reached: {fault}") from None
    with client:

        def submit(shard: Shard) -> Any:
            return client.submit(run, shard, pure=False, retries=_RETRIES)

        # Some more than are worked on at a time, so that no worker waits for the next.
        slots = max(sum(client.nthreads().values()), 1)
        running = distributed.as_completed(
            map(submit, islice(shards, 3 * slots)), raise_errors=False, loop=client.loop
        )
        for future in running:
            if future.status != "finished":
                raise CorpusError(f"a shard failed on the cluster: {future.exception()!r}")
            yield future.result()
            tell()
            for shard in islice(shards, 1):
                running.add(submit(shard))
