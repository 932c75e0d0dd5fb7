"""Transcripts, posts under bylines, and argumap's own JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap import parse_thread, read_thread
from argumap.threads import READERS, dump_thread

if TYPE_CHECKING:
    from pathlib import Path

    from argumap import Thread

TALK = """\
Ana: Hens are easy to keep.
They eat what is left over.
Ben: Mine do not.
Cem: Ana, what about foxes?

Ana: Ben: get a better coop.
**Ben:** Fair enough.
"""

BOARD = """\
# Hens on the allotment

ana | 2022-08-24 16:14:37 UTC | #1

Hens are easy to keep. They eat what is left over.

-------------------------

ben_k | 2022-08-25 01:02:03 UTC | #2

> They eat what is left over.

Not mine.

-------------------------

cem | 2022-08-25 09:00:00 UTC | #3

@ana What about foxes?
"""


def outline(thread: Thread) -> list[tuple[str | None, str | None, str]]:
    return [
        (p.author, p.parent_id, p.parent_inference.basis if p.parent_inference else "-")
        for p in thread.posts
    ]


def test_transcript() -> None:
    thread = parse_thread(TALK)
    assert thread.format == "transcript"
    assert outline(thread) == [
        ("Ana", None, "-"),
        ("Ben", "p1", "order"),
        ("Cem", "p1", "cue"),
        ("Ana", "p2", "cue"),
        ("Ben", "p4", "order"),
    ]
    assert thread.posts[0].text == "Hens are easy to keep.\nThey eat what is left over."
    assert thread.posts[4].text == "Fair enough."


def test_text_with_a_few_colons_is_no_transcript() -> None:
    thread = parse_thread("Note: hens are loud.\nAnyway: they are fun.\nSource: my aunt.")
    assert thread.format == "plain"
    assert len(thread.posts) == 1


def test_bylines() -> None:
    thread = parse_thread(BOARD)
    assert thread.format == "markdown"
    assert thread.title == "Hens on the allotment"
    assert outline(thread) == [("ana", None, "-"), ("ben_k", "p1", "quote"), ("cem", "p1", "cue")]
    assert [str(post.created_at) for post in thread.posts][1] == "2022-08-25 01:02:03+00:00"
    assert thread.posts[1].text == "> They eat what is left over.\n\nNot mine."


def test_headings_are_bylines_only_when_a_name_comes_back() -> None:
    posts = "## Ana\n\nHens.\n\n## Ben\n\nNo hens.\n\n## Ana\n\nHens!"
    assert [post.author for post in parse_thread(posts).posts] == ["Ana", "Ben", "Ana"]
    article = "## Background\n\nHens.\n\n## Methods\n\nNo hens."
    assert len(parse_thread(article).posts) == 1


def test_mail_with_quotes_of_an_absent_post_is_one_post() -> None:
    thread = parse_thread("On Monday, Ana wrote:\n> Are hens easy to keep?\n\nYes, they are.")
    assert len(thread.posts) == 1
    assert [block.kind for block in thread.posts[0].blocks] == ["boilerplate", "quote", "text"]
    assert thread.posts[0].quotes[0].source is None


def test_marked_quotes_divide_posts_as_unmarked_ones_do() -> None:
    thread = parse_thread(
        "Hens are easy to keep and cheap.\n\nAna wrote:\n> Hens are easy to keep and cheap.\n\nNo."
    )
    assert [post.text.split("\n")[0] for post in thread.posts] == [
        "Hens are easy to keep and cheap.",
        "Ana wrote:",
    ]


def test_own_json_comes_back_whole(tmp_path: Path) -> None:
    for text in (TALK, BOARD):
        thread = parse_thread(text, source="x.txt")
        dump_thread(thread, tmp_path / "thread.json")
        assert read_thread(tmp_path / "thread.json") == thread


def test_every_reader_says_its_name() -> None:
    assert list(READERS) == [reader.name for reader in READERS.values()]
    assert all(reader.title for reader in READERS.values())
