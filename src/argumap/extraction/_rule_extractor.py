"""The extractor that works by rules alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap.errors import UnknownNameError
from argumap.extraction._build import build_map
from argumap.extraction._draft import Draft
from argumap.extraction.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Collection

    from argumap.model import ArgumentMap, Thread

__all__ = ["RuleExtractor"]


class RuleExtractor:
    """Makes a map by an ordered list of small rules, `RULES`, without any training.

    Args:
        without: Names of rules that are not to run.

    Raises:
        UnknownNameError: There is no rule of that name.
    """

    def __init__(self, *, without: Collection[str] = ()) -> None:
        known = [name for name, _ in RULES]
        for name in without:
            if name not in known:
                raise UnknownNameError("rule", name, known)
        self.rules = tuple((name, rule) for name, rule in RULES if name not in without)

    def extract(self, thread: Thread) -> ArgumentMap:
        """Return the map of a thread whose posts are marked up."""
        draft = Draft(thread)
        for _, rule in self.rules:
            rule(draft)
        return build_map(draft, "rules")
