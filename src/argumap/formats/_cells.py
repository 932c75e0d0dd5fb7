"""Values in cells and attributes: what tables and XML can hold."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from argumap.formats._constructs import free_ids

if TYPE_CHECKING:
    from collections.abc import Iterable

    from argumap.model import ArgumentMap

__all__ = ["clean", "list_cell", "listed", "shown_names"]

_NOT_FOR_CELLS = re.compile(
    r"[^\n\t\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


def clean(text: str) -> str:
    """Return a text without the characters that not every reader of XML or of CSV lets through.

    Those are controls, line ends but LF, and marks of byte order.
    """
    return _NOT_FOR_CELLS.sub("", text)


def shown_names(argmap: ArgumentMap) -> dict[str, str]:
    """Return the id that is shown of each element: its own, unless a cell cannot hold it."""
    ids = [element.id for element in (*argmap.claims, *argmap.relations)]
    odd = [id_ for id_ in ids if clean(id_).strip() != id_ or id_.startswith("[")]
    return {id_: id_ for id_ in ids} | dict(
        zip(odd, free_ids("x", len(odd), set(ids)), strict=True)
    )


def list_cell(values: Iterable[str]) -> str:
    """Return a list in one cell: by semicolons, or as JSON where they would not do.

    Examples:
        >>> list_cell(["Ana", "Ben"]), list_cell(["a; b"])
        ('Ana; Ben', '["a; b"]')
    """
    values = list(values)
    if any(clean(v).strip() != v or not v or ";" in v or v[0] == "[" for v in values):
        return json.dumps(values)
    return "; ".join(values)


def listed(cell: str) -> list[str]:
    """Return the list in a cell that `list_cell` wrote, or a person."""
    if cell.startswith("["):
        try:
            values = json.loads(cell)
        except (ValueError, RecursionError):
            values = None
        if isinstance(values, list) and all(isinstance(value, str) for value in values):
            return values
    return [part.strip() for part in cell.split(";") if part.strip()]
