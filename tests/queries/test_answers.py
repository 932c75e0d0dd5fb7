"""What each question answers on a small debate that one can hold in one's head."""

from __future__ import annotations

import pytest

from argumap import ArgumentMap, MapBuilder, UnknownNameError
from argumap.queries import (
    QUERIES,
    circular_reasoning,
    concessions,
    cruxes,
    explain,
    for_and_against,
    lacking_support,
    near_duplicates,
    self_contradictions,
    smallest_sets,
    turning_points,
    unanswered_rebuttals,
)
from argumap.queries.hinges import what_holds


def _office() -> ArgumentMap:
    """Ana wants to move, since the rent went up; Ben finds it far, and Ana works from home."""
    builder = MapBuilder("Should we move?")
    move = builder.claim("We should move the office.", id="move", author="Ana")
    rent = builder.claim("The rent went up.", id="rent", author="Ana")
    bill = builder.claim("I have seen the bill.", id="bill", author="Ben")
    far = builder.claim("The new place is too far.", id="far", author="Ben")
    home = builder.claim("We work from home.", id="home", author="Ana")
    noise = builder.claim("It is noisy there.", id="noise", author="Eve")
    builder.mention(rent, "Ben")
    builder.mention(far, "Ana", "concedes")
    builder.mention(noise, "Ana", "denies")
    builder.support(rent, move)
    builder.support(bill, rent)
    against = builder.rebuttal(far, move)
    builder.undercut(home, against)
    builder.rebuttal(noise, move)
    return builder.build()


def _told(name: str, *about: str, argmap: ArgumentMap | None = None) -> list[str]:
    answer = QUERIES[name].ask(argmap or _office(), *about)
    assert isinstance(answer, tuple)
    return [getattr(each, "reason", each.id if hasattr(each, "id") else "") for each in answer]


@pytest.mark.parametrize(
    ("question", "about", "answers"),
    [
        ("main", (), ["move"]),
        (
            "unsupported",
            (),
            [
                "Ben gives no reason for bill.",
                "Ben gives no reason for far.",
                "Ana gives no reason for home.",
                "Eve gives no reason for noise.",
            ],
        ),
        (
            "contested",
            (),
            ["move (Ana) is rebutted by far (Ben) and noise (Eve)."],
        ),
        (
            "unanswered",
            (),
            ["Nobody answered noise (Eve), which rebuts move (Ana), a main claim; Ana could."],
        ),
        ("concessions", (), ["Ana grants far (Ben)."]),
        ("contradictions", (), []),
        (
            "common-ground",
            (),
            [
                "Ana and Ben agree on rent, though they disagree elsewhere.",
                "Ben and Ana agree on far, though they disagree elsewhere.",
            ],
        ),
        (
            "disagreements",
            (),
            [
                "On move, Ana is for and Ben and Eve are against.",
                "On noise, Eve is for and Ana is against.",
            ],
        ),
        (
            "positions",
            (),
            [
                "Ana asserts 3 claims, concedes far and denies noise.",
                "Ben asserts 2 claims, endorses rent and rebuts move.",
                "Eve asserts 1 claim and rebuts move.",
            ],
        ),
        ("circles", (), []),
        (
            "cruxes",
            (),
            ["If noise (Eve) falls, move is no longer rejected but accepted."],
        ),
        ("load-bearing", (), ["If bill (Ben) falls, rent falls with it."]),
        (
            "explain",
            ("move",),
            [
                (
                    "move is rejected because noise, which rebuts it, stands; "
                    "noise stands because nobody rebuts it."
                ),
                "If noise (Eve) falls, move is no longer rejected but accepted.",
            ],
        ),
        (
            "for-and-against",
            ("move",),
            [
                "3 claims speak for move: rent, home and bill.",
                "2 claims speak against move: far and noise.",
            ],
        ),
        ("defend", ("move",), ["If noise (Eve) falls, move is no longer rejected but accepted."]),
        ("defeat", ("move",), []),
        ("defeat", ("rent",), ["If bill (Ben) falls, rent is no longer accepted but rejected."]),
        (
            "chains",
            ("home", "move"),
            ["home undercuts the rebuttal by far of move: it speaks for move."],
        ),
        (
            "chains",
            ("bill", "move"),
            ["bill supports rent, which supports move: it speaks for move."],
        ),
        ("chains", ("move", "bill"), []),
    ],
)
def test_what_is_answered(question: str, about: tuple[str, ...], answers: list[str]) -> None:
    assert _told(question, *about) == answers


