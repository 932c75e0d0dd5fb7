"""Whatever a record does, and whenever the build is killed: nothing is lost, nothing is doubled."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from argumap.corpus import build_corpus
from argumap.errors import CorpusError
from corpus.material import thread, write_jsonl

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits memory, sends signals")

_POISON = {
    3: ("raise", "ValueError", "poison"),
    4: ("exit", "SystemExit", "3"),
    5: ("os._exit", "WorkerDied", "ended its process with exit code 5"),
    8: ("kill", "WorkerDied", "killed its process: SIGKILL"),
    9: ("loop", "TimeLimit", "took more than 1 s"),
    13: ("eat", "MemoryLimit", "needed more than 256 MiB of memory"),
    14: ("eat slowly", "MemoryLimit", "needed more than 256 MiB of memory"),
    19: ("recurse", "RecursionError", "maximum recursion depth exceeded"),
}


def test_a_poisonous_record_costs_itself_alone(
    tmp_path: Path, rows: Callable[..., list[dict[str, Any]]]
) -> None:
    lines = [thread(n, title=_POISON[n][0] if n in _POISON else None) for n in range(20)]
    source = write_jsonl(tmp_path / "t.jsonl", [*lines, '{"version":"argumap-thread/1"', "", "[]"])
    report = build_corpus(
        source,
        tmp_path / "out",
        extractor="corpus.extractors:Poisoned",
        workers=2,
        shard_size=12,
        seconds=1,
        memory=256 * 2**20,
    )
    told = {
        row["record"] - 1: (row["error"], row["message"])
        for row in rows(tmp_path / "out")
        if row["status"] == "error"
    }
    assert {n: told.pop(n) for n in _POISON} == {n: facts[1:] for n, facts in _POISON.items()}
    assert [(n, error) for n, (error, _) in told.items()] == [
        (20, "ThreadParseError"),
        (22, "ThreadParseError"),
    ]
    assert report.threads == 22
    assert sum(report.errors.values()) == len(_POISON) + 2
    clean = write_jsonl(tmp_path / "c.jsonl", [thread(n) for n in range(20)])
    build_corpus(
        clean, tmp_path / "clean", extractor="corpus.extractors:Sentences", workers=1, shard_size=12
    )
    poisoned = {f"t.jsonl#{n + 1}" for n in _POISON}
    assert [
        (row["thread"], row["text"]) for row in rows(tmp_path / "out", "claims")
    ] == [
        (f"t{row['thread'][1:]}", row["text"])
        for row in rows(tmp_path / "clean", "claims")
        if f"t{row['thread'][1:]}" not in poisoned
    ]  # fmt: skip


def test_errors_are_kept_unless_they_are_to_be_tried_again(tmp_path: Path) -> None:
    lines = [thread(n, title="raise" if n == 7 else None) for n in range(20)]
    source = write_jsonl(tmp_path / "t.jsonl", lines)
    options: dict[str, Any] = {"extractor": "corpus.extractors:Poisoned", "shard_size": 5}
    build_corpus(source, tmp_path / "out", workers=1, **options)
    assert build_corpus(source, tmp_path / "out", workers=1, **options).resumed == 4
    again = build_corpus(source, tmp_path / "out", workers=1, retry_errors=True, **options)
    assert (again.resumed, again.errors) == (3, {"ValueError": 1})


_BUILD = """
import sys
sys.path[:] = {path!r}
from argumap.corpus import build_corpus
build_corpus({source!r}, {out!r}, extractor="corpus.extractors:Sentences", workers=2, shard_size=40)
"""


def _start(source: Path, out: Path) -> subprocess.Popen[bytes]:
    code = _BUILD.format(path=sys.path, source=str(source), out=str(out))
    return subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL)


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGINT], ids=["kill -9", "Ctrl-C"])
def test_a_build_that_is_ended_at_any_moment_is_completed_by_the_next(
    tmp_path: Path, content: Callable[[Path], dict[str, bytes]], sign: signal.Signals
) -> None:
    source = write_jsonl(tmp_path / "t.jsonl", map(thread, range(400)))
    with _start(source, tmp_path / "once") as process:
        assert process.wait() == 0
    chance = random.Random(int(sign))  # noqa: S311
    for _ in range(5):
        with _start(source, tmp_path / "often") as process:
            # From before the first shard is begun to after some are done.
            time.sleep(chance.uniform(0.2, 2.0))
            process.send_signal(sign)
    with _start(source, tmp_path / "often") as process:
        assert process.wait() == 0
    assert content(tmp_path / "often") == content(tmp_path / "once")
    assert len(content(tmp_path / "once")) == 4 * 10


def test_what_a_killed_worker_had_done_is_not_done_again(tmp_path: Path) -> None:
    """The extractor leaves a mark for each thread: only the deadly one has two."""
    marks = tmp_path / "marks"
    marks.mkdir()
    source = write_jsonl(
        tmp_path / "t.jsonl", [thread(n, title="os._exit" if n == 6 else None) for n in range(10)]
    )
    os.environ["ARGUMAP_TEST_MARKS"] = str(marks)
    try:
        build_corpus(source, tmp_path / "out", extractor="corpus.extractors:Marking", workers=1)
    finally:
        del os.environ["ARGUMAP_TEST_MARKS"]
    counts = {path.name: len(path.read_bytes()) for path in marks.iterdir()}
    assert counts == {f"t{n}": 2 if n == 6 else 1 for n in range(10)}


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are any bytes on Linux alone")
def test_a_file_whose_name_is_not_text_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    source = tmp_path / "threads"
    source.mkdir()
    (source / os.fsdecode(b"b\xfcro.txt")).write_text("Ana: We should move.")
    with pytest.raises(CorpusError, match=r"'b.udcfcro.txt' is not UTF-8: rename it"):
        build_corpus(source, tmp_path / "out", workers=1)
    assert not list(tmp_path.glob("out/*/*"))


def test_two_builds_in_one_folder_do_not_meet(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "t.jsonl", [thread(0), thread(1, title="sleep")])
    code = _BUILD.format(path=sys.path, source=str(source), out=str(tmp_path / "out"))
    first = subprocess.Popen([sys.executable, "-c", code.replace("Sentences", "Poisoned")])
    try:
        while not list((tmp_path / "out").glob("aside/*")):
            time.sleep(0.05)
        with pytest.raises(CorpusError, match="another build is at work"):
            build_corpus(source, tmp_path / "out", extractor="corpus.extractors:Sentences")
    finally:
        first.kill()
        first.wait()
    report = build_corpus(source, tmp_path / "out", extractor="corpus.extractors:Sentences")
    assert report.threads == 2
