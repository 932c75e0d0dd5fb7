"""Packed dumps of Reddit: written here with a window of 128 MiB, as the real ones have."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from typing import TYPE_CHECKING, Any

import pytest
import zstandard

from argumap import MissingExtraError, ThreadParseError, list_threads, read_thread, read_threads

if TYPE_CHECKING:
    from pathlib import Path

SUBMISSION = {"id": "b", "author": "ana", "title": "Hens", "selftext": "Easy.", "created_utc": 10}


def _comment(name: str, thread: str, above: str, body: str, time: Any, **more: Any) -> Any:
    return {
        "id": name, "link_id": f"t3_{thread}", "parent_id": above, "author": "ben", "body": body,
        "created_utc": time, "score": 2, "gildings": {"gid_1": 0}, **more,
    }  # fmt: skip


POSTS = [
    _comment("c3", "b", "t1_c2", 'Late.\tTabs\nand "lines", \u00fc', "30"),
    _comment("c1", "a", "t3_a", "No submission.", 12),
    _comment("c2", "b", "t3_b", "Not mine.", 20),
    SUBMISSION,
]


def _packed(path: Path, *lines: str) -> Path:
    settings = zstandard.ZstdCompressionParameters(window_log=27, enable_ldm=True)
    packer = zstandard.ZstdCompressor(compression_params=settings)
    # Two frames, each of unknown size, as programs that pack while they write leave them.
    half = len(lines) // 2
    with path.open("wb") as file:
        for part in (lines[:half], lines[half:]):
            frame = packer.compressobj()
            file.write(frame.compress("".join(f"{line}\n" for line in part).encode()))
            file.write(frame.flush())
    return path


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    return _packed(tmp_path / "RC_2020-01.zst", *map(json.dumps, POSTS))


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_the_packed_dump_reads_as_the_plain_one(dump: Path, tmp_path: Path) -> None:
    plain = tmp_path / "RC_2020-01.ndjson"
    plain.write_text("".join(json.dumps(post) + "\n" for post in POSTS))
    packed = {thread.id: thread for thread in read_threads(dump)}
    unpacked = {thread.id: thread for thread in read_threads(plain)}
    assert list(packed) == ["t3_a", "t3_b"]
    for name, thread in packed.items():
        assert thread.format == "pushshift-zst"
        same = {"source": thread.source, "format": thread.format}
        assert thread == unpacked[name].replace(**same)
    assert [post.id for post in packed["t3_b"].posts] == ["t3_b", "t1_c2", "t1_c3"]


def test_list_and_choose(dump: Path) -> None:
    listed = [(each.id, each.title, each.posts) for each in list_threads(dump)]
    assert listed == [("t3_a", None, 1), ("t3_b", "Hens", 3)]
    assert len(read_thread(dump, thread="t3_b").posts) == 3
    with pytest.raises(ThreadParseError, match="several threads: 't3_a', 't3_b'"):
        read_thread(dump)


def test_the_temporary_folder_is_removed(dump: Path, temporary: Path) -> None:
    threads = read_threads(dump)
    next(threads)
    assert list(temporary.iterdir())
    threads.close()  # type: ignore[attr-defined]  # a generator
    assert not list(temporary.iterdir())
    list(read_threads(dump))
    assert not list(temporary.iterdir())


def test_a_broken_line(tmp_path: Path, temporary: Path) -> None:
    lines = [json.dumps(post) for post in POSTS]
    path = _packed(tmp_path / "x.zst", lines[0], "{", *lines[1:])
    with pytest.raises(ThreadParseError, match="2: not JSON"):
        list(read_threads(path))
    assert not list(temporary.iterdir())
    threads = list(read_threads(path, strict=False))
    assert sum(len(thread.posts) for thread in threads) == 4
    assert [note.code for note in threads[0].notes].count("post-skipped") == 1


def test_a_file_cut_off(dump: Path) -> None:
    dump.write_bytes(dump.read_bytes()[:-20])
    with pytest.raises(ThreadParseError, match="its end is missing"):
        list(read_threads(dump))


def test_something_else_packed(tmp_path: Path) -> None:
    for line in ("Hens are easy.", '{"hens": 3}'):
        path = _packed(tmp_path / "x.zst", line)
        with pytest.raises(ThreadParseError, match=r"no dump of Reddit\n.*zstd -d --long=31"):
            read_thread(path)


def test_without_the_extra(dump: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "zstandard", None)
    with pytest.raises(MissingExtraError, match=r"argumap\[big\]"):
        read_thread(dump)


def test_the_command_tells_what_it_does(dump: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "argumap", "thread", str(dump), "--list"],
        capture_output=True, text=True, check=True, encoding="utf-8",
    )  # fmt: skip
    assert done.stdout.splitlines() == ["t3_a  1 post", "t3_b  3 posts  Hens"]
    assert "of disk in" in done.stderr
    assert "sorting" in done.stderr


def test_one_subreddit_and_one_thread(tmp_path: Path) -> None:
    rows = [
        {**post, "subreddit": "Coop" if post.get("link_id") == "t3_a" else "goats"}
        for post in POSTS
    ]
    trap = _comment("c9", "z", "t3_z", 'They say "subreddit": "coop" and "a".', 50)
    lines = list(map(json.dumps, [*rows, {**trap, "subreddit": "other"}]))
    plain = tmp_path / "RC.ndjson"
    plain.write_text("\n".join(lines))
    for path in (plain, _packed(tmp_path / "RC.zst", *lines)):
        assert [thread.id for thread in read_threads(path, subreddit="r/coop")] == ["t3_a"]
        assert [each.id for each in list_threads(path, subreddit="Goats")] == ["t3_b"]
        assert list(read_threads(path, subreddit="hens")) == []
        assert len(read_thread(path, thread="t3_b").posts) == 3
        with pytest.raises(ThreadParseError, match="no thread in it has the id 't3_c'"):
            read_thread(path, thread="t3_c")
    (tmp_path / "x.txt").write_text("Ana: Hens?\nBen: No.\nAna: Why?")
    with pytest.raises(ThreadParseError, match="only dumps of Reddit"):
        list(read_threads(tmp_path / "x.txt", subreddit="hens"))
