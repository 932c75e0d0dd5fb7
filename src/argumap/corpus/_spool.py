"""What a shard has come to so far: one line of JSON for each record, written as it is done.

A process that dies leaves its spool behind, and the next one takes it over, so that no record is
worked on twice but the one that it died in.
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from pydantic_core import from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Spool", "position"]

_READ = b"+\n"
"""Stands before the outcome of a record that was read from a file; there, a reader is done."""


class Spool:
    """The outcomes of a shard's records, in a file of its own.

    Attributes:
        path: The file.
        count: Number of outcomes.
    """

    def __init__(self, aside: Path, name: str) -> None:
        """Take over what another process left behind, as far as it is whole."""
        left = _left_behind(aside, name)
        handle, own = tempfile.mkstemp(dir=aside, prefix=f"{name}.", suffix=".spool")
        self.path = Path(own)
        self.count = 0
        # Unbuffered: what is written is there when the process is killed the moment after.
        self._file = open(handle, "w+b", buffering=0)  # noqa: PTH123, SIM115
        if left:
            with left[0].open("rb") as other:
                for line in _whole_lines(other):
                    self._file.write(line)
                    self.count += 1
        for path in left:
            path.unlink(missing_ok=True)

    def mark_read(self) -> None:
        """Note that the next record was read; what happens now is not the reader's doing."""
        self._file.write(_READ)

    def add(self, outcome: list[Any]) -> None:
        """Add the outcome of the next record."""
        self._file.write(to_json(outcome) + b"\n")
        self.count += 1

    def outcomes(self) -> Iterator[list[Any]]:
        """Yield all outcomes, in order; nothing may be added any more.

        They are read by the open file: its name may be gone when another process has taken over.
        """
        self._file.seek(0)
        for line in _whole_lines(io.BufferedReader(self._file)):
            yield from_json(line)

    def remove(self) -> None:
        """Remove the file."""
        self._file.close()
        self.path.unlink(missing_ok=True)


def position(aside: Path, name: str) -> tuple[int, bool]:
    """Return at which record, from 0, a dead process was, and whether it was reading it."""
    left = _left_behind(aside, name)
    if not left:
        return 0, True
    with left[0].open("rb") as file:
        count = sum(1 for _ in _whole_lines(file))
        file.seek(-min(len(_READ), left[0].stat().st_size), 2)
        return count, file.read() != _READ


def _left_behind(aside: Path, name: str) -> list[Path]:
    """Return the spools of a shard, the longest first."""
    return sorted(aside.glob(f"{name}.*.spool"), key=lambda path: (-path.stat().st_size, path))


def _whole_lines(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the outcomes of a spool up to the first that is torn."""
    for line in file:
        if line == _READ:
            continue
        # A power failure may leave a hole of zeros where the file was longer than its data.
        if line[:1] != b"[" or line[-2:] != b"]\n":
            return
        yield line
