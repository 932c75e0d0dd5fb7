"""Labels in the place of names: nobody is left, and every place is still where it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argumap import Post, Thread, parse_thread
from argumap.threads import mark_up, read_threads
from argumap.threads._pseudonyms import pseudonymised

if TYPE_CHECKING:
    from pathlib import Path

MAIL = """\
From: Ana Lee <ana.lee@example.org>
To: hens@example.org
Subject: Hens, says Ben
Date: Mon, 2 Jan 2023 10:00:00 +0000
Message-ID: <1@example.org>

Hi Ben,

On Sunday, 1 Jan 2023, Ben Okafor <ben@example.org> wrote:
> Hens are loud. Ask Ana or write to cem@example.org.

Not mine. See u/hen_fan77 and @rosa_k.

--\x20
Ana Lee, 12 Coop Street
"""


def test_a_mail_without_people() -> None:
    thread = parse_thread(MAIL, pseudonyms=True)
    (post,) = thread.posts
    assert post.author == "A"
    assert post.id == "p1"
    assert thread.title == "Hens, says B"
    assert post.text == (
        "Hi B,\n\n[B wrote:]\n> Hens are loud. Ask A or write to [address].\n\n"
        "Not mine. See u/C and @D.\n\n[signature]"
    )
    assert [block.kind for block in post.blocks] == [
        "text", "boilerplate", "quote", "text", "signature",
    ]  # fmt: skip
    assert post.quotes[0].author == "B"
    assert post.slice(post.quotes[0]) == "> Hens are loud. Ask A or write to [address]."


def test_a_name_that_is_a_word_stays_a_word_unless_it_is_used_as_a_name() -> None:
    words = parse_thread("will: Hens will lay.\nrose: They will.\nwill: Good.", pseudonyms=True)
    assert [post.text for post in words.posts] == ["Hens will lay.", "They will.", "Good."]
    named = parse_thread("zoka: Hens lay.\nrose: zoka: no.\nzoka: Yes.\nrose: ask zoka",
                         pseudonyms=True)  # fmt: skip
    assert [post.text for post in named.posts] == ["Hens lay.", "A: no.", "Yes.", "ask A"]


@given(
    st.lists(
        st.lists(
            st.sampled_from(
                [
                    "Ana Lee",
                    "@ana",
                    "ben_k",
                    "hens",
                    "\n",
                    "> hens ben_k hens",
                    "x@y.org",
                    ". ",
                    "é",
                ]
            ),
            max_size=8,
        ).map(" ".join),
        min_size=2,
        max_size=4,
    )
)
def test_places_move_with_their_words(texts: list[str]) -> None:
    names = ["Ana Lee", "ben_k"]
    posts = [Post(id=f"x{n}", author=names[n % 2], text=text) for n, text in enumerate(texts)]
    thread = mark_up(Thread(posts=tuple(posts)))
    hidden = pseudonymised(thread)
    for before, after in zip(thread.posts, hidden.posts, strict=True):
        assert "Ana" not in after.text
        assert "ben_k" not in after.text
        assert [b.kind for b in before.blocks] == [b.kind for b in after.blocks]
        covered = "".join("".join(map(after.slice, after.blocks)).split())
        assert covered == "".join(after.text.split())
        for quote in after.quotes:
            assert after.slice(quote).startswith(">") or not quote.marked


@pytest.mark.shared_data
@pytest.mark.parametrize(
    "name",
    [
        "discourse/removing-lua-bindings.7149.json",
        "mbox/perceval_hyperkitty_2016_april.mbox",
        "slack/testarchive.zip",
        "hn/algolia_8828543_ssh_for_everything.json",
        "reddit/sysadmin_ssh_for_everything.json",
    ],
)
def test_no_author_is_left_in_real_threads(shared_data: Path, name: str) -> None:
    path = shared_data / "threads" / name
    for named, hidden in zip(read_threads(path), read_threads(path, pseudonyms=True), strict=True):
        written = hidden.replace(source=None).model_dump_json()
        assert [author for author in named.authors if f'"{author}"' in written] == []
        assert [post.parent_id is None for post in named.posts] == [
            post.parent_id is None for post in hidden.posts
        ]


def test_ids_of_posts_that_are_not_there_are_not_told() -> None:
    row = '{"id": "c1", "link_id": "t3_a", "parent_id": "t1_gone", "author": "ana", "body": "x"}'
    notes = [note.message for note in parse_thread(row, pseudonyms=True).notes]
    assert len(notes) == 2
    assert not any("t3_a" in note or "t1_gone" in note for note in notes)


def test_names_that_are_no_words_go_everywhere() -> None:
    names = [f"+49 170 {number}" for number in range(300)]
    chat = "".join(f"1/1/21, 12:00 - {name}: Hens.\n" for name in names)
    chat += f"1/1/21, 12:01 - {names[0]}: Ask {names[299]}, or a@example.org.\n"
    last = parse_thread(chat, pseudonyms=True).posts[-1]
    assert (last.author, last.text) == ("A", "Ask KN, or [address].")


def test_names_in_tags_of_quotes_go() -> None:
    text = 'ana: Hens?\nben: No.\nana: Yes.\nben: No.\nana: Oh.\n[quote="ana"]\nHens?\n[/quote]\n'
    last = parse_thread(text, pseudonyms=True).posts[-1]
    assert last.text == "Oh.\n[A wrote:]\nHens?\n[left out]"
