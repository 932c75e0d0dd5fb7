"""An author doubts what he said ("I might be wrong"), and a reply that shares the doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap.extraction._draft import Link
from argumap.extraction._lexicon import pattern
from argumap.extraction._overlap import Overlap
from argumap.extraction._paths import leads_to

if TYPE_CHECKING:
    from argumap.extraction._draft import Draft, Unit

__all__ = ["find_doubts"]

_OWN = pattern("doubts", "own")
_YOU = frozenset({"you", "you're"})


def find_doubts(draft: Draft) -> None:
    """Let a doubt of one's own, and whoever shares it, stand against what is doubted.

    What is doubted is the first earlier unit of the post that shares telling words with the doubt,
    for there the point was made; where none does, the last claim before it. A reply that begins
    with "you" and answers the doubt repeats its verdict, so it is not against the doubt.
    """
    overlap = Overlap(draft)
    doubted: dict[Unit, Unit] = {}
    for post in draft.posts:
        for number, unit in enumerate(post.units):
            found = _OWN.match(unit.text.replace("’", "'"))
            if not number or not found:
                continue
            target = _doubted(overlap, unit, post.units[:number])
            if leads_to(target, unit):
                continue
            doubted[unit] = target
            _turn(unit, target, found[0].lower())
    for unit in draft.units():
        answered = unit.links[0].target if unit.links else None
        if answered is None or answered not in doubted or answered.post == unit.post:
            continue
        if unit.links[0].sign == "rebuttal" and unit.words[:1] and unit.words[0] in _YOU:
            _turn(unit, doubted[answered], unit.words[0])


def _doubted(overlap: Overlap, unit: Unit, earlier: list[Unit]) -> Unit:
    for other in earlier:
        if overlap.score(unit, other) > 0.1:
            return other
    return next((other for other in reversed(earlier) if other.component == "claim"), earlier[-1])


def _turn(unit: Unit, target: Unit, cue: str) -> None:
    """Make a rebuttal of the target the only thing that a unit bears on."""
    sure = unit.links[0].confidence if unit.links else unit.confidence
    unit.links = [Link(target, "rebuttal", "doubts", (cue,), sure)]
