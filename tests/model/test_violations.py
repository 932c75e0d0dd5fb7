"""Parts that do not fit together: every problem is told, at once and in words."""

from __future__ import annotations

from datetime import datetime

import pytest
from pydantic import ValidationError

from argumap import (
    ArgumentMap,
    Block,
    Claim,
    Link,
    Mention,
    ModelError,
    Note,
    Post,
    Quote,
    Rebuttal,
    Relation,
    Span,
    Support,
    Thread,
    Undercut,
)

C1, C2 = Claim(id="c1", text="It is wet."), Claim(id="c2", text="It rained.")
S1 = Support(id="s1", premises=("c2",), conclusion="c1")


def _problems(*relations: Relation) -> tuple[str, ...]:
    with pytest.raises(ModelError) as caught:
        ArgumentMap(claims=(C1, C2), relations=(S1, *relations))
    return caught.value.problems


@pytest.mark.parametrize(
    ("relation", "problem"),
    [
        (
            Support(id="x", premises=("c1", "c1"), conclusion="c2"),
            "support 'x' names a premise twice",
        ),
        (
            Support(id="x", premises=("c2", "c1"), conclusion="c1"),
            "support 'x': claim 'c1' supports itself",
        ),
        (
            Support(id="x", premises=("c3",), conclusion="c1"),
            "support 'x' comes from 'c3', which is not in the map (did you mean 'c2'?)",
        ),
        (
            Support(id="x", premises=("s1",), conclusion="c1"),
            "support 'x' comes from 's1', which is a relation, not a claim",
        ),
        (
            Rebuttal(id="x", source="c1", target="zz"),
            "rebuttal 'x' rebuts 'zz', which is not in the map",
        ),
        (
            Rebuttal(id="x", source="c1", target="s1"),
            "rebuttal 'x' rebuts 's1', which is a relation, not a claim",
        ),
        (
            Undercut(id="x", source="c1", target="c2"),
            "undercut 'x' undercuts 'c2', which is a claim, not a relation",
        ),
        (
            Undercut(id="x", source="c1", target="s2"),
            "undercut 'x' undercuts 's2', which is not in the map (did you mean 's1'?)",
        ),
        (
            Undercut(id="x", source="c1", target="x"),
            "undercut 'x': relation 'x' undercuts itself",
        ),
        (Rebuttal(id="s1", source="c1", target="c2"), "two elements have the id 's1'"),
        (Rebuttal(id="c1", source="c1", target="c2"), "two elements have the id 'c1'"),
    ],
)
def test_a_relation_that_names_what_it_should_not(relation: Relation, problem: str) -> None:
    assert _problems(relation) == (problem,)


def test_a_claim_may_rebut_itself() -> None:
    against = Rebuttal(id="x", source="c1", target="c1")
    assert ArgumentMap(claims=(C1,), relations=(against,)).rebuttals == (against,)


def test_all_problems_are_told_in_the_order_of_the_elements() -> None:
    first = Support(id="r1", premises=("c1",), conclusion="c1")
    second = Undercut(id="u1", source="qq", target="ww")
    assert _problems(first, second) == (
        "support 'r1': claim 'c1' supports itself",
        "undercut 'u1' comes from 'qq', which is not in the map",
        "undercut 'u1' undercuts 'ww', which is not in the map",
    )


def test_a_long_list_of_problems_is_cut_in_the_message_and_whole_in_the_attribute() -> None:
    loops = [Support(id=f"r{n}", premises=("c1",), conclusion="c1") for n in range(30)]
    problems = _problems(*loops)
    assert len(problems) == 30
    message = str(ModelError("argument map", problems))
    assert message.startswith("the argument map has 30 problems:\n  - support 'r0'")
    assert message.endswith("  - and 10 more")


POST = Post(id="p1", author="Ana", text="It is wet.")


