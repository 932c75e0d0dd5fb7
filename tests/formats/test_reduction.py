"""Supports as attacks: what each translation adds, what it leaves, and that nothing is silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from argumap import (
    ArgumentMap,
    LossyConversionWarning,
    MapBuilder,
    NotRepresentableError,
    UnknownNameError,
    dumps,
    loads,
)
from argumap.formats import TRANSLATIONS, losses, supports_as_attacks
from strategies import maps

if TYPE_CHECKING:
    from argumap.formats.reduction import Translation


def _chain() -> ArgumentMap:
    """Return a map in which b supports a, c attacks b, e supports c, a attacks d, f attacks c."""
    builder = MapBuilder()
    a, b, c, d, e, f = (builder.claim(text) for text in "abcdef")
    builder.support(b, a)
    builder.rebuttal(c, b)
    builder.support(e, c)
    builder.rebuttal(a, d)
    builder.rebuttal(f, c)
    return builder.build()


def _attacks(argmap: ArgumentMap) -> set[str]:
    text = {claim.id: claim.text for claim in argmap.claims}
    return {f"{text[r.source]}{text[r.target]}" for r in argmap.rebuttals}


@pytest.mark.parametrize(
    ("translation", "added"),
    [
        ("general", {"eb", "bd", "ca"}),
        ("deductive", {"eb", "bd", "fe"}),
        ("necessary", {"ca"}),
    ],
)
def test_the_attacks_are_those_of_the_papers(translation: Translation, added: set[str]) -> None:
    reduced = supports_as_attacks(_chain(), translation)
    assert not reduced.supports
    assert _attacks(reduced) - _attacks(_chain()) == added


@settings(max_examples=60)
@given(argmap=maps())
def test_claims_stay_and_only_plain_supports_go(argmap: ArgumentMap) -> None:
    undercut = {relation.target for relation in argmap.undercuts}
    for translation in TRANSLATIONS:
        reduced = supports_as_attacks(argmap, translation)  # type: ignore[arg-type]
        assert reduced.claims == argmap.claims
        assert [s.id for s in reduced.supports] == [
            s.id for s in argmap.supports if len(s.premises) > 1 or s.id in undercut
        ]
        assert {(r.source, r.target) for r in argmap.rebuttals} <= {
            (r.source, r.target) for r in reduced.rebuttals
        }


def test_what_no_translation_knows_is_told_as_lost() -> None:
    builder = MapBuilder()
    a, b, c = (builder.claim(text) for text in "abc")
    builder.support(b, c, a)
    reduced = supports_as_attacks(builder.build(), "deductive")
    assert losses(reduced, format="apx")[0] == "support 'r1' of 'c1' by 'c2', 'c3'"
    with pytest.raises(NotRepresentableError):
        dumps(reduced, format="apx")


def test_what_was_translated_can_be_written_and_read() -> None:
    reduced = supports_as_attacks(_chain(), "deductive")
    with pytest.warns(LossyConversionWarning):
        text = dumps(reduced, format="af", lossy=True)
    assert len(loads(text).rebuttals) == len(reduced.rebuttals)


def test_a_wrong_name_is_refused_with_the_right_ones() -> None:
    with pytest.raises(UnknownNameError, match=r"did you mean 'deductive'"):
        supports_as_attacks(_chain(), "deductiv")  # type: ignore[arg-type]
