"""The extractor whose rules propose and whose trained heads decide."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from argumap.extraction._build import build_map
from argumap.extraction._draft import Draft
from argumap.extraction.rules import RULES
from argumap.extraction.rules.components import judge_component
from argumap.extraction.rules.doubts import find_doubts
from argumap.extraction.rules.undercuts import find_undercuts
from argumap.extraction.trained.decoding import attach_units
from argumap.extraction.trained.head import shipped_heads
from argumap.extraction.trained.joints import cut_joints
from argumap.extraction.trained.units import unit_evidence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from argumap.extraction._draft import Unit
    from argumap.extraction.trained.head import Head
    from argumap.model import ArgumentMap, Thread

__all__ = [
    "TrainedExtractor",
    "find_units",
    "judge_units",
    "link_units",
    "propose_links",
    "set_component",
]

_UNITS = ("frames", "lists", "stands")
_LINKS = ("restatements", "reasons", "concessions", "replies", "claims", "premises")
# Below this probability a unit is taken for no argument. Low: of what annotators of other corpora
# mark, a higher one drops much and gains nothing on the threads that it was trained on.
_LEAST_ARGUMENT = 0.35

_LOG = logging.getLogger("argumap.extraction")
# From so many posts on it takes seconds, and the log tells how far it is.
_LONG = 2000


class TrainedExtractor:
    """Makes a map by the rules, with trained judgement of units, components and links.

    The rules find the units and propose links; the heads judge which units are argument, which are
    premises and what each bears on, and how sure that is. With thousands of posts, how far it is
    goes to the logger ``argumap.extraction``.

    Args:
        heads: The trained heads; by default those that come with argumap.
    """

    def __init__(self, heads: Mapping[str, Head] | None = None) -> None:
        self.heads = shipped_heads() if heads is None else heads

    def extract(self, thread: Thread) -> ArgumentMap:
        """Return the map of a thread whose posts are marked up."""
        draft = Draft(thread)
        find_units(draft, self.heads["joint"])
        _tell(draft, "the units are found")
        judge_units(draft, self.heads["argument"], self.heads["component"])
        _tell(draft, "they are judged")
        propose_links(draft)
        link_units(draft, self.heads["parent"], self.heads["link"])
        _tell(draft, "they are linked")
        find_doubts(draft)
        find_undercuts(draft)
        return build_map(draft, "trained")


def _tell(draft: Draft, step: str) -> None:
    if len(draft.posts) >= _LONG:
        _LOG.info("%s posts: %s", f"{len(draft.posts):,}", step)


def _run(draft: Draft, names: tuple[str, ...]) -> None:
    rules: dict[str, Callable[[Draft], None]] = dict(RULES)
    for name in names:
        rules[name](draft)


def find_units(draft: Draft, joint: Head | None = None) -> None:
    """Find the units, cut at joints by a head or else by rules; not all need be argument."""
    _run(draft, ("sentences",))
    if joint is None:
        _run(draft, ("clauses",))
    else:
        cut_joints(draft, joint)
    _run(draft, _UNITS)


def judge_units(draft: Draft, argument: Head, component: Head) -> None:
    """Drop what is no argument, and judge the components of the rest."""
    for post in draft.posts:
        shown = [unit_evidence(post, n) for n in range(len(post.units))]
        ruled = [judge_component(post, n) for n in range(len(post.units))]
        kept: list[Unit] = []
        dropped: list[int] = []
        for number, unit in enumerate(post.units):
            sure = argument.probability(argument.score(shown[number]))
            if sure < _LEAST_ARGUMENT:
                dropped.append(number)
                continue
            unit.confidence = round(sure, 4)
            set_component(unit, component.probability(component.score(shown[number])))
            by_rule, cues = ruled[number]
            # What the rules say too is told with their cue words.
            agreed = by_rule == unit.component
            unit.rule, unit.cues = ("components", cues) if agreed else ("component head", ())
            kept.append(unit)
        for stand in post.stands:
            stand.before -= sum(number < stand.before for number in dropped)
        post.units = kept


def set_component(unit: Unit, point: float) -> None:
    """Set how likely a unit is a point of its author's own, and its component by that."""
    unit.point = point
    unit.component = "claim" if point > 0.5 else "premise"
    unit.component_confidence = round(max(point, 1 - point), 4)


def propose_links(draft: Draft) -> None:
    """Find restatements, and let the rules propose links; the parent head weighs them."""
    _run(draft, _LINKS)


def link_units(draft: Draft, parent: Head, sure: Head) -> None:
    """Give each unit the target that the head finds best, and say how sure each link is."""
    for unit, score in attach_units(draft, parent).items():
        unit.links[0].confidence = round(sure.probability(score), 4)
