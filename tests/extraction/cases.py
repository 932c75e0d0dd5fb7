"""The threads of ``tests/cases/extraction``, annotated by hand."""

from __future__ import annotations

from pathlib import Path

from argumap.extraction.gold import GoldThread, read_gold

__all__ = ["CASES", "annotated"]

CASES = sorted((Path(__file__).resolve().parents[1] / "cases" / "extraction").glob("*.md"))


def annotated(path: Path) -> GoldThread:
    """Return the thread of a case."""
    (gold,) = read_gold(path)
    return gold
