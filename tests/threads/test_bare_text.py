"""What can be recovered from text without marks, and what is only told as a doubt."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from argumap import ThreadParseError, parse_thread, read_thread
from benchmarks.bare_text import measure

if TYPE_CHECKING:
    from pathlib import Path

    from argumap import Thread

GARDEN = """\
The allotment committee should let people keep hens on their plots this year.
Eggs from hens kept that way cost next to nothing once the coop stands and the run is fenced.
Neighbours have asked for it at every meeting since the spring.
Eggs from hens kept that way cost next to nothing once the coop stands and the run is fenced.
Feed alone cost us four euros a week last winter.
And somebody has to be there every single morning.
Feed alone cost us four euros a week last winter.
You bought the organic pellets, which nobody needs."""


def outline(thread: Thread) -> list[tuple[int | None, str | None, str | None]]:
    return [(p.where.line if p.where else None, p.parent_id, p.author) for p in thread.posts]


def codes(thread: Thread) -> list[str]:
    return [note.code for note in thread.notes]


def test_seed_thread_is_what_its_gold_says(seed_thread_file: Path) -> None:
    thread = read_thread(seed_thread_file)
    assert outline(thread) == [(1, None, "A"), (5, "p1", "B"), (20, "p2", "A")]
    first, second, third = thread.posts
    assert [block.kind for block in first.blocks] == ["text"] * 4
    assert [block.kind for block in second.blocks] == (
        ["quote", "text", "text", "intro"] + ["item"] * 4 + ["intro"] + ["item"] * 4 + ["text"] * 2
    )
    assert [block.group for block in second.blocks if block.group is not None] == [0] * 5 + [1] * 5
    assert [block.kind for block in third.blocks] == ["text", "text"]
    (quote,) = second.quotes
    assert not quote.marked
    assert quote.source is not None
    assert quote.match == "same"
    assert thread.slice(quote.source) == second.slice(quote) == second.text.split("\n")[0]
    assert "lines 22–41 hold the same thread as lines 1–21" in thread.notes[0].message
    assert "lack line 5" in thread.notes[0].message
    assert third.author_inference is not None
    assert third.author_inference.confidence == pytest.approx(0.66, abs=0.02)
    assert codes(thread) == ["second-copy", "posts-not-marked", "authors-not-named"]


@pytest.mark.shared_data
def test_seed_gold_offsets(shared_data: Path, seed_thread_file: Path) -> None:
    gold = json.loads((shared_data / "seed" / "thread.gold.json").read_text("utf-8"))
    text = seed_thread_file.read_text("utf-8")
    thread = read_thread(seed_thread_file)
    for post, wanted in zip(thread.posts, gold["posts"], strict=True):
        assert post.text == text[wanted["start"] : wanted["end"]]
        assert [(b.start + wanted["start"], b.end + wanted["start"]) for b in post.blocks] == [
            (paragraph["start"], paragraph["end"]) for paragraph in wanted["paragraphs"]
        ]


def test_a_quote_of_the_running_post_begins_the_next() -> None:
    thread = parse_thread(GARDEN)
    assert outline(thread) == [(1, None, "A"), (4, "p1", "B"), (7, "p2", "A")]
    assert [post.start_inference.basis for post in thread.posts if post.start_inference] == [
        "quote",
        "quote",
    ]


def test_case_and_punctuation_do_not_hide_a_quote() -> None:
    thread = parse_thread(
        "It’s well known that hens lay fewer eggs in winter – even in warm coops.\n"
        "it's WELL known that hens lay fewer eggs in winter\n"
        "Ours did not."
    )
    assert outline(thread) == [(1, None, "A"), (2, "p1", "B")]
    assert thread.posts[1].quotes[0].match == "part"
    source = thread.posts[1].quotes[0].source
    assert source is not None
    assert thread.slice(source) == "It’s well known that hens lay fewer eggs in winter"


def test_a_second_copy_without_quotes_is_dropped_whichever_comes_first() -> None:
    quotes = {GARDEN.split("\n")[3], GARDEN.split("\n")[6]}
    lines = GARDEN.split("\n")
    without = [line for n, line in enumerate(lines) if not (line in quotes and n in {3, 6})]
    for text in (lines + without, without + lines):
        thread = parse_thread("\n".join(text))
        assert [post.text for post in thread.posts] == [
            post.text for post in parse_thread(GARDEN).posts
        ]
        assert codes(thread)[0] == "second-copy"


def test_what_only_the_dropped_copy_has_is_told() -> None:
    lines = [f"This is the sentence number {n} of a long and winding thread." for n in range(12)]
    other = [*lines[:6], "Here the second copy says more.", *lines[6:11]]
    thread = parse_thread("\n".join(lines + other))
    assert len(thread.posts) == 1
    told = [note.message for note in thread.notes if note.code == "only-in-second-copy"]
    assert told == [
        "line 19 stands only in the copy that was left out: Here the second copy says more."
    ]


def test_a_reply_that_quotes_everything_is_no_second_copy() -> None:
    lines = GARDEN.split("\n")[:3]
    thread = parse_thread("\n".join([*lines, *lines, "Not in my street, please."]))
    assert outline(thread) == [(1, None, "A"), (4, "p1", "B")]
    assert "second-copy" not in codes(thread)
    assert len(thread.posts[1].quotes) == 3


def test_three_copies_are_one_thread() -> None:
    assert [p.text for p in parse_thread("\n".join([GARDEN] * 3)).posts] == [
        post.text for post in parse_thread(GARDEN).posts
    ]


def test_a_turn_of_phrase_begins_a_post_only_when_it_speaks_to_somebody() -> None:
    speaks = parse_thread(
        "Hens are easy to keep.\nThey eat anything.\nI agree, but your run leaks."
    )
    assert outline(speaks) == [(1, None, "A"), (3, "p1", "B")]
    alone = parse_thread("Hens are easy to keep.\nThey eat anything.\nI agree with the breeders.")
    assert len(alone.posts) == 1


def test_a_doubtful_start_is_told_and_not_taken() -> None:
    first, second, *_ = GARDEN.split("\n")
    thread = parse_thread(
        f"{first}\n{second}\n{second}\nFeed is dear.\nSays who?\n{first}\nNever again."
    )
    assert outline(thread) == [(1, None, "A"), (3, "p1", "B")]
    doubts = [note for note in thread.notes if note.code == "post-may-begin"]
    assert [note.where.line for note in doubts if note.where] == [6]


def test_unmarked_lists_end_where_the_writer_turns() -> None:
    thread = parse_thread(
        "The reasons why we moved are\n"
        "The rent went up twice.\n"
        "The roof was leaking.\n"
        "The school is closer now.\n"
        "But we miss the garden."
    )
    assert [block.kind for block in thread.posts[0].blocks] == [
        "intro", "item", "item", "item", "text",
    ]  # fmt: skip


def test_nothing_is_altered_and_nothing_is_lost() -> None:
    thread = parse_thread(GARDEN.replace("\n", "\r\n\r\n"))
    assert "\n\n".join(post.text for post in thread.posts) == GARDEN.replace("\n", "\n\n")


@pytest.mark.shared_data
def test_measures_over_flattened_chains(shared_data: Path) -> None:
    """Post starts at quotes P >= .90, quote lines P >= .90 and R >= .80, chains exact >= 45 %."""
    found = measure(shared_data / "plain" / "chains.jsonl")
    begun, right = found.starts
    quoted, true, there = found.lines
    assert right >= 0.90 * begun
    assert true >= 0.90 * quoted
    assert true >= 0.80 * there
    assert found.exact >= 0.45 * found.chains
    assert found.formats == {"plain": found.chains}


def test_blank_text_is_an_error() -> None:
    with pytest.raises(ThreadParseError, match="empty"):
        parse_thread(" \n\t\n")
