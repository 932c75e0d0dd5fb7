"""What holds of every map that is extracted, whatever the thread."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argumap import ArgumentMap, Post, Thread, UnknownNameError, dumps, extract
from argumap.extraction import EXTRACTORS, RuleExtractor
from argumap.extraction.rules import RULES
from argumap.threads import mark_up

# Pieces that the rules look for, in orders that nobody would write.
PIECES = [
    "I think that", "because", "but", "so", "the rent went up", "we should move", "although",
    "I agree", "I completely agree.", "(though it is far)", "for example", "if it rains",
    "that's not true", "it doesn't follow", "!!", "…", "?", ".", ",", ";", ":", "—", "(", ")", "“",
    "\n", "\n\n", "> the rent went up again and again", "- ", "1. ", "```", "http://a.b/c", "i.e.",
    "Ünïcode ist schön", "😀", "\u202e", "\x00", "I'm", "you’re right",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join)


@st.composite
def threads(draw: st.DrawFn) -> Thread:
    posts: list[Post] = []
    for number in range(draw(st.integers(0, 5))):
        parent = draw(st.sampled_from([None, *(post.id for post in posts)]))
        author = draw(st.sampled_from(["Ana", "Ben", None]))
        posts.append(Post(id=f"p{number}", author=author, parent_id=parent, text=draw(texts)))
    return Thread(posts=tuple(posts))


@settings(max_examples=60)
@pytest.mark.parametrize("name", ["rules", "trained"])
@given(thread=threads())
def test_maps_are_grounded_and_come_out_the_same_twice(name: str, thread: Thread) -> None:
    argmap = extract(thread, extractor=name)  # building it checks every quote and every id
    for claim in argmap.claims:
        assert claim.mentions
        for mention in claim.mentions:
            assert mention.span is not None
            assert mention.quote
            assert mention.author == thread.post(mention.span.post_id).author
        assert claim.origin is not None
    for relation in argmap.relations:
        assert relation.origin is not None
        assert relation.origin.rule
    assert dumps(extract(thread, extractor=name)) == dumps(argmap)


@settings(max_examples=60)
@given(thread=threads())
def test_claims_do_not_overlap_and_follow_the_text(thread: Thread) -> None:
    spans = [c.mentions[0].span for c in extract(thread).claims]
    order = {post.id: n for n, post in enumerate(thread.posts)}
    found = [(order[s.post_id], s.start, s.end) for s in spans if s is not None]
    assert found == sorted(found)
    for (post, _, end), (other, start, _) in itertools.pairwise(found):
        assert post != other or end <= start


@settings(max_examples=60)
@pytest.mark.parametrize("name", ["rules", "trained"])
@given(thread=threads())
def test_no_reason_goes_in_a_circle_within_its_post(name: str, thread: Thread) -> None:
    argmap = extract(thread, extractor=name)
    post_of = {c.id: c.mentions[0].span.post_id for c in argmap.claims if c.mentions[0].span}
    target = {
        r.sources[0]: r.target
        for r in argmap.relations
        if r.kind != "undercut" and post_of[r.sources[0]] == post_of[r.target]
    }
    for start in target:
        seen = {start}
        here = start
        while here in target:
            here = target[here]
            assert here not in seen, "a circle of reasons within one post"
            seen.add(here)


def test_every_rule_can_be_left_out() -> None:
    said = Post(id="p1", author="Ana", text="We should move because the rent went up.")
    reply = Post(id="p2", author="Ben", parent_id="p1", text="I agree. It is far, though.")
    thread = mark_up(Thread(posts=(said, reply)))
    for name, _ in RULES:
        assert isinstance(RuleExtractor(without=[name]).extract(thread), ArgumentMap)
    assert RuleExtractor(without=["reasons"]).extract(thread).supports != (
        RuleExtractor().extract(thread).supports
    )
    with pytest.raises(UnknownNameError, match="did you mean 'reasons'"):
        RuleExtractor(without=["reason"])


LARGE = {
    "no full stop": "the rent went up because we are few and " * 2000,
    "dots": "a." * 50_000,
    "brackets": "(" * 20_000,
    "connectives": "because " * 10_000,
    "fronted clauses": "although we go, " * 10_000,
    "frames": "I think that " * 10_000,
    "one word": "x" * 200_000,
}


@pytest.mark.parametrize("extractor", ["rules", "trained"])
@pytest.mark.parametrize("name", LARGE)
def test_pathological_posts_come_to_an_end(name: str, extractor: str) -> None:
    argmap = extract(Thread(posts=(Post(id="p1", text=LARGE[name]),)), extractor=extractor)
    assert all(claim.quote for claim in argmap.claims)


def test_a_deep_chain_and_a_wide_thread() -> None:
    chain = [Post(id="p0", text="We should move because the rent went up.")]
    for n in range(1, 2000):
        text = f"No. Number {n} is wrong, because the rent of {n} went up."
        chain.append(Post(id=f"p{n}", parent_id=f"p{n - 1}", text=text))
    deep = extract(Thread(posts=tuple(chain)))
    assert len({m.span.post_id for c in deep.claims for m in c.mentions if m.span}) == 2000
    wide = extract(
        Thread(
            posts=(
                chain[0],
                *(post.replace(parent_id="p0") for post in chain[1:]),
            )
        )
    )
    assert len(wide.claims) >= 2000


def test_an_empty_thread_has_an_empty_map() -> None:
    assert extract(Thread()).claims == ()
    assert extract(Thread(posts=(Post(id="p1", text=" \n "),))).claims == ()


def test_the_registry_makes_extractors() -> None:
    for name in EXTRACTORS:
        assert callable(EXTRACTORS[name])


@pytest.mark.parametrize("name", ["rules", "trained"])
@pytest.mark.parametrize(("author", "kind"), [("Ana", "support"), ("Ben", "rebuttal")])
def test_who_answers_himself_adds_to_what_he_said(name: str, author: str, kind: str) -> None:
    said = Post(id="p1", author="Ana", text="We should move to a smaller office.")
    more = Post(id="p2", parent_id="p1", author=author, text="A smaller office should be cheaper.")
    argmap = extract(Thread(posts=(said, more)), extractor=name)
    assert [relation.kind for relation in argmap.relations] == [kind]
