"""What a picture shows: cards, dots, ties, each with its words and its size, but no place yet."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from argumap.rendering.labels import clean, fold, needed, shorten
from argumap.rendering.style import CARD, MAIN, PAGE, TIES
from argumap.rendering.ties import Dot, Tie, make_ties

if TYPE_CHECKING:
    from collections.abc import Collection

    from argumap.model import ArgumentMap, Claim, Standing
    from argumap.rendering.facts import Facts
    from argumap.rendering.selection import Fold, Selection
    from argumap.rendering.style import Kind

__all__ = [
    "Card",
    "Direction",
    "Group",
    "Scene",
    "counts",
    "from_the_left",
    "make_scene",
    "speakers",
]

Direction = Literal["BT", "RL"]


@dataclass(frozen=True, slots=True)
class Card:
    """A claim as it is drawn, or what holds claims that are not. All words are clean.

    Attributes:
        name: Name of its node, made by us: ids are text of strangers.
        claim_id: The claim's id, as it is in the map; for links between things, never drawn.
        id: The claim's id as it is drawn; for folded claims their number.
        who: Who says it, in words: ``"Ana"``, ``"Ana +2"``, ``"Ana concedes"``.
        seats: Places of its authors in `Scene.authors`, at least one where any author is known.
        main: Whether it is the main claim.
        folded: Whether it stands for claims that are not drawn.
        standing: What the labelling that colours the picture says of it, if there is one.
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
    highlighted: bool
    folded: bool
    lines: tuple[str, ...]
    text: str
    standing: Standing | None = None
    width: float = 0
    height: float = 0

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
    def outer(self) -> tuple[float, float]:
        """Width and height with the ring around it, where lines to it end."""
        room = 12 if self.highlighted else 0
        return self.width + room, self.height + room

    @property
    def heading(self) -> str:
        """The first line in plain text: id, author, status, standing."""
        parts = (self.id, self.who, self.status, self.standing)
        return " · ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Group:
    """A frame around the cards of an author.

    Attributes:
        members: Names of the cards in it.
    """

    name: str
    title: str
    seat: int
    members: tuple[str, ...]


@dataclass(frozen=True)
class Scene:
    """A whole picture before the layout.

    Attributes:
        title: The map's title, or nothing.
        counts: One line that says how much there is, and how much of it is shown.
        authors: Everybody who speaks, in order of their first post.
        groups: Cards that are put in one frame.
    """

    title: str
    counts: str
    authors: tuple[str, ...]
    cards: tuple[Card, ...]
    dots: tuple[Dot, ...]
    ties: tuple[Tie, ...]
    groups: tuple[Group, ...]
    direction: Direction


def make_scene(
    argmap: ArgumentMap,
    facts: Facts,
    selection: Selection,
    direction: Direction = "BT",
    *,
    highlight: Collection[str] = (),
    grouped: bool = False,
) -> Scene:
    """Return what a picture of a map shows. Linear."""
    cards = {
        claim.id: _claim_card(claim, f"n{number}", facts, highlighted=claim.id in highlight)
        for number, claim in enumerate(argmap.claims)
        if claim.id in selection.claims
    }
    held = [_fold_card(each, f"f{number}", facts) for number, each in enumerate(selection.folds)]
    dots, ties = make_ties(
        argmap,
        {claim_id: card.name for claim_id, card in cards.items()},
        {claim_id: card.id for claim_id, card in cards.items()},
    )
    ties += [
        _fold_tie(each, card, cards[each.parent], f"e{len(ties) + number}")
        for number, (each, card) in enumerate(zip(selection.folds, held, strict=True))
        if each.parent is not None
    ]
    authors = tuple(clean(author, 200) for author in facts.seats)
    scene = Scene(
        title=clean(argmap.title, 200) if argmap.title else "",
        counts=counts(argmap, facts, len(cards)),
        authors=authors,
        cards=(*cards.values(), *held),
        dots=tuple(dots),
        ties=tuple(ties),
        groups=_groups(cards.values(), authors) if grouped else (),
        direction="BT",
    )
    return scene if direction == "BT" else from_the_left(scene)


