"""What a unit shows of itself: is it argument, and is it a point or a reason?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap.extraction._cues import (
    CONCESSION,
    CONCLUSION,
    CONTRAST,
    EXAMPLE,
    MARKERS,
    REASON,
    has_verb,
)
from argumap.extraction._lexicon import pattern, phrases
from argumap.extraction.rules.chaff import is_chaff
from argumap.extraction.rules.components import judge_component
from argumap.extraction.trained.head import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.extraction._draft import DraftPost, Unit

__all__ = ["role_of", "unit_evidence"]

_ROLES = (
    ("reason", REASON),
    ("conclusion", CONCLUSION),
    ("contrast", CONTRAST),
    ("concession", CONCESSION),
    ("example", EXAMPLE),
    ("addition", phrases("connectives", "addition")),
)
_OPINION = pattern("components", "opinion")
_EVIDENCE = pattern("components", "evidence")
_ASKS = pattern("chaff", "asks")
_INSINUATES = pattern("chaff", "insinuates")
_OPENING_WORDS = 5


def role_of(unit: Unit) -> str:
    """Return what the connectives of a unit show: reason, conclusion, contrast and so on."""
    for name, table in _ROLES:
        if unit.lead_in(table) is not None:
            return name
    return "frame" if any(lead.startswith(("i ", "my ", "it ")) for lead in unit.leads) else "none"


def unit_evidence(post: DraftPost, number: int) -> Evidence:
    """Return what a unit shows of itself: its features, its neighbours included, and its words."""
    return Evidence(list(_features(post, number)), (("unit", post.units[number].words),))


def _features(post: DraftPost, number: int) -> Iterator[str]:
    units = post.units
    unit = units[number]
    before = units[number - 1] if number else None
    after = units[number + 1] if number + 1 < len(units) else None
    words = unit.words
    role = role_of(unit)
    yield f"role={role}"
    yield f"role={role},head={unit.is_head}"
    for lead in unit.leads:
        yield f"lead={lead}" if len(lead) < 12 else f"lead={lead.split()[0]}.."
    yield f"joint={unit.joint if unit.joint in {',', ';', ':', '('} else bool(unit.joint)}"
    yield from _place(post, number)
    judged = judge_component(post, number)
    yield f"ruled={judged[0]}"
    yield f"ruled={judged[0]},cue={bool(judged[1])}"
    yield f"ruled={judged[0]},opening={post.parent is None}"
    yield f"chaff={is_chaff(unit)}"
    if before is not None:
        yield f"ruled={judge_component(post, number - 1)[0]}>{judged[0]}"
    if after is not None:
        yield f"ruled={judged[0]}<{judge_component(post, number + 1)[0]}"
    yield f"words={_length(len(words))}"
    yield f"verb={has_verb(words)}"
    yield from _tone(unit)
    for word in words[:_OPENING_WORDS]:
        if word in MARKERS:
            yield f"opens={word}"
    first, second = (w if w in MARKERS else "-" for w in (*words[:2], "", "")[:2])
    yield f"first={first}"
    yield f"first={first} {second}"
    for word in dict.fromkeys(words):
        if word in MARKERS:
            yield f"has={word}"
    yield from _neighbour("before", before, unit, role)
    yield from _neighbour("after", after, unit, role)


def _neighbour(name: str, other: Unit | None, unit: Unit, role: str) -> Iterator[str]:
    if other is None:
        yield f"{name}=none"
        return
    joined = other.sentence == unit.sentence
    theirs = role_of(other)
    yield f"{name}={theirs}"
    yield f"{name}={theirs},joined={joined}"
    yield f"{name}={theirs},joined={joined},role={role}"
    yield f"{name}.words={_length(len(other.words))}"
    yield f"{name}.question={other.text.rstrip().endswith('?')}"
    yield f"{name}.opinion={bool(_OPINION.search(other.text))}"
    yield f"{name}.block={other.block == unit.block}"


def _place(post: DraftPost, number: int) -> Iterator[str]:
    units = post.units
    unit = units[number]
    total = len(units)
    quoted = number == 0 or any(
        block.kind == "quote"
        for block in post.post.blocks[units[number - 1].block + 1 : unit.block]
    )
    opening = post.parent is None
    has_quote = bool(post.post.quotes)
    yield f"opening={opening}"
    yield f"place={min(number, 6)}"
    yield f"place={min(number, 6)},opening={opening}"
    yield f"left={min(total - number - 1, 6)}"
    yield f"total={_length(total)}"
    yield f"alone={total == 1}"
    yield f"third={3 * number // total},opening={opening}"
    yield f"leads={quoted},quotes={has_quote},opening={opening}"
    yield f"kind={post.post.blocks[unit.block].kind}"
    yield f"intro={unit.intro is not None}"
    yield f"new block={number == 0 or units[number - 1].block != unit.block}"
    last = number + 1 == total or units[number + 1].block != unit.block
    yield f"last in block={last}"
    goes_on = number + 1 < total and units[number + 1].sentence == unit.sentence
    yield f"whole sentence={unit.is_head and not goes_on}"
    for stand in post.stands:
        if stand.before == number:
            yield f"stand={stand.stance}"
        elif stand.before < number:
            yield f"stood={stand.stance}"


def _tone(unit: Unit) -> Iterator[str]:
    text = unit.text
    question = text.rstrip(' *_)"”').endswith("?")
    yield f"question={question}"
    if question:
        yield f"asks={bool(_ASKS.match(text))}"
        yield f"insinuates={bool(_INSINUATES.search(text))}"
    yield f"opinion={bool(_OPINION.search(text))}"
    yield f"evidence={bool(_EVIDENCE.search(text))}"
    yield f"digits={any(letter.isdigit() for letter in text)}"
    yield f"exclaims={'!' in text}"
    yield f"cites={'“' in text or chr(34) in text}"
    yield f"link={'http' in text}"
    words = set(unit.words)
    for name, table in _PERSONS.items():
        if not table.isdisjoint(words):
            yield f"person={name}"
    if words & _NEGATIONS or any(word.endswith("n't") for word in words):
        yield "negated"
    if words and unit.words[0] in _CONDITIONS:
        yield "condition"


_PERSONS = {
    "i": frozenset({"i", "my", "me", "i'm", "i've", "i'd", "i'll", "mine"}),
    "you": frozenset({"you", "your", "you're", "you've", "you'd", "yours", "you'll"}),
    "we": frozenset({"we", "our", "us", "we're", "we've"}),
    "they": frozenset({"they", "their", "them", "they're", "he", "she", "his", "her"}),
    "it": frozenset({"it", "this", "that", "these", "those", "it's", "that's"}),
}
_NEGATIONS = phrases("overlap", "negations")
_CONDITIONS = phrases("clauses", "conditions")


def _length(count: int) -> str:
    return next((str(limit) for limit in (1, 2, 3, 4, 6, 8, 11, 15, 20, 30) if count <= limit), "+")
