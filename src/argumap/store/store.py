"""`Store`: put, get, list, search, unsupported, delete."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from argumap.errors import StoreError, UnknownNameError
from argumap.formats import native
from argumap.store.fts import match_expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.model import ArgumentMap

__all__ = ["Store", "StoredClaim", "StoredMap"]

_APPLICATION = 0x4172674D  # "ArgM", in the header of the file
_VERSION = 1

_SCHEMA = """
CREATE TABLE map (
    key TEXT PRIMARY KEY, title TEXT, claims INTEGER, relations INTEGER, digest TEXT, document TEXT
) WITHOUT ROWID;
CREATE TABLE claim (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL REFERENCES map ON DELETE CASCADE,
    position INTEGER, id TEXT, author TEXT, text TEXT, supports INTEGER, rebuttals INTEGER
);
CREATE INDEX claim_of_map ON claim (key, position);
CREATE INDEX unsupported_claim ON claim (key, position) WHERE supports = 0;
CREATE VIRTUAL TABLE claim_text USING fts5(
    text, content = 'claim', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER claim_put AFTER INSERT ON claim BEGIN
    INSERT INTO claim_text (rowid, text) VALUES (new.number, new.text);
END;
CREATE TRIGGER claim_gone AFTER DELETE ON claim BEGIN
    INSERT INTO claim_text (claim_text, rowid, text) VALUES ('delete', old.number, old.text);
END;
"""


@dataclass(frozen=True)
class StoredMap:
    """A map in a store, as `Store.list` tells it.

    Attributes:
        key: Its key.
        title: Its title, or None.
        claims: Number of claims.
        relations: Number of relations.
    """

    key: str
    title: str | None
    claims: int
    relations: int


@dataclass(frozen=True)
class StoredClaim:
    """A claim of a map in a store.

    Attributes:
        key: Key of the map.
        id: Id of the claim in the map.
        author: The first who asserts or endorses it, or None.
        text: The proposition.
        supports: Number of supports that conclude it.
        rebuttals: Number of rebuttals that strike it.
    """

    key: str
    id: str
    author: str | None
    text: str
    supports: int
    rebuttals: int


class Store:
    """Maps in one file: an SQLite database on a local disk.

    A method that changes something returns when the change is on the disk; a process that is
    killed loses nothing that was returned. Several processes may use one file at the same time:
    readers do not wait, writers take turns. In a program with threads, each opens its own. The
    file must not lie on a network share: SQLite's write-ahead log needs shared memory.

    Args:
        path: The file; it is made if it is not there.

    Raises:
        StoreError: The file cannot be opened, or is no store that this argumap knows.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder("Should we move?")
        >>> move = builder.claim("We should move.", author="Ana")
        >>> reason = builder.support(builder.claim("The rent went up.", author="Ana"), move)
        >>> with Store(":memory:") as store:
        ...     store.put(builder.build(), key="office")
        ...     [claim.text for claim in store.unsupported()]
        'office'
        ['The rent went up.']
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = os.fspath(path)
        try:
            self._database = sqlite3.connect(self.path, timeout=30.0, isolation_level=None)
        except sqlite3.Error as fault:
            raise StoreError(f"{self.path}: {fault}") from None
        try:
            self._open()
        except sqlite3.Error as fault:
            self._database.close()
            hint = " (this Python's SQLite lacks it)" if "fts5" in str(fault) else ""
            raise StoreError(f"{self.path} is no store: {fault}{hint}") from None
        except BaseException:
            self._database.close()
            raise

    def _open(self) -> None:
        self._database.execute("PRAGMA foreign_keys = ON")
        with self._writing() as database:
            [application] = database.execute("PRAGMA application_id").fetchone()
            [version] = database.execute("PRAGMA user_version").fetchone()
            [tables] = database.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            if not tables:
                for statement in _statements(_SCHEMA):
                    database.execute(statement)
                database.execute(f"PRAGMA application_id = {_APPLICATION}")
                database.execute(f"PRAGMA user_version = {_VERSION}")
            elif application != _APPLICATION:
                raise StoreError(f"{self.path} is an SQLite database, but no store of maps")
            elif version != _VERSION:
                raise StoreError(
                    f"{self.path} has version {version}; this argumap reads {_VERSION}: "
                    "pip install --upgrade argumap"
                )
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = FULL")

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Hold the only writing transaction; it is kept whole or not at all."""
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield self._database
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")

    def put(self, argmap: ArgumentMap, *, key: str | None = None) -> str:
        """Keep a map, in the place of the one that has its key.

        Args:
            argmap: The map.
            key: The key; by default a digest of the content, so that the same map is kept once.

        Returns:
            The key. When this returns, the map is on the disk.

        Raises:
            StoreError: It cannot be written: the disk is full, another process writes for too
                long, the key is no whole text.
        """
        document = native.dumps(argmap)
        digest = hashlib.sha256(document.encode()).hexdigest()
        key = digest[:12] if key is None else key
        with self._told(), self._writing() as database:
            row = database.execute("SELECT digest FROM map WHERE key = ?", (key,)).fetchone()
            if row == (digest,):
                return key
            database.execute("DELETE FROM map WHERE key = ?", (key,))
            database.execute(
                "INSERT INTO map VALUES (?, ?, ?, ?, ?, ?)",
                (key, argmap.title, len(argmap.claims), len(argmap.relations), digest, document),
            )
            database.executemany(
                "INSERT INTO claim (key, position, id, author, text, supports, rebuttals)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                _claim_rows(key, argmap),
            )
        return key

    def get(self, key: str) -> ArgumentMap:
        """Return the map that has a key.

        Raises:
            UnknownNameError: There is none.
        """
        with self._told():
            row = self._database.execute(
                "SELECT document FROM map WHERE key = ?", (key,)
            ).fetchone()
        if row is None:
            raise self._unknown(key)
        return native.loads(row[0], f"{self.path}:{key}")

    def delete(self, key: str) -> None:
        """Remove the map that has a key.

        Raises:
            UnknownNameError: There is none.
        """
        with self._told(), self._writing() as database:
            gone = database.execute("DELETE FROM map WHERE key = ?", (key,)).rowcount
        if not gone:
            raise self._unknown(key)

    def list(self) -> tuple[StoredMap, ...]:
        """Return what maps there are, by key."""
        with self._told():
            rows = self._database.execute(
                "SELECT key, title, claims, relations FROM map ORDER BY key"
            ).fetchall()
        return tuple(StoredMap(*row) for row in rows)

    def search(self, words: str, *, limit: int = 20) -> tuple[StoredClaim, ...]:
        """Return the claims in which some words occur, the best match first (BM25).

        Args:
            words: All of them must occur; "words in quotes" together, ``wo*`` as a beginning.
                Case and accents do not matter.
            limit: The most claims to return.
        """
        expression = match_expression(words)
        if not expression:
            return ()
        return self._claims(
            "FROM claim_text JOIN claim ON claim.number = claim_text.rowid"
            " WHERE claim_text MATCH ? ORDER BY rank, claim.number LIMIT ?",
            (expression, limit),
        )

    def unsupported(self) -> tuple[StoredClaim, ...]:
        """Return the claims of all maps that no support concludes, by key, then in map order."""
        return self._claims("FROM claim WHERE supports = 0 ORDER BY key, position", ())

    def _claims(self, rest: str, values: tuple[object, ...]) -> tuple[StoredClaim, ...]:
        columns = "key, id, author, claim.text, supports, rebuttals"
        with self._told():
            # What is put together here are our own words; what a user typed is bound.
            rows = self._database.execute(f"SELECT {columns} {rest}", values).fetchall()
        return tuple(StoredClaim(*row) for row in rows)

    def __len__(self) -> int:
        with self._told():
            [count] = self._database.execute("SELECT count(*) FROM map").fetchone()
        return int(count)

    def __contains__(self, key: object) -> bool:
        with self._told():
            found = self._database.execute("SELECT 1 FROM map WHERE key = ?", (str(key),))
            return found.fetchone() is not None

    def _unknown(self, key: str) -> UnknownNameError:
        return UnknownNameError("map in the store", key, [found.key for found in self.list()])

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as fault:
            raise StoreError(f"{self.path}: {fault}") from fault
        except UnicodeEncodeError as fault:
            raise StoreError(
                f"{self.path}: {fault.object!r} cannot be a key: it holds half of a character"
            ) from None

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _statements(script: str) -> Iterator[str]:
    """Yield the statements of a script; `executescript` would end our transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _claim_rows(key: str, argmap: ArgumentMap) -> Iterator[tuple[object, ...]]:
    supports = Counter(support.conclusion for support in argmap.supports)
    rebuttals = Counter(rebuttal.target for rebuttal in argmap.rebuttals)
    for position, claim in enumerate(argmap.claims):
        author = next(iter(claim.authors), None)
        yield (
            key,
            position,
            claim.id,
            author,
            claim.text,
            supports[claim.id],
            rebuttals[claim.id],
        )
