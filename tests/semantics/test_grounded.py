"""The grounded labelling with supports, linked premises and undercuts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argumap import ArgumentMap, Claim, MapBuilder, Rebuttal, Support, UnknownNameError
from argumap.graph.components import order_of
from argumap.semantics import derived_attacks, extensions, grounded_labelling
from argumap.semantics.program import program_of
from argumap.semantics.well_founded import well_founded, well_founded_in_order
from semantics.definitions import attacks_of_reading
from semantics.worked import arguments, frameworks, powerset, small_maps

if TYPE_CHECKING:
    from collections.abc import Collection


def _letters(argmap: ArgumentMap, **chosen: object) -> str:
    """Return the standings as one letter for each claim: a, r or u."""
    standings = grounded_labelling(argmap, **chosen).standings  # type: ignore[arg-type]
    return "".join(standing[0] for standing in standings.values())


@pytest.mark.parametrize(
    ("attacks", "supports", "wanted"),
    [
        ("", "ba", "aaa"),
        ("cb", "ba", "rra"),  # the only reason is defeated
        ("cb", "ba ca", "ara"),  # a second reason is left
        ("", "ba ab", "rra"),  # a circle supports nothing
        ("", "ba ab ca", "aaa"),  # unless it is fed from outside
        ("bc cb", "ba", "uuu"),  # the reason is in doubt
    ],
)
def test_evidential_support(attacks: str, supports: str, wanted: str) -> None:
    argmap = arguments("abc", attacks.split(), supports.split())
    assert _letters(argmap) == wanted


def test_linked_premises_fall_together_and_separate_ones_do_not() -> None:
    for linked, wanted in ((True, "rara"), (False, "aara")):
        builder = MapBuilder()
        shut, tuesday, closed, sunday = (builder.claim(t) for t in ("shut", "tue", "rule", "sun"))
        if linked:
            builder.support(tuesday, closed, shut)
        else:
            builder.support(tuesday, shut)
            builder.support(closed, shut)
        builder.rebuttal(sunday, closed)
        assert _letters(builder.build()) == wanted


def test_an_undercut_strikes_the_inference_and_neither_end_of_it() -> None:
    builder = MapBuilder()
    stay, far, home, office = (builder.claim(text) for text in ("stay", "far", "home", "office"))
    reason = builder.support(far, stay)
    undercut = builder.undercut(home, reason)
    assert _letters(builder.build()) == "raaa"
    builder.undercut(office, undercut)  # an undercut can be undercut
    labelling = grounded_labelling(builder.build())
    assert labelling[stay] == "accepted"


@pytest.mark.parametrize("support", ["deductive", "necessary"])
def test_claims_that_imply_each_other_stand_together_but_not_by_a_link_that_may_break(
    support: str,
) -> None:
    builder = MapBuilder()
    one, other, doubt, answer = (builder.claim(text) for text in ("one", "other", "doubt", "no"))
    link = builder.support(one, other)
    builder.support(other, one)
    assert _letters(builder.build(), support=support) == "aaaa"
    builder.undercut(doubt, link)
    builder.rebuttal(answer, doubt)
    assert _letters(builder.build(), support=support) == "rrra"


def test_a_rejected_claim_tells_why() -> None:
    argmap = arguments("abcd", ["ba"], ["dc", "cd"])
    labelling = grounded_labelling(argmap)
    assert labelling.rejected_by == {"a": "attack 0", "c": None, "d": None}


def test_only_sourced_leaves_may_be_evidence() -> None:
    claims = (
        Claim(id="a", text="It is safe."),
        Claim(id="b", text="See https://example.org/study."),
        Claim(id="c", text="Everybody knows."),
    )
    reasons = (Support(id="s", premises=("b",), conclusion="a"),)
    argmap = ArgumentMap(claims=claims, relations=reasons)
    assert _letters(argmap, evidence="sourced") == "aar"
    assert _letters(argmap, evidence=["c"]) == "rra"
    with pytest.raises(UnknownNameError, match="no claim is called 'x'"):
        grounded_labelling(argmap, evidence=["x"])
    with pytest.raises(UnknownNameError, match="did you mean 'sourced'"):
        grounded_labelling(argmap, evidence="source")


def test_unknown_readings_are_named() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'deductive'"):
        grounded_labelling(arguments("a", []), support="deduction")  # type: ignore[arg-type]


def _numbered(pairs: list[tuple[str, str]]) -> list[tuple[int, int]]:
    return [(int(a[1:]), int(b[1:])) for a, b in pairs]


@given(frameworks(most=5), frameworks(most=5))
def test_derived_attacks_are_those_that_deduction_adds(
    attacking: tuple[list[str], list[tuple[str, str]]],
    supporting: tuple[list[str], list[tuple[str, str]]],
) -> None:
    names = [f"a{n}" for n in range(5)]
    attacks, supports = attacking[1], [(a, b) for a, b in supporting[1] if a != b]
    argmap = arguments(names, attacks, supports)
    derived = {
        *attacks,
        *derived_attacks(argmap, "supported"),
        *derived_attacks(argmap, "super-mediated"),
    }
    wanted = attacks_of_reading(_numbered(attacks), _numbered(supports), "deductive")
    assert derived == {(names[a], names[b]) for a, b in wanted}
    backwards = arguments(names, attacks, [(b, a) for a, b in supports])
    assert derived_attacks(backwards, "secondary") == derived_attacks(argmap, "mediated")


def _derivable(argmap: ArgumentMap, barred: Collection[str]) -> frozenset[str]:
    """Return what can be had, claims and relations, when what barred ones attack is struck out."""
    struck = {r.target for r in argmap.relations if r.kind != "support" and r.id in barred}
    reasons: dict[str, list[str]] = {}
    for support in argmap.supports:
        reasons.setdefault(support.conclusion, []).append(support.id)
    found: set[str] = set()
    while True:
        more = {
            claim.id
            for claim in argmap.claims
            if claim.id not in struck
            and (claim.id not in reasons or any(r in found for r in reasons[claim.id]))
        }
        more |= {
            relation.id
            for relation in argmap.relations
            if relation.id not in struck and found.issuperset(relation.sources)
        }
        if more <= found:
            return frozenset(found)
        found |= more


@given(small_maps(most=4, relations=4))
def test_evidential_complete_sets_are_the_fixpoints_by_definition(argmap: ArgumentMap) -> None:
    everything = [element.id for element in (*argmap.claims, *argmap.relations)]
    claims = {claim.id for claim in argmap.claims}
    wanted = set()
    stable = set()
    for members in powerset(everything):
        possible = _derivable(argmap, members)
        if members <= possible and _derivable(argmap, possible) == members:
            wanted.add(members & claims)
            if members == possible:
                stable.add(members & claims)
    assert {frozenset(each) for each in extensions(argmap, "complete")} == wanted
    assert {frozenset(each) for each in extensions(argmap, "stable")} == stable
    assert frozenset(grounded_labelling(argmap).accepted) == min(wanted, key=len)


@given(small_maps(), st.randoms(use_true_random=False))
def test_names_and_order_change_nothing(argmap: ArgumentMap, chance: object) -> None:
    standings = grounded_labelling(argmap).standings
    claims, relations = list(argmap.claims), list(argmap.relations)
    chance.shuffle(claims)  # type: ignore[attr-defined]
    chance.shuffle(relations)  # type: ignore[attr-defined]
    other = ArgumentMap(claims=tuple(claims), relations=tuple(relations))
    assert grounded_labelling(other).standings == standings


@pytest.mark.parametrize("kind", ["support", "rebuttal"])
def test_a_chain_of_a_hundred_thousand_claims(kind: str) -> None:
    size = 100_000
    relations: list[Support | Rebuttal] = [
        Support(id=f"r{n}", premises=(f"c{n + 1}",), conclusion=f"c{n}")
        if kind == "support"
        else Rebuttal(id=f"r{n}", source=f"c{n + 1}", target=f"c{n}")
        for n in range(size - 1)
    ]
    claims = tuple(Claim(id=f"c{n}", text="So.") for n in range(size))
    labelling = grounded_labelling(ArgumentMap(claims=claims, relations=tuple(relations)))
    assert len(labelling.accepted) == (size if kind == "support" else size // 2)


@given(small_maps(), st.integers(0, 3))
def test_the_well_founded_model_part_by_part_is_that_of_the_whole(
    argmap: ArgumentMap, count: int
) -> None:
    index = argmap.index
    evidence = index.claim_ids[:count]
    for held in ("leaves", evidence):
        program = program_of(argmap, index, "evidential", held)
        assert well_founded_in_order(program, order_of(index.wiring)) == well_founded(program)
