"""Hold the answers of a model against the thread: only what the thread bears out gets through."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

from argumap.extraction.llm.align import find_words
from argumap.extraction.llm.answers import ClaimsAnswer, FoundClaim, read_items, read_object

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel, JsonValue

    from argumap.extraction.llm.chunks import Chunk
    from argumap.extraction.llm.units import NumberedThread, Unit

__all__ = ["Checked", "GroundedClaim", "Problem", "check_claims", "find_part", "named"]

G = TypeVar("G")


@dataclass(frozen=True, slots=True)
class Problem:
    """An item that cannot be used.

    Attributes:
        place: Where it stood in the answer, such as ``claims[3]``.
        item: The item.
        reason: Why it cannot be used.
        asks_again: Whether it is worth asking the model again.
    """

    place: str
    item: BaseModel | JsonValue
    reason: str
    asks_again: bool = True


@dataclass(slots=True)
class Checked(Generic[G]):
    """What came of an answer.

    Attributes:
        items: What the thread bears out.
        problems: The rest.
    """

    items: list[G] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def faults(self) -> list[Problem]:
        """The problems for which the model is asked again."""
        return [problem for problem in self.problems if problem.asks_again]


@dataclass(frozen=True, slots=True)
class GroundedClaim:
    """A claim with its place in the thread.

    Attributes:
        unit: Id of the unit in which it begins.
        post: Number of its post.
        start: First code point in the post's text.
        end: First code point after it.
        kind: A point of the author's own, or a reason.
        stance: How the author puts it.
    """

    unit: str
    post: int
    start: int
    end: int
    kind: Literal["claim", "premise"]
    stance: Literal["asserts", "concedes", "quotes"]


def check_claims(text: str, chunk: Chunk, numbered: NumberedThread) -> Checked[GroundedClaim]:
    """Return the claims of an answer that stand where it says they stand.

    A claim lies in successive units of one post, which the chunk asks about, and in the very words
    that it names; no two claims overlap.

    Raises:
        UnreadableAnswerError: The text is no such answer.
    """
    checked = Checked[GroundedClaim]()
    own = {unit.id for unit in chunk.own}
    taken: dict[int, list[tuple[int, int]]] = {}
    found, bad = read_items(read_object(text, ClaimsAnswer)["claims"], FoundClaim, "claims")
    checked.problems += [Problem(place, item, reason) for place, item, reason in bad]
    for place, item in found:
        grounded = _ground(item, own, numbered, taken)
        if isinstance(grounded, str):
            checked.problems.append(Problem(place, item, grounded))
            continue
        taken.setdefault(grounded.post, []).append((grounded.start, grounded.end))
        checked.items.append(grounded)
    return checked


def _ground(
    item: FoundClaim,
    own: set[str],
    numbered: NumberedThread,
    taken: Mapping[int, list[tuple[int, int]]],
) -> GroundedClaim | str:
    """Return a claim with its place, or what is wrong with it."""
    units: list[Unit] = []
    for unit_id in item.units:
        unit = numbered.unit(unit_id.strip().strip("[]"))
        if unit is None:
            return f"there is no unit {named(unit_id)}"
        if unit.id not in own:
            return f"unit {unit.id} is only shown as context: give no claims of it"
        if units and (unit.post, unit.rank) != (units[-1].post, units[-1].rank + 1):
            return f"unit {unit.id} does not follow {units[-1].id}: a claim is one stretch"
        units.append(unit)
    post = units[0].post
    before = taken.get(post, [])
    place = find_part(item.part, units, numbered, before)
    if place is None:
        return f"the words {named(item.part)} do not stand in {', '.join(u.id for u in units)}"
    if any(place[0] < end and start < place[1] for start, end in before):
        return "it overlaps a claim that was given before"
    return GroundedClaim(units[0].id, post, *place, item.kind, item.stance)


def find_part(
    part: str | None,
    units: list[Unit],
    numbered: NumberedThread,
    taken: list[tuple[int, int]] | None = None,
) -> tuple[int, int] | None:
    """Return where a part of successive units stands in their post; without a part, all of them."""
    start, end = units[0].start, units[-1].end
    if part is None or not part.strip():
        return start, end
    text = numbered.thread.posts[units[0].post].text[start:end]
    shifted = [(low - start, high - start) for low, high in taken or ()]
    place = find_words(part, text, taken=shifted)
    return None if place is None else (start + place[0], start + place[1])


def named(value: object) -> str:
    """Return a value of an answer as it may be shown: quoted, plain ASCII, not long."""
    shown = ascii(value)
    return shown if len(shown) <= 80 else f"{shown[:79]}…"
