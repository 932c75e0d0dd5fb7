"""StackExchange's data dump, in a small folder of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from argumap import ThreadParseError, list_threads, read_thread, read_threads

if TYPE_CHECKING:
    from pathlib import Path

POSTS = """\ufeff<?xml version="1.0" encoding="utf-8"?>
<posts>
  <row Id="2" PostTypeId="2" ParentId="1" Body="&lt;blockquote&gt;Hens?&lt;/blockquote&gt;\
&lt;p&gt;Yes &amp;amp; no.&lt;/p&gt;" OwnerUserId="8" CreationDate="2020-01-01T10:00:00.000" />
  <row Id="1" PostTypeId="1" Title="Keep hens?" Body="&lt;p&gt;Hens?&lt;/p&gt;" Score="3" \
OwnerDisplayName="Ana" CreationDate="2020-01-01T09:00:00.000" />
  <row Id="5" PostTypeId="5" Body="A wiki of a tag." />
  <row Id="7" PostTypeId="2" ParentId="6" Body="Alone." CreationDate="2020-01-02T09:00:00.000" />
</posts>
"""
COMMENTS = """<?xml version="1.0" encoding="utf-8"?>
<comments>
  <row Id="4" PostId="2" Text="Why x &lt; y?" UserId="9" CreationDate="2020-01-01T11:00:00.000" />
  <row Id="9" PostId="5" Text="On the wiki." UserId="9" />
</comments>
"""
USERS = """<users>
  <row Id="-1" DisplayName="Community" />
  <row Id="8" DisplayName="Ben K" />
</users>
"""


def _dump(folder: Path, posts: str = POSTS) -> Path:
    (folder / "Posts.xml").write_text(posts, encoding="utf-8")
    (folder / "Comments.xml").write_text(COMMENTS, encoding="utf-8")
    return folder


def test_questions_answers_and_comments(tmp_path: Path) -> None:
    first, second = read_threads(_dump(tmp_path))
    assert (first.format, first.id, first.title) == ("stackexchange-dump", "1", "Keep hens?")
    assert [(p.id, p.author, p.parent_id, p.text) for p in first.posts] == [
        ("q1", "Ana", None, "Hens?"),
        ("a2", "user8", "q1", "Hens?\n\nYes & no."),
        ("c4", "user9", "a2", "Why x < y?"),
    ]
    assert [note.code for note in first.notes] == [
        "file-missing", "posts-left-out", "comments-left-out",
    ]  # fmt: skip
    assert [note.code for note in second.notes] == ["root-missing"]
    assert [(p.id, p.author_kind) for p in second.posts] == [("a7", "deleted")]
    assert [each.id for each in list_threads(tmp_path)] == ["1", "6"]
    assert read_thread(tmp_path, thread="6") == second


def test_people_have_their_names(tmp_path: Path) -> None:
    (tmp_path / "Users.xml").write_text(USERS, encoding="utf-8")
    more = (
        '<row Id="6" PostId="2" Text="@BenK because." UserId="9" '
        'CreationDate="2020-01-01T12:00:00.000" />'
        '<row Id="5" PostId="2" Text="Sure?" UserId="8" CreationDate="2020-01-01T10:30:00.000" />'
    )
    _dump(tmp_path)
    (tmp_path / "Comments.xml").write_text(COMMENTS.replace("</comments>", f"{more}</comments>"))
    thread = next(iter(read_threads(tmp_path / "Posts.xml")))
    assert [(p.id, p.author, p.parent_id) for p in thread.posts] == [
        ("q1", "Ana", None),
        ("a2", "Ben K", "q1"),
        ("c5", "Ben K", "a2"),
        ("c4", "user9", "a2"),
        ("c6", "user9", "c5"),
    ]


@pytest.mark.parametrize(
    ("posts", "message"),
    [
        (POSTS.replace("</posts>", ""), r"8:1: not XML: no element found\n.*cut off"),
        (POSTS.replace("<row Id", "<row Id=", 1), "3:.*not XML"),
        (POSTS.replace("<posts>", '<!DOCTYPE x [<!ENTITY a "b">]><posts>'), "declares entities"),
        (POSTS.replace('Score="3"', 'Score="many"'), 'Score is "many"'),
    ],
)
def test_broken_dumps(tmp_path: Path, posts: str, message: str) -> None:
    with pytest.raises(ThreadParseError, match=message):
        list(read_threads(_dump(tmp_path, posts)))
