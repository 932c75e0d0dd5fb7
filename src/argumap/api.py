"""The verbs that need more than one part of argumap."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from argumap._files import decode
from argumap.errors import FormatParseError, UnknownNameError
from argumap.extraction import EXTRACTORS
from argumap.extraction.confidence import keep_sure
from argumap.formats import FORMATS, detect_format, load, loads
from argumap.threads import READERS, mark_up, parse_thread, read_thread

if TYPE_CHECKING:
    from collections.abc import Callable

    from argumap.extraction import Extractor
    from argumap.model import ArgumentMap, Thread

__all__ = ["extract", "map_of_text", "open_map"]


def extract(
    thread: Thread,
    *,
    extractor: str | Extractor = "trained",
    min_confidence: float = 0.0,
) -> ArgumentMap:
    """Return the argument map of a thread.

    Posts that are not marked up (their `Post.blocks` are empty) are marked up first, so a thread
    made by hand of bare texts is as good as one that was read from a file.

    Args:
        thread: The thread.
        extractor: Name of an extractor, or one of your own: anything with a method
            ``extract(thread) -> ArgumentMap``.
        min_confidence: Least confidence, from 0 to 1, of the claims and relations that are kept;
            what has no confidence stays.

    Returns:
        A map that holds the thread; every claim has the span it was taken from.

    Raises:
        UnknownNameError: There is no extractor of that name.
        ValueError: `min_confidence` is not between 0 and 1.

    Examples:
        >>> from argumap import Post, Thread
        >>> post = Post(id="p1", author="Ana", text="We should move because the rent went up.")
        >>> argmap = extract(Thread(posts=(post,)))
        >>> [claim.text for claim in argmap.claims]
        ['We should move', 'the rent went up.']
    """
    chosen = EXTRACTORS[extractor]() if isinstance(extractor, str) else extractor
    return keep_sure(chosen.extract(mark_up(thread)), min_confidence)


def open_map(
    path: str | os.PathLike[str],
    *,
    format: str | None = None,  # noqa: A002
    thread: str | None = None,
    extractor: str | Extractor = "trained",
    min_confidence: float = 0.0,
) -> ArgumentMap:
    """Return the map in a file, or the map of the thread in a file.

    Args:
        path: A map in any format that `load` reads, or a thread in any that `read_thread` reads.
        format: Name of the map format or of the thread reader; by default the content decides.
        thread: Id of the thread, for files that hold several; see `list_threads`.
        extractor: As for `extract`, when the file holds a thread.
        min_confidence: As for `extract`; a map that is read is thinned out, too.

    Raises:
        ParseError: The file is neither, or it is broken; it holds several threads and `thread`
            names none of them.
        ModelError: The parts of the map do not fit together.
        ValueError: `min_confidence` is not between 0 and 1.
    """
    if _is_map(format, lambda: detect_format(_head(path), path)):
        _refuse_choice(thread, os.fspath(path))
        return keep_sure(load(path, format=format), min_confidence)
    found = read_thread(path, format=format, thread=thread)
    return extract(found, extractor=extractor, min_confidence=min_confidence)


def map_of_text(
    text: str | bytes,
    *,
    format: str | None = None,  # noqa: A002
    thread: str | None = None,
    extractor: str | Extractor = "trained",
    min_confidence: float = 0.0,
    source: str | None = None,
) -> ArgumentMap:
    """Return the map in a text, or the map of the thread in a text: `open_map` for text.

    `text` may be the bytes of a file; `source` is its name for errors.
    """
    head = text[:_HEAD] if isinstance(text, str) else text[:_HEAD].decode(errors="replace")
    if _is_map(format, lambda: detect_format(head.removeprefix("\ufeff"))):
        _refuse_choice(thread, source)
        if isinstance(text, bytes):
            text = decode(text, FormatParseError, source=source)
        return keep_sure(loads(text, format=format), min_confidence)
    found = parse_thread(text, format=format, source=source, thread=thread)
    return extract(found, extractor=extractor, min_confidence=min_confidence)


def _is_map(name: str | None, detected: Callable[[], object]) -> bool:
    """Whether a file is read as a map: by the name of its format, else by what it holds."""
    if name is None:
        return detected() is not None
    if name not in FORMATS and name not in READERS:
        raise UnknownNameError("format", name, dict.fromkeys([*FORMATS, *READERS]))
    return name not in READERS


def _refuse_choice(thread: str | None, source: str | None) -> None:
    if thread is not None:
        raise FormatParseError(
            f"this is a map, so there is no thread {thread!r} to choose in it", source=source
        )


_HEAD = 1 << 16


def _head(path: str | os.PathLike[str]) -> str:
    """Return the beginning of a file, as far as it is text; nothing where there is none to see."""
    try:
        with Path(path).open(encoding="utf-8-sig", errors="replace") as file:
            return file.read(_HEAD)
    except OSError:
        return ""
