"""Whatever a model answers, the map is valid, and every word in it is the thread's."""

from __future__ import annotations

import json
import random
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from argumap import ArgumentMap, Post, Rebuttal, Support, Thread, Undercut, dumps, loads
from argumap.extraction.llm import LLMExtractor
from argumap.extraction.llm.answers import UnreadableAnswerError
from argumap.extraction.llm.build import build_map, number_claims
from argumap.extraction.llm.chunks import cut
from argumap.extraction.llm.framing import show_thread
from argumap.extraction.llm.grounding import check_claims
from argumap.extraction.llm.reading import shown_claims
from argumap.extraction.llm.relating import check_relations
from argumap.extraction.llm.units import NumberedThread
from extraction.llm.answers import CLAIMS, RELATIONS
from extraction.llm.stub_server import Request, StubServer
from strategies import threads

if TYPE_CHECKING:
    from collections.abc import Callable

SENTENCES = ("It rains a lot.", "One nurse proves nothing.", "Words, a, b & c, count too.")


def random_answer(rng: random.Random, thread: Thread) -> dict[str, Any]:
    """An answer about a thread that is right by chance, and wrong in every way there is."""
    units = [unit.id for unit in NumberedThread(thread).units] + ["p9.9"]
    claims = [f"c{number}" for number in range(1, len(units) + 2)]
    relations = [f"r{number}" for number in range(8)]
    parts = [None, None, None, "rains", "ONE NURSE", "a, b & c", "other words", "", "\ud800"]
    return {
        "claims": [
            {
                "units": rng.choices(units, k=rng.choice([1, 1, 1, 2, 0])),
                "part": rng.choice(parts),
                "kind": rng.choice(["claim", "premise", "claim", "joke"]),
                "stance": rng.choice(["asserts", "concedes", "quotes"]),
            }
            for _ in range(rng.randrange(2 * len(units)))
        ],
        "relations": [
            {
                "id": rng.choice(relations),
                "kind": rng.choice(["support", "support", "rebuttal", "undercut"]),
                "sources": rng.choices(claims, k=rng.choice([1, 1, 1, 2, 3])),
                "target": rng.choice([*claims, *relations]),
                "cue": rng.choice(parts),
            }
            for _ in range(rng.randrange(16))
        ],
        "stances": [
            {
                "unit": rng.choice(units),
                "part": rng.choice(parts),
                "stance": rng.choice(["endorses", "concedes", "denies"]),
                "claim": rng.choice(claims),
            }
            for _ in range(rng.randrange(3))
        ],
        "restatements": [
            {"claim": rng.choice(claims), "same_as": rng.choice(claims)}
            for _ in range(rng.choice([0, 0, 1, 3]))
        ],
    }


@st.composite
def talks(draw: st.DrawFn) -> Thread:
    """Threads of a few posts of a few sentences each."""
    posts: list[Post] = []
    for number in range(draw(st.integers(2, 4))):
        parent = draw(st.sampled_from([None, *posts]))
        sentences = draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3))
        posts.append(
            Post(
                id=f"post {number}",
                author=draw(st.sampled_from(["Ana", "Ben", None])),
                parent_id=parent.id if parent else None,
                text=" ".join(sentences),
            )
        )
    return Thread(posts=tuple(posts))


def valid(argmap: ArgumentMap, thread: Thread) -> None:
    """Assert what must hold of a map whatever was answered."""
    assert loads(dumps(argmap)) == argmap  # it is valid, and can be written
    for claim in argmap.claims:
        assert claim.text == claim.mentions[0].quote
        for mention in claim.mentions:
            assert mention.span is not None
            assert mention.quote == thread.slice(mention.span)
            assert mention.author == thread.post(mention.span.post_id).author
    places = [
        (mention.span.post_id, mention.span.start)
        for claim in argmap.claims
        for mention in claim.mentions[:1]
        if mention.span
    ]
    order = {post.id: number for number, post in enumerate(thread.posts)}
    assert places == sorted(places, key=lambda place: (order[place[0]], place[1]))
    assert [claim.id for claim in argmap.claims] == [f"c{n}" for n, _ in enumerate(places, 1)]
    assert len({claim.id for claim in argmap.claims}) == len(argmap.claims)
    spans = [claim.mentions[0].span for claim in argmap.claims]
    for one, other in pairwise(span for span in spans if span):
        assert one.post_id != other.post_id or one.end <= other.start
    made = [(r.kind, frozenset(r.sources), r.target) for r in argmap.relations]
    assert len(set(made)) == len(made)
    assert all(r.sources[0] != r.target for r in argmap.relations if not isinstance(r, Undercut))


