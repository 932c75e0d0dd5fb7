"""Strengths and contributions: worked examples, and what holds of all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argumap import (
    ArgumentMap,
    MapBuilder,
    ModelError,
    NotConvergedError,
    Rebuttal,
    Support,
    UnknownNameError,
    for_and_against,
)
from argumap.semantics import STRENGTHS, contributions, grounded_labelling, strengths
from semantics.worked import arguments, small_maps

if TYPE_CHECKING:
    import random

NAMES = sorted(STRENGTHS)


@pytest.mark.parametrize(
    ("semantics", "attacks", "supports", "wanted"),
    [
        # Rago et al. 2016, definition 3: 0.5 and one reason of 0.5.
        ("df-quad", "", "ba", 0.75),
        ("df-quad", "ba", "", 0.25),
        ("df-quad", "ba", "ca", 0.5),
        # Potyka 2018, definition 4: energy 1 on a base of 0.5 would be 0.75; here it is 0.5.
        ("quadratic-energy", "", "ba", 0.6),
        ("quadratic-energy", "ba", "", 0.4),
        # Amgoud and Ben-Naim 2018: 1 - (1 - w²) / (1 + w e^E).
        ("euler", "", "ba", 1 - 0.75 / (1 + 0.5 * 2.718281828459045**0.5)),
        # Amgoud et al. 2017: w / (1 + sum), supports passed over.
        ("h-categoriser", "ba ca", "", 0.25),
        ("h-categoriser", "", "ba", 0.5),
        # Kampik et al. 2024, table 3: 1-max of 0.5 is a third.
        ("sd-df-quad", "", "ba", 0.5 + 0.5 / 3),
        ("sd-df-quad", "ba", "", 0.5 - 0.5 / 3),
        ("squared-energy", "ba", "", 0.5 - 0.5 * 0.25 / 1.25),
        ("euler-top", "", "ba ca", 1 - 0.75 / (1 + 0.5 * 2.718281828459045**0.5)),
        # Amgoud et al. 2017: w / (1 + max) and w / (1 + n + sum / n).
        ("max-based", "ba ca", "", 0.5 / 1.5),
        ("card-based", "ba ca", "", 0.5 / 3.5),
        # Potyka 2021: a neuron.
        ("mlp", "", "ba", 1 / (1 + 2.718281828459045**-0.5)),
    ],
)
def test_worked_examples(semantics: str, attacks: str, supports: str, wanted: float) -> None:
    argmap = arguments("abc", attacks.split(), supports.split())
    found = strengths(argmap, semantics)  # type: ignore[arg-type]
    assert found["a"] == pytest.approx(wanted, abs=1e-12)
    assert found.converged


@pytest.mark.parametrize("semantics", NAMES)
@given(argmap=small_maps(), data=st.data())
def test_strengths_stay_in_bounds_and_fixed(
    semantics: str, argmap: ArgumentMap, data: st.DataObject
) -> None:
    base = {claim.id: data.draw(st.floats(0, 1)) for claim in argmap.claims}
    found = strengths(argmap, semantics, base=base, strict=False)  # type: ignore[arg-type]
    assert list(found.values) == [claim.id for claim in argmap.claims]
    assert all(0.0 <= value <= 1.0 for value in found.values.values())
    if found.converged:
        assert found.residual < 1e-9


@pytest.mark.parametrize("semantics", NAMES)
@given(argmap=small_maps(most=5), data=st.data())
def test_a_support_never_weakens_and_a_rebuttal_never_strengthens_its_target(
    semantics: str, argmap: ArgumentMap, data: st.DataObject
) -> None:
    # A new claim that nothing else bears on, so that no circle turns the effect round.
    target = data.draw(st.sampled_from([claim.id for claim in argmap.claims]))
    if any(relation.sources for relation in argmap.relations if target in relation.sources):
        return
    extra = argmap.claims[0].replace(id="new")
    before = strengths(argmap, semantics, strict=False)[target]  # type: ignore[arg-type]
    for relation, sign in (
        (Support(id="more", premises=("new",), conclusion=target), 1),
        (Rebuttal(id="more", source="new", target=target), -1),
    ):
        more = argmap.replace(
            claims=(*argmap.claims, extra), relations=(*argmap.relations, relation)
        )
        after = strengths(more, semantics, strict=False)[target]  # type: ignore[arg-type]
        assert sign * (after - before) >= -1e-9


@given(small_maps())
def test_df_quad_of_attacks_alone_is_the_grounded_labelling_where_nothing_circles(
    argmap: ArgumentMap,
) -> None:
    place = {claim.id: n for n, claim in enumerate(argmap.claims)}
    attacks = tuple(r for r in argmap.rebuttals if place[r.source] > place[r.target])
    acyclic = argmap.replace(relations=attacks)
    labelling = grounded_labelling(acyclic, support="ignore")
    for claim_id, strength in strengths(acyclic, base=1.0).values.items():
        assert strength == float(labelling[claim_id] == "accepted")


def test_what_swings_settles_in_smaller_steps_or_is_an_error() -> None:
    # Two rings of ten that attack what the other supports: plain iteration swings for ever.
    ring = [f"b{n}" for n in range(10)] + [f"c{n}" for n in range(10)]
    half = len(ring) // 2
    attacks = [("a", each) for each in ring[:half]] + [(each, "a") for each in ring[half:]]
    supports = [(each, "a") for each in ring[:half]] + [("a", each) for each in ring[half:]]
    argmap = arguments(["a", *ring], attacks, supports)
    found = strengths(argmap, "quadratic-energy", strict=False)
    if not found.converged:
        with pytest.raises(NotConvergedError, match="do not settle"):
            strengths(argmap, "quadratic-energy")
    assert found.converged
    assert found.residual < 1e-9
    assert found.iterations > 1
    # All at once from the base scores it swings, as Potyka (KR 2018, figure 5) says it does.
    assert not strengths(argmap, "quadratic-energy", iteration="plain", strict=False).converged
    with pytest.raises(UnknownNameError, match="did you mean 'plain'"):
        strengths(argmap, iteration="plan")  # type: ignore[arg-type]


@given(argmap=small_maps())
def test_where_plain_sweeps_settle_they_settle_where_the_others_do(argmap: ArgumentMap) -> None:
    plain = strengths(argmap, "euler", iteration="plain", strict=False)
    if plain.converged:
        assert plain.values == pytest.approx(strengths(argmap, "euler").values, abs=1e-9)


@pytest.mark.parametrize("semantics", NAMES)
def test_claims_in_the_same_place_are_as_strong_as_each_other(semantics: str) -> None:
    # Two that strike each other with all they have: full steps swing, and no one may go first.
    argmap = arguments("abcd", ["ab", "ba", "cd", "dc"])
    found = strengths(argmap, semantics, base=1.0)  # type: ignore[arg-type]
    assert found["a"] == pytest.approx(found["b"], abs=1e-9)


@pytest.mark.parametrize("semantics", NAMES)
@settings(max_examples=30)
@given(argmap=small_maps(), chance=st.randoms(use_true_random=False))
def test_names_and_order_change_nothing(
    semantics: str, argmap: ArgumentMap, chance: random.Random
) -> None:
    base = {claim.id: chance.choice([0.0, 0.3, 0.5, 1.0]) for claim in argmap.claims}
    claims, relations = list(argmap.claims), list(argmap.relations)
    chance.shuffle(claims)
    chance.shuffle(relations)
    other = ArgumentMap(claims=tuple(claims), relations=tuple(relations))
    one, two = (
        strengths(each, semantics, base=base, strict=False)  # type: ignore[arg-type]
        for each in (argmap, other)
    )
    if one.converged and two.converged:
        assert one.values == pytest.approx(two.values, abs=1e-6)


def test_a_linked_support_is_as_strong_as_its_weakest_premise_less_its_undercuts() -> None:
    builder = MapBuilder()
    end, one, other, strike = (builder.claim(text) for text in ("end", "one", "other", "strike"))
    reason = builder.support(one, other, end)
    base = {end: 0.5, one: 0.9, other: 0.4, strike: 0.5}
    assert strengths(builder.build(), base=base)[end] == pytest.approx(0.5 + 0.5 * 0.4)
    builder.undercut(strike, reason)
    assert strengths(builder.build(), base=base)[end] == pytest.approx(0.5 + 0.5 * 0.4 * 0.5)


@pytest.mark.parametrize("score", [-0.1, 1.5, float("nan")])
def test_a_base_score_out_of_bounds_is_refused(score: float) -> None:
    with pytest.raises(ModelError, match="base score"):
        strengths(arguments("a", []), base=score)
    with pytest.raises(ModelError, match="claim 'a' has the base score"):
        strengths(arguments("a", []), base={"a": score})


# Kampik et al. 2024 (arXiv:2401.08879), example 3.1 and table 4.
@pytest.mark.parametrize(
    ("how", "wanted"),
    [
        ("removal", -0.375),
        ("intrinsic-removal", -0.25),
        ("gradient", -0.25),
        ("shapley", -0.3125),
    ],
)
def test_contributions_of_the_paper(how: str, wanted: float) -> None:
    argmap = arguments("abc", ["ba"], ["cb"])
    found = contributions(argmap, "a", how)  # type: ignore[arg-type]
    assert found.values["b"] == pytest.approx(wanted)
    assert found.ranked()[0][0] == "b"


# The same paper, table 5: how film critics' points make up a verdict on a film.
@pytest.mark.parametrize(
    ("how", "wanted"),
    [
        ("removal", [0.051443, 0.007792, 0.011144, 0.007792, -0.0042]),
        ("intrinsic-removal", [0.03192, 0.007792, 0.011144, 0.007792, -0.0042]),
        ("shapley", [0.044726, 0.004065, 0.00577, 0.011248, -0.00807]),
    ],
)
def test_contributions_to_a_verdict_on_a_film(how: str, wanted: list[float]) -> None:
    argmap = arguments("mAxyDW", ["Wm"], ["Am", "Dm", "xA", "yA"])
    base = {"m": 0.79, "A": 0.16, "x": 0.05, "y": 0.07, "D": 0.05, "W": 0.02}
    found = contributions(argmap, "m", how, base=base)  # type: ignore[arg-type]
    assert list(found.values) == list("AxyDW")
    assert list(found.values.values()) == pytest.approx(wanted, abs=6e-6)


@pytest.mark.parametrize("how", ["gradient", "removal", "intrinsic-removal", "shapley"])
@given(argmap=small_maps(most=4))
def test_every_other_claim_contributes_and_nothing_if_it_does_not_bear_on_the_topic(
    how: str, argmap: ArgumentMap
) -> None:
    topic = argmap.claims[0].id
    bearing = {each for finding in for_and_against(argmap, topic) for each in finding.claims}
    try:
        found = contributions(argmap, topic, how)  # type: ignore[arg-type]
    except NotConvergedError:
        return
    assert [topic, *found.values] == [claim.id for claim in argmap.claims]
    assert all(found.values[c] == 0 for c in found.values if c not in bearing)


@pytest.mark.parametrize("semantics", NAMES)
@given(argmap=small_maps(linked=1))
def test_gradients_are_slopes(semantics: str, argmap: ArgumentMap) -> None:
    # Not with linked premises: where two are equally weak there is no slope.
    topic = argmap.claims[0].id
    base = {claim.id: 0.31 + 0.057 * n for n, claim in enumerate(argmap.claims)}

    def strength(claim_id: str, step: float) -> float:
        moved = {**base, claim_id: base[claim_id] + step}
        return strengths(argmap, semantics, base=moved)[topic]  # type: ignore[arg-type]

    try:
        found = contributions(argmap, topic, semantics=semantics, base=base)  # type: ignore[arg-type]
    except NotConvergedError:
        return
    for claim_id, slope in found.values.items():
        measured = (strength(claim_id, 1e-6) - strength(claim_id, -1e-6)) / 2e-6
        assert slope == pytest.approx(measured, abs=1e-4)


@given(small_maps(most=4))
def test_shapley_contributions_sum_up_to_what_there_is_to_explain(argmap: ArgumentMap) -> None:
    topic = argmap.claims[0].id
    try:
        strength = strengths(argmap, "quadratic-energy")[topic]
        found = contributions(argmap, topic, "shapley", semantics="quadratic-energy")
        alone = strengths(
            argmap,
            "quadratic-energy",
            base={c.id: 0.5 if c.id == topic else 0.0 for c in argmap.claims},
        )[topic]
    except NotConvergedError:
        return
    if any(topic in relation.sources for relation in argmap.relations):
        return
    assert sum(found.values.values()) == pytest.approx(strength - alone, abs=1e-6)


def test_shapley_of_many_claims_is_an_average_with_its_error_and_the_same_each_time() -> None:
    names = [f"c{n}" for n in range(20)]
    argmap = arguments(["a", *names], [(name, "a") for name in names])
    found = contributions(argmap, "a", "shapley", semantics="quadratic-energy")
    assert found == contributions(argmap, "a", "shapley", semantics="quadratic-energy")
    assert set(found.errors) == set(names)
    whole = strengths(argmap, "quadratic-energy")["a"] - 0.5
    assert sum(found.values.values()) == pytest.approx(whole)
    for name in names:  # they all do the same, so each has its twentieth
        assert abs(found.values[name] - whole / 20) < 5 * found.errors[name] + 1e-9
