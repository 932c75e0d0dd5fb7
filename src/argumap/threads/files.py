"""`read_thread` (files), `parse_thread` (text) and `dump_thread`, through the table of readers."""

from __future__ import annotations

import html
import json
import os
import re
from typing import TYPE_CHECKING

from argumap._files import read_text, write_atomically
from argumap.errors import ThreadParseError
from argumap.threads import native
from argumap.threads._table import READERS

if TYPE_CHECKING:
    from argumap.model import Thread
    from argumap.threads._reader import Reader

__all__ = ["LARGEST", "dump_thread", "parse_thread", "read_thread"]

LARGEST = 32 * 2**20
"""The most bytes that are read as one thread."""

# "[11:59] <bob> hello" is a chat; "[{", "[1," and "{" are JSON.
_JSON = re.compile(r"\s*(?:\{|\[\s*(?:[\[{\"\]]|-?\d+(?:\.\d+)?\s*[,\]]))")
_TITLE = re.compile(r"<title[^>]*>(.{1,200}?)</title", re.IGNORECASE | re.DOTALL)


def read_thread(path: str | os.PathLike[str], *, format: str | None = None) -> Thread:  # noqa: A002
    """Read a discussion from a file.

    Args:
        path: The file. It is read whole, up to `LARGEST` bytes.
        format: Name of the reader; by default the content decides.

    Returns:
        The thread, marked up. Its notes say what was inferred, left out or could not be known.

    Raises:
        ThreadParseError: The file is missing, too large, not text, or not a thread that is known.
        ModelError: The parts of a thread in argumap's own JSON do not fit together.
        UnknownNameError: There is no such reader.

    Examples:
        >>> read_thread("no-such-thread.txt")
        Traceback (most recent call last):
        ...
        argumap.errors.ThreadParseError: no-such-thread.txt: there is no such file
    """
    if format is not None:
        READERS[format]  # a wrong name is told before the file is looked at
    text = read_text(path, ThreadParseError, limit=LARGEST)
    return parse_thread(text, format=format, source=os.fspath(path))


def parse_thread(
    text: str,
    *,
    format: str | None = None,  # noqa: A002
    source: str | None = None,
) -> Thread:
    r"""Read a discussion from a text.

    Args:
        text: The text. Line ends of any kind become LF.
        format: Name of the reader; by default the content decides.
        source: Name of the file that the text is from, for errors and `Thread.source`.

    Returns:
        The thread, marked up. Its notes say what was inferred, left out or could not be known.

    Raises:
        ThreadParseError: The text is blank, not a thread that is known, or broken.
        ModelError: The parts of a thread in argumap's own JSON do not fit together.
        UnknownNameError: There is no such reader.

    Examples:
        >>> thread = parse_thread("Ana: Cats sleep a lot.\nBen: Not mine.\nAna: Lucky you.")
        >>> [(post.author, post.text) for post in thread.posts]
        [('Ana', 'Cats sleep a lot.'), ('Ben', 'Not mine.'), ('Ana', 'Lucky you.')]
    """
    reader = READERS[format] if format is not None else None
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise ThreadParseError("the text is empty", source=source)
    if (nul := text.find("\0")) >= 0:
        raise ThreadParseError(f"character {nul} is NUL: this is not text", source=source)
    if reader is None:
        reader = _detected(text, source)
    return reader.read(text, source)


def dump_thread(thread: Thread, path: str | os.PathLike[str]) -> None:
    """Write a thread as argumap's own JSON, whole or not at all; `read_thread` reads it back.

    Args:
        thread: The thread.
        path: The file; it is replaced if it exists.

    Raises:
        OSError: The file cannot be written; it is then as it was before.
    """
    write_atomically(path, native.dumps(thread))


def _detected(text: str, source: str | None) -> Reader:
    """Return the first reader that takes a text; JSON, HTML and pointers are no bare text."""
    _refuse_pages(text, source)
    reader = next(each for each in READERS.values() if each.sniff(text))
    if reader.name == "plain" and _JSON.match(text):
        raise _unknown_json(text, source)
    return reader


def _refuse_pages(text: str, source: str | None) -> None:
    head = text[:4000].lstrip()
    if head[:15].lower().startswith(("<!doctype html", "<html")):
        title = _TITLE.search(text, 0, 20_000)
        named = f" (its title: {html.unescape(title[1]).strip()!r})" if title else ""
        raise ThreadParseError(
            f"this is an HTML page{named}, not a thread",
            source=source,
            hint="it may be an error page; copy the discussion's text into a file, or save its "
            "data as JSON",
        )
    if head.startswith("version https://git-lfs"):
        raise ThreadParseError(
            "this is a Git LFS pointer, not the file itself",
            source=source,
            hint="fetch the file with: git lfs pull",
        )


def _unknown_json(text: str, source: str | None) -> ThreadParseError:
    """Say why a JSON text is no thread: it is broken, or of no known kind."""
    try:
        value = json.loads(text)
    except json.JSONDecodeError as fault:
        cut_off = fault.pos >= len(text.rstrip()) or fault.msg.startswith("Unterminated")
        return ThreadParseError(
            f"not JSON: {fault.msg}",
            source=source,
            line=fault.lineno,
            column=fault.colno,
            hint="the file looks cut off" if cut_off else None,
        )
    except (RecursionError, ValueError):
        return ThreadParseError("JSON that cannot be read here: nested too deeply", source=source)
    keys = ", ".join(repr(key) for key in list(value)[:8]) if isinstance(value, dict) else ""
    holds = f"an object with {keys or 'no fields'}" if isinstance(value, dict) else "a list"
    return ThreadParseError(
        f"this JSON ({holds}) is of no kind that is known",
        source=source,
        hint=f"name it with format= (--format); known: {', '.join(READERS)}",
    )