def can_answer(thread: Thread, post_id: str, other_id: str) -> bool:
    """Whether a post is, replies to or quotes another one, or that is the opening post."""
    if other_id == thread.posts[0].id:
        return True
    if other_id in {q.source.post_id for q in thread.post(post_id).quotes if q.source}:
        return True
    at: str | None = post_id
    while at is not None and at != other_id:
        at = thread.post(at).parent_id
    return at == other_id


def fits_the_replies(argmap: ArgumentMap, thread: Thread) -> None:
    """Assert that each support and rebuttal has a source that can answer all its other ends."""
    posts = {claim.id: claim.mentions[0].span for claim in argmap.claims}
    relations: list[Support | Rebuttal] = [*argmap.supports, *argmap.rebuttals]
    for relation in relations:
        sources = [span.post_id for source in relation.sources if (span := posts[source])]
        target = posts[relation.target]
        assert target is not None
        assert any(
            all(can_answer(thread, source, end) for end in (*sources, target.post_id))
            for source in sources
        )


@settings(max_examples=200)
@given(
    thread=talks() | talks() | threads(),
    seed=st.integers(0, 2**32),
    max_chars=st.sampled_from([20, 60, 10_000, 10_000]),
)
def test_an_answer_at_random_never_gives_an_invalid_map(
    thread: Thread, seed: int, max_chars: int
) -> None:
    answer = random_answer(random.Random(seed), thread)  # noqa: S311
    numbered = NumberedThread(thread)
    chunks = cut(numbered, max_chars)
    assert [unit.id for chunk in chunks for unit in chunk.own] or not numbered.units
    text = json.dumps(answer)
    found = [c for chunk in chunks for c in check_claims(text, chunk, numbered).items]
    claims = number_claims(found)
    items = []
    for chunk in chunks:
        shown = shown_claims(chunk, claims)
        assert show_thread(numbered, chunk, shown)
        items += check_relations(text, chunk, numbered, shown).items
    argmap, _ = build_map(numbered, claims, items)
    valid(argmap, thread)
    if not answer["restatements"]:
        fits_the_replies(argmap, thread)
    again, _ = build_map(numbered, claims, items)
    assert dumps(again) == dumps(argmap)


@settings(max_examples=100)
@given(text=st.text() | st.recursive(st.none() | st.text(), st.lists).map(json.dumps))
def test_what_cannot_be_read_is_told_apart(text: str) -> None:
    numbered = NumberedThread(Thread(posts=(Post(id="p", text="It rained. It is wet."),)))
    chunk = cut(numbered, 100)[0]
    checks: list[Callable[[str], Any]] = [
        partial(check_claims, chunk=chunk, numbered=numbered),
        partial(check_relations, chunk=chunk, numbered=numbered, claims={}),
    ]
    for check in checks:
        try:
            checked = check(text)
        except UnreadableAnswerError:
            continue
        assert checked.items == []


# Not shrunk: each example is a few real requests.
@settings(max_examples=15, phases=[Phase.generate])
@given(seed=st.integers(0, 2**32), good=st.sampled_from([None, "claims", "relations"]))
def test_a_server_that_answers_at_random_never_gives_an_invalid_map(
    seed: int, good: str | None, library: Thread
) -> None:
    rng = random.Random(seed)  # noqa: S311

    def answer(request: Request) -> Any:
        given = random_answer(rng, library)
        if request.stage != good:
            return given
        right: dict[str, Any] = {"claims": CLAIMS, "relations": RELATIONS}[good]
        return {**given, good: [*right[good], *given[good]]}

    with StubServer(answer) as server:
        argmap = LLMExtractor("stub-1", base_url=server.url).extract(library)
    valid(argmap, library)
    assert len(server.requests) <= 4
