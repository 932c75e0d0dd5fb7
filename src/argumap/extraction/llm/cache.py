"""The answers of earlier runs, in an SQLite file: what was paid for is not asked for again."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from argumap.errors import ExtractionError

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

__all__ = ["AnswerCache"]

_TABLE = """
CREATE TABLE IF NOT EXISTS answer (
    key TEXT PRIMARY KEY, model TEXT NOT NULL, prompt TEXT NOT NULL, answer TEXT NOT NULL
) WITHOUT ROWID
"""


class AnswerCache:
    """A table of answers by key. Several processes can use one file.

    Args:
        path: The file; it is made where there is none.

    Raises:
        ExtractionError: The file cannot be opened, or it is something else.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = Path(path)
        try:
            # Used by one thread at a time, though not always by the one that opened it.
            self._database = sqlite3.connect(self._path, timeout=30, check_same_thread=False)
            try:
                self._database.execute("PRAGMA journal_mode=WAL")
                self._database.execute(_TABLE)
            except BaseException:
                self._database.close()
                raise
        except sqlite3.Error as fault:
            raise self._error(fault) from None

    def find(self, key: str) -> str | None:
        """Return the answer of that key, or None."""
        try:
            row = self._database.execute(
                "SELECT answer FROM answer WHERE key = ?", (key,)
            ).fetchone()
        except sqlite3.Error as fault:
            raise self._error(fault) from None
        return None if row is None else str(row[0])

    def keep(self, rows: Iterable[tuple[str, str, str, str]]) -> None:
        """Keep answers, each as key, model, prompt and answer: all of them or none."""
        try:
            with self._database:
                self._database.executemany(
                    "INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?)", rows
                )
        except sqlite3.Error as fault:
            raise self._error(fault) from None

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _error(self, fault: sqlite3.Error) -> ExtractionError:
        return ExtractionError(f"the cache {self._path} cannot be used: {fault}")
