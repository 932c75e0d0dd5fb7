"""From a thread to its argument map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap._registry import Registry
from argumap.extraction._extractor import Extractor
from argumap.extraction._rule_extractor import RuleExtractor

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["EXTRACTORS", "Extractor", "RuleExtractor"]


def _llm() -> Extractor:
    # Here, so that the extractors that work offline load nothing of it.
    from argumap.extraction.llm import LLMExtractor  # noqa: PLC0415

    return LLMExtractor()


def _trained() -> Extractor:
    # Here, so that the weights are read when they are used.
    from argumap.extraction.trained import TrainedExtractor  # noqa: PLC0415

    return TrainedExtractor()


EXTRACTORS: Registry[Callable[[], Extractor]] = Registry(
    "extractor", {"trained": _trained, "rules": RuleExtractor, "llm": _llm}
)
