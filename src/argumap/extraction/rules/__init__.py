"""The rules of the rule extractor, in the order in which they run."""

from __future__ import annotations

from collections.abc import Callable

from argumap.extraction._draft import Draft
from argumap.extraction.rules.replies import link_replies
from argumap.extraction.rules.sentences import find_sentences

__all__ = ["RULES", "Rule"]

Rule = Callable[[Draft], None]

RULES: tuple[tuple[str, Rule], ...] = (
    ("sentences", find_sentences),
    ("replies", link_replies),
)
