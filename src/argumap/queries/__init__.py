"""Questions to a map. Each is a function that takes the map and returns data.

`QUERIES` has them by name. Where a claim is meant as such, the answer is claims; where there is a
reason to tell, it is findings: see `argumap.model.Finding`.
"""

from argumap.queries.alike import near_duplicates
from argumap.queries.catalogue import QUERIES, Query
from argumap.queries.circles import circular_reasoning
from argumap.queries.debate import (
    concessions,
    contested,
    self_contradictions,
    unanswered_rebuttals,
)
from argumap.queries.diff import diff_maps
from argumap.queries.hinges import cruxes, load_bearing, smallest_sets
from argumap.queries.lacking import lacking_support, unsupported
from argumap.queries.paths import chains, for_and_against
from argumap.queries.people import common_ground, disagreements, positions
from argumap.queries.support import contested_claims, main_claims, unsupported_claims
from argumap.queries.why import explain, turning_points

__all__ = [
    "QUERIES",
    "Query",
    "chains",
    "circular_reasoning",
    "common_ground",
    "concessions",
    "contested",
    "contested_claims",
    "cruxes",
    "diff_maps",
    "disagreements",
    "explain",
    "for_and_against",
    "lacking_support",
    "load_bearing",
    "main_claims",
    "near_duplicates",
    "positions",
    "self_contradictions",
    "smallest_sets",
    "turning_points",
    "unanswered_rebuttals",
    "unsupported",
    "unsupported_claims",
]
