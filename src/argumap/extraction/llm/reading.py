"""Make a map of one thread: its claims first, then what these are to each other."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Literal, TypeVar

from argumap.errors import ExtractionError
from argumap.extraction.llm.answers import ClaimsAnswer, RelationsAnswer
from argumap.extraction.llm.build import build_map, number_claims
from argumap.extraction.llm.chunks import cut, halves
from argumap.extraction.llm.client import LimitReachedError, Question, TruncatedAnswerError
from argumap.extraction.llm.framing import show_thread
from argumap.extraction.llm.grounding import Checked, check_claims
from argumap.extraction.llm.prompts import load_prompt
from argumap.extraction.llm.relating import check_relations
from argumap.extraction.llm.report import Provenance, Rejected
from argumap.extraction.llm.units import NumberedThread

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping, Sequence

    from argumap.extraction.llm.chunks import Chunk
    from argumap.extraction.llm.client import Client, Tally
    from argumap.extraction.llm.grounding import GroundedClaim
    from argumap.extraction.llm.relating import Item
    from argumap.extraction.llm.settings import Settings
    from argumap.model import ArgumentMap, Thread

__all__ = ["Reading", "read_map"]

G = TypeVar("G")
Stage = Literal["claims", "relations", "review"]


class Reading:
    """One thread, read chunk by chunk.

    Attributes:
        numbered: The thread.
        chunks: Its chunks.
        rejected: What could not be used so far, in the order of the text.
        stopped: The limit that ended the reading too early, if one did.
    """

    def __init__(self, thread: Thread, client: Client, settings: Settings, tally: Tally) -> None:
        self.numbered = NumberedThread(thread)
        self.chunks = cut(self.numbered, settings.max_chars)
        self.rejected: list[Rejected] = []
        self.stopped: str | None = None
        self._client = client
        self._settings = settings
        self._tally = tally

    async def of_all(self, stage: Stage, work: Callable[[Chunk], Awaitable[Checked[G]]]) -> list[G]:
        """Return what came of all chunks, asked about at once, in the order of the chunks."""
        checked = await _at_once(self._of(chunk, work) for chunk in self.chunks)
        for each in checked:
            self.rejected += [Rejected.of(stage, p.item, p.reason) for p in each.problems]
        return [item for each in checked for item in each.items]

    async def _of(self, chunk: Chunk, work: Callable[[Chunk], Awaitable[Checked[G]]]) -> Checked[G]:
        """Work on a chunk; on its halves when the answer about all of it has no room."""
        try:
            return await work(chunk)
        except LimitReachedError as limit:
            self.stopped = str(limit)
            return Checked()
        except TruncatedAnswerError:
            parts = halves(chunk, self.numbered, self._settings.max_chars)
        if not parts:
            raise ExtractionError(
                f"{self._settings.model_name}: the answer about a single sentence was cut off; "
                "the model's limit of output tokens is too low"
            )
        results = await _at_once(self._of(part, work) for part in parts)
        return Checked(
            [item for each in results for item in each.items],
            [problem for each in results for problem in each.problems],
        )

    async def claims(self, chunk: Chunk) -> Checked[GroundedClaim]:
        """Ask which claims there are."""
        shown = show_thread(self.numbered, chunk)
        return await self._client.ask(
            Question(load_prompt("claims"), shown, ClaimsAnswer),
            partial(check_claims, chunk=chunk, numbered=self.numbered),
            self._tally,
        )

    async def relations(
        self, chunk: Chunk, *, claims: Mapping[str, GroundedClaim]
    ) -> Checked[Item]:
        """Ask what the claims of a chunk are to those and to the claims of its context."""
        shown = shown_claims(chunk, claims)
        if not shown:
            return Checked()
        posts = show_thread(self.numbered, chunk, shown)
        return await self._client.ask(
            Question(load_prompt("relations"), posts, RelationsAnswer),
            partial(check_relations, chunk=chunk, numbered=self.numbered, claims=shown),
            self._tally,
        )

    def with_provenance(self, argmap: ArgumentMap, prompts: Sequence[str]) -> ArgumentMap:
        """Return a map that says how it was made."""
        provenance = Provenance(
            model=self._settings.model_name,
            prompts=tuple(str(load_prompt(name)) for name in (*prompts, "again")),
            chunks=len(self.chunks),
            usage=self._tally.usage,
            rejected=tuple(self.rejected),
            stopped=self.stopped,
        )
        extra = {**(argmap.extra or {}), "llm": provenance.model_dump(mode="json")}
        return argmap.replace(extra=extra)


async def read_map(
    thread: Thread, client: Client, settings: Settings, tally: Tally
) -> tuple[ArgumentMap, str | None]:
    """Return the map of a thread, and the limit that ended the reading too early, if one did."""
    reading = Reading(thread, client, settings, tally)
    found = await reading.of_all("claims", reading.claims)
    claims = number_claims(found)
    items = await reading.of_all("relations", partial(reading.relations, claims=claims))
    argmap, fell_away = build_map(reading.numbered, claims, items)
    reading.rejected += fell_away
    return reading.with_provenance(argmap, ("claims", "relations")), reading.stopped


def shown_claims(chunk: Chunk, claims: Mapping[str, GroundedClaim]) -> dict[str, GroundedClaim]:
    """Return the claims that begin in the units of a chunk."""
    units = {unit.id for unit in (*chunk.own, *chunk.context)}
    return {claim_id: claim for claim_id, claim in claims.items() if claim.unit in units}


async def _at_once(work: Iterable[Coroutine[None, None, G]]) -> list[G]:
    """Return the results in order; the first error ends the others and is raised as it is."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(each) for each in work]
    except* ExtractionError as faults:
        raise _first(faults) from None
    return [task.result() for task in tasks]


def _first(faults: BaseExceptionGroup[ExtractionError]) -> ExtractionError:
    fault: BaseException = faults
    while isinstance(fault, BaseExceptionGroup):
        fault = fault.exceptions[0]
    if not isinstance(fault, ExtractionError):  # pragma: no cover # `except*` has sorted them
        raise TypeError(fault)
    return fault
