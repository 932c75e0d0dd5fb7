"""Relations as lines: from card to card, or by way of a dot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from argumap.rendering.style import TIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from argumap.model import ArgumentMap, Rebuttal, Support, Undercut
    from argumap.rendering.style import Kind

__all__ = ["VERBS", "Dot", "Tie", "in_words", "make_ties"]


@dataclass(frozen=True, slots=True)
class Dot:
    """The point of a relation: where linked premises meet, and what an undercut strikes."""

    name: str
    kind: Kind
    linked: bool
    title: str


@dataclass(frozen=True, slots=True)
class Tie:
    """A line from one card or dot to another.

    Attributes:
        headed: Whether it ends in an arrow or a bar; premises reach their dot without.
        width: Of the line; thinner where the relation is less sure.
        weight: How strongly Graphviz keeps its ends together.
        title: The relation in words.
    """

    name: str
    tail: str
    head: str
    kind: Kind
    headed: bool
    width: float
    weight: int
    title: str


VERBS: dict[str, Kind] = {"support": "supports", "rebuttal": "rebuts", "undercut": "undercuts"}


def make_ties(
    argmap: ArgumentMap, cards: Mapping[str, str], labels: Mapping[str, str]
) -> tuple[list[Dot], list[Tie]]:
    """Return the dots and ties of all relations whose ends are all drawn. Linear.

    A relation is one tie. One with linked premises, and one that an undercut strikes, has a dot:
    each premise has a tie to it, and one tie leads on from it.

    Args:
        argmap: The map.
        cards: Name of the card of each claim that is drawn, by id.
        labels: How each of them is called, by id.
    """
    drawn = _drawn(argmap, cards)
    struck = {u.target for u in argmap.undercuts if u.id in drawn}
    names = dict(cards)
    dots: list[Dot] = []
    for number, relation in enumerate(argmap.relations):
        linked = len(relation.sources) > 1
        if relation.id in drawn and (linked or relation.id in struck):
            names[relation.id] = f"d{number}"
            words = in_words(argmap, relation, labels)
            dots.append(Dot(f"d{number}", VERBS[relation.kind], linked, words))
    ties: list[Tie] = []
    started: set[str] = set()
    for relation in argmap.relations:
        if relation.id not in drawn:
            continue
        kind = VERBS[relation.kind]
        sure = 1.0 if relation.confidence is None else relation.confidence
        width = round(1 + sure * (TIES[kind].width - 1), 2)
        words = in_words(argmap, relation, labels)
        dot, target = names.get(relation.id), names[relation.target]
        ends = [(names[source], dot or target, dot is None) for source in relation.sources]
        if dot:
            ends.append((dot, target, True))
        for tail, head, headed in ends:
            # A claim stays beside the first thing that it bears on.
            weight = 1 if tail in started else 8
            started.add(tail)
            ties.append(Tie(f"e{len(ties)}", tail, head, kind, headed, width, weight, words))
    return dots, ties


def _drawn(argmap: ArgumentMap, cards: Mapping[str, str]) -> set[str]:
    """Return the ids of the relations whose ends are all drawn; an undercut's end is a relation."""
    striking: dict[str, list[str]] = {}
    drawn = set()
    lost = []
    for relation in argmap.relations:
        if relation.kind == "undercut":
            striking.setdefault(relation.target, []).append(relation.id)
        ends = [*relation.sources, *([] if relation.kind == "undercut" else [relation.target])]
        if all(end in cards for end in ends):
            drawn.add(relation.id)
        else:
            lost.append(relation.id)
    while lost:
        for undercut in striking.get(lost.pop(), ()):
            if undercut in drawn:
                drawn.discard(undercut)
                lost.append(undercut)
    return drawn


def in_words(
    argmap: ArgumentMap, relation: Support | Rebuttal | Undercut, labels: Mapping[str, str]
) -> str:
    """Return a relation in words: ``"c2 and c3 together support c1"``.

    Args:
        argmap: The map.
        relation: The relation.
        labels: How each claim is called, by id.
    """
    ids = [labels[source] for source in relation.sources]
    verb = VERBS[relation.kind]
    if len(ids) > 1:
        subject = f"{', '.join(ids[:-1])} and {ids[-1]} together {verb.removesuffix('s')}"
    else:
        subject = f"{ids[0]} {verb}"
    if relation.kind == "undercut":
        struck = argmap.relation(relation.target)
        sources = ", ".join(labels[source] for source in struck.sources)
        target = (
            f"the undercut by {sources}"
            if struck.kind == "undercut"
            else f"the step from {sources} to {labels[struck.target]}"
        )
    else:
        target = labels[relation.target]
    sure = "" if relation.confidence is None else f", confidence {relation.confidence:.2f}"
    return f"{subject} {target}{sure}"
