"""``argumap corpus`` as a user meets it."""

from __future__ import annotations

import csv
import io
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import duckdb
import pytest

import argumap
from corpus.material import thread, write_jsonl

if TYPE_CHECKING:
    from pathlib import Path


def start(*arguments: str, cwd: Path) -> subprocess.Popen[str]:
    path = os.pathsep.join([p for p in sys.path if p.endswith("tests")])
    return subprocess.Popen(
        [sys.executable, "-m", "argumap", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, "COLUMNS": "100", "PYTHONIOENCODING": "utf-8", "PYTHONPATH": path},
    )


def run(*arguments: str, cwd: Path) -> tuple[int, str, str]:
    with start(*arguments, cwd=cwd) as process:
        stdout, stderr = process.communicate()
    assert "Traceback" not in stderr
    return process.returncode, stdout, stderr


SENTENCES = ("--extractor", "corpus.extractors:Sentences", "--workers", "1")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    write_jsonl(folder / "town.jsonl", [*map(thread, range(30)), "{broken"])
    code, stdout, stderr = run(
        "corpus", "build", "town.jsonl", "-o", "out", "--shard-size", "10", *SENTENCES, cwd=folder
    )
    assert (code, stderr) == (3, "")
    assert stdout.splitlines()[0] == "31 threads, 1 error"
    assert stdout.splitlines()[2:] == [
        "4 shards, 0 of them done before",
        "        1 ThreadParseError",
        "argumap corpus query out errors",
    ]
    return folder


def test_a_question_as_a_table_as_csv_and_as_a_file(folder: Path) -> None:
    code, stdout, stderr = run("corpus", "query", "out", "unsupported", "--limit", "3", cwd=folder)
    assert code == 0
    assert stdout.splitlines()[0].split()[:4] == ["thread", "id", "author", "text"]
    assert len(stdout.splitlines()) == 4
    assert "… and 57 more rows" in stderr
    _, stdout, _ = run("corpus", "query", "out", "unsupported", "--format", "csv", cwd=folder)
    rows = list(csv.DictReader(io.StringIO(stdout)))
    assert len(rows) == 60
    for name in ("a.csv", "a.parquet"):
        assert run("corpus", "query", "out", "unsupported", "-o", name, cwd=folder)[0] == 0
        database = duckdb.connect()
        question = f"SELECT thread, text FROM '{folder / name}'"  # noqa: S608
        found = database.execute(question).fetchall()
        assert found == [(row["thread"], row["text"]) for row in rows]


def test_a_condition_that_fails_on_the_data_is_told_in_words(folder: Path) -> None:
    arguments = ("corpus", "query", "out", "authors", "--where", "author::INT = 3")
    code, stdout, stderr = run(*arguments, cwd=folder)
    assert (code, stdout) == (2, "")
    assert "DuckDB cannot answer this" in stderr


def test_a_condition_and_what_is_wrong_with_one(folder: Path) -> None:
    query = ("corpus", "query", "out", "authors", "--where")
    code, stdout, _ = run(*query, "author = 'Ana'", cwd=folder)
    assert (code, len(stdout.splitlines())) == (0, 2)
    code, stdout, stderr = run(*query, "auhtor = 'Ana'", cwd=folder)
    assert (code, stdout) == (2, "")
    assert "auhtor" in stderr


def test_from_a_row_to_its_map_and_its_picture(folder: Path) -> None:
    show = ("corpus", "show", "out", "town.jsonl#3")
    code, stdout, stderr = run(*show, cwd=folder)
    assert (code, stderr) == (0, "")
    assert "“Town 2 needs a bridge.”" in stdout
    code, stdout, stderr = run(*show, "-o", "m.json", "-o", "m.svg", cwd=folder)
    assert (code, stderr) == (0, "wrote m.json\nwrote m.svg\n")
    assert argumap.load(folder / "m.json").title == "Bridge 2"
    assert "needs a bridge" in (folder / "m.svg").read_text(encoding="utf-8")


def test_search(folder: Path) -> None:
    code, stdout, _ = run("corpus", "search", "out", "winter", "free*", "--limit", "2", cwd=folder)
    assert code == 0
    assert stdout.count("In winter it freezes.") == 2


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("query", "out", "unsuported"), 2, "did you mean 'unsupported'"),
        (("query", "out", "authors", "-o", "a.xlsx"), 2, "'.xlsx'"),
        (("query", "out", "authors", "-o", "new/a.csv"), 1, "new: there is no such folder"),
        (("build", "town.jsonl", "-o", "town.jsonl"), 1, "is a file, and a corpus is a folder"),
        (("build", "town.jsonl", "-o", "new", "--from", "redit"), 2, "did you mean 'reddit'"),
        (("query", "nothing", "authors"), 1, "there is no corpus here"),
        (("show", "out", "town.jsonl#31"), 1, "ThreadParseError"),
        (("show", "out", "twon.jsonl#3"), 2, "did you mean 'town.jsonl#3'"),
        (("build", "nothing", "-o", "new"), 1, "there is no such file or folder"),
        (("build", "town.jsonl", "-o", "new", "--extractor", "ruels"), 2, "'rules'"),
    ],
)
def test_what_is_wrong_is_told_in_words(
    folder: Path, arguments: tuple[str, ...], code: int, message: str
) -> None:
    ended, stdout, stderr = run("corpus", *arguments, cwd=folder)
    assert (ended, stdout) == (code, "")
    assert message in stderr
    assert not (folder / "new" / "corpus.json").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT")
def test_ctrl_c_ends_with_130_at_once_and_leaves_no_process(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "t.jsonl", [thread(0), thread(1, title="sleep")])
    poisoned = ("--extractor", "corpus.extractors:Poisoned", "--workers", "1")
    with start("corpus", "build", "t.jsonl", "-o", "out", *poisoned, cwd=tmp_path) as process:
        while not any(path.stat().st_size for path in (tmp_path / "out").glob("aside/*.spool")):
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=20)
    assert (process.returncode, stdout) == (130, "")
    assert "Traceback" not in stderr
    sleeping = subprocess.run(
        ["ps", "-eo", "ppid,args"], capture_output=True, text=True, check=True
    )
    children = [line for line in sleeping.stdout.splitlines() if f" {process.pid} " in line]
    assert children == []
