"""`Corpus`: the tables of many maps, and questions to them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from argumap.corpus import search as fts
from argumap.corpus._parts import Settings, read_report
from argumap.corpus._records import find_extractor, records
from argumap.corpus.questions import QUESTIONS
from argumap.corpus.tables import VERSION
from argumap.errors import CorpusError, MissingExtraError, QuestionError, UnknownNameError
from argumap.formats import native
from argumap.model import Thread

if TYPE_CHECKING:
    import os
    from collections.abc import Callable

    from duckdb import DuckDBPyConnection, DuckDBPyRelation

    from argumap.corpus._records import Record
    from argumap.model import ArgumentMap

__all__ = ["Corpus"]


class Corpus:
    """The tables that `build_corpus` wrote, and questions to them by DuckDB.

    Args:
        path: The folder.

    Attributes:
        path: The folder.
        threads: Number of records of the input.
        errors: Number of records that ended in an error, by the name of the error.

    Raises:
        MissingExtraError: DuckDB is not installed.
        CorpusError: There is no corpus in that folder.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        facts = _manifest(self.path)
        self.threads: int = facts["threads"]
        self.errors: dict[str, int] = facts["errors"]
        self._source = Path(facts["source"])
        self._settings = Settings(**facts["settings"])
        self._parts: list[str] = facts["parts"]
        self._database = _connect()
        for table in self._settings.tables:
            files = [str(self.path / table / f"{name}.parquet") for name in self._parts]
            self._database.read_parquet(files).create_view(table)

    def table(self, name: str) -> DuckDBPyRelation:
        """Return a table: ``threads``, ``claims``, ``mentions``, ``relations``, ``maps``.

        A DuckDB relation is lazy: filter and aggregate it, then ``.df()``, ``.arrow()``,
        ``.fetchall()``.

        Raises:
            UnknownNameError: There is no such table; ``maps`` is there when it was asked for.
        """
        if name not in self._settings.tables:
            raise UnknownNameError("table", name, self._settings.tables)
        return self._database.table(name)

    def sql(self, question: str) -> DuckDBPyRelation:
        """Return the answer to a question in SQL over the tables.

        Raises:
            QuestionError: It is not one.
        """
        import duckdb  # noqa: PLC0415  # an extra

        try:
            answer = self._database.sql(question)
        except duckdb.Error as fault:
            raise QuestionError(f"DuckDB does not take this: {fault}") from None
        if answer is None:
            raise QuestionError(f"this is no question, but an order: {question}")
        return answer

    def query(self, name: str, *, where: str | None = None) -> DuckDBPyRelation:
        """Return the answer to a question by name.

        Args:
            name: One of ``unsupported``, ``contested``, ``unanswered``, ``authors``, ``threads``,
                ``errors``.
            where: A condition in SQL over the columns of the answer. It may ask the tables:
                ``thread IN (SELECT thread FROM threads WHERE posts > 20)``.

        Raises:
            UnknownNameError: There is no such question.
            QuestionError: The condition is not one.
        """
        import duckdb  # noqa: PLC0415  # an extra

        answer = self.sql(QUESTIONS[name].sql)
        if where is None:
            return answer
        try:
            return answer.filter(where)
        except duckdb.Error as fault:
            raise QuestionError(f"DuckDB does not take the condition {where!r}: {fault}") from None

    def search(
        self,
        words: str,
        *,
        limit: int = 20,
        progress: Callable[[int, int], None] | None = None,
    ) -> list[fts.Hit]:
        """Return the claims in which some words occur, the best match first (BM25).

        The first search makes the index, ``search.sqlite`` in the folder of the corpus; one after
        a new build brings it up to date.

        Args:
            words: All of them must occur; "words in quotes" together, ``wo*`` as a beginning.
                Case and accents do not matter.
            limit: The most claims to return.
            progress: Called while the index is made: parts done, parts to do.
        """
        index = fts.update_index(self.path, self._parts, progress)
        return fts.search(index, words, limit)

    def map(self, thread: str) -> ArgumentMap:
        """Return the map of a thread, as it was kept or made anew from the input.

        Args:
            thread: Its key, the column ``thread`` of every table.

        Raises:
            UnknownNameError: There is no such thread.
            CorpusError: Its record ended in an error, or the input is no more what it was.
        """
        if self._settings.maps:
            found = self._database.execute("SELECT map FROM maps WHERE thread = ?", [thread])
            row = found.fetchone()
            if row is not None:
                return native.loads(row[0], thread)
        return self._record(thread).to_map(find_extractor(self._settings.extractor))

    def thread(self, thread: str) -> Thread:
        """Return a thread by its key, from the input.

        Raises:
            UnknownNameError: There is no such thread.
            CorpusError: Its record ended in an error, or is a map without a thread, or the input
                is no more what it was.
        """
        found = self._record(thread).read()
        if isinstance(found, Thread):
            return found
        if found.thread is None:
            raise CorpusError(f"{thread} is a map that came without its thread")
        return found.thread

    def _record(self, thread: str) -> Record:
        """Return a record of the input, if it is what it was."""
        row = self._database.execute(
            "SELECT parse_filename(filename, true), record, status, error, message, digest"
            " FROM read_parquet($files, filename = true) WHERE thread = $thread",
            {
                "thread": thread,
                "files": [str(self.path / "threads" / f"{name}.parquet") for name in self._parts],
            },
        ).fetchone()
        if row is None:
            raise UnknownNameError("thread in the corpus", thread, self._some_threads())
        part, number, status, error, message, digest = row
        if status == "error":
            raise CorpusError(f"{thread} ended in an error: {error}: {message}")
        report = read_report(self.path, part)
        if report is None:
            raise CorpusError(f"{self.path}: the report of shard {part} is missing")
        shard = report.shard
        if shard.lines is not None and shard.lines.source is not None:
            shard = replace(shard, folder=str(self.path / "input"))
        try:
            for record in records(shard, self._settings.format):
                if (record.number, f"{record.source}#{number}") == (number, thread):
                    if record.digest == digest:
                        return record
                    break
        except OSError as fault:
            raise CorpusError(f"{self._source}: the input is gone: {fault}") from None
        raise CorpusError(f"{self._source}: {thread} is no more what it was; build again")

    def _some_threads(self) -> list[str]:
        found = self._database.execute("SELECT thread FROM threads LIMIT 1000").fetchall()
        return [key for (key,) in found]

    def __repr__(self) -> str:
        return f"Corpus({str(self.path)!r}: {self.threads} threads)"


def _manifest(path: Path) -> dict[str, Any]:
    try:
        facts: dict[str, Any] = json.loads((path / "corpus.json").read_bytes())
    except FileNotFoundError:
        raise CorpusError(
            f"{path}: there is no corpus here, or its first build has not ended: "
            "argumap corpus build SOURCE -o DIR"
        ) from None
    except (ValueError, OSError) as fault:
        raise CorpusError(f"{path / 'corpus.json'}: {fault}") from None
    if facts.get("version") != VERSION:
        raise CorpusError(
            f"{path}: this corpus has version {facts.get('version')!r}; this argumap reads "
            f"{VERSION!r}: build it again"
        )
    return facts


def _connect() -> DuckDBPyConnection:
    try:
        import duckdb  # noqa: PLC0415  # an extra
    except ImportError:
        raise MissingExtraError("corpus", "a question to a corpus") from None
    database = duckdb.connect()
    database.execute("SET enable_progress_bar = false")
    return database
