"""The scoreboard and the training, as a user runs them."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from extraction.cases import CASES

if TYPE_CHECKING:
    from pathlib import Path


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "argumap", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_the_scoreboard() -> None:
    done = run("score", str(CASES[0]), "--json", "--bootstrap", "20")
    assert done.returncode == 0, done.stderr
    (row,) = json.loads(done.stdout).values()
    assert row["unit"]["low"] <= row["unit"]["value"] <= row["unit"]["high"]
    same = run("score", str(CASES[0]), str(CASES[0]))
    header, values = same.stdout.splitlines()
    assert header.split()[0] == "unit"
    assert set(values.split()[1:]) <= {"1.000", "-"}


def test_training_writes_the_same_file_twice(tmp_path: Path) -> None:
    made = []
    for name in ("a.json", "b.json"):
        done = run("train", *(str(case) for case in CASES), "-o", str(tmp_path / name))
        assert done.returncode == 0, done.stderr
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]


def test_a_file_that_is_no_gold_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text("not json\n")
    done = run("score", str(tmp_path / "x.jsonl"))
    assert done.returncode == 3
    assert "x.jsonl:1" in done.stderr
    assert "Traceback" not in done.stderr
