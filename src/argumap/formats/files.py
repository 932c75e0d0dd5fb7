"""`load` and `dump` (files), `loads` and `dumps` (text), through the table of formats."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from argumap._files import read_text, write_atomically
from argumap.errors import FormatParseError, UnknownNameError
from argumap.formats._table import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

    from argumap.formats._format import Format
    from argumap.model import ArgumentMap

__all__ = ["detect_format", "dump", "dumps", "load", "loads"]


def load(path: str | os.PathLike[str], *, format: str | None = None) -> ArgumentMap:  # noqa: A002
    """Read a map from a file.

    Args:
        path: The file.
        format: Name of the format; by default the content decides.

    Raises:
        FormatParseError: The file is missing, not text, or not of that or any known format.
        ModelError: The parts of the map do not fit together.
        UnknownNameError: There is no such format.

    Examples:
        >>> load("no-such-map.json")
        Traceback (most recent call last):
        ...
        argumap.errors.FormatParseError: no-such-map.json: there is no such file
    """
    if format is not None:
        _reading(format)
    return _read(read_text(path, FormatParseError), format, os.fspath(path))


def loads(text: str, *, format: str | None = None) -> ArgumentMap:  # noqa: A002
    """Read a map from a text.

    Args:
        text: The text.
        format: Name of the format; by default the content decides.

    Raises:
        FormatParseError: It is not of that or any known format.
        ModelError: The parts of the map do not fit together.
        UnknownNameError: There is no such format.
    """
    return _read(text, format, None)


def dump(
    argmap: ArgumentMap,
    path: str | os.PathLike[str],
    *,
    format: str | None = None,  # noqa: A002
) -> None:
    """Write a map to a file, whole or not at all.

    Args:
        argmap: The map.
        path: The file; it is replaced if it exists.
        format: Name of the format; by default the suffix decides.

    Raises:
        UnknownNameError: There is no such format, or none of that suffix.
        OSError: The file cannot be written; it is then as it was before.
    """
    name = format or _by_suffix(path)
    write_atomically(path, dumps(argmap, format=name))


def dumps(argmap: ArgumentMap, *, format: str = "json") -> str:  # noqa: A002
    """Return a map as text.

    Raises:
        UnknownNameError: There is no such format, or it is only read.

    Examples:
        >>> from argumap import ArgumentMap, dumps, loads
        >>> loads(dumps(ArgumentMap(title="Nothing yet"))).title
        'Nothing yet'
    """
    write = FORMATS[format].dumps
    if write is None:
        raise UnknownNameError("format to write", format, _names(writing=True))
    return write(argmap)


def detect_format(text: str) -> Format | None:
    """Return the format that a text is in, or None."""
    return next((f for f in FORMATS.values() if f.loads and f.sniff(text)), None)


def _read(text: str, format: str | None, source: str | None) -> ArgumentMap:  # noqa: A002
    if format is not None:
        return _reading(format)(text, source)
    found = detect_format(text)
    if found is None or found.loads is None:
        names = ", ".join(_names(writing=False))
        raise FormatParseError(
            "this is no argument map in a format that argumap knows",
            source=source,
            hint=f"name it with format= (--format); known: {names}",
        )
    return found.loads(text, source)


def _reading(format: str) -> Callable[[str, str | None], ArgumentMap]:  # noqa: A002
    read = FORMATS[format].loads
    if read is None:
        raise UnknownNameError("format to read", format, _names(writing=False))
    return read


def _by_suffix(path: str | os.PathLike[str]) -> str:
    suffix = Path(path).suffix.lower()
    for format_ in FORMATS.values():
        if format_.dumps and suffix in format_.suffixes:
            return format_.name
    raise UnknownNameError("format with the file ending", suffix, _suffixes())


def _names(*, writing: bool) -> list[str]:
    return [f.name for f in FORMATS.values() if (f.dumps if writing else f.loads)]


def _suffixes() -> list[str]:
    return [suffix for f in FORMATS.values() if f.dumps for suffix in f.suffixes]
