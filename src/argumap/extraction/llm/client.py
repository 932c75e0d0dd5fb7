"""Questions to a model: asked once more when the answer is no good, within limits, from a cache."""

from __future__ import annotations

import asyncio
import hashlib
import json
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Self, TypeVar

from argumap.errors import ExtractionError
from argumap.extraction.llm.answers import UnreadableAnswerError
from argumap.extraction.llm.cache import AnswerCache
from argumap.extraction.llm.models import has_price, make_model, send
from argumap.extraction.llm.prompts import load_prompt
from argumap.extraction.llm.report import Usage
from argumap.extraction.llm.slots import Slots

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from pydantic import BaseModel
    from pydantic_ai.models import Model

    from argumap.extraction.llm.grounding import Checked
    from argumap.extraction.llm.prompts import Prompt
    from argumap.extraction.llm.settings import Settings

__all__ = ["Client", "LimitReachedError", "Question", "Tally", "TruncatedAnswerError"]

G = TypeVar("G")
_MOST_REASONS = 30


class LimitReachedError(Exception):
    """A limit is used up: nothing more is asked."""


class TruncatedAnswerError(Exception):
    """The model ran out of room: ask it about less."""


@dataclass
class Tally:
    """What the answers about one thread used, wherever they came from.

    Attributes:
        rank: The threads are served in this order, so that a limit leaves few of them half done.
        usage: The sum so far.
    """

    rank: int
    usage: Usage = field(default_factory=Usage)


@dataclass(frozen=True)
class Question:
    """What is asked.

    Attributes:
        prompt: What the model is told to do.
        text: The posts, and what is asked about them.
        shape: What the answer should look like.
    """

    prompt: Prompt
    text: str
    shape: type[BaseModel]


@dataclass(frozen=True)
class _Answer:
    key: str
    text: str
    truncated: bool
    usage: Usage


