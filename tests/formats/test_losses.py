"""What a format cannot carry: told, construct by construct, and left out, no more than told."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argumap import ArgumentMap, Claim, MapBuilder, Mention, Support, Undercut
from argumap.formats._constructs import ALL, CONSTRUCTS, free_ids, losses, without
from strategies import maps

carried_sets = st.frozensets(st.sampled_from(sorted(ALL)))


@given(maps(), carried_sets)
def test_what_is_left_loses_nothing_more(argmap: ArgumentMap, carried: frozenset[str]) -> None:
    assert losses(without(argmap, carried), carried) == ()


@given(maps(), carried_sets)
def test_what_loses_nothing_stays_as_it_is(argmap: ArgumentMap, carried: frozenset[str]) -> None:
    if not losses(argmap, carried):
        assert without(argmap, carried) == argmap
    assert without(argmap, ALL) == argmap


@settings(max_examples=50)
@given(maps())
def test_every_construct_is_told_where_it_changes_anything(argmap: ArgumentMap) -> None:
    for construct in CONSTRUCTS:
        told = list(construct.find(argmap))
        assert bool(told) == (construct.remove(argmap) != argmap), construct.name


@given(maps(), carried_sets)
def test_no_claim_is_ever_left_out(argmap: ArgumentMap, carried: frozenset[str]) -> None:
    assert len(without(argmap, carried).claims) == len(argmap.claims)


def _sample() -> ArgumentMap:
    builder = MapBuilder("Weather")
    wet = builder.claim("It is wet.", author="Ana", confidence=0.5)
    rain, dew, odd = builder.claim("It rained."), builder.claim("Dew."), builder.claim("Odd.")
    builder.mention(wet, "Ben", "denies")
    linked = builder.support(rain, dew, wet)
    builder.undercut(odd, linked)
    builder.undercut(dew, builder.rebuttal(odd, rain))
    return builder.build()


def test_each_loss_names_its_place() -> None:
    assert losses(_sample(), ALL - {"linked premises", "undercuts of rebuttals"}) == (
        "support 'r1' reads 'c2', 'c3' jointly",
        "undercut 'r4' of the rebuttal 'r3' by 'c3'",
    )
    assert losses(_sample(), ALL - {"stances", "authors", "title"}) == (
        "who takes a stance on claim 'c1'",
        "who says claim 'c1'",
        "title 'Weather'",
    )


def test_premises_that_cannot_be_linked_become_reasons_of_their_own() -> None:
    left = without(_sample(), ALL - {"linked premises"})
    assert [(s.id, s.premises) for s in left.supports] == [("r1", ("c2",)), ("r1.2", ("c3",))]
    assert [undercut.target for undercut in left.undercuts] == ["r1", "r3"]


def test_what_undercuts_a_lost_relation_is_lost_with_it() -> None:
    claims = tuple(Claim(id=f"c{n}", text="x") for n in range(3))
    relations = (
        Undercut(id="u2", source="c2", target="u1"),
        Undercut(id="u1", source="c2", target="s1"),
        Support(id="s1", premises=("c0",), conclusion="c1"),
    )
    argmap = ArgumentMap(claims=claims, relations=relations)
    assert without(argmap, ALL - {"undercuts"}).relations == relations[2:]
    assert without(argmap, ALL - {"supports"}).relations == ()


def test_a_denial_never_becomes_an_assertion() -> None:
    said = (Mention(author="Ana"), Mention(author="Ben", stance="denies"))
    argmap = ArgumentMap(claims=(Claim(id="c1", text="x", mentions=said),))
    assert without(argmap, ALL - {"stances"}).claims[0].mentions == said[:1]


@pytest.mark.parametrize("name", sorted(ALL))
def test_a_construct_has_a_meaning_in_words(name: str) -> None:
    assert next(c.meaning for c in CONSTRUCTS if c.name == name)


def test_free_ids_pass_over_those_that_are_taken() -> None:
    assert free_ids("r", 0, ()) == []
    assert free_ids("r", 2, {"r1", "r3"}) == ["r2", "r4"]
