"""``argumap map --extractor llm``, as a user meets it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import argumap
from extraction.llm.answers import by_stage, in_turn
from extraction.llm.stub_server import Reply, StubServer

if TYPE_CHECKING:
    from pathlib import Path

    from argumap import Thread


@pytest.fixture
def thread_file(library: Thread, tmp_path: Path) -> Path:
    path = tmp_path / "thread.json"
    argumap.dump_thread(library, path)
    return path


def run(path: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "argumap", "map", path.name, *options],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=path.parent,
        env={**os.environ, "COLUMNS": "100", "PYTHONIOENCODING": "utf-8", **environment},
    )


def test_a_map_by_a_server_of_ones_own(thread_file: Path) -> None:
    with StubServer(in_turn({"claims": [None]})) as server:
        llm = ("--extractor", "llm", "--model", "stub-1", "--base-url", server.url)
        done = run(thread_file, *llm, "-o", "map.json", "--cache", "answers.sqlite")
    assert done.returncode == 0, done.stderr
    assert "7 claims, 3 supports, 2 rebuttals, 1 undercut" in done.stdout
    assert "stub-1: 3 requests; 1,500 tokens in, 240 out; cost unknown" in done.stderr


def test_a_run_is_repeated_from_its_cache_without_the_server(thread_file: Path) -> None:
    with StubServer(by_stage()) as server:
        llm = ("--extractor", "llm", "--model", "stub-1", "--base-url", server.url)
        first = run(thread_file, *llm, "-o", "map.json", "--cache", "answers.sqlite")
    again = run(thread_file, *llm, "-o", "again.json", "--cache", "answers.sqlite")
    assert again.returncode == first.returncode == 0, again.stderr
    assert again.stdout == first.stdout
    folder = thread_file.parent
    assert (folder / "again.json").read_bytes() == (folder / "map.json").read_bytes()


def test_a_hosted_model_with_a_limit(thread_file: Path) -> None:
    with StubServer(by_stage()) as server:
        hosted = {"OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": "some-key"}
        llm = ("--extractor", "llm", "--model", "openai-chat:gpt-4o-mini")
        done = run(thread_file, *llm, "--max-cost", "1", **hosted)
        stopped = run(thread_file, *llm, "--max-cost", "0.0001", **hosted)
    assert done.returncode == 0, done.stderr
    assert "2 requests; 1,000 tokens in, 160 out; 0.0002 dollars" in done.stderr
    assert stopped.returncode == 1
    assert "the map is not complete: max_cost=0.0001 is used up" in stopped.stderr


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (("--extractor", "lmm"), 2, "no extractor is called 'lmm' (did you mean 'llm'?)"),
        (("--model", "stub-1"), 2, "--model is for --extractor llm"),
        (("--extractor", "llm"), 1, "no model is named"),
        (("--extractor", "llm", "--model", "openai:gpt-4o-mini"), 1, "OPENAI_API_KEY"),
    ],
)
def test_wrong_usage_is_told_in_words(
    options: tuple[str, ...], code: int, message: str, thread_file: Path
) -> None:
    done = run(thread_file, *options)
    assert done.returncode == code
    assert message in " ".join(done.stderr.replace("│", " ").split())
    assert "Traceback" not in done.stderr


def test_a_server_that_fails_is_told_in_words(thread_file: Path) -> None:
    with StubServer(lambda _: Reply("no", status=401)) as server:
        llm = ("--extractor", "llm", "--model", "stub-1", "--base-url", server.url)
        done = run(thread_file, *llm, "-o", "map.json")
    assert done.returncode == 1
    assert "the server refuses the key" in done.stderr
    assert not (thread_file.parent / "map.json").exists()
