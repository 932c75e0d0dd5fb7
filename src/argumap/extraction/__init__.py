"""From a thread to its argument map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap._registry import Registry
from argumap.extraction._extractor import Extractor
from argumap.extraction._rule_extractor import RuleExtractor

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["EXTRACTORS", "Extractor", "RuleExtractor"]

EXTRACTORS: Registry[Callable[[], Extractor]] = Registry("extractor", {"rules": RuleExtractor})
