"""Full-text search over the claims of a corpus: an SQLite index beside the tables.

DuckDB's own full-text search is an extension that it downloads, and argumap works offline.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from argumap.corpus._parquet import need_pyarrow
from argumap.store import match_expression

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["Hit", "search", "update_index"]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS part (number INTEGER PRIMARY KEY, name TEXT UNIQUE);
CREATE VIRTUAL TABLE IF NOT EXISTS claim USING fts5(
    thread UNINDEXED, id UNINDEXED, author UNINDEXED, text,
    tokenize = 'unicode61 remove_diacritics 2'
);
"""
_PART = 1 << 32
"""Row numbers of a part begin at this many times its own number."""


@dataclass(frozen=True)
class Hit:
    """A claim in which the words occur.

    Attributes:
        thread: Key of the thread.
        id: Id of the claim in its map.
        author: Who, or None.
        text: The proposition.
        score: BM25; the lower, the better.
    """

    thread: str
    id: str
    author: str | None
    text: str
    score: float


def update_index(
    folder: Path, parts: list[str], progress: Callable[[int, int], None] | None = None
) -> Path:
    """Bring the index of a corpus to what its parts are now, and return its file.

    What is new is added and what is gone is removed, each part whole or not at all. The file can
    be deleted at any time.

    Args:
        folder: The folder of the corpus.
        parts: Names of the parts, in order.
        progress: Called with the number of parts done, and of all that are to be done.
    """
    path = folder / "search.sqlite"
    with closing(sqlite3.connect(path, timeout=60.0, isolation_level=None)) as database:
        database.executescript(_SCHEMA)
        have = dict(database.execute("SELECT name, number FROM part"))
        gone = [have[name] for name in have if name not in set(parts)]
        new = [name for name in parts if name not in have]
        for number in gone:
            database.execute("BEGIN IMMEDIATE")
            database.execute(
                "DELETE FROM claim WHERE rowid >= ? AND rowid < ?",
                (number * _PART, (number + 1) * _PART),
            )
            database.execute("DELETE FROM part WHERE number = ?", (number,))
            database.execute("COMMIT")
        for done, name in enumerate(new, 1):
            _add(database, folder, name)
            if progress is not None:
                progress(done, len(new))
    return path


def _add(database: sqlite3.Connection, folder: Path, name: str) -> None:
    pa = need_pyarrow()
    columns = ["thread", "id", "author", "text"]
    table = pa.parquet.read_table(folder / "claims" / f"{name}.parquet", columns=columns)
    rows = zip(*(table.column(column).to_pylist() for column in columns), strict=True)
    database.execute("BEGIN IMMEDIATE")
    try:
        added = database.execute("INSERT OR IGNORE INTO part (name) VALUES (?)", (name,))
        if added.rowcount:  # else another process was faster
            start = (added.lastrowid or 0) * _PART
            database.executemany(
                "INSERT INTO claim (rowid, thread, id, author, text) VALUES (?, ?, ?, ?, ?)",
                ((start + number, *row) for number, row in enumerate(rows)),
            )
        database.execute("COMMIT")
    except BaseException:
        database.execute("ROLLBACK")
        raise


def search(path: Path, words: str, limit: int) -> list[Hit]:
    """Return the claims in which all words occur, the best match first."""
    expression = match_expression(words)
    if not expression:
        return []
    with closing(sqlite3.connect(path, timeout=60.0)) as database:
        found = database.execute(
            "SELECT thread, id, author, text, rank FROM claim WHERE claim MATCH ?"
            " ORDER BY rank, rowid LIMIT ?",
            (expression, limit),
        )
        return [Hit(*row) for row in found]
