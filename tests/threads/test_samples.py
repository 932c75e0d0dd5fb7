"""Real files: counts that were taken from the raw data without any of argumap's code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from argumap import ThreadParseError, read_thread
from argumap.threads import list_threads, read_threads

if TYPE_CHECKING:
    from pathlib import Path

    from argumap import Thread

pytestmark = pytest.mark.shared_data

# file: reader, then for each thread: posts, authors, posts whose parent the source states, quote
# paragraphs (None where the raw data does not show them without reading it as argumap does).
SAMPLES: dict[str, tuple[str, list[tuple[int, int, int, int | None]]]] = {
    "chat/whatsapp_4A_11M.txt": ("whatsapp", [(11, 5, 0, 0)]),
    "chat_irc/dev_2005-06-27_12.raw.txt": ("irc", [(1018, 77, 0, None)]),
    "convokit/cmv-modes-a": (
        "convokit",
        [(38, 16, 37, None), (14, 7, 13, None), (10, 4, 9, None), (3, 2, 2, None)],
    ),
    "discord/GC_3A_5M.json": ("discord", [(3, 3, 1, 0)]),
    "discourse/changes-in-urho3d-contribution-checklist.3722.json": (
        "discourse",
        [(60, 23, 32, 22)],
    ),
    "discourse/minimizing-usage-of-auto-in-sources.6449.json": (
        "discourse",
        [(68, 5, 53, None)],
    ),
    "discourse/removing-lua-bindings.7149.json": ("discourse", [(59, 9, 35, None)]),
    "discourse_posts/deflationary-money-is-a-good-thing": ("discourse", [(16, 5, 9, None)]),
    "forummagnum/seed_as_graphql.json": ("forummagnum", [(3, 2, 2, 1)]),
    "github_graphql/issueView_previewFullComments.json": ("github-graphql", [(6, 6, 0, 0)]),
    "github_rest/github_issue_1.json": ("github", [(1, 1, 0, 0)]),
    "github_rest/github_issue_comments_1.json": ("github", [(1, 1, 0, 0)]),
    "hn/algolia_8828543_ssh_for_everything.json": ("hn", [(105, 69, 104, 7)]),
    "hn/firebase_227_dropped_out.ndjson": ("hn-firebase", [(37, 25, 36, None)]),
    "maildir/threading/parent-priority": ("maildir", [(3, 1, 2, 0)]),
    "markdown/2022-08-24-deflationary-money-is-a-good-thing-id22.md": (
        "markdown",
        [(16, 5, 0, None)],
    ),
    "mbox/cypherpunks_1992_digital_cash.mbox": ("mbox", [(9, 5, 8, None)]),
    "mbox/cypherpunks_1992_registering_keys.mbox": ("mbox", [(10, 8, 3, None)]),
    "mbox/perceval_hyperkitty_2016_april.mbox": ("mbox", [(3, 2, 2, None)]),
    "reddit/redditdev_fetch_replies.json": ("reddit", [(11, 3, 10, 0)]),
    "reddit/synthetic_reddit_crosspost.json": ("reddit", [(2, 2, 1, 0)]),
    "reddit/sysadmin_ssh_for_everything.json": ("reddit", [(49, 20, 48, None)]),
    "reddit_cmv_xml/negative_27.xml": ("cmv-xml", [(4, 2, 3, 0)]),
    "reddit_cmv_xml/negative_28.xml": ("cmv-xml", [(6, 2, 5, 1)]),
    "reddit_cmv_xml/positive_8.xml": ("cmv-xml", [(3, 2, 2, 2)]),
    "slack/testarchive.zip": ("slack", [(96, 6, 0, None), (51, 4, 0, None)]),
    "stackexchange/perceval_question_page.json": (
        "stackexchange",
        [(3, 3, 2, 0), (3, 2, 2, 0)],
    ),
}
ARCHIVE = [1, 3, 7, 1, 1, 6, 5, 4, 4, 1, 1, 1, 5, 1, 4, 5, 1, 17, 2, 4, 7, 3, 3, 1, 2, 1, 15]


@pytest.mark.parametrize("name", SAMPLES)
def test_counts(shared_data: Path, name: str) -> None:
    reader, wanted = SAMPLES[name]
    threads = list(read_threads(shared_data / "threads" / name))
    assert {thread.format for thread in threads} == {reader}
    assert [_counts(thread, quotes=row[3] is not None) for thread, row in
            zip(threads, wanted, strict=True)] == wanted  # fmt: skip


def _counts(thread: Thread, *, quotes: bool) -> tuple[int, int, int, int | None]:
    stated = sum(p.parent_id is not None and p.parent_inference is None for p in thread.posts)
    quoted = sum(len(post.quotes) for post in thread.posts) if quotes else None
    return len(thread.posts), len(thread.authors), stated, quoted


def test_archive_of_a_repository(shared_data: Path) -> None:
    path = shared_data / "threads" / "github_archive" / "cbor-packed.archive.json"
    assert [listing.posts for listing in list_threads(path)] == ARCHIVE
    with pytest.raises(ThreadParseError, match="several threads: 'issue-1', 'issue-7'"):
        read_thread(path)
    assert len(read_thread(path, thread="pull-11").posts) == 17


def test_quotes_point_at_what_they_quote(shared_data: Path) -> None:
    for name in ("hn/algolia_8828543_ssh_for_everything.json", "forummagnum/seed_as_graphql.json"):
        thread = read_thread(shared_data / "threads" / name)
        assert all(quote.source for post in thread.posts for quote in post.quotes)


def test_missing_replies_are_counted(shared_data: Path) -> None:
    thread = read_thread(shared_data / "threads" / "hn" / "firebase_227_dropped_out.ndjson")
    assert sum(post.missing_replies for post in thread.posts) == 13


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("empty.json", "the file is empty"),
        ("truncated.json", r"truncated\.json:1:79: .*\n.*cut off"),
        ("bad_line_2.ndjson", r"bad_line_2\.ndjson:2:29: not JSON"),
        ("error_page.json", "HTML page"),
    ],
)
def test_bad_files(shared_data: Path, name: str, message: str) -> None:
    with pytest.raises(ThreadParseError, match=message):
        read_thread(shared_data / "threads" / "bad" / name)


def test_a_bad_line_is_passed_over_when_told_to(shared_data: Path) -> None:
    path = shared_data / "threads" / "bad" / "bad_line_2.ndjson"
    thread = read_thread(path, strict=False)
    assert len(thread.posts) == 2
    assert [note.code for note in thread.notes].count("post-skipped") == 1


def test_every_text_is_covered_by_its_blocks_once(shared_data: Path) -> None:
    for name in SAMPLES:
        for thread in read_threads(shared_data / "threads" / name):
            for post in thread.posts:
                covered = "".join("".join(map(post.slice, post.blocks)).split())
                assert covered == "".join(post.text.split()), (name, post.id)
