"""What a user can say about a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

    from pydantic_ai.models import Model

    from argumap.extraction._extractor import Extractor

__all__ = ["Settings"]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The arguments of `LLMExtractor`, where they are explained."""

    model: str | Model
    base_url: str | None
    review: Extractor | None
    review_below: float
    fallback: Extractor | None
    retries: int
    timeout: float
    max_chars: int
    concurrency: int
    max_cost: float | None
    max_requests: int | None
    cache: str | os.PathLike[str] | None
    progress: Callable[[int, int], None] | None

    @property
    def model_name(self) -> str:
        """The name by which answers are kept and maps say what made them."""
        if isinstance(self.model, str):
            return self.model
        return f"{self.model.system}:{self.model.model_name}"