def test_lack_of_support_is_told_by_the_worst_kind_and_the_contested_first() -> None:
    builder = MapBuilder()
    for name, author in (
        ("bare", "Ana"),
        ("top", "Ana"),
        ("ring", "Ben"),
        ("ring2", "Ben"),
        ("fallen", "Ana"),
        ("false", "Ben"),
        ("proof", "Eve"),
        ("own", "Ana"),
        ("own2", "Ana"),
        ("single", "Ana"),
        ("good", "Ana"),
    ):
        builder.claim(name, id=name, author=author)
    builder.support("ring", "ring2")
    builder.support("ring2", "ring")
    builder.support("ring", "top")
    builder.support("false", "fallen")
    builder.rebuttal("proof", "false")
    builder.support("own2", "own")
    builder.support("false", "single")
    builder.support("bare", "good")
    builder.support("proof", "good")
    found = lacking_support(builder.build())
    told = [(finding.claims[0], finding.kind) for finding in found]
    assert told == [
        ("false", "no-reason"),
        ("bare", "no-reason"),
        ("proof", "no-reason"),
        ("own2", "no-reason"),
        ("top", "circle"),
        ("ring", "circle"),
        ("ring2", "circle"),
        ("fallen", "fallen"),
        ("single", "fallen"),
        ("own", "own-word"),
    ]
    by_subject = {finding.claims[0]: finding.reason for finding in found}
    assert by_subject["top"].endswith(
        "top rests on ring, which rests on ring2, which rests on ring."
    )
    assert by_subject["fallen"] == "No support of fallen holds: false is rejected."
    assert by_subject["false"] == "Ben gives no reason for false; proof (Eve) rebuts it."


def test_support_from_one_other_person_alone_is_one_source() -> None:
    builder = MapBuilder()
    claim, reason = builder.claim("a", author="Ana"), builder.claim("b", author="Ben")
    builder.support(reason, claim)
    (_, finding) = lacking_support(builder.build())
    assert (finding.kind, finding.reason) == (
        "one-source",
        "All that supports c1 comes from Ben alone.",
    )


def test_an_undercut_support_has_fallen_and_the_undercut_is_named() -> None:
    builder = MapBuilder()
    claim, reason, strike = (builder.claim(text) for text in "abc")
    support = builder.support(reason, claim)
    builder.undercut(strike, support)
    fallen = next(f for f in lacking_support(builder.build()) if f.kind == "fallen")
    assert fallen.reason == "No support of c1 holds: c3 undercuts r1."
    assert fallen.relations == ("r1",)


def test_a_knot_of_circles_is_told_by_a_shortest_one() -> None:
    builder = MapBuilder()
    ids = [builder.claim(text) for text in "abcd"]
    for premise, conclusion in ("ab", "bc", "ca", "ba", "cd"):
        builder.support(ids["abcd".index(premise)], ids["abcd".index(conclusion)])
    (finding,) = circular_reasoning(builder.build())
    assert finding.claims == ("c1", "c2")
    assert finding.reason == (
        "c1 is a reason for c2, which is a reason for c1. 1 more claims are in the same knot."
    )


def test_whoever_rebuts_his_own_claim_weighs_it_and_waits_for_nobody() -> None:
    builder = MapBuilder()
    claim, doubt = builder.claim("a", author="Ana"), builder.claim("b", author="Ana")
    builder.rebuttal(doubt, claim)
    argmap = builder.build()
    assert [finding.kind for finding in concessions(argmap)] == ["weighed"]
    assert self_contradictions(argmap) == ()
    (finding,) = unanswered_rebuttals(argmap)
    assert (finding.kind, finding.people) == ("own", ())


