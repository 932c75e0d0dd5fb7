"""Map threads one beside the other, and keep what goes wrong with one from the rest."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING

from argumap.errors import ArgumapError, ExtractionLimitError
from argumap.extraction.llm.client import Client, Tally
from argumap.extraction.llm.reading import read_map
from argumap.extraction.llm.report import Extraction, Provenance
from argumap.extraction.llm.review import review_map

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterable

    from argumap.extraction.llm.report import Usage
    from argumap.extraction.llm.settings import Settings
    from argumap.model import ArgumentMap, Thread

__all__ = ["run"]


async def run(settings: Settings, threads: Iterable[Thread]) -> AsyncGenerator[Extraction]:
    """Yield what came of each thread, in their order."""
    running: deque[asyncio.Task[Extraction]] = deque()
    async with Client(settings) as client:
        try:
            for number, thread in enumerate(threads):
                work = _extraction(thread, client, settings, Tally(number))
                running.append(asyncio.create_task(work))
                if len(running) > 2 * settings.concurrency:
                    yield await running.popleft()
            while running:
                yield await running.popleft()
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)


async def _extraction(
    thread: Thread, client: Client, settings: Settings, tally: Tally
) -> Extraction:
    """Make the map of one thread; argumap's own errors are told, not raised."""
    work = read_map if settings.review is None else review_map
    try:
        argmap, stopped = await work(thread, client, settings, tally)
        if stopped is None:
            return Extraction(thread, argmap, None, tally.usage)
        error: ArgumapError = ExtractionLimitError(stopped, argmap)
    except ArgumapError as fault:
        error = fault
    fallen = _fall_back(thread, settings, error, tally.usage)
    return Extraction(thread, fallen, error, tally.usage)


def _fall_back(
    thread: Thread, settings: Settings, error: ArgumapError, usage: Usage
) -> ArgumentMap | None:
    if settings.fallback is None:
        return None
    argmap = settings.fallback.extract(thread)
    provenance = Provenance(model=settings.model_name, prompts=(), usage=usage, failed=str(error))
    extra = {**(argmap.extra or {}), "llm": provenance.model_dump(mode="json")}
    return argmap.replace(extra=extra)
