"""What a reader says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from argumap.model import Thread
    from argumap.threads._source import Source

__all__ = ["Reader"]


@dataclass(frozen=True)
class Reader:
    """One kind of file or folder that holds discussions.

    Attributes:
        name: The name that `read_thread` and ``--from`` take.
        title: The name in words.
        sniff: Whether a source looks like this kind. It must not raise, and looks at the beginning
            of a large file only.
        read: Yields the threads of a source, one at a time.
        streams: Whether files of any size are read without holding them whole.
    """

    name: str
    title: str
    sniff: Callable[[Source], bool]
    read: Callable[[Source], Iterator[Thread]]
    streams: bool = False
