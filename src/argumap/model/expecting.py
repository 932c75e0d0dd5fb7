"""What a function says that was handed something else than the map or thread that it takes."""

from __future__ import annotations

from argumap.model.argument_map import ArgumentMap
from argumap.model.thread import Thread

__all__ = ["expect_map", "expect_thread"]

_READ = "load() reads one from a file"
_READ_THREAD = "read_thread() reads one from a file"


def expect_map(value: object) -> None:
    """Refuse what is no map: a path, a text, a thread.

    Raises:
        TypeError: It says how a map is made of such a thing.

    Examples:
        >>> expect_map("map.json")
        Traceback (most recent call last):
        ...
        TypeError: an ArgumentMap is wanted, not a str: load() reads one from a file
    """
    if isinstance(value, ArgumentMap):
        return
    way = "extract() makes one of a thread" if isinstance(value, Thread) else _READ
    raise TypeError(f"an ArgumentMap is wanted, not {_a(value)}: {way}")


def expect_thread(value: object) -> None:
    """Refuse what is no thread: a path, a text, a map.

    Raises:
        TypeError: It says how a thread is made of such a thing.

    Examples:
        >>> expect_thread("thread.txt")
        Traceback (most recent call last):
        ...
        TypeError: a Thread is wanted, not a str: read_thread() reads one from a file
    """
    if isinstance(value, Thread):
        return
    way = "a map holds its own in .thread" if isinstance(value, ArgumentMap) else _READ_THREAD
    raise TypeError(f"a Thread is wanted, not {_a(value)}: {way}")


def _a(value: object) -> str:
    name = type(value).__name__
    return f"an {name}" if name[:1] in "AEIOUaeiou" else f"a {name}"
