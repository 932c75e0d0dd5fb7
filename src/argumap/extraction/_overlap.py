"""Which of several units shares the most telling words with another one."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from argumap.extraction._lexicon import phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from argumap.extraction._draft import Draft, Unit

__all__ = ["Overlap"]

_STEM = 5
_STOP = phrases("overlap", "stop")
_NUMBERS = "two three four five six seven eight nine ten eleven twelve"
_FIGURES = {word: str(number) for number, word in enumerate(_NUMBERS.split(), 2)}


class Overlap:
    """Compares units by the rare words that they share.

    A word counts by how few units of the thread hold it (inverse document frequency); words are
    cut to their first letters, so that "register" and "registration" are the same; "four" is 4.
    """

    def __init__(self, draft: Draft) -> None:
        self._stems: dict[Unit, frozenset[str]] = {}
        counts: Counter[str] = Counter()
        total = 0
        for unit in draft.units():
            counts.update(self.stems(unit))
            total += 1
        self._weight = {stem: math.log((total + 1) / n) for stem, n in counts.items()}
        self._rarest = math.log(total + 1)

    def stems(self, unit: Unit) -> frozenset[str]:
        """Return the beginnings of the telling words of a unit."""
        found = self._stems.get(unit)
        if found is None:
            found = frozenset(
                _FIGURES.get(w, w)[:_STEM]
                for w in unit.words
                if w not in _STOP and (len(w) > 2 or w.isdecimal())
            )
            self._stems[unit] = found
        return found

    def rarest(self, unit: Unit, count: int) -> list[str]:
        """Return the rarest telling words of a unit, the rarest first."""
        return sorted(self.stems(unit), key=lambda stem: (-self._weight.get(stem, 0.0), stem))[
            :count
        ]

    def score(self, unit: Unit, other: Unit) -> float:
        """Return how much two units have in common, from 0 to 1 (cosine)."""
        mine, theirs = self.stems(unit), self.stems(other)
        common = mine & theirs
        if not common:
            return 0.0
        return self._norm(common) ** 2 / (self._norm(mine) * self._norm(theirs))

    def _norm(self, stems: frozenset[str]) -> float:
        return (
            math.sqrt(sum(self._weight.get(stem, self._rarest) ** 2 for stem in sorted(stems)))
            or 1.0
        )

    def best(self, unit: Unit, others: Sequence[Unit], least: float = 0.1) -> Unit | None:
        """Return the unit that has most in common with this one, the first of equals."""
        best, score = None, least
        for other in others[:200]:
            found = self.score(unit, other)
            if found > score:
                best, score = other, found
        return best
