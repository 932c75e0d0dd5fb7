"""Whatever a model answers, the map is valid, and every word in it is the thread's."""

from __future__ import annotations

import asyncio
import json
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from argumap import ArgumentMap, Rebuttal, Support, Undercut, dumps, loads
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
from extraction.llm.stub_server import StubServer
from strategies import threads

if TYPE_CHECKING:
    from collections.abc import Callable

    from argumap import Thread

UNITS = st.sampled_from([f"p{p}.{u}" for p in range(1, 5) for u in range(1, 4)] + ["[p1.1]", "x"])
CLAIM_IDS = st.sampled_from([f"c{number}" for number in range(1, 9)])
RELATION_IDS = st.sampled_from([f"r{number}" for number in range(1, 7)])
PARTS = st.none() | st.sampled_from(["Plain", "words", "a, b & c", "ONE NURSE", "", " ", "\ud800"])
CLAIM_ITEMS = st.fixed_dictionaries(
    {"units": st.lists(UNITS, min_size=1, max_size=2), "part": PARTS},
    optional={
        "kind": st.sampled_from(["claim", "premise", "joke"]),
        "stance": st.sampled_from(["asserts", "concedes", "quotes", "doubts"]),
    },
)
RELATION_ITEMS = st.fixed_dictionaries(
    {
        "id": RELATION_IDS,
        "kind": st.sampled_from(["support", "rebuttal", "undercut", "undercut"]),
        "sources": st.lists(CLAIM_IDS, min_size=1, max_size=3),
        "target": CLAIM_IDS | RELATION_IDS,
        "cue": PARTS,
    }
)
STANCES = st.fixed_dictionaries(
    {
        "unit": UNITS,
        "part": PARTS,
        "stance": st.sampled_from(["endorses", "concedes", "denies"]),
        "claim": CLAIM_IDS,
    }
)
RESTATEMENTS = st.fixed_dictionaries({"claim": CLAIM_IDS, "same_as": CLAIM_IDS})
ANSWERS = st.fixed_dictionaries(
    {
        "claims": st.lists(CLAIM_ITEMS | st.integers(), max_size=10),
        "relations": st.lists(RELATION_ITEMS | st.none(), max_size=12),
        "stances": st.lists(STANCES, max_size=4),
        "restatements": st.lists(RESTATEMENTS, max_size=4),
    }
)


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


@settings(max_examples=150)
@given(thread=threads(), answer=ANSWERS, max_chars=st.sampled_from([5, 30, 10_000]))
def test_an_answer_at_random_never_gives_an_invalid_map(
    thread: Thread, answer: dict[str, Any], max_chars: int
) -> None:
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
    from argumap import Post, Thread

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


# Not shrunk: each example is a dozen real requests.
@settings(max_examples=15, phases=[Phase.generate])
@given(data=st.data())
def test_a_server_that_answers_at_random_never_gives_an_invalid_map(
    data: st.DataObject, library: Thread
) -> None:
    mixes = st.sampled_from(["random", "good first", "good last"])
    mix = data.draw(mixes)
    answers: list[dict[str, Any]] = data.draw(st.lists(ANSWERS, min_size=4, max_size=4))

    def answer(request: Any) -> Any:
        given = answers[len(server.requests) % 4]
        good: dict[str, Any] = CLAIMS if request.stage == "claims" else RELATIONS
        if mix == "good first" and len(server.requests) == 1:
            return good
        if mix == "good last" and request.stage == "relations":
            return {**good, "relations": [*good["relations"], *given["relations"]]}
        return given

    with StubServer(answer) as server:
        argmap = asyncio.run(LLMExtractor("stub-1", base_url=server.url).aextract(library))
    valid(argmap, library)
    assert len(server.requests) <= 4
