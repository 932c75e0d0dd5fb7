"""What a picture shows: cards, dots, ties, each with its words and its size, but no place yet."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from argumap.rendering.labels import clean, fold, needed, shorten
from argumap.rendering.style import CARD, MAIN, PAGE, TIES, Kind

if TYPE_CHECKING:
    from argumap.model import ArgumentMap, Claim, Rebuttal, Support, Undercut

__all__ = ["Card", "Dot", "Scene", "Tie", "make_scene"]

Direction = Literal["BT", "RL"]


@dataclass(frozen=True, slots=True)
class Card:
    """A claim as it is drawn. All words are clean.

    Attributes:
        name: Name of its node, made by us: ids are text of strangers.
        id: The claim's id.
        who: Who says it, in words: ``"Ana"``, ``"Ana +2"``, ``"Ana concedes"``.
        seats: Places of its authors in `Scene.authors`, at least one where any author is known.
        main: Whether it is the main claim.
        status: ``"unsupported"``, ``"contested"``, both, or nothing.
        lines: Its text, folded.
        text: Its whole text.
        width: In points.
        height: In points.
    """

    name: str
    claim_id: str
    id: str
    who: str
    seats: tuple[int, ...]
    main: bool
    contested: bool
    unsupported: bool
    lines: tuple[str, ...]
    text: str
    width: float
    height: float

    @property
    def status(self) -> str:
        """The status in words; empty when there is nothing to say."""
        words = [
            word
            for word, holds in (("contested", self.contested), ("unsupported", self.unsupported))
            if holds
        ]
        return ", ".join(words)

    @property
    def alarming(self) -> bool:
        """Whether it is contested and unsupported: the thing to look at first."""
        return self.contested and self.unsupported

    @property
    def heading(self) -> str:
        """The first line in plain text: id, author, status."""
        return " · ".join(part for part in (self.id, self.who, self.status) if part)


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


@dataclass(frozen=True)
class Scene:
    """A whole picture before the layout.

    Attributes:
        title: The map's title, or nothing.
        counts: One line that says how much there is.
        authors: Everybody who speaks, in order of their first post.
    """

    title: str
    counts: str
    authors: tuple[str, ...]
    cards: tuple[Card, ...]
    dots: tuple[Dot, ...]
    ties: tuple[Tie, ...]
    direction: Direction


def make_scene(argmap: ArgumentMap, direction: Direction = "BT") -> Scene:
    """Return what a picture of a map shows. Linear, but for the search of the main claim."""
    seats = {author: seat for seat, author in enumerate(argmap.authors)}
    supported = {support.conclusion for support in argmap.supports}
    rebutted = {rebuttal.target for rebuttal in argmap.rebuttals}
    main = _main_claim(argmap)
    column = PAGE.columns[direction == "RL"]
    cards = {
        claim.id: _card(
            claim,
            f"n{number}",
            seats,
            column,
            main=claim.id == main,
            contested=claim.id in rebutted,
            unsupported=claim.id not in supported,
        )
        for number, claim in enumerate(argmap.claims)
    }
    dots, ties = _ties(argmap, cards)
    return Scene(
        title=clean(argmap.title, 200) if argmap.title else "",
        counts=_counts(list(cards.values()), len(seats)),
        authors=tuple(clean(author, 200) for author in seats),
        cards=tuple(cards.values()),
        dots=dots,
        ties=ties,
        direction=direction,
    )


def _card(
    claim: Claim,
    name: str,
    seats: dict[str, int],
    column: float,
    *,
    main: bool,
    contested: bool,
    unsupported: bool,
) -> Card:
    look = MAIN if main else CARD
    who, authors = _who(claim)
    text = clean(claim.text)
    lines = fold(clean(claim.text, 400), column, look.text * (1.09 if look.bold else 1))
    card = Card(
        name=name,
        claim_id=claim.id,
        id=shorten(clean(claim.id, 60), 90, look.author),
        who=who,
        seats=tuple(seats[author] for author in authors),
        main=main,
        contested=contested,
        unsupported=unsupported,
        lines=lines,
        text=text,
        width=0,
        height=2 * 8 + look.author * 1.4 + look.leading * len(lines),
    )
    width = max(
        PAGE.narrowest,
        needed(card.heading, look.author, bold=True),
        *(needed(line, look.text, bold=look.bold) for line in lines),
    )
    return replace(card, width=width)


def _who(claim: Claim) -> tuple[str, tuple[str, ...]]:
    """Return who says a claim in words, and the names: who asserts it, else who brings it up."""
    authors = claim.authors
    verb = ""
    if not authors:
        first = next((m for m in claim.mentions if m.author is not None), None)
        if first is None or first.author is None:
            return "", ()
        authors, verb = (first.author,), f" {first.stance}"
    more = f" +{len(authors) - 1}" if len(authors) > 1 else ""
    return shorten(clean(authors[0], 80), 150, CARD.author) + more + verb, authors


def _counts(cards: list[Card], authors: int) -> str:
    if not cards:
        return "no claims"
    parts = [_count(len(cards), "claim") + (f" by {_people(authors)}" if authors else "")]
    statuses = Counter(
        unsupported=sum(card.unsupported for card in cards),
        alarming=sum(card.alarming for card in cards),
    )
    if statuses["unsupported"]:
        parts.append(f"{statuses['unsupported']:,} unsupported")
    if statuses["alarming"]:
        parts.append(f"{statuses['alarming']:,} contested without support")
    return " · ".join(parts)


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number:,} people"


def _main_claim(argmap: ArgumentMap) -> str | None:
    """Return the claim that bears on nothing and on which most bear, the first among equals."""
    reasons: dict[str, list[str]] = {}
    bearing: set[str] = set()
    for relation in argmap.relations:
        reasons.setdefault(relation.target, []).extend(relation.sources)
        bearing.update(relation.sources)
        if relation.kind == "undercut":
            reasons.setdefault(argmap.relation(relation.target).target, []).append(relation.target)
    best, most = None, 0
    for claim in argmap.claims:
        if claim.id in reasons and claim.id not in bearing:
            size = _count_below(claim.id, reasons)
            if size > most:
                best, most = claim.id, size
    return best


def _count_below(top: str, reasons: dict[str, list[str]]) -> int:
    seen, stack = {top}, [top]
    while stack:
        for reason in reasons.get(stack.pop(), ()):
            if reason not in seen:
                seen.add(reason)
                stack.append(reason)
    return len(seen) - 1


_VERBS: dict[str, Kind] = {"support": "supports", "rebuttal": "rebuts", "undercut": "undercuts"}


def _ties(argmap: ArgumentMap, cards: dict[str, Card]) -> tuple[tuple[Dot, ...], tuple[Tie, ...]]:
    struck = {undercut.target for undercut in argmap.undercuts}
    dots = {
        relation.id: Dot(
            f"d{number}",
            _VERBS[relation.kind],
            len(relation.sources) > 1,
            _in_words(argmap, relation, cards),
        )
        for number, relation in enumerate(argmap.relations)
        if len(relation.sources) > 1 or relation.id in struck
    }
    names = {claim_id: card.name for claim_id, card in cards.items()}
    names.update({relation_id: dot.name for relation_id, dot in dots.items()})
    ties: list[Tie] = []
    started: set[str] = set()

    def tie(tail: str, head: str, relation: Support | Rebuttal | Undercut, *, headed: bool) -> None:
        kind = _VERBS[relation.kind]
        sure = 1.0 if relation.confidence is None else relation.confidence
        # A claim stays beside the first thing that it bears on.
        weight = 1 if tail in started else 8
        started.add(tail)
        ties.append(
            Tie(
                f"e{len(ties)}",
                tail,
                head,
                kind,
                headed,
                round(1 + sure * (TIES[kind].width - 1), 2),
                weight,
                _in_words(argmap, relation, cards),
            )
        )

    for relation in argmap.relations:
        dot = dots.get(relation.id)
        target = names[relation.target]
        for source in relation.sources:
            tie(names[source], dot.name if dot else target, relation, headed=dot is None)
        if dot:
            tie(dot.name, target, relation, headed=True)
    return tuple(dots.values()), tuple(ties)


def _in_words(
    argmap: ArgumentMap, relation: Support | Rebuttal | Undercut, cards: dict[str, Card]
) -> str:
    """Return a relation in words: ``"c2 and c3 together support c1"``."""
    ids = [cards[source].id for source in relation.sources]
    verb = _VERBS[relation.kind]
    if len(ids) > 1:
        subject = f"{', '.join(ids[:-1])} and {ids[-1]} together {verb.removesuffix('s')}"
    else:
        subject = f"{ids[0]} {verb}"
    if relation.kind == "undercut":
        struck = argmap.relation(relation.target)
        sources = ", ".join(cards[source].id for source in struck.sources)
        target = (
            f"the undercut by {sources}"
            if struck.kind == "undercut"
            else f"the step from {sources} to {cards[struck.target].id}"
        )
    else:
        target = cards[relation.target].id
    sure = "" if relation.confidence is None else f", confidence {relation.confidence:.2f}"
    return f"{subject} {target}{sure}"
