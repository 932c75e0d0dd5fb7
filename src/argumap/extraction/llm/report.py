"""What a run tells of itself: what it used, and what it had to reject."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Self

from pydantic import BaseModel, Field

from argumap.model import Value

if TYPE_CHECKING:
    from pydantic import JsonValue

    from argumap.errors import ArgumapError
    from argumap.model import ArgumentMap, Thread

__all__ = ["Extraction", "Provenance", "Rejected", "Usage"]

_LONGEST = 500


class Usage(Value):
    """Requests, tokens and cost.

    Examples:
        >>> once = Usage(requests=1, input_tokens=500, output_tokens=80, cost=0.0005)
        >>> once + Usage(requests=1, input_tokens=100, output_tokens=20, cost=None)
        Usage(requests=2, input_tokens=600, output_tokens=100, cost=None)
    """

    requests: int = Field(0, ge=0, description="Answers of the model, re-asked ones included.")
    input_tokens: int | None = Field(0, description="None where the server did not say.")
    output_tokens: int | None = Field(0, description="None where the server did not say.")
    cost: float | None = Field(0.0, description="US dollars; None where no price is known.")

    def __add__(self, other: Usage) -> Usage:
        cost = None
        if self.cost is not None and other.cost is not None:
            # Sums in another order must not differ in the last digit.
            cost = round(self.cost + other.cost, 9)
        return Usage(
            requests=self.requests + other.requests,
            input_tokens=_sum(self.input_tokens, other.input_tokens),
            output_tokens=_sum(self.output_tokens, other.output_tokens),
            cost=cost,
        )


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


class Rejected(Value):
    """Something in an answer that could not be used."""

    stage: Literal["claims", "relations", "review"] = Field(description="What was asked for.")
    item: str = Field(description="The item as JSON, cut off when long. Untrusted.")
    reason: str = Field(description="Why, in words.")

    @classmethod
    def of(
        cls,
        stage: Literal["claims", "relations", "review"],
        item: BaseModel | JsonValue,
        reason: str,
    ) -> Self:
        """Make one of an item as it was read."""
        value = item.model_dump(exclude_none=True) if isinstance(item, BaseModel) else item
        text = json.dumps(value, ensure_ascii=True)
        return cls(stage=stage, item=text[:_LONGEST], reason=reason)


class Provenance(Value):
    """How a map was made by a language model: kept in the map as ``extra["llm"]``.

    It tells of the answers that the map rests on, whether they came from the model or from the
    cache, so replaying a run gives the same bytes.
    """

    model: str = Field(description="Name of the model.")
    prompts: tuple[str, ...] = Field(description="The prompts with their versions.")
    chunks: int = Field(0, ge=0, description="Parts in which the thread was read.")
    usage: Usage = Field(default_factory=Usage)
    rejected: tuple[Rejected, ...] = Field((), description="What could not be used, in order.")
    stopped: str | None = Field(None, description="The limit that ended the run too early.")
    failed: str | None = Field(None, description="Why the fallback made this map instead.")

    @classmethod
    def of(cls, argmap: ArgumentMap) -> Self | None:
        """Return the provenance of a map, or None when no language model made it."""
        data = (argmap.extra or {}).get("llm")
        return None if data is None else cls.model_validate_json(json.dumps(data))


@dataclass(frozen=True)
class Extraction:
    """What came of one thread.

    Attributes:
        thread: The thread.
        map: Its map; None when there is none.
        error: Why there is no map, or why the map is that of the fallback; else None.
        usage: What the model's answers about this thread used, those of failed attempts included.
    """

    thread: Thread
    map: ArgumentMap | None
    error: ArgumapError | None
    usage: Usage
