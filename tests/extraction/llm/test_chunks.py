"""How a thread is cut: every unit is asked about once, beside what it answers."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from argumap import Post, Quote, Span, Thread
from argumap.extraction.llm.chunks import Chunk, cut, halves
from argumap.extraction.llm.units import NumberedThread
from strategies import threads


def tree(parents: list[int | None], sentences: int = 1) -> NumberedThread:
    """A thread of posts of ten code points a sentence; each names its parent's number."""
    posts = tuple(
        Post(
            id=f"post {number}",
            parent_id=None if parent is None else f"post {parent}",
            text=" ".join(["Word here."] * sentences),
        )
        for number, parent in enumerate(parents)
    )
    return NumberedThread(Thread(posts=posts))


def posts_of(chunk: Chunk) -> list[int]:
    return sorted({unit.post for unit in chunk.own})


def context_of(chunk: Chunk) -> list[int]:
    return sorted({unit.post for unit in chunk.context})


@settings(max_examples=100)
@given(thread=threads(max_posts=6), max_chars=st.integers(1, 60))
def test_every_unit_is_asked_about_once(thread: Thread, max_chars: int) -> None:
    numbered = NumberedThread(thread)
    chunks = cut(numbered, max_chars)
    asked = [unit for chunk in chunks for unit in chunk.own]
    assert sorted(asked, key=lambda u: (u.post, u.rank)) == list(numbered.units)
    for chunk in chunks:
        assert chunk.own
        size = sum(unit.end - unit.start for unit in chunk.own)
        assert size <= max_chars or len(chunk.own) == 1
        assert not {unit.id for unit in chunk.own} & {unit.id for unit in chunk.context}
        assert sum(unit.end - unit.start for unit in chunk.context) <= max_chars
        parts = halves(chunk, numbered, max_chars)
        assert [unit for part in parts for unit in part.own] == (
            list(chunk.own) if len(chunk.own) > 1 else []
        )


def test_a_short_thread_is_one_chunk() -> None:
    (chunk,) = cut(tree([None, 0, 0, 1]), 1000)
    assert posts_of(chunk) == [0, 1, 2, 3]
    assert chunk.context == ()


def test_a_subtree_that_fits_into_a_chunk_is_not_cut() -> None:
    # 0 is answered by 1 (with 2 and 3 below it) and by 4 (with 5 and 6 below it).
    numbered = tree([None, 0, 1, 1, 0, 4, 4])
    chunks = cut(numbered, 50)
    assert [posts_of(chunk) for chunk in chunks] == [[0, 1, 2, 3], [4, 5, 6]]
    assert [context_of(chunk) for chunk in chunks] == [[], [0]]


def test_what_a_chunk_answers_is_shown_the_nearest_first() -> None:
    numbered = tree([None, 0, 1, 2, 3, 4])
    chunks = cut(numbered, 20)
    assert [posts_of(chunk) for chunk in chunks] == [[0, 1], [2, 3], [4, 5]]
    # Room for two more: the post that is answered, and the opening post.
    assert [context_of(chunk) for chunk in chunks] == [[], [0, 1], [0, 3]]


def test_a_quoted_post_is_shown_beside_the_quote() -> None:
    said = Post(id="a", text="Word here.")
    other = Post(id="b", text="Other words.")
    source = Span(post_id="b", start=0, end=12)
    reply = Post(
        id="c",
        parent_id="a",
        text="Other words.\nMy own.",
        quotes=(Quote(start=0, end=12, source=source),),
    )
    numbered = NumberedThread(Thread(posts=(said, other, reply)))
    assert [numbered.text(unit) for unit in numbered.by_post[2]] == ["My own."]
    assert numbered.quotes[2][0].units == ("p2.1",)
    assert numbered.answers(2, 1)
    assert not numbered.answers(1, 2)
    last = cut(numbered, 20)[-1]
    assert "p2.1" in {unit.id for unit in (*last.own, *last.context)}


def test_a_long_post_is_cut_between_its_sentences() -> None:
    chunks = cut(tree([None], sentences=7), 30)
    assert [len(chunk.own) for chunk in chunks] == [3, 3, 1]


def test_a_chain_of_thousands_of_replies_is_no_trouble() -> None:
    numbered = tree([None, *range(5000)])
    chunks = cut(numbered, 1000)
    assert len(chunks) == 51
    assert numbered.answers(5000, 3)
    assert not numbered.answers(3, 5000)


def test_who_can_answer_whom() -> None:
    # Two threads of replies below 0, and a post that answers nothing.
    numbered = tree([None, 0, 1, 0, None])
    can = {(a, b) for a in range(5) for b in range(5) if numbered.answers(a, b)}
    assert can == {
        *((post, post) for post in range(5)),
        *((post, 0) for post in range(5)),
        (2, 1),
    }
