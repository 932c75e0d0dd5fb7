"""Which unit another one bears on: candidates, and what speaks for each."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from argumap.extraction._overlap import Overlap
from argumap.extraction.rules.replies import main_unit, parts_of
from argumap.extraction.trained.head import Evidence
from argumap.extraction.trained.units import role_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.extraction._draft import Draft, DraftPost, Unit

__all__ = ["Candidate", "Surroundings", "candidates", "sign_of"]

_BEFORE, _AFTER = 12, 8
_MOST_ANSWERED = 8
# Of a very long post only the beginning is compared: the cost stays linear.
_MOST_COMPARED = 200


@dataclass(slots=True)
class Candidate:
    """A unit that another one may bear on; None for bearing on nothing."""

    target: Unit | None
    evidence: Evidence


@dataclass(slots=True)
class _Place:
    """Where a unit stands: what its part of the post answers, and how."""

    answered: list[Unit]
    quoted: bool
    first_point: bool
    index: int
    stance: str


class Surroundings:
    """What the candidates of all units of a thread are looked up in.

    Attributes:
        draft: The map while it is being made.
        overlap: Compares units by their words.
        places: Where each unit stands.
    """

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.overlap = Overlap(draft)
        self.places: dict[Unit, _Place] = {}
        self.roles = {unit: role_of(unit) for unit in draft.units()}
        self.mains: dict[int, Unit] = {}
        self.before: dict[Unit, Unit] = {}
        self.after: dict[Unit, Unit] = {}
        for post in draft.posts:
            self._add(draft, post)

    def _add(self, draft: Draft, post: DraftPost) -> None:
        if post.units:
            self.mains[post.number] = main_unit(post.units)
        last: Unit | None = None
        for unit in post.units:
            if last is not None:
                self.before[unit] = last
            if unit.point > 0.5:
                last = unit
        last = None
        for unit in reversed(post.units):
            if last is not None:
                self.after[unit] = last
            if unit.point > 0.5:
                last = unit
        for number, part in enumerate(parts_of(draft, post)):
            first = next((u for u in part.units if u.point > 0.5), None)
            stance = part.stands[0].stance if part.stands else "none"
            for index, unit in enumerate(part.units):
                self.places[unit] = _Place(part.targets, number > 0, unit is first, index, stance)


@dataclass(slots=True)
class _Asked:
    """The unit whose target is looked for."""

    unit: Unit
    number: int
    place: _Place
    role: str
    kind: str


def candidates(draft: Draft, around: Surroundings, unit: Unit) -> list[Candidate]:
    """Return what a unit may bear on, each with its evidence; bearing on nothing comes first.

    These are the units near it in its post, the post's first and main units, and the units of what
    it answers that share most with it.
    """
    post = draft.posts[unit.post]
    number = _number_of(post.units, unit)
    asked = _Asked(unit, number, around.places[unit], around.roles[unit], _kind(unit))
    bound = unit.links[0].target if unit.links else None
    nothing = list(_nothing(post, asked, ruled=bound is None))
    found = [Candidate(None, Evidence(nothing, (("on nothing", unit.words),)))]
    near = post.units[max(0, number - _BEFORE) : number + _AFTER + 1]
    for target in dict.fromkeys([*near, post.units[0], around.mains[unit.post]]):
        if target is not unit:
            features = list(_own(around, post, asked, target))
            if target is bound:
                features += _ruled(unit, "own")
            theirs = ("target in own post", target.words)
            found.append(Candidate(target, Evidence(features, (theirs,))))
    answered = _most_telling(around, unit, asked.place.answered)
    few = "one" if len(answered) == 1 else "few" if len(answered) < 4 else "many"
    for rank, (score, target) in enumerate(answered):
        features = list(_other(around, asked, target, rank, score))
        features.append(f"other,{few},quoted={asked.place.quoted}")
        if target is bound:
            features += _ruled(unit, "other")
        words = (
            ("on another post", unit.words),
            ("target in another post", target.words),
        )
        found.append(Candidate(target, Evidence(features, words)))
    return found


def _number_of(units: list[Unit], unit: Unit) -> int:
    """Return the number of a unit in its post, whose units are in order."""
    return bisect_left(units, unit.start, key=lambda other: other.start)


def _most_telling(
    around: Surroundings, unit: Unit, answered: list[Unit]
) -> list[tuple[float, Unit]]:
    """Return the answered units that share most with a unit, and the first, last and main one."""
    compared = answered[:_MOST_COMPARED]
    scored = [(around.overlap.score(unit, u), n, u) for n, u in enumerate(compared)]
    best = sorted(scored, key=lambda each: (-each[0], each[1]))[:_MOST_ANSWERED]
    found = {u: score for score, _, u in best}
    if len(answered) > _MOST_ANSWERED:
        for u in (answered[0], answered[-1], around.mains.get(answered[0].post, answered[0])):
            found.setdefault(u, 0.0)
    return [(score, u) for u, score in found.items()]


def _kind(unit: Unit) -> str:
    return "point" if unit.point > 0.65 else "reason" if unit.point < 0.35 else "unsure"


def _ruled(unit: Unit, where: str) -> list[str]:
    link = unit.links[0]
    return [f"ruled={where}", f"rule={link.rule}", f"rule={link.rule},sign={link.sign}"]


def _nothing(post: DraftPost, asked: _Asked, *, ruled: bool) -> Iterator[str]:
    opening = post.parent is None
    yield "nothing"
    yield f"nothing,opening={opening}"
    yield f"nothing,{asked.kind},opening={opening}"
    yield f"nothing,role={asked.role}"
    yield f"nothing,first={asked.number == 0},opening={opening}"
    yield f"nothing,alone={len(post.units) == 1},opening={opening}"
    yield f"nothing,last={asked.number + 1 == len(post.units)}"
    yield f"nothing,ruled={ruled}"
    yield f"nothing,firstpoint={asked.place.first_point},answers={bool(asked.place.answered)}"


def _own(around: Surroundings, post: DraftPost, asked: _Asked, target: Unit) -> Iterator[str]:
    unit, role, kind = asked.unit, asked.role, asked.kind
    other = _number_of(post.units, target)
    step = other - asked.number
    near = max(-5, min(4, step))
    their_kind = _kind(target)
    their_role = around.roles[target]
    yield "own"
    yield f"step={near}"
    yield f"step={near},{kind}>{their_kind}"
    yield f"own,{kind}>{their_kind}"
    yield f"own,{kind}"
    if abs(step) <= 2:
        sentence = target.sentence == unit.sentence
        yield f"step={near},role={role}"
        yield f"step={near},role={role},sentence={sentence}"
        yield f"step={near},theirs={their_role},sentence={sentence}"
        yield f"step={near},sentence={sentence}"
    yield f"own,block={target.block == unit.block},forward={step > 0}"
    yield f"own,theirs={their_role},forward={step > 0}"
    yield f"own overlap={_share(around.overlap.score(unit, target))}"
    if target.text.rstrip().endswith("?"):
        yield "own question"
    yield from _standing(around, asked, target, other)


def _standing(around: Surroundings, asked: _Asked, target: Unit, other: int) -> Iterator[str]:
    """Yield what a unit of the same post is to the one that is asked about."""
    unit, kind = asked.unit, asked.kind
    opening = not asked.place.answered
    if around.before.get(unit) is target:
        yield f"claim before,{kind}"
        yield f"claim before,role={asked.role}"
    if around.after.get(unit) is target:
        yield f"claim after,{kind}"
        yield f"claim after,role={asked.role}"
    if other == 0:
        yield f"own first,{kind}"
        yield f"own first,opening={opening}"
    if around.mains[unit.post] is target:
        yield f"own main,{kind}"
        yield f"own main,opening={opening}"
    if around.places[target].first_point:
        yield "own first point"
    if asked.place.answered is not around.places[target].answered:
        yield "own other part"
    if unit.intro is not None:
        yield f"item,{target.intro is unit.intro}"
    if target.links and target.links[0].target is unit:
        yield "ruled the other way"


def _other(
    around: Surroundings, asked: _Asked, target: Unit, rank: int, score: float
) -> Iterator[str]:
    unit, place, kind = asked.unit, asked.place, asked.kind
    index = min(place.index, 4)
    yield "other"
    yield f"other,quoted={place.quoted}"
    yield f"other,{kind}"
    yield f"other,{kind}>{_kind(target)}"
    yield f"other,role={asked.role}"
    yield f"other,index={index}"
    yield f"other,index={index},quoted={place.quoted}"
    yield f"other,index={index},{kind}"
    yield f"other,firstpoint={place.first_point}"
    yield f"other,firstpoint={place.first_point},quoted={place.quoted}"
    yield f"other,stance={place.stance},firstpoint={place.first_point}"
    yield f"other,overlap={_share(score)}"
    yield f"other,rank={min(rank, 4)}"
    yield f"other,rank={min(rank, 4)},found={score > 0}"
    if around.mains.get(target.post) is target:
        yield f"other main,quoted={place.quoted}"
        yield f"other main,found={score > 0}"
    if target is place.answered[0]:
        yield "other first"
    if target is place.answered[-1]:
        yield "other last"
    yield f"other,you={not _YOU.isdisjoint(unit.words)}"
    yield f"other,it={bool(unit.words) and unit.words[0] in _IT}"
    if target.text.rstrip().endswith("?"):
        yield "other question"


_YOU = frozenset({"you", "your", "you're", "you've", "you'd", "yours"})
_IT = frozenset({"that", "this", "it", "that's", "it's", "these", "those", "such"})


def sign_of(around: Surroundings, unit: Unit, target: Unit) -> Literal["support", "rebuttal"]:
    """Return the sign of a link: that of the rules where they made it, else by its place.

    What bears on one's own words is for them, what bears on another's is against them, unless the
    author has said that he agrees.
    (A trained head was right less often: 91 % against 94 % of the links found.)
    """
    for link in unit.links:
        if link.target is target:
            return "support" if link.sign == "support" else "rebuttal"
    agrees = around.places[unit].stance == "endorses"
    return "support" if agrees or around.draft.same_author(unit, target) else "rebuttal"


def _share(score: float) -> str:
    return next((str(limit) for limit in (0.0, 0.05, 0.1, 0.2, 0.35) if score <= limit), "more")
