"""The extractor that asks a language model."""

from __future__ import annotations

import asyncio
import os
import threading
from contextlib import aclosing, suppress
from importlib.util import find_spec
from queue import Queue
from typing import TYPE_CHECKING, TypeVar

from argumap.errors import ExtractionError, MissingExtraError
from argumap.extraction.llm.settings import Settings

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Coroutine, Iterable, Iterator

    from pydantic_ai.models import Model

    from argumap.extraction._extractor import Extractor
    from argumap.extraction.llm.report import Extraction
    from argumap.model import ArgumentMap, Thread

__all__ = ["LLMExtractor"]

T = TypeVar("T")


class LLMExtractor:
    """Makes a map by asking a language model: for the claims, then how they bear on each other.

    The model sees the sentences of the authors, numbered, and answers with numbers; text in the map
    is always a slice of the posts. What an answer names that is not there, or that the replies
    rule out, is asked for once more with the reason, then rejected and listed: `Provenance.of`
    gives the list for a map, with the model, the versions of the prompts, tokens and cost.

    A key comes from the environment only: ``OPENAI_API_KEY`` for OpenAI, ``ARGUMAP_LLM_KEY`` for a
    server named by `base_url`.

    Args:
        model: Name of the model as pydantic-ai takes it (``"openai:gpt-5-mini"``,
            ``"ollama:qwen3:8b"``), with a `base_url` the name on that server, or a pydantic-ai
            ``Model``. By default the environment says it: ``ARGUMAP_LLM_MODEL``, and
            ``ARGUMAP_LLM_BASE_URL`` for its `base_url`.
        base_url: Address of an OpenAI-compatible server (Ollama, vLLM, llama.cpp, …), such as
            ``"http://localhost:11434/v1"``.
        review: An extractor that proposes a map; the model then only judges those of its claims,
            supports and rebuttals that are less sure than `review_below`. Cheaper.
        review_below: Confidence from which on a proposal is not asked about.
        fallback: An extractor for threads about which the model fails; its maps say so.
        retries: How often a request is sent again after 429, 5xx or a lost connection.
        timeout: Seconds for one request with its retries.
        max_chars: Code points of a thread that one request asks about; longer threads are read
            in parts.
        concurrency: Requests under way at a time.
        max_cost: US dollars after which a call asks nothing more. Requests under way are still
            paid for.
        max_requests: Requests after which a call asks nothing more.
        cache: An SQLite file that keeps the answers: a run that stopped goes on from it, and one
            that is complete is repeated without the model.
        progress: Called with the answers had and the answers known to be needed so far, in the
            thread that does the work.

    Raises:
        MissingExtraError: The parts that talk to models are not installed.
        ExtractionError: No model is named.
        ValueError: A number is out of range.
    """

    def __init__(
        self,
        model: str | Model | None = None,
        *,
        base_url: str | None = None,
        review: Extractor | None = None,
        review_below: float = 0.8,
        fallback: Extractor | None = None,
        retries: int = 2,
        timeout: float = 300.0,
        max_chars: int = 12_000,
        concurrency: int = 8,
        max_cost: float | None = None,
        max_requests: int | None = None,
        cache: str | os.PathLike[str] | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        if find_spec("pydantic_ai") is None or find_spec("openai") is None:
            raise MissingExtraError("llm", "extraction by a language model")
        chosen = model or os.environ.get("ARGUMAP_LLM_MODEL")
        if not model and base_url is None:
            base_url = os.environ.get("ARGUMAP_LLM_BASE_URL")
        if not chosen:
            raise ExtractionError(
                "no model is named: give LLMExtractor('openai:gpt-5-mini'), --model, or the "
                "environment variable ARGUMAP_LLM_MODEL"
            )
        for name, number, least in (
            ("retries", retries, 0),
            ("timeout", timeout, 0.001),
            ("max_chars", max_chars, 1),
            ("concurrency", concurrency, 1),
            ("max_cost", max_cost or 0, 0),
            ("max_requests", max_requests or 0, 0),
        ):
            if not number >= least:
                raise ValueError(f"{name} is {number!r}, which is less than {least}")
        self._settings = Settings(
            model=chosen,
            base_url=base_url,
            review=review,
            review_below=review_below,
            fallback=fallback,
            retries=retries,
            timeout=timeout,
            max_chars=max_chars,
            concurrency=concurrency,
            max_cost=max_cost,
            max_requests=max_requests,
            cache=cache,
            progress=progress,
        )

    def extract(self, thread: Thread) -> ArgumentMap:
        """Return the map of a thread whose posts are marked up.

        Raises:
            ExtractionError: The model cannot be asked, or its answers cannot be read; with a
                `fallback` its map is returned instead.
            ExtractionLimitError: A limit ended it; what was done is in the error.
        """
        return _in_own_loop(self.aextract(thread))

    async def aextract(self, thread: Thread) -> ArgumentMap:
        """Return the map of a thread, as `extract` does, without blocking.

        Raises:
            ExtractionError: As for `extract`.
            ExtractionLimitError: As for `extract`.
        """
        async with aclosing(self.aextract_many([thread])) as extractions:
            done = await anext(extractions)
        if done.map is None:
            raise done.error or ExtractionError("there is no map")
        return done.map

    def extract_many(self, threads: Iterable[Thread]) -> Iterator[Extraction]:
        """Yield what came of each thread, in their order; limits hold for all of them together.

        A thread that fails is an `Extraction` with an error and ends nothing. Threads are taken as
        they are needed, some ahead of those that are done. Their posts should be marked up
        (`read_thread` and `mark_up` do that); in one that is not, quotes pass for its author's own
        words.
        """
        results: Queue[Extraction | BaseException | None] = Queue()
        loop = asyncio.new_event_loop()
        # So many results may wait to be taken before the work pauses.
        room = asyncio.Semaphore(2 * self._settings.concurrency)

        async def fill() -> None:
            async with aclosing(self.aextract_many(threads)) as extractions:
                async for extraction in extractions:
                    results.put(extraction)
                    await room.acquire()

        task = loop.create_task(fill())

        def work() -> None:
            try:
                loop.run_until_complete(task)
            except BaseException as fault:  # noqa: BLE001 # raised again where results are read
                results.put(fault)
            finally:
                loop.run_until_complete(loop.shutdown_asyncgens())
                loop.close()
                results.put(None)

        def tell(callback: Callable[[], object]) -> None:
            with suppress(RuntimeError):  # the loop is closed: everything is done
                loop.call_soon_threadsafe(callback)

        worker = threading.Thread(target=work, name="argumap-llm", daemon=True)
        worker.start()
        try:
            while (result := results.get()) is not None:
                if isinstance(result, BaseException):
                    raise result
                yield result
                tell(room.release)
        finally:
            tell(task.cancel)
            worker.join()

    def aextract_many(self, threads: Iterable[Thread]) -> AsyncGenerator[Extraction]:
        """Yield what came of each thread, as `extract_many` does, without blocking."""
        # Here, so that nobody loads what talks to models who does not talk to one.
        from argumap.extraction.llm.running import run  # noqa: PLC0415

        return run(self._settings, threads)


def _in_own_loop(work: Coroutine[None, None, T]) -> T:
    """Run to the end, also where a loop is running already, as in a notebook."""
    if not _is_loop_running():
        return asyncio.run(work)
    results: list[T] = []
    faults: list[BaseException] = []

    def run() -> None:
        try:
            results.append(asyncio.run(work))
        except BaseException as fault:  # noqa: BLE001 # raised again in the thread that waits
            faults.append(fault)

    worker = threading.Thread(target=run, name="argumap-llm")
    worker.start()
    worker.join()
    if faults:
        raise faults[0]
    return results[0]


def _is_loop_running() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
