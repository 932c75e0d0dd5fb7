"""What a reader says of itself, and what it is given to read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from argumap.model import Thread

__all__ = ["Reader"]


@dataclass(frozen=True)
class Reader:
    """One kind of file that holds a discussion.

    Attributes:
        name: The name that `read_thread` and ``--format`` take.
        title: The name in words.
        sniff: Whether a text looks like this kind. It is asked before `read` and must not raise.
        read: Text and source name to thread.
    """

    name: str
    title: str
    sniff: Callable[[str], bool]
    read: Callable[[str, str | None], Thread]
