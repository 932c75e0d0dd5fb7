"""What every extractor is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from argumap.model import ArgumentMap, Thread

__all__ = ["Extractor"]


class Extractor(Protocol):
    """Anything that makes an argument map of a thread."""

    def extract(self, thread: Thread) -> ArgumentMap:
        """Return the map of a thread whose posts are marked up; the map holds the thread."""
        ...
