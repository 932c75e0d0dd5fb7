"""What the tests of a corpus share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def content() -> Callable[[Path], dict[str, bytes]]:
    """Return every file of a corpus by its name; what depends on where it stands is left out."""

    def read(folder: Path) -> dict[str, bytes]:
        found = (path for path in folder.rglob("*") if path.is_file())
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in found
            if path.parent.name != "shards" and path.name not in {"corpus.json", ".lock"}
        }

    return read


@pytest.fixture
def rows() -> Callable[..., list[dict[str, object]]]:
    """Return the rows of a table, in the order of the input."""

    def read(folder: Path, table: str = "threads") -> list[dict[str, object]]:
        found = [
            row for path in (folder / table).glob("*") for row in pq.read_table(path).to_pylist()
        ]
        number = {name: int(name.rpartition("#")[2]) for name in {row["thread"] for row in found}}
        return sorted(
            found, key=lambda row: (row["thread"].rpartition("#")[0], number[row["thread"]])
        )

    return read
