"""StackExchange's data dump: ``Posts.xml``, with ``Comments.xml`` and ``Users.xml`` beside it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, BinaryIO, Self
from xml.parsers import expat

from argumap.errors import ThreadParseError
from argumap.model import Post
from argumap.threads._assemble import assemble
from argumap.threads._fields import Record
from argumap.threads._html import render_html
from argumap.threads._reader import Reader
from argumap.threads._source import Source
from argumap.threads.stackexchange import answered_by_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from argumap.model import Thread

__all__ = ["READER", "read", "sniff"]

_CHUNK = 1 << 16
_QUESTION, _ANSWER = 1, 2
_TABLES = """
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    PRAGMA temp_store = FILE;
    PRAGMA cache_size = -8000;
    CREATE TABLE posts (id INTEGER PRIMARY KEY, root INTEGER, start INTEGER, line INTEGER);
    CREATE TABLE comments (id INTEGER PRIMARY KEY, post INTEGER, start INTEGER, line INTEGER);
    CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
"""
_ROWS = """
    SELECT root, 0, start, line FROM posts
    UNION ALL
    SELECT root, 1, comments.start, comments.line
    FROM comments JOIN posts ON comments.post = posts.id
    ORDER BY 1, 2, 3
"""
_STRAY = "SELECT count(*) FROM comments WHERE post NOT IN (SELECT id FROM posts)"


def sniff(source: Source) -> bool:
    """Whether a source is the posts of such a dump, or a folder with them."""
    posts = _files(source).get("Posts.xml")
    return posts is not None and "<posts" in posts.head[:500]


def read(source: Source) -> Iterator[Thread]:
    """Yield the questions, in the order of their ids; the dump may be of any size.

    Answers answer the question, comments the post they stand under or, from ``@name``, the latest
    comment of that name there. A first pass notes where the rows stand, in a temporary database of
    SQLite that goes to disk (`TMPDIR`) when it is larger than 8 MB; then the rows of one question
    at a time are read. Wikis of tags and other posts that are no question or answer are left out.

    Raises:
        ThreadParseError: A file is not XML, a row is broken, or the disk is full.
    """
    files = _files(source)
    if "Posts.xml" not in files:
        raise source.error("there is no Posts.xml of such a dump")
    try:
        with closing(sqlite3.connect("", isolation_level=None)) as database:
            database.executescript(_TABLES)
            database.execute("BEGIN")
            _index(source, files, database)
            rows = database.execute(_ROWS)
            with _Rows(files["Posts.xml"]) as posts, _Rows(files.get("Comments.xml")) as comments:
                for root, own in groupby(rows, key=itemgetter(0)):
                    found = [
                        ((posts, comments)[kind].at(at, line), kind) for _, kind, at, line in own
                    ]
                    thread = _thread(source, database, root, found)
                    if thread is not None:
                        yield thread
    except sqlite3.Error as fault:
        raise source.error(
            f"the index of its rows cannot be kept: {fault}",
            hint="set TMPDIR to a folder on a larger disk",
        ) from None


def _files(source: Source) -> Mapping[str, Source]:
    """Return the files of the dump by their names; beside a single file there may be the others."""
    if source.is_folder:
        return {name.rpartition("/")[2]: file for name, file in source.files.items()}
    if "<posts" not in source.head[:500]:
        return {}
    files = {"Posts.xml": source}
    for name in ("Comments.xml", "Users.xml"):
        path = source.path.with_name(name) if source.path else None
        if path is not None and path.is_file():
            files[name] = Source(str(path), path=path, strict=source.strict, limit=source.limit)
    return files


# The first pass: where the rows stand


def _index(source: Source, files: Mapping[str, Source], database: sqlite3.Connection) -> None:
    left_out = 0
    for row, start in _rows(files["Posts.xml"]):
        try:
            kind, number = _whole(row, "PostTypeId"), _whole(row, "Id")
            if kind not in {_QUESTION, _ANSWER}:
                left_out += 1
                continue
            root = number if kind == _QUESTION else _whole(row, "ParentId")
        except ThreadParseError as fault:
            source.skip(fault)
            continue
        place = (number, root, start, row.line)
        database.execute("INSERT OR REPLACE INTO posts VALUES (?, ?, ?, ?)", place)
    for row, start in _beside(source, files, "Comments.xml"):
        try:
            place = (_whole(row, "Id"), _whole(row, "PostId"), start, row.line)
            database.execute("INSERT OR REPLACE INTO comments VALUES (?, ?, ?, ?)", place)
        except ThreadParseError as fault:
            source.skip(fault)
    for row, _ in _beside(source, files, "Users.xml"):
        user = (_whole(row, "Id"), row.text("DisplayName"))
        database.execute("INSERT OR REPLACE INTO users VALUES (?, ?)", user)
    if left_out:
        source.note(
            "posts-left-out",
            f"posts that are no question and no answer were left out: {left_out:,}",
        )
    if stray := database.execute(_STRAY).fetchone()[0]:
        source.note("comments-left-out", f"comments under no question or answer: {stray:,}")


_WITHOUT = {
    "Comments.xml": "comments are missing",
    "Users.xml": "people are named by numbers where a post does not name them",
}


def _beside(source: Source, files: Mapping[str, Source], name: str) -> Iterator[tuple[Record, int]]:
    """Yield the rows of a file that may not be there."""
    if name in files:
        yield from _rows(files[name])
    else:
        source.note("file-missing", f"there is no {name}: {_WITHOUT[name]}")


def _whole(row: Record, key: str) -> int:
    value = row.required(key)
    try:
        return int(value)
    except ValueError:
        raise row.fault(f"{key} is {value!r}, wanted a whole number", key) from None


def _rows(file: Source) -> Iterator[tuple[Record, int]]:
    """Yield the rows of a file of the dump, each with its first byte.

    Raises:
        ThreadParseError: It is not XML, or declares entities.
    """
    parser = expat.ParserCreate()
    found: list[tuple[Record, int]] = []

    def start(tag: str, fields: dict[str, str]) -> None:
        if tag == "row":
            record = Record(fields, file.name, line=parser.CurrentLineNumber)
            found.append((record, parser.CurrentByteIndex))

    def refuse(*_: object) -> None:
        raise file.error("this XML declares entities of its own, which is not read")

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    for chunk in _chunks(file):
        try:
            parser.Parse(chunk, not chunk)
        except expat.ExpatError as fault:
            raise file.error(
                f"not XML: {expat.ErrorString(fault.code)}",
                line=fault.lineno,
                column=fault.offset + 1,
                hint=None if chunk else "the file looks cut off",
            ) from None
        yield from found
        found.clear()


def _chunks(file: Source) -> Iterator[bytes]:
    """Yield the file in parts; the last one is empty."""
    if file.is_on_disk and file.path is not None:
        with file.path.open("rb") as opened:
            while chunk := opened.read(_CHUNK):
                yield chunk
    else:
        yield file.data
    yield b""


# The second pass: the posts of a question


class _Rows:
    """A file of the dump, to read single rows from."""

    def __init__(self, file: Source | None) -> None:
        self._file = file
        self._opened: BinaryIO | None = None

    def __enter__(self) -> Self:
        if self._file is not None and self._file.is_on_disk and self._file.path is not None:
            self._opened = self._file.path.open("rb")
        return self

    def __exit__(self, *_: object) -> None:
        if self._opened is not None:
            self._opened.close()

    def at(self, start: int, line: int) -> Record:
        """Return the row that begins at a byte; it was read once, so it is whole."""
        fields: dict[str, str] = {}

        def take(tag: str, found: dict[str, str]) -> None:
            if tag == "row" and not fields:
                fields.update(found)

        parser = expat.ParserCreate("utf-8")
        parser.StartElementHandler = take
        at = start
        while not fields and (chunk := self._read(at)):
            try:
                parser.Parse(chunk, False)  # noqa: FBT003  # its second argument has no name
            except expat.ExpatError:
                break  # behind the row, where another one begins
            at += len(chunk)
        return Record(fields, self._file.name if self._file else None, line=line)

    def _read(self, start: int) -> bytes:
        if self._opened is None:
            return self._file.data[start : start + _CHUNK] if self._file else b""
        self._opened.seek(start)
        return self._opened.read(_CHUNK // 8)


def _thread(
    source: Source,
    database: sqlite3.Connection,
    root: int,
    rows: Iterable[tuple[Record, int]],
) -> Thread | None:
    """Return the thread of a question, from its rows: posts, then comments."""
    posts: list[Post] = []
    names: dict[str, str] = {}
    comments: dict[str, list[Post]] = {}
    for row, is_comment in rows:
        try:
            if is_comment:
                above = names.get(row.required("PostId"))
                post = _post(row, f"c{row.required('Id')}", above, database)
                comments.setdefault(above or "", []).append(post)
                continue
            number = row.required("Id")
            question = _whole(row, "PostTypeId") == _QUESTION
            name = f"{'q' if question else 'a'}{number}"
            posts.append(_post(row, name, None if question else f"q{root}", database))
            names[number] = name
        except ThreadParseError as fault:
            source.skip(fault)
    for own in comments.values():
        posts += answered_by_name(sorted(own, key=_time))
    if not posts:
        return None
    posts.sort(key=lambda post: (post.parent_id is not None, _time(post)))
    return assemble(
        source,
        READER.name,
        posts,
        thread_id=str(root),
        title=posts[0].title,
        absent_root=f"q{root}",
    )


def _time(post: Post) -> float:
    return post.created_at.timestamp() if post.created_at else 0.0


def _post(row: Record, post_id: str, parent: str | None, database: sqlite3.Connection) -> Post:
    author = _author(row, database)
    comment = "Text" in row
    rendered = None if comment else render_html(row.text("Body") or "")
    return Post(
        id=post_id,
        author=author,
        author_kind="person" if author else "deleted",
        parent_id=parent,
        created_at=row.when("CreationDate"),
        edited_at=row.when("LastEditDate"),
        title=row.text("Title"),
        text=rendered.text if rendered else (row.text("Text") or "").strip(),
        blocks=rendered.blocks if rendered else (),
        quotes=rendered.quotes if rendered else (),
        links=rendered.links if rendered else (),
        score=row.number("Score"),
        where=row.where,
    )


def _author(row: Record, database: sqlite3.Connection) -> str | None:
    user = row.text("OwnerUserId") or row.text("UserId")
    if user is not None and user.lstrip("-").isdecimal():
        found = database.execute("SELECT name FROM users WHERE id = ?", (int(user),)).fetchone()
        if found is not None and found[0]:
            return str(found[0])
    named = row.text("OwnerDisplayName") or row.text("UserDisplayName")
    return named or (f"user{user}" if user else None)


READER = Reader(
    name="stackexchange-dump",
    title="StackExchange data dump (XML)",
    sniff=sniff,
    read=read,
    streams=True,
)
