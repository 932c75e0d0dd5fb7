"""diff_maps: every change is told once, and nothing else is."""

from __future__ import annotations

from hypothesis import given, settings

from argumap import ArgumentMap, Claim, MapBuilder, Mention, Rebuttal, Span, diff_maps
from strategies import maps


@settings(max_examples=50)
@given(maps())
def test_a_map_does_not_differ_from_itself(argmap: ArgumentMap) -> None:
    changes = diff_maps(argmap, argmap)
    # Undercuts in a circle hang on nothing that could be the same.
    assert {change.kind for change in changes} <= {"relation-added", "relation-removed"}
    assert all(argmap.relation(change.relations[0]).kind == "undercut" for change in changes)


@settings(max_examples=50)
@given(maps())
def test_from_nothing_everything_is_new_and_to_nothing_all_is_gone(argmap: ArgumentMap) -> None:
    added = [change.kind for change in diff_maps(ArgumentMap(), argmap)]
    removed = [change.kind for change in diff_maps(argmap, ArgumentMap())]
    assert added == ["claim-added"] * len(argmap.claims) + ["relation-added"] * len(
        argmap.relations
    )
    assert removed == [kind.replace("added", "removed") for kind in added]


def _before() -> ArgumentMap:
    builder = MapBuilder()
    move = builder.claim("We should move.", author="Ana")
    rent = builder.claim("The rent went up.", author="Ana")
    builder.claim("It rains.")
    builder.support(rent, move)
    return builder.build()


def test_each_kind_of_change_is_told_in_words() -> None:
    before = _before()
    move, rent, _ = before.claims
    more = (Mention(author="Ana"), Mention(author="Ben", stance="denies"))
    after = before.replace(
        claims=(
            move.replace(mentions=more),
            rent.replace(text="The rent went up again."),
            Claim(id="c9", text="It is far."),
        ),
        relations=(Rebuttal(id="r7", source="c9", target="c1"),),
    )
    assert [(change.kind, change.reason) for change in diff_maps(before, after)] == [
        ("claim-removed", "c3 is gone: It rains."),
        ("claim-added", "c9 is new: It is far."),
        ("claim-reworded", "c2 was “The rent went up.” and is “The rent went up again.”."),
        ("mentions-changed", "c1: Ben denies it."),
        ("relation-removed", "r1 is gone: c2 supports c1."),
        ("relation-added", "r7 is new: c9 rebuts c1."),
        ("standing-changed", "c1 was accepted and is rejected."),
    ]


def test_claims_that_were_numbered_anew_are_the_same_by_words_or_by_place() -> None:
    span = Span(post_id="p1", start=3, end=9)
    before = ArgumentMap(
        claims=(
            Claim(id="c1", text="It rained."),
            Claim(id="c2", text="it is wet", mentions=(Mention(span=span),)),
        ),
        relations=(Rebuttal(id="r1", source="c1", target="c2"),),
    )
    after = ArgumentMap(
        claims=(
            Claim(id="c1", text="New."),
            Claim(id="c2", text="It rained."),
            Claim(id="c3", text="It is wet.", mentions=(Mention(span=span),)),
        ),
        relations=(Rebuttal(id="r4", source="c2", target="c3"),),
    )
    assert [change.kind for change in diff_maps(before, after)] == ["claim-added", "claim-reworded"]
