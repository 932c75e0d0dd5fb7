"""Laws and cases of blocks and quotes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argumap import Post, Quote, Thread
from argumap.threads import mark_up, parse_thread
from argumap.threads._bbcode import tagged_author

LINES = st.sampled_from(
    [
        "",
        "Hens lay fewer eggs in the winter months.",
        "> Hens lay fewer eggs in the winter months.",
        "> > So they say in every single village here.",
        "- feed them well",
        "  - and often",
        "1. clean the coop",
        "```",
        "    x = 1;",
        "# Hens",
        "-- ",
        "Ana wrote:",
        "On Monday, 2 Jan 2023, Ana <a@example.org> wrote:",
        "| a | b |",
        "-----Original Message-----",
        "The reasons are",
        "____________________________",
        "   ",
        "I agree with you.",
    ]
)
TEXTS = st.lists(LINES, max_size=14).map("\n".join)


def marked(*texts: str) -> Thread:
    posts = [
        Post(id=f"p{n}", text=text, parent_id=f"p{n - 1}" if n > 1 else None)
        for n, text in enumerate(texts, 1)
    ]
    return mark_up(Thread(posts=tuple(posts)))


def kinds(text: str) -> list[str]:
    return [block.kind for block in marked(text).posts[0].blocks]


@given(st.lists(TEXTS, max_size=4))
def test_blocks_hold_everything_once_and_texts_stay(texts: list[str]) -> None:
    thread = marked(*texts)
    for text, post in zip(texts, thread.posts, strict=True):
        assert post.text == text
        covered = "".join(post.slice(block) for block in post.blocks)
        assert "".join(covered.split()) == "".join(text.split())


@given(st.lists(TEXTS, max_size=4))
def test_marking_up_twice_is_the_same_as_once(texts: list[str]) -> None:
    thread = marked(*texts)
    assert mark_up(thread) == thread


@given(TEXTS)
def test_parsed_text_keeps_every_line(text: str) -> None:
    if not text.strip():
        return
    thread = parse_thread(text, format="plain")
    kept = {line.strip() for post in thread.posts for line in post.text.split("\n")}
    told = {note.message.rpartition(": ")[2].strip() for note in thread.notes}
    assert {line.strip() for line in text.split("\n")} - {""} <= kept | told


def test_marked_quotes_have_depth_and_source() -> None:
    thread = marked(
        "Hens are easy to keep.\n\nThey eat what is left over.",
        "> They eat what\n> is left over.\n\nAnd then some.",
        "On 2 Jan 2023, Ana Lee <a@example.org> wrote:\n"
        "> > They eat what is left over.\n> And then some.\n\nMine do not.",
    )
    second, third = thread.posts[1:]
    assert [thread.slice(quote.source) for quote in second.quotes if quote.source] == [
        "They eat what is left over."
    ]
    assert [(q.depth, q.author, q.source.post_id) for q in third.quotes if q.source] == [
        (2, "Ana Lee", "p1"),
        (1, "Ana Lee", "p2"),
    ]
    assert [block.kind for block in third.blocks] == ["boilerplate", "quote", "quote", "text"]


def test_an_unmarked_repeat_of_an_earlier_post_is_a_quote() -> None:
    thread = marked(
        "Hens are easy to keep. They eat what is left over.",
        "They eat what is left over.\nMine do not.",
    )
    (quote,) = thread.posts[1].quotes
    assert not quote.marked
    assert quote.match == "part"
    assert [block.kind for block in thread.posts[1].blocks] == ["quote", "text"]


def test_a_nearly_equal_marked_quote_finds_its_source() -> None:
    thread = marked(
        "In my experience hens that are kept in small runs tend to fight much more often.",
        "> hens that were kept in small runs tend to fight much more often\nNot mine.",
    )
    (quote,) = thread.posts[1].quotes
    assert quote.match == "near"


def test_posts_that_have_blocks_stay() -> None:
    thread = marked("Hens are fine.", "> Hens are fine.\nSure.")
    half = thread.replace(posts=(thread.posts[0], Post(id="p2", text="> Hens are fine.")))
    assert mark_up(half).posts[0] is half.posts[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\n\nTwo.", ["text", "text"]),
        ("We need:\n- hens\n- feed\n\nThat is all.", ["intro", "item", "item", "text"]),
        ("# Hens\nThey cluck.", ["heading", "text"]),
        ("Hens\n====\nThey cluck.", ["heading", "text"]),
        ("See\n```\nx = 1\n\ny = 2\n```\nNice.", ["text", "code", "text"]),
        ("See:\n\n    int x = 1;\n    return x;\n\nNice.", ["text", "code", "text"]),
        ("Yes.\n-- \nAna\nHen keeper", ["text", "signature"]),
        ("| a | b |\n|---|---|\n| 1 | 2 |", ["table"]),
        ("Spoiler: >!hens win!<\n>!hens win!<", ["text", "text"]),
        ("Sure.\n\n-----Original Message-----\nFrom: Ana\nSent: today\nTo: Ben\n\nHens?",
         ["text", "boilerplate", "quote"]),
        ("Ben writes:\n> Hens?\nYes.", ["boilerplate", "quote", "text"]),
        ("Yes.\n____________________\nhens mailing list\nhens@example.org",
         ["text", "boilerplate"]),
    ],
)  # fmt: skip
def test_blocks(text: str, expected: list[str]) -> None:
    assert kinds(text) == expected


def test_wrapped_lines_are_one_paragraph() -> None:
    wrapped = (
        "This is a paragraph that a mail program has wrapped at about seventy\n"
        "columns, so that its lines are no paragraphs of their own and belong\n"
        "together.\n"
    )
    assert kinds(wrapped) == ["text"]


def test_quotes_between_tags() -> None:
    said = Post(id="1", author="ana", text="Hens are calm.\n\nThey eat what is left over.")
    text = (
        '[quote="ana, post:1, topic:5"]\nHens are calm.\n\nThey eat what is left over.\n[/quote]\n'
        "No.\n[quote=ana]Hens are calm.[/quote]\nStill no.\n[quote]\nnever closed"
    )
    thread = mark_up(Thread(posts=(said, Post(id="2", parent_id="1", text=text))))
    post = thread.post("2")
    assert [(block.kind, post.slice(block)) for block in post.blocks] == [
        ("boilerplate", '[quote="ana, post:1, topic:5"]'),
        ("quote", "Hens are calm.\n\nThey eat what is left over."),
        ("boilerplate", "[/quote]"),
        ("text", "No."),
        ("quote", "[quote=ana]Hens are calm.[/quote]"),
        ("text", "Still no."),
        ("text", "[quote]"),
        ("text", "never closed"),
    ]
    assert [(quote.author, post.slice(quote)) for quote in post.quotes[:2]] == [
        ("ana", "Hens are calm."), ("ana", "They eat what is left over."),
    ]  # fmt: skip
    assert [quote.source and thread.slice(quote.source) for quote in post.quotes[:2]] == [
        "Hens are calm.", "They eat what is left over.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ('[quote="ana, post:2, topic:22"]', "ana"),
        ("[quote=Ana Lee;123]", "Ana Lee"),
        ("[quote author=ana link=topic=1 date=2]", "ana"),
        ('[QUOTE name="Ana Lee" post="3"]', "Ana Lee"),
        ("[quote]", None),
        ("[/quote]", None),
    ],
)
def test_who_is_quoted_between_tags(tag: str, name: str | None) -> None:
    assert tagged_author(tag) == name


@given(st.lists(st.sampled_from(["a", "{q}", "\n", "- ", "> ", " ", "```\n"]), max_size=20))
def test_known_quotes_are_blocks_and_the_rest_is_kept(parts: list[str]) -> None:
    text = "".join(parts)
    places = [found.span() for found in re.finditer(r"\{q\}", text)]
    quotes = tuple(Quote(start=start, end=end) for start, end in places)
    post = mark_up(Thread(posts=(Post(id="1", text=text, quotes=quotes),))).posts[0]
    assert "".join("".join(map(post.slice, post.blocks)).split()) == "".join(text.split())
    assert {(block.start, block.end) for block in post.blocks} >= set(places)
