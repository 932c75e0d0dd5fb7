"""`read_thread`, `read_threads`, `parse_thread`, `list_threads`, `dump_thread`."""

from __future__ import annotations

import os
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from argumap._files import refuse_half_characters, write_atomically
from argumap.errors import ArgumapError, ThreadParseError, did_you_mean
from argumap.model import expect_thread
from argumap.model.json import pointer
from argumap.threads import native
from argumap.threads._detect import find_reader
from argumap.threads._pseudonyms import pseudonymised
from argumap.threads._source import LARGEST, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.model import Thread
    from argumap.threads._reader import Reader

__all__ = [
    "Listing",
    "dump_thread",
    "list_threads",
    "parse_thread",
    "read_thread",
    "read_threads",
]

_TEXTS = (".txt", ".json", ".jsonl", ".xml", ".eml", ".html", ".md", ".mbox")
_LARGEST_COLLECTION = 16 * LARGEST
_DUMPS = ("pushshift", "pushshift-zst")
# So many ids are compared with one that is not there, for a hint.
_MOST_COMPARED = 5000


def read_thread(
    path: str | os.PathLike[str],
    *,
    format: str | None = None,  # noqa: A002
    thread: str | None = None,
    strict: bool = True,
    pseudonyms: bool = False,
) -> Thread:
    """Read a discussion from a file, a folder or a zip archive.

    Args:
        path: The file. As one thread it is read whole, up to 32 MiB.
        format: Name of the reader (a key of `READERS`); by default the content decides.
        thread: Id of the thread, for files that hold several; see `list_threads`.
        strict: Whether a fault in a single post is an error. If not, the post is left out, and a
            note says so.
        pseudonyms: Whether to put labels (A, B, …) in the place of names, wherever the source has
            them: as authors, after ``@``, in lines that introduce quotes, in signatures.

    Returns:
        The thread, marked up. Its notes say what was inferred, left out or could not be known.

    Raises:
        ThreadParseError: The file is missing, too large, not text, broken, not a thread that is
            known, or it holds several threads and `thread` names none of them.
        ModelError: The parts of a thread in argumap's own JSON do not fit together.
        UnknownNameError: There is no such reader.

    Examples:
        >>> read_thread("no-such-thread.txt")
        Traceback (most recent call last):
        ...
        argumap.errors.ThreadParseError: no-such-thread.txt: there is no such file
    """
    limit = LARGEST if thread is None else _LARGEST_COLLECTION
    source = _opened(path, strict=strict, limit=limit)
    source.only = thread
    found = _chosen(source, find_reader(source, format), thread)
    return pseudonymised(found) if pseudonyms else found


def read_threads(
    path: str | os.PathLike[str],
    *,
    format: str | None = None,  # noqa: A002
    strict: bool = True,
    pseudonyms: bool = False,
    subreddit: str | None = None,
) -> Iterator[Thread]:
    """Yield the discussions in a file, a folder or a zip archive, one at a time.

    Mailboxes, dumps with one JSON object a line and ConvoKit corpora may be of any size: a first
    pass notes where the posts of each thread stand, and only the thread that is being read is held
    in memory. Packed Reddit dumps (``.zst``) are sorted by thread in a temporary folder, and told
    of to the logger ``argumap.threads``. Other files are read whole, up to 512 MiB.

    Args:
        path: The file.
        format: As for `read_thread`.
        strict: As for `read_thread`.
        pseudonyms: As for `read_thread`; labels begin anew in each thread.
        subreddit: Of dumps of Reddit, the subreddit to read; of the others nothing is kept.

    Yields:
        The threads, in the order of their first posts; of packed dumps, of their ids.

    Raises:
        MissingExtraError: A packed dump, without ``argumap[big]``.
        ThreadParseError: As for `read_thread`; faults further down are told when they are reached.
        ModelError: As for `read_thread`.
        UnknownNameError: There is no such reader.
    """
    source = _opened(path, strict=strict, limit=_LARGEST_COLLECTION)
    for thread in _read(source, _reader_of(source, format, subreddit)):
        yield pseudonymised(thread) if pseudonyms else thread


@dataclass(frozen=True)
class Listing:
    """A thread in a file of several.

    Attributes:
        id: What `read_thread` takes as `thread`.
        title: Its title, or None.
        posts: How many posts it has.
    """

    id: str
    title: str | None
    posts: int


def list_threads(
    path: str | os.PathLike[str] | bytes,
    *,
    format: str | None = None,  # noqa: A002
    strict: bool = True,
    subreddit: str | None = None,
) -> list[Listing]:
    """Return what threads a file, a folder or a zip archive holds.

    Args:
        path: The file, or its bytes.
        format: As for `read_thread`.
        strict: As for `read_thread`.
        subreddit: As for `read_threads`.

    Returns:
        The threads, in the order of their first posts. All of them are read for it.

    Raises:
        ThreadParseError: As for `read_thread`.
        ModelError: As for `read_thread`.
        UnknownNameError: There is no such reader.
    """
    if isinstance(path, bytes):
        source = Source(None, data=path, strict=strict, limit=_LARGEST_COLLECTION)
    else:
        source = _opened(path, strict=strict, limit=_LARGEST_COLLECTION)
    return [
        Listing(_id(thread, number), thread.title, len(thread.posts))
        for number, thread in enumerate(_read(source, _reader_of(source, format, subreddit)), 1)
    ]


