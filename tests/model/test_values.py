"""Values: frozen, compared by content, validated when replaced, read from JSON with pointers."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from pydantic import ValidationError

from argumap import (
    ArgumentMap,
    Claim,
    MapBuilder,
    Mention,
    ModelError,
    Post,
    Rebuttal,
    Span,
    Support,
    Undercut,
    UnknownNameError,
)
from argumap.model.json import pointer
from strategies import maps

if TYPE_CHECKING:
    from collections.abc import Callable


def test_a_value_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Claim(id="c1", text="It rained.").text = "It snowed."  # type: ignore[misc]


def test_replace_gives_a_new_value_and_leaves_the_old() -> None:
    old = Span(post_id="p1", start=0, end=4)
    new = old.replace(end=7)
    assert (old.end, new.end) == (4, 7)
    assert new.replace(end=4) == old


@pytest.mark.parametrize(
    "change",
    [
        lambda: Span(post_id="p1", start=0, end=4).replace(end="many"),
        lambda: Span(post_id="p1", start=0, end=4).replace(start=4),
        lambda: Span(post_id="p1", start=0, end=4).replace(stop=7),
        lambda: Claim(id="c1", text="It rained.").replace(confidence=1.5),
        lambda: Support(id="s1", premises=("c1",), conclusion="c2").replace(premises=()),
        lambda: Mention(stance="shouts"),
        lambda: Claim(id="", text="It rained."),
        lambda: Claim(id="c1", text="half an emoji \ud83d"),
        lambda: Claim(id="c\ud83d", text="It rained."),
        lambda: Claim(id="c1", text="It rained.", extra={"aif": [{"note": "\ud83d"}]}),
        lambda: Claim(id="c1", text="It rained.", extra={"aif": [{"\ud83d": "note"}]}),
        lambda: Mention(quote="\ude00"),
        lambda: Post(id="p1", text="half an emoji \ud83d"),
        lambda: ArgumentMap(title="\ud83d"),
        lambda: MapBuilder().claim("half an emoji \ud83d"),
    ],
)
def test_a_wrong_value_is_refused(change: Callable[[], object]) -> None:
    with pytest.raises(ValidationError):
        change()


def test_replace_on_a_map_checks_the_whole() -> None:
    argmap = ArgumentMap(claims=(Claim(id="c1", text="It rained."),))
    with pytest.raises(ModelError, match="'c2', which is not in the map"):
        argmap.replace(relations=(Rebuttal(id="r1", source="c2", target="c1"),))


@given(maps())
def test_equal_maps_have_equal_hashes_and_survive_pickling(argmap: ArgumentMap) -> None:
    copy = pickle.loads(pickle.dumps(argmap))  # noqa: S301 # our own bytes
    assert copy == argmap
    assert hash(copy) == hash(argmap)
    assert argmap.replace() == argmap


@given(maps())
def test_looking_into_a_map_does_not_change_it(argmap: ArgumentMap) -> None:
    looked_into = argmap.replace()
    looked = (looked_into.supports, looked_into.undercuts, looked_into.authors)
    assert looked_into.replace() == looked_into == argmap
    assert hash(looked_into) == hash(argmap)
    assert looked_into.model_dump_json() == argmap.model_dump_json()
    assert looked == (argmap.supports, argmap.undercuts, argmap.authors)


@given(maps())
def test_every_element_is_found_by_its_id(argmap: ArgumentMap) -> None:
    assert [argmap.claim(claim.id) for claim in argmap.claims] == list(argmap.claims)
    found = [argmap.relation(relation.id) for relation in argmap.relations]
    assert found == list(argmap.relations)
    for claim in argmap.claims:
        with pytest.raises(UnknownNameError):
            argmap.relation(claim.id)
    for relation in argmap.relations:
        with pytest.raises(UnknownNameError):
            argmap.claim(relation.id)


@given(maps())
def test_the_kinds_share_out_the_relations(argmap: ArgumentMap) -> None:
    kinds: dict[str, tuple[Support | Rebuttal | Undercut, ...]] = {
        "support": argmap.supports,
        "rebuttal": argmap.rebuttals,
        "undercut": argmap.undercuts,
    }
    for kind, relations in kinds.items():
        assert relations == tuple(r for r in argmap.relations if r.kind == kind)


def test_authors_come_in_the_order_of_the_thread_or_of_the_mentions() -> None:
    claims = (
        Claim(id="c1", text="Yes.", mentions=(Mention(author="Ben"), Mention(author="Ana"))),
        Claim(id="c2", text="No.", mentions=(Mention(author=None), Mention(author="Ben"))),
    )
    assert ArgumentMap(claims=claims).authors == ("Ben", "Ana")


def test_an_unknown_id_suggests_the_nearest() -> None:
    argmap = ArgumentMap(claims=(Claim(id="claim-8", text="It rained."),))
    with pytest.raises(UnknownNameError, match="did you mean 'claim-8'"):
        argmap.claim("claim-9")


def test_an_undercut_aims_at_a_relation_and_the_others_at_claims() -> None:
    assert Support(id="s1", premises=("c2", "c3"), conclusion="c1").target == "c1"
    assert Rebuttal(id="r1", source="c2", target="c1").sources == ("c2",)
    assert Undercut(id="u1", source="c4", target="s1").sources == ("c4",)


def test_a_pointer_escapes_what_json_pointers_escape() -> None:
    assert pointer(("a/b", 3, "m~n")) == "/a~1b/3/m~0n"
    assert pointer(()) == ""