@pytest.mark.parametrize(
    ("mention", "problem"),
    [
        (
            Mention(span=Span(post_id="p2", start=0, end=2)),
            "claim 'c1' was said in post 'p2', which is not in the thread (did you mean 'p1'?)",
        ),
        (
            Mention(span=Span(post_id="p1", start=0, end=11)),
            "claim 'c1' spans 0–11 of post 'p1', which has 10 characters",
        ),
        (
            Mention(span=Span(post_id="p1", start=0, end=2), quote="is"),
            "claim 'c1' quotes 'is', but post 'p1' says 'It' there",
        ),
    ],
)
def test_a_quote_that_is_not_in_the_thread(mention: Mention, problem: str) -> None:
    claim = C1.replace(mentions=(mention,))
    with pytest.raises(ModelError) as caught:
        ArgumentMap(claims=(claim,), thread=Thread(posts=(POST,)))
    assert caught.value.problems == (problem,)
    # Without its thread nothing can be held against the span.
    assert ArgumentMap(claims=(claim,)).claims == (claim,)


@pytest.mark.parametrize(
    ("posts", "problem"),
    [
        ((POST, POST), "two posts have the id 'p1'"),
        ((Post(id="p1", text="", parent_id="p1"),), "post 'p1' replies to itself"),
        (
            (Post(id="p2", text="", parent_id="p1"), POST),
            "post 'p2' comes before 'p1', the post that it answers",
        ),
        (
            (POST, Post(id="p2", text="", parent_id="p0")),
            "post 'p2' replies to 'p0', which is not in the thread (did you mean 'p1'?)",
        ),
        (
            (Post(id="p1", text="ab", blocks=(Block(start=0, end=3, kind="text"),)),),
            "post 'p1' has 2 characters, but a text block spans 0–3",
        ),
        (
            (
                Post(
                    id="p1",
                    text="abc",
                    blocks=(
                        Block(start=0, end=2, kind="text"),
                        Block(start=1, end=3, kind="text"),
                    ),
                ),
            ),
            "blocks of post 'p1' overlap at 1",
        ),
        (
            (Post(id="p1", text="ab", quotes=(Quote(start=1, end=4),)),),
            "post 'p1' has 2 characters, but a quote spans 1–4",
        ),
        (
            (Post(id="p1", text="ab", links=(Link(start=1, end=4, url="x"),)),),
            "post 'p1' has 2 characters, but a link spans 1–4",
        ),
        (
            (
                Post(
                    id="p2",
                    text="ab",
                    quotes=(Quote(start=0, end=1, source=Span(post_id="zz", start=0, end=1)),),
                ),
            ),
            "post 'p2' quotes 'zz', which is not in the thread",
        ),
        (
            (
                POST,
                Post(
                    id="p2",
                    text="ab",
                    quotes=(Quote(start=0, end=1, source=Span(post_id="p1", start=0, end=99)),),
                ),
            ),
            "post 'p2' quotes 0–99 of 'p1', which has 10 characters",
        ),
    ],
)
def test_a_thread_whose_parts_do_not_fit(posts: tuple[Post, ...], problem: str) -> None:
    with pytest.raises(ModelError) as caught:
        Thread(posts=posts)
    assert caught.value.what == "thread"
    assert caught.value.problems == (problem,)


def test_a_note_about_a_post_that_is_not_there() -> None:
    with pytest.raises(ModelError, match="a note is about 'p9', which is not in the thread"):
        Thread(posts=(POST,), notes=(Note(code="second-copy", message="m", post_id="p9"),))


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 3)])
def test_an_empty_place_is_refused(start: int, end: int) -> None:
    for place in (
        lambda: Span(post_id="p1", start=start, end=end),
        lambda: Quote(start=start, end=end),
        lambda: Link(start=start, end=end, url="x"),
        lambda: Block(start=start, end=end, kind="text"),
    ):
        with pytest.raises(ValidationError, match=f"start {start} is not before end {end}"):
            place()


def test_a_time_without_its_zone_is_refused() -> None:
    with pytest.raises(ValidationError, match="timezone"):
        Post(id="p1", text="", created_at=datetime(2024, 1, 1))  # noqa: DTZ001
