"""A proposition that is said again, by whomever, is the same claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap.extraction._lexicon import phrases
from argumap.extraction._overlap import Overlap

if TYPE_CHECKING:
    from argumap.extraction._draft import Draft, Unit

__all__ = ["merge_restatements"]

_LEAST_STEMS = 4
_LEAST_COMMON = 0.8
_NEGATIONS = phrases("overlap", "negations")
_MOST_CANDIDATES = 20


def merge_restatements(draft: Draft) -> None:
    """Mark units that say nearly in the same words what an earlier unit says.

    Only units that share one of their two rarest words are compared, so the cost stays linear.
    """
    overlap = Overlap(draft)
    index: dict[str, list[Unit]] = {}
    for unit in draft.units():
        stems = overlap.stems(unit)
        if len(stems) < _LEAST_STEMS:
            continue
        rarest = overlap.rarest(unit, 2)
        earlier = [other for stem in rarest for other in index.get(stem, ())]
        for other in earlier[:_MOST_CANDIDATES]:
            theirs = overlap.stems(other)
            alike = len(stems & theirs) >= _LEAST_COMMON * len(stems | theirs)
            if alike and _denies(unit) == _denies(other):
                unit.same_as = other.same_as or other
                break
        for stem in rarest:
            index.setdefault(stem, []).append(unit)


def _denies(unit: Unit) -> bool:
    return any(word in _NEGATIONS or word.endswith("n't") for word in unit.words)