class Client:
    """Asks one model on behalf of one run; an asynchronous context manager.

    Attributes:
        spent: What this run itself has asked for so far, answers from the cache left out.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._model: Model | None = None
        self._slots = Slots(settings.concurrency)
        self._opening = asyncio.Lock()
        self._cache: AnswerCache | None = None
        self._begun = 0
        self._needed = 0
        self._done = 0
        self.spent = Usage()

    async def __aenter__(self) -> Self:
        if self._settings.cache is not None:
            self._cache = AnswerCache(self._settings.cache)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._cache is not None:
            self._cache.close()
        if self._model is not None:
            await self._model.__aexit__(kind, fault, trace)

    async def ask(
        self, question: Question, check: Callable[[str], Checked[G]], tally: Tally
    ) -> Checked[G]:
        """Return a checked answer; when something is wrong with it, that of a second attempt.

        Of two answers that can be read the one with more good items counts; of equals the second.

        Raises:
            ExtractionError: There is no answer, or none that can be read.
            LimitReachedError: A limit is used up.
            TruncatedAnswerError: The answer was cut off.
        """
        answers: list[_Answer] = []
        try:
            return await self._asked(question, check, answers, tally)
        finally:
            self._keep(question, answers)

    async def _asked(
        self,
        question: Question,
        check: Callable[[str], Checked[G]],
        answers: list[_Answer],
        tally: Tally,
    ) -> Checked[G]:
        answers.append(await self._once(question, (question.text,), tally))
        first, reasons = self._check(answers[0], check)
        if first is not None and not reasons:
            return first
        again = load_prompt("again").text.replace("{reasons}", _listed(reasons))
        try:
            turns = (question.text, answers[0].text or "(nothing)", again)
            answers.append(await self._once(question, turns, tally))
            second, reasons = self._check(answers[1], check)
        except (LimitReachedError, TruncatedAnswerError):
            if first is None:
                raise
            return first
        if second is None:
            if first is None:
                answers.clear()  # not kept: the next run asks again
                raise ExtractionError(
                    f"{self._settings.model_name}: two answers that cannot be read: {reasons[0]}"
                )
            return first
        return first if first and len(first.items) > len(second.items) else second

    def _check(
        self, answer: _Answer, check: Callable[[str], Checked[G]]
    ) -> tuple[Checked[G] | None, list[str]]:
        """Return what is good in an answer, and why to ask again; nothing if it is no answer."""
        if answer.truncated:
            raise TruncatedAnswerError
        try:
            checked = check(answer.text)
        except UnreadableAnswerError as fault:
            return None, [str(fault)]
        return checked, [f"{each.place}: {each.reason}" for each in checked.faults]

    async def _once(self, question: Question, turns: tuple[str, ...], tally: Tally) -> _Answer:
        key = self._key(question, turns)
        self._needed += 1
        self._tell()
        try:
            kept = self._cache.find(key) if self._cache else None
            if kept is not None:
                answer = _loads(key, kept)
            else:
                answer = await self._fresh(key, question, turns, tally.rank)
        except BaseException:
            self._needed -= 1
            raise
        self._done += 1
        self._tell()
        tally.usage += answer.usage
        return answer

    async def _fresh(
        self, key: str, question: Question, turns: tuple[str, ...], rank: int
    ) -> _Answer:
        settings = self._settings
        async with self._slots.take(rank):
            self._check_limits()
            self._begun += 1
            model = await self._open_model()
            text, truncated, usage = await send(
                model,
                question.prompt.text,
                turns,
                question.shape,
                retries=settings.retries,
                timeout=settings.timeout,
            )
            self.spent += usage
        return _Answer(key, text, truncated, usage)

    def _check_limits(self) -> None:
        most, dearest = self._settings.max_requests, self._settings.max_cost
        if most is not None and self._begun >= most:
            raise LimitReachedError(f"max_requests={most} is used up")
        if dearest is None:
            return
        if self.spent.cost is None:
            raise LimitReachedError(
                f"the server did not say what an answer used: max_cost={dearest:g} cannot be kept"
            )
        if self.spent.cost >= dearest:
            raise LimitReachedError(f"max_cost={dearest:g} is used up: {self.spent.cost:g} spent")

    async def _open_model(self) -> Model:
        """Make the model when it is first needed: a run from the cache needs no key."""
        async with self._opening:
            if self._model is not None:
                return self._model
            settings = self._settings
            made = settings.model
            if isinstance(made, str):
                made = make_model(made, settings.base_url)
            if settings.max_cost is not None and not has_price(made):
                raise ExtractionError(
                    f"the price of {made.model_name!r} is not known, so max_cost cannot be kept; "
                    "use max_requests"
                )
            self._model = await made.__aenter__()
            return self._model

    def _key(self, question: Question, turns: tuple[str, ...]) -> str:
        parts = (
            self._settings.model_name,
            question.prompt.text,
            _schema(question.shape),
            *turns,
        )
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def _keep(self, question: Question, answers: list[_Answer]) -> None:
        if self._cache and answers:
            model, prompt = self._settings.model_name, str(question.prompt)
            self._cache.keep((each.key, model, prompt, _dumps(each)) for each in answers)

    def _tell(self) -> None:
        if self._settings.progress is not None:
            self._settings.progress(self._done, self._needed)


@cache
def _schema(shape: type[BaseModel]) -> str:
    return json.dumps(shape.model_json_schema(), sort_keys=True)


def _listed(reasons: list[str]) -> str:
    shown = [f"- {reason}" for reason in reasons[:_MOST_REASONS]]
    if len(reasons) > _MOST_REASONS:
        shown.append(f"- and {len(reasons) - _MOST_REASONS} more")
    return "\n".join(shown)


def _dumps(answer: _Answer) -> str:
    return json.dumps(
        {
            "text": answer.text,
            "truncated": answer.truncated,
            "usage": answer.usage.model_dump(),
        }
    )


def _loads(key: str, kept: str) -> _Answer:
    data = json.loads(kept)
    return _Answer(key, data["text"], data["truncated"], Usage.model_validate(data["usage"]))
