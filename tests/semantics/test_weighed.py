"""A point that somebody weighs against a claim of his own, and holds on to the claim."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argumap import (
    ArgumentMap,
    MapBuilder,
    Mention,
    UnknownNameError,
    extensions,
    grounded_labelling,
)
from argumap.semantics import EXTENSIONS, weighed_points
from semantics.worked import small_maps


def _rebutted(*, holds: str, raises: str, how: str = "asserts") -> MapBuilder:
    """Return a claim that some hold and a rebuttal that some raise; each letter is a person."""
    builder = MapBuilder()
    for claim, people, stance in (("claim", holds, "asserts"), ("point", raises, how)):
        builder.claim(claim, id=claim)
        for person in people:
            builder.mention(claim, person, stance)  # type: ignore[arg-type]
    builder.rebuttal("point", "claim")
    return builder


@pytest.mark.parametrize(
    ("holds", "raises", "how", "standing"),
    [
        ("A", "A", "asserts", "accepted"),
        ("A", "A", "concedes", "accepted"),
        ("AB", "B", "asserts", "accepted"),  # who agrees with the claim may weigh it too
        ("A", "B", "asserts", "rejected"),
        ("A", "AB", "asserts", "rejected"),  # for B it is not outweighed
        ("A", "", "asserts", "rejected"),  # nobody is known
        ("", "A", "asserts", "rejected"),
    ],
)
def test_a_point_is_outweighed_for_those_who_hold_on_to_the_claim(
    holds: str, raises: str, how: str, standing: str
) -> None:
    argmap = _rebutted(holds=holds, raises=raises, how=how).build()
    assert grounded_labelling(argmap)["claim"] == standing
    assert grounded_labelling(argmap, weighed="count")["claim"] == "rejected"
    assert weighed_points(argmap) == (("r1",) if standing == "accepted" else ())
    for semantics in EXTENSIONS:
        found = extensions(argmap, semantics)  # type: ignore[arg-type]
        assert ("claim" in found.skeptical) == (standing == "accepted")
        pure = extensions(argmap, semantics, weighed="count")  # type: ignore[arg-type]
        assert pure.skeptical == ("point",)


def test_whoever_takes_the_claim_back_no_longer_holds_it() -> None:
    builder = _rebutted(holds="A", raises="A")
    builder.mention("claim", "A", "denies")
    assert grounded_labelling(builder.build())["claim"] == "rejected"


def test_whoever_alone_gives_a_reason_for_a_claim_stands_by_it() -> None:
    builder = _rebutted(holds="A", raises="B")
    reason = builder.claim("reason", author="B")
    builder.support(reason, "claim")
    assert weighed_points(builder.build()) == ("r1",)
    # A reason that others give as well says nothing of who drew the conclusion.
    builder.mention(reason, "A", "endorses")
    assert weighed_points(builder.build()) == ()


def test_an_undercut_of_a_reason_of_one_s_own_is_weighed_and_one_of_a_rebuttal_is_an_answer() -> (
    None
):
    builder = MapBuilder()
    claim, reason, doubt = (builder.claim(text, author="A") for text in ("c", "r", "d"))
    support = builder.support(reason, claim)
    undercut = builder.undercut(doubt, support)
    assert weighed_points(builder.build()) == (undercut,)
    assert grounded_labelling(builder.build())[claim] == "accepted"
    against = builder.rebuttal(builder.claim("p", author="B"), claim)
    answer = builder.undercut(builder.claim("a", author="A"), against)
    argmap = builder.build()
    assert answer not in weighed_points(argmap)
    assert grounded_labelling(argmap)[claim] == "accepted"


def test_a_claim_that_rebuts_itself_is_no_weighed_point() -> None:
    builder = MapBuilder()
    claim = builder.claim("This is false.", author="A")
    builder.rebuttal(claim, claim)
    assert weighed_points(builder.build()) == ()


def test_unknown_treatments_are_named() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'count'"):
        grounded_labelling(ArgumentMap(), weighed="counts")  # type: ignore[arg-type]


@given(argmap=small_maps(), data=st.data())
def test_weighed_points_are_as_if_they_were_not_there(
    argmap: ArgumentMap, data: st.DataObject
) -> None:
    people = [data.draw(st.sampled_from("AB")) for _ in argmap.claims]
    claims = tuple(
        claim.replace(mentions=(Mention(author=person),))
        for claim, person in zip(argmap.claims, people, strict=True)
    )
    said = argmap.replace(claims=claims)
    light = set(weighed_points(said))
    gone = set(light)
    while more := {u.id for u in said.undercuts if u.target in gone} - gone:
        gone |= more
    without = said.replace(relations=tuple(r for r in said.relations if r.id not in gone))
    for support in ("evidential", "deductive", "necessary", "general", "ignore"):
        found = grounded_labelling(said, support=support)
        pure = grounded_labelling(without, support=support, weighed="count")
        assert found.standings == pure.standings
    unsaid = grounded_labelling(argmap)
    assert grounded_labelling(argmap, weighed="count") == unsaid
