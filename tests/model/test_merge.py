"""merge_maps: what maps share is there once, and nothing of any of them is lost."""

from __future__ import annotations

import pytest
from hypothesis import given

from argumap import (
    ArgumentMap,
    Claim,
    MapBuilder,
    Mention,
    ModelError,
    Post,
    Support,
    Thread,
    Undercut,
    merge_maps,
)
from strategies import maps


@given(maps())
def test_a_map_merged_with_itself_or_with_nothing_is_itself(argmap: ArgumentMap) -> None:
    assert merge_maps(argmap) == argmap
    assert merge_maps(argmap, ArgumentMap()) == argmap
    assert len(merge_maps(argmap, argmap).claims) == len(argmap.claims)


@given(maps(), maps())
def test_nothing_is_lost(one: ArgumentMap, two: ArgumentMap) -> None:
    # Their threads are of different discussions.
    two = two.replace(
        thread=None,
        claims=tuple(
            claim.replace(mentions=tuple(m.replace(span=None) for m in claim.mentions))
            for claim in two.claims
        ),
    )
    merged = merge_maps(one, two)
    assert merged.relations[: len(one.relations)] == one.relations
    for argmap in (one, two):
        words = sorted(" ".join(claim.text.casefold().split()) for claim in argmap.claims)
        left = sorted(" ".join(claim.text.casefold().split()) for claim in merged.claims)
        for word in words:
            left.remove(word)
        said = {(m.author, m.stance, m.quote) for c in argmap.claims for m in c.mentions}
        assert said <= {(m.author, m.stance, m.quote) for c in merged.claims for m in c.mentions}
    assert len(merged.relations) <= len(one.relations) + len(two.relations)
    assert len(merged.relations) >= max(len(one.relations), len(two.relations))


def test_the_same_words_are_one_claim_with_the_mentions_of_both() -> None:
    one = ArgumentMap(claims=(Claim(id="c1", text="It rained.", mentions=(Mention(author="A"),)),))
    two = ArgumentMap(
        claims=(
            Claim(id="c1", text="It snowed."),
            Claim(id="c2", text="it  RAINED.", mentions=(Mention(author="B"),)),
        ),
        relations=(Support(id="r1", premises=("c1",), conclusion="c2"),),
    )
    merged = merge_maps(one, two)
    assert [(claim.id, claim.authors) for claim in merged.claims] == [
        ("c1", ("A", "B")),
        ("c1-2", ()),
    ]
    assert merged.relations == (Support(id="r1", premises=("c1-2",), conclusion="c1"),)


def test_an_undercut_follows_the_relation_that_it_strikes() -> None:
    builder = MapBuilder()
    a, b, c = (builder.claim(text) for text in "abc")
    first = builder.support(a, b)
    before = builder.build()
    builder.undercut(c, first)
    merged = merge_maps(before, builder.build())
    assert [type(relation) for relation in merged.relations] == [Support, Undercut]
    assert merged.undercuts[0].target == first


def test_threads_are_joined_and_contradictions_refused() -> None:
    post, other = Post(id="p1", text="It rained."), Post(id="p2", text="Yes.", parent_id="p1")
    one = ArgumentMap(thread=Thread(posts=(post,)))
    two = ArgumentMap(thread=Thread(posts=(post, other)))
    merged = merge_maps(one, two)
    assert merged.thread is not None
    assert merged.thread.posts == (post, other)
    three = ArgumentMap(thread=Thread(posts=(post.replace(text="It snowed."),)))
    with pytest.raises(ModelError, match="two maps have a post 'p1', with different texts"):
        merge_maps(one, three)


def test_what_only_one_of_them_says_of_a_claim_is_kept() -> None:
    one = Claim(id="a", text="It rained.", component="claim", extra={"aif": {"k": [1], "x": 1}})
    two = Claim(
        id="b", text="it rained.", component="premise", confidence=0.5, extra={"aif": {"k": [1, 2]}}
    )
    maps_ = [
        ArgumentMap(claims=(claim,), extra={"aif": {"nodes": [claim.id], "whole": True}})
        for claim in (one, two)
    ]
    merged = merge_maps(*maps_)
    assert merged.claims == (one.replace(confidence=0.5, extra={"aif": {"k": [1, 2], "x": 1}}),)
    assert merged.extra == {"aif": {"nodes": ["a", "b"], "whole": True}}


def test_claims_without_words_are_different_claims() -> None:
    one, two = (ArgumentMap(claims=(Claim(id=name, text=""),)) for name in "ab")
    assert len(merge_maps(one, two).claims) == 2


def test_what_a_map_says_twice_stays_there_twice() -> None:
    claims = (Claim(id="a", text="It rained."), Claim(id="b", text="It is wet."))
    once = ArgumentMap(claims=claims, relations=(Support(id="r", premises=("a",), conclusion="b"),))
    twice = once.replace(
        relations=(*once.relations, Support(id="s", premises=("a",), conclusion="b"))
    )
    assert len(merge_maps(once, twice).relations) == 2
    assert merge_maps(twice, twice) == twice
