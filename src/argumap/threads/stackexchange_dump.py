"""StackExchange's data dump: a folder with ``Posts.xml`` and ``Comments.xml``."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

from argumap.errors import ThreadParseError
from argumap.model import Post
from argumap.threads._assemble import assemble
from argumap.threads._fields import Record
from argumap.threads._html import render_html
from argumap.threads._reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.model import Thread
    from argumap.threads._source import Source

__all__ = ["READER", "read", "sniff"]

_CHUNK = 1 << 16
_QUESTION, _ANSWER = "1", "2"


def sniff(source: Source) -> bool:
    """Whether a source is a folder with the posts of such a dump."""
    posts = source.files.get("Posts.xml") if source.is_folder else None
    return posts is not None and "<posts" in posts.head[:500]


def read(source: Source) -> Iterator[Thread]:
    """Yield the questions. Answers answer the question, comments the post they stand under.

    The files are parsed row by row; their posts are held until all are read, because the answers
    and comments of a question stand anywhere. Wikis of tags and other posts are left out.
    """
    threads: dict[str, list[Post]] = {}
    homes: dict[str, str] = {}
    for row in _rows(source, "Posts.xml"):
        try:
            kind = row.text("PostTypeId")
            if kind not in {_QUESTION, _ANSWER}:
                continue
            number = row.required("Id")
            root = number if kind == _QUESTION else row.required("ParentId")
            post = _post(row, _name(kind, number), None if kind == _QUESTION else f"q{root}")
        except ThreadParseError as fault:
            source.skip(fault)
            continue
        homes[number] = root
        threads.setdefault(root, []).append(post)
    left_out = 0
    for row in _rows(source, "Comments.xml"):
        try:
            above = row.required("PostId")
            root = homes.get(above, "")
            if not root:
                left_out += 1
                continue
            kind = _QUESTION if root == above else _ANSWER
            post = _post(row, f"c{row.required('Id')}", _name(kind, above))
        except ThreadParseError as fault:
            source.skip(fault)
            continue
        threads[root].append(post)
    if left_out:
        source.note("comments-left-out", f"comments under no question or answer: {left_out:,}")
    while threads:
        root = next(iter(threads))
        posts = threads.pop(root)
        posts.sort(key=lambda post: (post.parent_id is not None, _time(post)))
        yield assemble(
            source,
            READER.name,
            posts,
            thread_id=root,
            title=posts[0].title,
            absent_root=f"q{root}",
        )


def _name(kind: str, number: str) -> str:
    return f"{'q' if kind == _QUESTION else 'a'}{number}"


def _time(post: Post) -> float:
    return post.created_at.timestamp() if post.created_at else 0.0


def _rows(source: Source, name: str) -> Iterator[Record]:
    """Yield the rows of a file of the dump; none where there is no such file.

    Raises:
        ThreadParseError: It is not XML, or declares entities.
    """
    file = source.files.get(name)
    if file is None:
        source.note("file-missing", f"the folder has no {name}")
        return
    parser = expat.ParserCreate()
    found: list[Record] = []

    def start(tag: str, fields: dict[str, str]) -> None:
        if tag == "row":
            found.append(Record(fields, file.name, line=parser.CurrentLineNumber))

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
    if file.path is None:
        yield file.data
    else:
        with file.path.open("rb") as opened:
            while chunk := opened.read(_CHUNK):
                yield chunk
    yield b""


def _post(row: Record, post_id: str, parent: str | None) -> Post:
    user = row.text("OwnerUserId") or row.text("UserId")
    author = row.text("OwnerDisplayName") or row.text("UserDisplayName")
    author = author or (f"user{user}" if user else None)
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


READER = Reader(
    name="stackexchange-dump",
    title="StackExchange data dump (XML)",
    sniff=sniff,
    read=read,
)
