"""``argumap thread``: each way of showing a thread."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from argumap import parse_thread
from commandline import run as run_command

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

MAILBOX = """\
From ana Mon Jan  2 10:00:00 2023
From: Ana Lee <ana@example.org>
Subject: Hens
Message-ID: <1@example.org>
Date: Mon, 2 Jan 2023 10:00:00 +0000

Hens are easy to keep.

From ben Mon Jan  2 11:00:00 2023
From: Ben <ben@example.org>
Subject: Re: Hens
Message-ID: <2@example.org>
In-Reply-To: <1@example.org>
Date: Mon, 2 Jan 2023 11:00:00 +0000

Ana Lee wrote:
> Hens are easy to keep.

Mine are not.

From cem Mon Jan  2 12:00:00 2023
From: Cem <cem@example.org>
Subject: Foxes
Message-ID: <3@example.org>
Date: Mon, 2 Jan 2023 12:00:00 +0000

Any foxes?
"""


def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return run_command("thread", *arguments, stdin=stdin)


@pytest.fixture
def mailbox(tmp_path: Path) -> str:
    path = tmp_path / "hens.mbox"
    path.write_text(MAILBOX, encoding="utf-8")
    return str(path)


def test_list_and_choose(mailbox: str) -> None:
    assert run("--list", mailbox).stdout.splitlines() == [
        "1@example.org  2 posts  Hens",
        "3@example.org  1 post  Foxes",
    ]
    several = run(mailbox)
    assert several.returncode == 3
    assert "--thread" in several.stderr
    assert "Any foxes?" in run("--thread", "3@example.org", mailbox).stdout


def test_standard_input_may_hold_several() -> None:
    assert run("--list", "-", stdin=MAILBOX).stdout.splitlines()[1:] == [
        "3@example.org  1 post  Foxes"
    ]
    assert "Any foxes?" in run("--thread", "3@example.org", "-", stdin=MAILBOX).stdout


@pytest.mark.parametrize("command", [("map",), ("query", "unsupported"), ("evaluate",), ("draw",)])
def test_every_command_chooses_a_thread(command: tuple[str, ...], mailbox: str) -> None:
    name, *more = command
    if name == "draw":
        more = ["-o", f"{mailbox}.dot"]
    several = run_command(name, mailbox, *more)
    assert several.returncode == 3
    assert (
        "'1@example.org', '3@example.org'\n  pass thread='1@example.org' (--thread)"
        in several.stderr
    )
    assert run_command(name, mailbox, *more, "--thread", "3@example.org").returncode == 0
    missing = run_command(name, mailbox, *more, "--thread", "3@example.com")
    assert missing.returncode == 3
    assert "(did you mean '3@example.org'?)" in missing.stderr


def test_a_map_holds_no_threads_to_choose_from(tmp_path: Path, mailbox: str) -> None:
    made = str(tmp_path / "map.json")
    assert run_command("map", mailbox, "--thread", "1@example.org", "-o", made).returncode == 0
    done = run_command("map", made, "--thread", "1@example.org")
    assert done.returncode == 3
    assert "this is a map, so there is no thread '1@example.org' to choose in it" in done.stderr


def test_report_tree_and_json(mailbox: str) -> None:
    chosen = ("--thread", "1@example.org", "--pseudonyms", mailbox)
    assert run("--report", *chosen).stdout.splitlines()[1:] == [
        "2 posts by 2 authors, read as mbox",
        "parents: 1 none, 1 stated",
        "quotes: 1, 1 of them found in an earlier post",
        "blocks: 2 text, 1 boilerplate, 1 quote",
        "notes: none",
    ]
    assert run("--tree", *chosen).stdout.splitlines()[2:] == [
        "p1 A  Hens are easy to keep.",
        "  p2 B  Mine are not.",
    ]
    written = run("--json", *chosen).stdout
    assert [post.author for post in parse_thread(written).posts] == ["A", "B"]


def test_ways_exclude_each_other(mailbox: str) -> None:
    done = run("--tree", "--json", mailbox)
    assert done.returncode == 2
    assert "--tree and --json exclude each other" in done.stderr


def test_faulty_posts_are_left_out_when_told_to() -> None:
    items = [
        {"type": "story", "id": 1, "by": "ana", "time": 1, "title": "Hens"},
        {"type": "comment", "id": 2, "by": "ben", "time": "noon", "parent": 1, "text": "No."},
    ]
    text = "\n".join(map(json.dumps, items))
    strict = run("-", stdin=text)
    assert strict.returncode == 3
    assert 'time is "noon"' in strict.stderr
    loose = run("--loose", "--report", "-", stdin=text)
    assert "1 post-skipped" in loose.stdout
