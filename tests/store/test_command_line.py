"""``argumap store`` as a user meets it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import argumap

if TYPE_CHECKING:
    from pathlib import Path


def run(*arguments: str, cwd: Path) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "argumap", "store", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=cwd,
        env={**os.environ, "COLUMNS": "100", "PYTHONIOENCODING": "utf-8"},
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


def test_a_map_is_put_found_got_and_removed(tmp_path: Path) -> None:
    builder = argumap.MapBuilder("Office")
    move = builder.claim("We should move.", author="Ana")
    builder.support(builder.claim("The rent \x1b[31mwent up.", author="Ana"), move)
    argumap.dump(builder.build(), tmp_path / "office.json")
    assert run("put", "m.sqlite", "office.json", cwd=tmp_path) == (0, "", "kept office.json\n")
    assert run("list", "m.sqlite", cwd=tmp_path) == (
        0,
        "office.json Office: 2 claims, 1 relation\n",
        "",
    )
    found = (0, "office.json c2 Ana\n    The rent [31mwent up.\n", "")
    assert run("search", "m.sqlite", "RENT", cwd=tmp_path) == found
    assert run("unsupported", "m.sqlite", cwd=tmp_path) == found
    code, stdout, _ = run("get", "m.sqlite", "office.json", cwd=tmp_path)
    assert (code, argumap.loads(stdout)) == (0, builder.build())
    code, _, stderr = run("get", "m.sqlite", "ofice.json", cwd=tmp_path)
    assert code == 2
    assert "did you mean 'office.json'" in stderr
    assert run("delete", "m.sqlite", "office.json", cwd=tmp_path)[0] == 0
    assert run("list", "m.sqlite", cwd=tmp_path) == (0, "", "")


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are any bytes on Linux alone")
def test_a_file_whose_name_is_not_text_is_kept_under_one_that_is(tmp_path: Path) -> None:
    name = os.fsdecode(b"b\xfcro.txt")
    (tmp_path / name).write_text("Ana: We should move.\nBen: No.\nAna: We should.\n")
    assert run("put", "m.sqlite", name, cwd=tmp_path) == (0, "", "kept b\ufffdro.txt\n")


def test_a_search_without_an_answer_says_so(tmp_path: Path) -> None:
    argumap.dump(argumap.ArgumentMap(), tmp_path / "empty.json")
    assert run("put", "m.sqlite", "empty.json", cwd=tmp_path)[0] == 0
    assert run("search", "m.sqlite", "rent", cwd=tmp_path) == (0, "", "nothing found\n")


def test_a_store_that_is_not_there_is_not_made_by_asking(tmp_path: Path) -> None:
    code, stdout, stderr = run("list", "none.sqlite", cwd=tmp_path)
    assert (code, stdout) == (1, "")
    assert "there is no such store" in stderr
    assert list(tmp_path.iterdir()) == []
