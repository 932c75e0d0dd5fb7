"""What argumap answers is what the definitions say, by engines that share nothing with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argumap.semantics import EXTENSIONS, extensions, grounded_labelling
from semantics.definitions import (
    all_subsets,
    attacks_of_reading,
    evidential_complete,
    solved_by_clingo,
)
from semantics.worked import arguments, small_maps

if TYPE_CHECKING:
    from argumap import ArgumentMap

Pairs = list[tuple[int, int]]
Bipolar = tuple[int, Pairs, Pairs]


@st.composite
def _bipolar(draw: st.DrawFn, *, most: int) -> Bipolar:
    """Claims by number, attacks (self-attacks too) and supports."""
    size = draw(st.integers(1, most))
    one = st.integers(0, size - 1)
    attacks = draw(st.lists(st.tuples(one, one), max_size=2 * size, unique=True))
    pairs = st.tuples(one, one).filter(lambda pair: pair[0] != pair[1])
    supports = draw(st.lists(pairs, max_size=size, unique=True)) if size > 1 else []
    return size, attacks, supports


def _map(size: int, attacks: Pairs, supports: Pairs) -> ArgumentMap:
    names = [f"c{n}" for n in range(size)]
    return arguments(
        names,
        [(names[a], names[b]) for a, b in attacks],
        [(names[a], names[b]) for a, b in supports],
    )


def _named(sets: list[int]) -> set[frozenset[str]]:
    return {
        frozenset(f"c{n}" for n in range(members.bit_length()) if members & 1 << n)
        for members in sets
    }


@pytest.mark.parametrize("support", ["ignore", "deductive", "necessary", "general"])
@given(drawn=_bipolar(most=8))
def test_supports_read_as_attacks_over_all_subsets(support: str, drawn: Bipolar) -> None:
    size, attacks, supports = drawn
    argmap = _map(*drawn)
    by_definition = all_subsets(size, attacks_of_reading(attacks, supports, support))
    for semantics in EXTENSIONS:
        found = extensions(argmap, semantics, support=support)  # type: ignore[arg-type]
        assert {frozenset(each) for each in found} == _named(by_definition[semantics]), semantics


@given(drawn=_bipolar(most=5), data=st.data())
def test_evidential_support_over_all_sets_of_attackers(drawn: Bipolar, data: st.DataObject) -> None:
    size, attacks, supports = drawn
    evidence = data.draw(st.lists(st.integers(0, size - 1), unique=True))
    named = [f"c{n}" for n in evidence]
    argmap = _map(*drawn)
    complete = _named(evidential_complete(size, attacks, supports, evidence))
    found = extensions(argmap, "complete", evidence=named)
    assert {frozenset(each) for each in found} == complete
    preferred = {one for one in complete if not any(one < other for other in complete)}
    found = extensions(argmap, "preferred", evidence=named)
    assert {frozenset(each) for each in found} == preferred
    labelling = grounded_labelling(argmap, evidence=named)
    assert set(labelling.accepted) == frozenset.intersection(*complete)


@pytest.mark.parametrize("semantics", [name for name in EXTENSIONS if name != "stage"])
@given(argmap=small_maps(most=8, relations=14, linked=3))
def test_linked_premises_and_undercuts_by_plain_clingo(semantics: str, argmap: ArgumentMap) -> None:
    pytest.importorskip("clingo")
    found = {frozenset(each) for each in extensions(argmap, semantics)}  # type: ignore[arg-type]
    assert found == solved_by_clingo(argmap, semantics)
