"""The table of formats: detection, `load` and `dump` all go through it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap._registry import Registry
from argumap.formats import argdown, native

if TYPE_CHECKING:
    from argumap.formats._format import Format

__all__ = ["FORMATS"]

# In the order in which a text is held against them.
FORMATS: Registry[Format] = Registry(
    "format",
    {format_.name: format_ for format_ in (native.FORMAT, argdown.FORMAT)},
)
