"""MapBuilder: a map by hand, with the ids told, and every mistake named."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from argumap import (
    Claim,
    MapBuilder,
    Mention,
    ModelError,
    Origin,
    Post,
    Rebuttal,
    Support,
    Thread,
    Undercut,
    UnknownNameError,
)

BY_HAND = Origin(maker="hand")


def test_what_is_added_is_in_the_map_in_order() -> None:
    thread = Thread(posts=(Post(id="p1", text="It is wet."),))
    builder = MapBuilder("Weather", thread=thread)
    wet = builder.claim("It is wet.", author="Ana", confidence=0.5)
    rain = builder.claim("It rained.")
    clouds = builder.claim("There were clouds.")
    builder.mention(wet, "Ben", "denies")
    because = builder.support(rain, clouds, wet, confidence=0.25)
    against = builder.rebuttal(clouds, rain)
    builder.undercut(rain, because)
    argmap = builder.build()
    assert (argmap.title, argmap.thread) == ("Weather", thread)
    assert argmap.claims == (
        Claim(
            id="c1",
            text="It is wet.",
            mentions=(Mention(author="Ana"), Mention(author="Ben", stance="denies")),
            confidence=0.5,
            origin=BY_HAND,
        ),
        Claim(id="c2", text="It rained.", origin=BY_HAND),
        Claim(id="c3", text="There were clouds.", origin=BY_HAND),
    )
    assert argmap.relations == (
        Support(id="r1", premises=("c2", "c3"), conclusion="c1", confidence=0.25, origin=BY_HAND),
        Rebuttal(id="r2", source="c3", target="c2", origin=BY_HAND),
        Undercut(id="r3", source="c2", target="r1", origin=BY_HAND),
    )
    assert against == "r2"


def test_ids_that_are_taken_are_passed_over() -> None:
    builder = MapBuilder()
    assert builder.claim("One.", id="c2") == "c2"
    assert builder.claim("Two.") == "c3"
    assert builder.claim("Three.", id="r1") == "r1"
    assert builder.rebuttal("c2", "c3") == "r2"
    builder.build()


def test_an_id_given_twice_is_refused() -> None:
    builder = MapBuilder()
    builder.claim("One.", id="a")
    with pytest.raises(ModelError, match="two claims have the id 'a'"):
        builder.claim("Two.", id="a")


def test_a_stance_on_no_claim_is_refused() -> None:
    builder = MapBuilder()
    builder.claim("One.", id="alpha")
    with pytest.raises(UnknownNameError, match="did you mean 'alpha'"):
        builder.mention("alhpa", "Ben")


def test_a_support_without_a_premise_is_refused() -> None:
    builder = MapBuilder()
    with pytest.raises(ModelError, match="it needs a premise, then the conclusion"):
        builder.support(builder.claim("One."))
    with pytest.raises(ModelError, match="it needs a premise, then the conclusion"):
        builder.support()


def test_an_empty_id_is_refused_and_no_other_taken_for_it() -> None:
    with pytest.raises(ValidationError, match="id"):
        MapBuilder().claim("One.", id="")


def test_build_tells_what_does_not_fit() -> None:
    builder = MapBuilder()
    one = builder.claim("One.")
    builder.rebuttal(one, "c9")
    builder.undercut("c8", "r7")
    with pytest.raises(ModelError) as caught:
        builder.build()
    assert len(caught.value.problems) == 3


def test_a_builder_can_go_on_after_it_has_built() -> None:
    builder = MapBuilder()
    one = builder.claim("One.")
    first = builder.build()
    builder.rebuttal(builder.claim("Two."), one)
    assert len(first.claims) == 1
    assert len(builder.build().claims) == 2
