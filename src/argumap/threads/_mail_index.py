"""Which messages make a thread, for mailboxes of any size: the index is kept on disk."""

from __future__ import annotations

import sqlite3
from array import array
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Letter", "by_thread"]

# What the database holds in memory before it goes to its temporary file.
_CACHE = "-8000"  # KiB, as SQLite writes them
_TABLES = f"""
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    PRAGMA temp_store = FILE;
    PRAGMA cache_size = {_CACHE};
    CREATE TABLE ids (number INTEGER PRIMARY KEY, name TEXT UNIQUE);
    CREATE TABLE subjects (name TEXT PRIMARY KEY, id INTEGER) WITHOUT ROWID;
    CREATE TABLE letters (
        number INTEGER PRIMARY KEY, id INTEGER, refs TEXT, name TEXT, named_refs TEXT,
        subject TEXT, is_answer INTEGER, start INTEGER, stop INTEGER, line INTEGER
    );
    CREATE TABLE members (thread INTEGER, number INTEGER, PRIMARY KEY (thread, number))
        WITHOUT ROWID;
"""
_MEMBERS = """
    SELECT thread, number, name, named_refs, subject, is_answer, start, stop, line
    FROM members JOIN letters USING (number) ORDER BY thread, number
"""


@dataclass(slots=True)
class Letter:
    """What the head of a message says.

    Attributes:
        number: Place in the mailbox, from 1.
        message_id: Its Message-ID, or one made of the number.
        references: Ids of messages that it answers, the nearest first; they hold no white space.
        subject: Subject without prefixes, folded.
        is_answer: Whether the subject begins with ``Re:`` or the like.
        place: Where it stands, for who reads it.
        line: Line of the file at which it begins.
    """

    number: int
    message_id: str
    references: tuple[str, ...]
    subject: str
    is_answer: bool
    place: tuple[int, int | None]
    line: int | None = None


def by_thread(letters: Iterable[Letter]) -> Iterator[list[Letter]]:
    """Yield the messages of each thread, the threads in the order of their first messages.

    Messages belong together when one refers to the other, when both refer to the same message
    though it is absent, and when one is an answer that refers to none that is there and an earlier
    one has its subject.

    Heads are kept in a temporary database of SQLite, which goes to disk (`TMPDIR`) when it is
    larger than 8 MB. In memory stay that, and 17 bytes for each id. Near linear.

    Raises:
        sqlite3.Error: The disk is full.
    """
    # A database without a name is a temporary file, removed when it is closed.
    with closing(sqlite3.connect("", isolation_level=None)) as database:
        database.executescript(_TABLES)
        database.execute("BEGIN")
        groups = _Groups()
        for letter in letters:
            _keep(database, groups, letter)
        _join_by_subject(database, groups)
        for thread, number in _ranked(database, groups):
            database.execute("INSERT INTO members VALUES (?, ?)", (thread, number))
        rows = database.execute(_MEMBERS)
        for _, own in groupby(rows, key=itemgetter(0)):
            yield [_letter(row[1:]) for row in own]


class _Groups:
    """Which ids belong together (union-find over their numbers), and which are there."""

    def __init__(self) -> None:
        self._above = array("Q", [0])
        self.there = bytearray(1)

    def add(self, number: int) -> None:
        while len(self._above) <= number:
            self._above.append(len(self._above))
            self.there.append(0)

    def find(self, one: int) -> int:
        above = self._above
        while above[one] != one:
            above[one] = above[above[one]]
            one = above[one]
        return one

    def join(self, one: int, other: int) -> None:
        self._above[self.find(other)] = self.find(one)


def _keep(database: sqlite3.Connection, groups: _Groups, letter: Letter) -> None:
    """Put a message into the database, and with those that it refers to."""
    own, *referred = (_number(database, groups, n) for n in (letter.message_id, *letter.references))
    groups.there[own] = 1
    for other in referred:
        groups.join(own, other)
    database.execute(
        "INSERT INTO letters VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            letter.number,
            own,
            " ".join(map(str, referred)),
            letter.message_id,
            " ".join(letter.references),
            letter.subject,
            letter.is_answer,
            *letter.place,
            letter.line,
        ),
    )


def _number(database: sqlite3.Connection, groups: _Groups, name: str) -> int:
    found = database.execute("SELECT number FROM ids WHERE name = ?", (name,)).fetchone()
    if found is None:
        number = database.execute("INSERT INTO ids (name) VALUES (?)", (name,)).lastrowid or 0
        groups.add(number)
        return number
    return int(found[0])


def _join_by_subject(database: sqlite3.Connection, groups: _Groups) -> None:
    letters = database.execute(
        "SELECT id, refs, subject, is_answer FROM letters WHERE subject != '' ORDER BY number"
    )
    for own, refs, subject, is_answer in letters:
        first = database.execute("SELECT id FROM subjects WHERE name = ?", (subject,)).fetchone()
        if first is None:
            database.execute("INSERT INTO subjects VALUES (?, ?)", (subject, own))
        elif is_answer and not any(groups.there[int(each)] for each in refs.split()):
            groups.join(first[0], own)


def _ranked(database: sqlite3.Connection, groups: _Groups) -> Iterator[tuple[int, int]]:
    """Yield each message with the number of its thread: threads in order of first messages."""
    ranks = array("Q", bytes(8 * len(groups.there)))
    count = 0
    for own, number in database.execute("SELECT id, number FROM letters ORDER BY number"):
        root = groups.find(own)
        if not ranks[root]:
            count += 1
            ranks[root] = count
        yield ranks[root], number


def _letter(row: Sequence[object]) -> Letter:
    number, name, refs, subject, is_answer, start, stop, line = row
    return Letter(
        number=number,  # type: ignore[arg-type]  # the columns are as they were put in
        message_id=str(name),
        references=tuple(str(refs).split()),
        subject=str(subject),
        is_answer=bool(is_answer),
        place=(start, stop),  # type: ignore[arg-type]
        line=line,  # type: ignore[arg-type]
    )