def test_a_doubt_of_one_s_own_is_no_answer_to_a_rebuttal() -> None:
    builder = MapBuilder()
    claim, against = builder.claim("a", author="Ana"), builder.claim("b", author="Ben")
    builder.rebuttal(against, claim)
    builder.rebuttal(builder.claim("c", author="Ben"), against)
    told = [finding.reason for finding in unanswered_rebuttals(builder.build())]
    assert told == [
        "Nobody answered c2 (Ben), which rebuts c1 (Ana), a main claim; Ana could.",
        "Ben weighs c3 against c2 (Ben); nobody takes it up.",
    ]


def test_an_empty_map_has_an_answer_to_every_question() -> None:
    for name, query in QUERIES.items():
        if all(each.startswith("[") for each in query.about):
            assert query.ask(ArgumentMap()) == (), name
    assert turning_points(_office()) == ()


def test_whoever_is_not_there_is_named() -> None:
    for ask in (explain, for_and_against, smallest_sets, cruxes):
        with pytest.raises(UnknownNameError, match="did you mean 'rent'"):
            ask(_office(), "rant")
    with pytest.raises(UnknownNameError, match="did you mean 'unsupported'"):
        _ = QUERIES["unsuported"]


def test_likeness_out_of_bounds_is_refused() -> None:
    with pytest.raises(ValueError, match="likeness is 0"):
        near_duplicates(_office(), 0)


def test_each_finding_names_what_is_in_the_map() -> None:
    argmap = _office()
    for name, query in QUERIES.items():
        answer = (
            query.ask(argmap, *("move", "bill")[: len(query.about)])
            if ("PERSON" not in query.about)
            else ()
        )
        for finding in answer if isinstance(answer, tuple) else ():
            for claim_id in getattr(finding, "claims", ()):
                assert argmap.claim(claim_id).id == claim_id, name
            for relation_id in getattr(finding, "relations", ()):
                assert argmap.relation(relation_id).id == relation_id, name
            assert set(getattr(finding, "people", ())) <= set(argmap.authors)


def test_what_the_title_does_not_ask_about_is_counted_apart() -> None:
    builder = MapBuilder()
    claim, against = builder.claim("a", author="Ana"), builder.claim("b", author="Ben")
    builder.rebuttal(against, claim)
    builder.rebuttal(builder.claim("c", author="Ben"), against)
    argmap = builder.build()
    for name in ("unanswered", "contested"):
        query = QUERIES[name]
        assert query.count(query.ask(argmap)).startswith("1 found, apart from 1 "), name  # type: ignore[arg-type]
        assert query.count(()) == "None found"


@pytest.mark.parametrize(
    ("reasons", "rebuttals", "answers", "told"),
    [
        (4, 0, 0, "is accepted for 4 reasons that hold, and one is enough: all of them would"),
        (2, 1, 2, "all of them would have to fall, or a rebuttal of it come to stand."),
        (0, 1, 2, "is accepted, and no rebuttal of it hangs on one claim."),
        (1, 4, 0, "is rejected by 4 rebuttals that stand, and one is enough: all of them would"),
        (0, 0, 0, "is accepted, and nothing bears on it."),
    ],
)
def test_where_no_one_fall_turns_a_claim_it_is_told_what_holds_it(
    reasons: int, rebuttals: int, answers: int, told: str
) -> None:
    builder = MapBuilder()
    claim = builder.claim("a")
    for _ in range(reasons):
        builder.support(builder.claim("reason"), claim)
    for _ in range(rebuttals):
        against = builder.claim("against")
        builder.rebuttal(against, claim)
        for _ in range(answers):
            builder.rebuttal(builder.claim("answer"), against)
    argmap = builder.build()
    assert cruxes(argmap, claim) == ()
    assert told in what_holds(argmap, claim)


def test_what_is_so_already_needs_no_fall() -> None:
    argmap = _office()
    for name, about in (("defend", "rent"), ("defeat", "move")):
        why_none = QUERIES[name].why_none
        assert why_none is not None
        assert why_none(argmap, about).endswith(" as it is.")
    assert what_holds(ArgumentMap()) == "There is no main claim."