def from_the_left(scene: Scene) -> Scene:
    """Return a scene with its root at the left in place of on top.

    The cards are as wide as one another, so that they stand in columns, and tall enough that each
    line to them has a place of its own.
    """
    meeting = Counter(tie.head for tie in scene.ties)
    width = max((card.width for card in scene.cards), default=0)
    cards = [
        replace(card, width=width, height=_tall(card, meeting[card.name])) for card in scene.cards
    ]
    return replace(scene, cards=tuple(cards), direction="RL")


def _claim_card(claim: Claim, name: str, facts: Facts, *, highlighted: bool) -> Card:
    main = claim.id == facts.main
    look = MAIN if main else CARD
    who, authors = speakers(claim)
    text = clean(claim.text)
    return _sized(
        Card(
            name=name,
            claim_id=claim.id,
            id=shorten(clean(claim.id, 60), 90, look.author),
            who=who,
            seats=tuple(facts.seats[author] for author in authors),
            main=main,
            contested=claim.id in facts.contested,
            unsupported=claim.id not in facts.supported,
            highlighted=highlighted,
            folded=False,
            lines=fold(_cut(text), PAGE.column, look.text * (1.09 if look.bold else 1)),
            text=text,
            standing=facts.standings.get(claim.id),
        )
    )


def _cut(text: str, most: int = 400) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _fold_card(held: Fold, name: str, facts: Facts) -> Card:
    number = f"+{_count(len(held.claims), 'claim')}"
    text = facts.tally(held.claims)
    if held.parent is None:
        text = " · ".join(part for part in ("in other parts of the map", text) if part)
    return _sized(
        Card(
            name=name,
            claim_id="",
            id=number,
            who="",
            seats=(),
            main=False,
            contested=False,
            unsupported=False,
            highlighted=False,
            folded=True,
            lines=(text,) if text else ("all have support",),
            text=text,
        )
    )


def _sized(card: Card) -> Card:
    look = MAIN if card.main else CARD
    width = max(
        PAGE.narrowest,
        needed(card.heading, look.author, bold=True) + (_MARK if card.standing else 0),
        *(needed(line, look.text, bold=look.bold) for line in card.lines),
    )
    height = 2 * PAGE.padding + look.author * 1.4 + look.leading * len(card.lines)
    return replace(card, width=width, height=height)


# Room at the end of the first line for the mark of a standing.
_MARK = 12


def _tall(card: Card, lines: int) -> float:
    """Return how tall a card must be for so many lines to end at its side, each for itself."""
    return max(card.height, min(16 + 8.5 * (lines - 1), 160))


def _fold_tie(held: Fold, card: Card, parent: Card, name: str) -> Tie:
    kind: Kind = "rebuts" if held.against else "supports"
    words = f"{_count(len(held.claims), 'claim')} below {parent.id}, not drawn"
    return Tie(name, card.name, parent.name, kind, True, TIES[kind].width, 8, words)  # noqa: FBT003


def _groups(cards: Collection[Card], authors: tuple[str, ...]) -> tuple[Group, ...]:
    members: dict[int, list[str]] = {}
    for card in cards:
        if card.seats:
            members.setdefault(card.seats[0], []).append(card.name)
    return tuple(
        Group(f"cluster_{seat}", shorten(authors[seat], 300, 12), seat, tuple(names))
        for seat, names in sorted(members.items())
    )


def speakers(claim: Claim) -> tuple[str, tuple[str, ...]]:
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


def counts(argmap: ArgumentMap, facts: Facts, shown: int) -> str:
    """Return one line that says how much there is in a map, and how much of it is shown."""
    whole = len(argmap.claims)
    if not whole:
        return "no claims"
    authors = f" by {_people(len(facts.seats))}" if facts.seats else ""
    part = f"{shown:,} of {_count(whole, 'claim')} shown" if shown < whole else ""
    parts = [part or _count(whole, "claim") + authors]
    bare = {claim.id for claim in argmap.claims} - facts.supported
    if bare:
        parts.append(f"{len(bare):,} unsupported")
    if bare & facts.contested:
        parts.append(f"{len(bare & facts.contested):,} contested without support")
    standings = Counter(facts.standings.values())
    parts += [f"{number:,} {standing}" for standing, number in sorted(standings.items())]
    return " · ".join(parts)


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number:,} people"
