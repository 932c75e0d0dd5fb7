"""Claims in tiers: what the papers say of small frameworks, and what holds of all."""

from __future__ import annotations

import pytest
from hypothesis import given

from argumap import MapBuilder, UnknownNameError, ranking, strengths
from argumap.semantics import RANKINGS, STRENGTHS
from semantics.worked import arguments, frameworks


@pytest.mark.parametrize(
    ("names", "attacks", "semantics", "wanted"),
    [
        # a and d have two attackers, c one that is attacked twice, f one that nobody attacks.
        ("abcdefgh", "ba ha dc ed gd hf", "discussion-based", "begh c f ad"),
        ("abcdefgh", "ba ha dc ed gd hf", "burden-based", "begh c f ad"),
        ("abcdefgh", "ba ha dc ed gd hf", "categoriser", "begh c f ad"),
        # A defended attack is less of a burden, but two attacks are two (Amgoud, Ben-Naim 2013).
        ("abcdefg", "ba ca db ec gf", "discussion-based", "deg bcf a"),
        ("abcdefg", "ba ca db ec gf", "categoriser", "deg abcf"),
        # Those who strike themselves, and those who strike each other.
        ("abc", "aa bc cb", "burden-based", "abc"),
        ("", "", "discussion-based", ""),
    ],
)
def test_worked_examples(names: str, attacks: str, semantics: str, wanted: str) -> None:
    found = ranking(arguments(names, attacks.split()), semantics)
    assert [set(tier) for tier in found.tiers] == [set(tier) for tier in wanted.split()]


def _by_definition(
    names: list[str], attacks: list[tuple[str, str]], semantics: str
) -> list[set[str]]:
    """Return the tiers by comparing the numbers at the first twenty steps."""
    attackers = {name: [a for a, b in attacks if b == name] for name in names}
    numbers: dict[str, float] = dict.fromkeys(names, 1)
    history: dict[str, list[float]] = {name: [] for name in names}
    for step in range(1, 21):
        if semantics == "burden-based":
            numbers = {n: 1 + sum(1 / numbers[a] for a in attackers[n]) for n in names}
        else:
            numbers = {n: sum(numbers[a] for a in attackers[n]) for n in names}
        better_if_more = semantics == "discussion-based" and step % 2 == 0
        for name in names:
            history[name].append(round(-numbers[name] if better_if_more else numbers[name], 9))
    keys = sorted(map(tuple, history.values()))
    return [{n for n in names if tuple(history[n]) == key} for key in dict.fromkeys(keys)]


@pytest.mark.parametrize("semantics", ["discussion-based", "burden-based"])
@given(framework=frameworks())
def test_step_by_step(semantics: str, framework: tuple[list[str], list[tuple[str, str]]]) -> None:
    names, attacks = framework
    found = ranking(arguments(names, attacks), semantics)
    assert [set(tier) for tier in found.tiers] == _by_definition(names, attacks, semantics)


@given(frameworks())
def test_unattacked_claims_come_first(framework: tuple[list[str], list[tuple[str, str]]]) -> None:
    names, attacks = framework
    free = {name for name in names if name not in {target for _, target in attacks}}
    for semantics in RANKINGS:
        tiers = ranking(arguments(names, attacks), semantics).tiers
        assert {name for tier in tiers for name in tier} == set(names)
        if free:
            assert set(tiers[0]) == free


def test_strengths_rank_supports_too() -> None:
    builder = MapBuilder()
    move, rent, far = (builder.claim(text, id=text) for text in ("move", "rent", "far"))
    relations = builder.support(rent, move), builder.rebuttal(move, far)
    argmap = builder.build()
    for semantics in STRENGTHS:
        found = ranking(argmap, semantics)
        values = strengths(argmap, semantics).values  # type: ignore[arg-type]
        for row in found.rows():
            assert found[str(row["claim"])] == row["tier"]
        assert [values[c] for tier in found.tiers for c in tier] == sorted(
            values.values(), reverse=True
        )
    assert relations
    assert ranking(argmap).tiers == (("move",), ("rent",), ("far",))
    with pytest.raises(UnknownNameError, match="did you mean 'discussion-based'"):
        ranking(argmap, "discussion")
    with pytest.raises(UnknownNameError, match="did you mean 'rent'"):
        _ = ranking(argmap)["rant"]
