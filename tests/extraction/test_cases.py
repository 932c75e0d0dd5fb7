"""Threads of many kinds: what the rules make of them, and how near that is to a reader's map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from argumap import extract
from argumap.extraction.scoring import score_map, score_table
from extraction.cases import CASES, annotated
from extraction.outline import outline

if TYPE_CHECKING:
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

# What was reached when this was written, less a margin for honest trade-offs.
FLOOR = {"unit": 0.91, "kind": 0.89, "rel": 0.62, "rel*": 0.7, "type": 0.6, "unsup": 0.8}


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_outline(case: Path, snapshot: SnapshotAssertion) -> None:
    assert outline(extract(annotated(case).thread, extractor="rules")) == snapshot


@pytest.mark.parametrize("name", ["rules", "trained"])
def test_maps_come_near_a_readers_map(name: str) -> None:
    scores = []
    for case in CASES:
        gold = annotated(case)
        scores.append((gold.group, score_map(gold.argmap, extract(gold.thread, extractor=name))))
    reached = {name: value[0] for name, value in score_table(scores).items() if value}
    assert {name: reached[name] for name in FLOOR if reached[name] < FLOOR[name]} == {}
