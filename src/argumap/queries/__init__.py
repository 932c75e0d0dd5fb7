"""Questions to a map. Each is a function that takes the map and returns data.

`QUERIES` has them by name. Where a claim is meant as such, the answer is claims; where there is a
reason to tell, it is findings: see `argumap.model.Finding`.
"""

from argumap.queries.catalogue import QUERIES, Query
from argumap.queries.circles import circular_reasoning
from argumap.queries.debate import (
    concessions,
    contested,
    self_contradictions,
    unanswered_rebuttals,
)
from argumap.queries.lacking import lacking_support, unsupported
from argumap.queries.people import common_ground, disagreements, positions
from argumap.queries.support import contested_claims, main_claims, unsupported_claims

__all__ = [
    "QUERIES",
    "Query",
    "circular_reasoning",
    "common_ground",
    "concessions",
    "contested",
    "contested_claims",
    "disagreements",
    "lacking_support",
    "main_claims",
    "positions",
    "self_contradictions",
    "unanswered_rebuttals",
    "unsupported",
    "unsupported_claims",
]
