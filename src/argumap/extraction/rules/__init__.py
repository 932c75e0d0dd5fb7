"""The rules of the rule extractor, in the order in which they run."""

from __future__ import annotations

from collections.abc import Callable

from argumap.extraction._draft import Draft
from argumap.extraction.rules.chaff import drop_chaff
from argumap.extraction.rules.claims import link_claims
from argumap.extraction.rules.clauses import cut_clauses
from argumap.extraction.rules.components import judge_components
from argumap.extraction.rules.concessions import link_concessions
from argumap.extraction.rules.doubts import find_doubts
from argumap.extraction.rules.frames import strip_frames
from argumap.extraction.rules.lists import find_lists
from argumap.extraction.rules.premises import link_premises
from argumap.extraction.rules.reasons import link_reasons
from argumap.extraction.rules.replies import link_replies
from argumap.extraction.rules.restatements import merge_restatements
from argumap.extraction.rules.sentences import find_sentences
from argumap.extraction.rules.stands import find_stands
from argumap.extraction.rules.undercuts import find_undercuts

__all__ = ["RULES", "Rule"]

Rule = Callable[[Draft], None]

RULES: tuple[tuple[str, Rule], ...] = (
    ("sentences", find_sentences),
    ("clauses", cut_clauses),
    ("frames", strip_frames),
    ("lists", find_lists),
    ("stands", find_stands),
    ("chaff", drop_chaff),
    ("restatements", merge_restatements),
    ("components", judge_components),
    ("reasons", link_reasons),
    ("concessions", link_concessions),
    ("replies", link_replies),
    ("claims", link_claims),
    ("premises", link_premises),
    ("doubts", find_doubts),
    ("undercuts", find_undercuts),
)
