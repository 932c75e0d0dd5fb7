"""The table of readers: detection and `read_thread` go through it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap._registry import Registry
from argumap.threads import markdown, native, plain, transcript

if TYPE_CHECKING:
    from argumap.threads._reader import Reader

__all__ = ["READERS"]

# In the order in which a text is held against them; the last takes any prose.
READERS: Registry[Reader] = Registry(
    "thread format",
    {
        reader.name: reader
        for reader in (native.READER, transcript.READER, markdown.READER, plain.READER)
    },
)
