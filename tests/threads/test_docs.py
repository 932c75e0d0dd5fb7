"""The page of thread formats names every reader, in the order in which they are asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from argumap.threads import READERS

if TYPE_CHECKING:
    from pathlib import Path


def test_every_reader_has_its_row_in_order(repository: Path) -> None:
    page = (repository / "docs" / "reference" / "thread-formats.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \|", page.split("## What every")[0], re.MULTILINE)
    assert rows == list(READERS)
