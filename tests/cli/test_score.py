"""The scoreboard and the training, as a user runs them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from commandline import run
from extraction.cases import CASES

if TYPE_CHECKING:
    from pathlib import Path


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


def test_weights_of_ones_own_are_used(tmp_path: Path) -> None:
    weights = tmp_path / "weights.json"
    done = run("train", str(CASES[0]), "-o", str(weights))
    assert done.returncode == 0, done.stderr
    shipped = run("score", *(str(case) for case in CASES[:1])).stdout
    assert run("score", str(CASES[0]), "--weights", str(weights)).stdout != shipped
    weights.write_text(weights.read_text().replace('"slope"', '"hope"', 1))
    damaged = run("score", str(CASES[0]), "--weights", str(weights))
    assert damaged.returncode == 1
    assert "checksum" in damaged.stderr
    missing = run("map", str(CASES[0]), "--weights", str(tmp_path / "none.json"))
    assert missing.returncode == 3
    assert "there is no such file" in missing.stderr
    wrong = run("map", str(CASES[0]), "--weights", str(weights), "--extractor", "rules")
    assert wrong.returncode == 2
    assert "--weights is for --extractor trained" in " ".join(wrong.stderr.split())


def test_a_file_that_is_no_gold_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text("not json\n")
    done = run("score", str(tmp_path / "x.jsonl"))
    assert done.returncode == 3
    assert "x.jsonl:1" in done.stderr
    assert "Traceback" not in done.stderr


def test_cross_validation_tells_how_reliable_confidence_is() -> None:
    done = run("train", *(str(case) for case in CASES), "--folds", "3", "--reliability")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert "3 folds" in lines[1]
    assert "component: least confidence, precision, recall" in lines
    shares = [float(line.split()[-1]) for line in lines if "–" in line]
    assert shares
    assert all(0 <= share <= 1 for share in shares)
