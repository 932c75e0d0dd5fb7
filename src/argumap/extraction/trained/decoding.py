"""Which target each unit is given, out of those that the parent head weighs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from argumap.extraction._draft import Link
from argumap.extraction._paths import leads_to
from argumap.extraction.trained.parents import Surroundings, candidates, sign_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from argumap.extraction._draft import Draft, Unit
    from argumap.extraction.trained.head import Head

__all__ = ["Ranking", "attach_units", "drop_faint_supports"]

# More choices are never made, and say little of whether their targets have support.
_MOST_CHOICES = 12
_LEAST_CHANCE = 1e-6
# That a unit bears on nothing is only believed where it is this likely, or no target is at all:
# among many targets each has a small chance, while that of nothing is in one piece.
_NOTHING, _SOMETHING = 0.4, 0.15
# A claim that is more likely than this to have no support is given none.
_BARE = 0.55


@dataclass(slots=True)
class Ranking:
    """A unit with what it may bear on, the likeliest first unless it is settled otherwise."""

    unit: Unit
    order: int
    choices: list[tuple[float, Unit | None]]
    settled: bool = False

    def prefer(self, target: Unit) -> None:
        """Put one of the targets first."""
        self.choices.sort(key=lambda choice: choice[1] is not target)


_Signs = dict[tuple["Unit", "Unit"], Literal["support", "rebuttal"]]


def attach_units(draft: Draft, parent: Head) -> dict[Unit, float]:
    """Give each unit the target that the head finds best, without going in a circle.

    A claim that probably has no support is given none, though it may be the likeliest target of
    some unit: that unit bears on the next likeliest.

    Returns:
        For each unit that bears on another one the logarithm of how likely that is: that the
        target is the right one, and that both are argument.
    """
    around = Surroundings(draft)
    rankings = [_rank(draft, around, u, n, parent) for n, u in enumerate(draft.units())]
    for ranking in rankings:
        _keep_list_together(ranking)
    signs: _Signs = {
        (ranking.unit, target): sign_of(around, ranking.unit, target)
        for ranking in rankings
        for _, target in ranking.choices
        if target is not None
    }
    drop_faint_supports(rankings, signs)
    proposed = {ranking.unit: ranking.unit.links for ranking in rankings}
    for ranking in rankings:
        ranking.unit.links = []
    scores: dict[Unit, float] = {}
    # The surest first: a doubtful link must not close a circle before a sure one.
    for ranking in sorted(rankings, key=lambda each: (-each.choices[0][0], each.order)):
        unit = ranking.unit
        for chance, target in ranking.choices:
            if target is None:
                break
            if leads_to(target, unit):
                continue
            ruled = next((link for link in proposed[unit] if link.target is target), None)
            rule, cues = (ruled.rule, ruled.cues) if ruled else ("parent head", ())
            unit.links = [Link(target, signs[unit, target], rule, cues)]
            ends = (unit.confidence or 1.0) * (target.confidence or 1.0)
            scores[unit] = math.log(max(chance * ends, _LEAST_CHANCE))
            break
    return scores


def _keep_list_together(ranking: Ranking) -> None:
    """Let an item of a list bear on what the rules say that the list is about, as the others do."""
    unit = ranking.unit
    if unit.intro is None or not unit.is_head or not unit.links or unit.links[0].rule != "agreed":
        return
    aim = unit.links[0].target
    if all(target is not aim for _, target in ranking.choices):
        ranking.choices.append((_LEAST_CHANCE, aim))
    ranking.prefer(aim)
    ranking.settled = True


def drop_faint_supports(
    rankings: Sequence[Ranking], signs: Mapping[tuple[Unit, Unit], str]
) -> None:
    """Let no unit support what probably has no support at all, if it may bear on something else.

    The chance that a claim has support is that of at least one of the units that may support it,
    taken as independent of each other. Linear in the choices.
    """
    bare: dict[Unit, float] = {}
    for ranking in rankings:
        for chance, target in ranking.choices:
            if target is not None and signs[ranking.unit, target] == "support":
                bare[target] = bare.get(target, 1.0) * (1 - chance)
    for ranking in rankings:
        target = ranking.choices[0][1]
        if target is None or signs[ranking.unit, target] != "support" or ranking.settled:
            continue
        if bare[target] > _BARE:
            ranking.choices = ranking.choices[1:] or ranking.choices


def _rank(draft: Draft, around: Surroundings, unit: Unit, order: int, parent: Head) -> Ranking:
    found = candidates(draft, around, unit)
    scores = [parent.score(candidate.evidence) for candidate in found]
    top = max(scores)
    weights = [math.exp(score - top) for score in scores]
    total = sum(weights)
    best = sorted(range(len(found)), key=lambda n: (-weights[n], n))[:_MOST_CHOICES]
    ranking = Ranking(unit, order, [(weights[n] / total, found[n].target) for n in best])
    if any(target is None and chance < _NOTHING for chance, target in ranking.choices):
        ranking.choices.sort(key=lambda each: each[1] is None or each[0] < _SOMETHING)
    return ranking