def parse_thread(
    text: str | bytes,
    *,
    format: str | None = None,  # noqa: A002
    source: str | None = None,
    thread: str | None = None,
    strict: bool = True,
    pseudonyms: bool = False,
) -> Thread:
    r"""Read a discussion from a text.

    Args:
        text: The text, or the bytes of a file. Line ends of any kind become LF.
        format: As for `read_thread`.
        source: Name of the file that the text is from, for errors and `Thread.source`.
        thread: As for `read_thread`.
        strict: As for `read_thread`.
        pseudonyms: As for `read_thread`.

    Returns:
        The thread, marked up. Its notes say what was inferred, left out or could not be known.

    Raises:
        ThreadParseError: The text is empty, not a thread that is known, or broken.
        ModelError: The parts of a thread in argumap's own JSON do not fit together.
        UnknownNameError: There is no such reader.

    Examples:
        >>> thread = parse_thread("Ana: Cats sleep a lot.\nBen: Not mine.\nAna: Lucky you.")
        >>> [(post.author, post.text) for post in thread.posts]
        [('Ana', 'Cats sleep a lot.'), ('Ben', 'Not mine.'), ('Ana', 'Lucky you.')]
    """
    if isinstance(text, bytes):
        given = Source(source, data=text, strict=strict)
    else:
        refuse_half_characters(text, ThreadParseError, source=source)
        given = Source(source, text=text, strict=strict)
    found = _chosen(given, find_reader(given, format), thread)
    return pseudonymised(found) if pseudonyms else found


def dump_thread(thread: Thread, path: str | os.PathLike[str]) -> None:
    """Write a thread as argumap's own JSON, whole or not at all; `read_thread` reads it back.

    Args:
        thread: The thread.
        path: The file; it is replaced if it exists.

    Raises:
        OSError: The file cannot be written; it is then as it was before.
    """
    expect_thread(thread)
    write_atomically(path, native.dumps(thread))


def _opened(path: str | os.PathLike[str], *, strict: bool, limit: int) -> Source:
    name = os.fspath(path)
    source = Source(name, path=Path(path), strict=strict, limit=limit)
    if name.startswith(("http://", "https://")):
        raise source.error(
            "argumap opens no network connection", hint="save the page or its data first"
        )
    if not source.is_folder or Path(path).is_dir():
        return source
    # A zip archive with one file is that file; beside a chat there may be its pictures.
    files = list(source.files.values())
    texts = [file for name, file in source.files.items() if name.lower().endswith(_TEXTS)]
    if len(files) > 1 and len(texts) == 1 and texts[0].name and texts[0].name.endswith(".txt"):
        source = texts[0]
        source.note("files-left-out", f"{len(files) - 1} other files of the archive were left out")
        return source
    return files[0] if len(files) == 1 else source


def _reader_of(source: Source, format_name: str | None, subreddit: str | None) -> Reader:
    reader = find_reader(source, format_name)
    if subreddit is not None:
        if reader.name not in _DUMPS:
            raise source.error(
                f"only dumps of Reddit are divided by subreddit; this is a {reader.title}"
            )
        source.subreddit = subreddit.removeprefix("/").removeprefix("r/")
    return reader


def _chosen(source: Source, reader: Reader, wanted: str | None) -> Thread:
    """Return the one thread of a source, or the one of several that is wanted."""
    threads = _read(source, reader)
    first = next(threads, None)
    if first is None and wanted is not None:
        raise source.error(f"no thread in it has the id {wanted!r} (read as {reader.title})")
    if first is None:
        raise source.error(f"there is no thread in it (read as {reader.title})")
    if wanted is not None:
        there: list[str] = []
        number = 0
        for number, thread in enumerate(chain([first], threads), 1):
            if _id(thread, number) == wanted:
                return thread
            if number <= _MOST_COMPARED:
                there.append(_id(thread, number))
        count = (
            "the thread in it does not have"
            if number == 1
            else (f"none of the {number} threads in it has")
        )
        raise source.error(f"{count} the id {wanted!r}{did_you_mean(wanted, there)}")
    shown = [_id(first, 1)]
    for number, other in enumerate(threads, 2):
        shown.append(_id(other, number))
        if len(shown) == 6:
            break
    if len(shown) == 1:
        return first
    named = ", ".join(map(repr, shown[:5])) + (", …" if len(shown) > 5 else "")
    raise source.error(
        f"it holds several threads: {named}",
        hint=f"pass thread={shown[0]!r} (--thread), or use read_threads(); list_threads() "
        "(argumap thread FILE --list) shows all",
    )


def _read(source: Source, reader: Reader) -> Iterator[Thread]:
    """Yield the threads; each is held back until the next one is there.

    So what is noted behind the last thread, such as posts left out, goes to that one.
    """
    waiting: Thread | None = None
    try:
        for thread in reader.read(source):
            if waiting is not None:
                yield waiting
            waiting = _with_notes(thread, source)
    except ValidationError as fault:
        if waiting is not None:
            yield waiting
        # A value that no reader looked at closely, such as an id of a million characters.
        first = fault.errors(include_url=False, include_context=False)[0]
        raise source.error(
            f"a value in it does not fit its place, {pointer(first['loc']) or '/'} of a "
            f"{fault.title}: {first['msg']}"
        ) from None
    except RecursionError:
        if waiting is not None:
            yield waiting
        raise source.error(
            "its parts are nested deeper than this Python can read",
            hint="newer versions of Python read deeper nesting",
        ) from None
    except ArgumapError:
        if waiting is not None:
            yield waiting
        raise
    if waiting is not None:
        yield _with_notes(waiting, source)


def _with_notes(thread: Thread, source: Source) -> Thread:
    notes = source.take_notes()
    return thread.replace(notes=(*notes, *thread.notes)) if notes else thread


def _id(thread: Thread, number: int) -> str:
    return thread.id if thread.id is not None else str(number)
