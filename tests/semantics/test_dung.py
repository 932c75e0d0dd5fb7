"""Extensions: what the papers say, and how the semantics lie together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings

from argumap.semantics import (
    EXTENSIONS,
    _exact,
    acceptance,
    dung,
    extensions,
    grounded_labelling,
    labellings,
)
from semantics.worked import arguments, small_maps

if TYPE_CHECKING:
    from collections.abc import Callable

    from argumap import ArgumentMap

Set = frozenset[str]


def _sets(argmap: ArgumentMap, semantics: str, support: str = "ignore") -> set[Set]:
    found = extensions(argmap, semantics, support=support)  # type: ignore[arg-type]
    sets = list(map(frozenset, found))
    assert len(set(sets)) == len(sets) == found.count
    return set(sets)


# Each from its paper, by hand.
WORKED = [
    # Dung 1995, example 10 and 12: the Nixon diamond.
    ("ab", "ab ba", "preferred", {"a", "b"}),
    ("ab", "ab ba", "grounded", {""}),
    ("ab", "ab ba", "stable", {"a", "b"}),
    # Dung 1995, after definition 15: an odd circle has no stable extension.
    ("abc", "ab bc ca", "stable", set()),
    ("abc", "ab bc ca", "preferred", {""}),
    ("abc", "ab bc ca", "stage", {"a", "b", "c"}),
    # Caminada 2006, figure 2: semi-stable where nothing is stable; a is not preferred to b.
    ("abcde", "ab ba bc cd de ec", "semi-stable", {"bd"}),
    ("abcde", "ab ba bc cd de ec", "preferred", {"a", "bd"}),
    # Dung, Mancarella and Toni 2007, example 2.1: ideal beyond grounded.
    ("ab", "aa ab ba", "ideal", {"b"}),
    ("ab", "aa ab ba", "grounded", {""}),
    # A floating conclusion: both sides put c out, and neither is granted.
    ("abcd", "ab ba ac bc cd", "preferred", {"ad", "bd"}),
    ("abcd", "ab ba ac bc cd", "ideal", {""}),
    # Reinstatement.
    ("abc", "ab bc", "grounded", {"ac"}),
    ("", "", "stable", {""}),
]


@pytest.mark.parametrize(("names", "attacks", "semantics", "wanted"), WORKED)
def test_worked_examples(names: str, attacks: str, semantics: str, wanted: set[str]) -> None:
    found = _sets(arguments(names, attacks.split()), semantics)
    assert found == {frozenset(each) for each in wanted}


@pytest.mark.parametrize("semantics", [name for name in EXTENSIONS if name != "grounded"])
def test_clingo_gives_the_same_answers(semantics: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("clingo")
    search: Callable[[_exact.Tangle], int] = dung.choices

    @given(small_maps())
    def same(argmap: ArgumentMap) -> None:
        monkeypatch.setattr(dung, "choices", search)
        searched = _sets(argmap, semantics, "evidential")
        monkeypatch.setattr(dung, "choices", lambda _: -1)
        assert _sets(argmap, semantics, "evidential") == searched

    same()


@pytest.mark.parametrize("semantics", list(EXTENSIONS))
@pytest.mark.parametrize("by", ["search", "clingo"])
def test_what_is_in_some_and_in_all_sets_is_known_without_them(
    semantics: Any, by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("clingo")
    search: Callable[[_exact.Tangle], int] = dung.choices

    @settings(max_examples=40)
    @given(small_maps())
    def same(argmap: ArgumentMap) -> None:
        monkeypatch.setattr(dung, "choices", search)
        listed = extensions(argmap, semantics)
        if by == "clingo":
            monkeypatch.setattr(dung, "choices", lambda _: -1)
        found = acceptance(argmap, semantics)
        assert found.exists == bool(listed.count)
        assert (found.credulous, found.skeptical) == (listed.credulous, listed.skeptical)

    same()


def test_more_sets_than_anybody_could_list() -> None:
    pytest.importorskip("clingo")
    names = [f"a{n}" for n in range(90)]
    attacks = [(one, names[(n + step) % 90]) for n, one in enumerate(names) for step in (1, 89)]
    argmap = arguments([*names, "b"], [*attacks, ("a0", "b"), ("a1", "b")])
    for semantics in ("complete", "preferred", "stable"):
        found = acceptance(argmap, semantics)
        assert len(found.credulous) == 91
        assert found.skeptical == ()
    found = acceptance(argmap, "preferred", time_limit=0.0)
    assert len(found.unsolved) == 1


@given(small_maps())
def test_how_the_semantics_lie_together(argmap: ArgumentMap) -> None:
    for support in ("evidential", "deductive", "necessary", "general", "ignore"):
        found = {name: _sets(argmap, name, support) for name in EXTENSIONS}
        assert found["stable"] <= found["semi-stable"] <= found["preferred"] <= found["complete"]
        assert found["stable"] <= found["stage"]
        assert found["ideal"] <= found["complete"]
        (grounded,) = found["grounded"]
        (ideal,) = found["ideal"]
        labelling = grounded_labelling(argmap, support=support)
        assert grounded == set(labelling.accepted)
        assert all(grounded <= each for each in found["complete"])
        assert grounded <= ideal
        assert all(ideal <= each for each in found["preferred"])
        if found["stable"]:
            assert found["stable"] == found["stage"] == found["semi-stable"]


@given(small_maps())
def test_each_set_is_accepted_by_a_labelling_that_tells_why_the_rest_is_not(
    argmap: ArgumentMap,
) -> None:
    for support in ("evidential", "deductive", "ignore"):
        for semantics in EXTENSIONS:
            chosen: dict[str, Any] = {"semantics": semantics, "support": support}
            found = list(labellings(argmap, **chosen))
            assert {each.accepted for each in found} == set(extensions(argmap, **chosen))
            for labelling in found:
                accepted = set(labelling.accepted)
                for claim, relation in labelling.rejected_by.items():
                    assert labelling[claim] == "rejected"
                    assert relation is None or argmap.relation(relation).sources[0] in accepted
                if semantics == "stable":
                    assert not labelling.undecided
    assert list(labellings(argmap, "grounded")) == [grounded_labelling(argmap)]


def test_the_answer_that_none_exists_is_not_everything() -> None:
    found = extensions(arguments("abc", ["ab", "bc", "ca"]), "stable")
    assert found.count == 0
    assert found.skeptical == found.credulous == ()


def test_many_tangles_are_counted_without_being_listed() -> None:
    names = [f"{side}{n}" for n in range(100) for side in "ab"]
    attacks = [pair for n in range(100) for pair in ((f"a{n}", f"b{n}"), (f"b{n}", f"a{n}"))]
    found = extensions(arguments(names, attacks), "preferred")
    assert found.count == 2**100
    assert found.skeptical == ()
    assert len(found.credulous) == 200


def test_what_is_not_solved_in_time_is_told() -> None:
    found = extensions(arguments("ab", ["ab", "ba"]), "preferred", time_limit=0.0)
    assert not found.is_complete
    assert found.unsolved == (("a", "b"),)
    assert list(found) == [()]
