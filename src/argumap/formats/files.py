"""`load` and `dump` (files), `loads` and `dumps` (text), through the table of formats."""

from __future__ import annotations

import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from argumap._files import read_text, refuse_half_characters, write_atomically
from argumap.errors import (
    FormatParseError,
    LossyConversionWarning,
    NotRepresentableError,
    UnknownNameError,
)
from argumap.formats._constructs import losses as _losses
from argumap.formats._constructs import without
from argumap.formats._format import UnplacedError
from argumap.formats._table import FORMATS
from argumap.model import expect_map, pause_gc

if TYPE_CHECKING:
    from argumap.formats._format import Format
    from argumap.model import ArgumentMap

__all__ = ["detect_format", "dump", "dumps", "load", "loads", "losses"]


def load(
    path: str | os.PathLike[str],
    *,
    format: str | None = None,  # noqa: A002
    lossy: bool = False,
) -> ArgumentMap:
    """Read a map from a file.

    Args:
        path: The file.
        format: Name of the format; by default the content decides.
        lossy: Leave out what a map has no place for, with a `LossyConversionWarning` that lists
            it, instead of refusing.

    Raises:
        NotRepresentableError: The file says what a map has no place for.
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
        _readable(format)
    return _read(read_text(path, FormatParseError), format, os.fspath(path), lossy=lossy)


def loads(
    text: str,
    *,
    format: str | None = None,  # noqa: A002
    lossy: bool = False,
) -> ArgumentMap:
    """Read a map from a text.

    Args:
        text: The text.
        format: Name of the format; by default the content decides.
        lossy: Leave out what a map has no place for, with a `LossyConversionWarning` that lists
            it, instead of refusing.

    Raises:
        NotRepresentableError: The text says what a map has no place for.
        FormatParseError: It is not of that or any known format.
        ModelError: The parts of the map do not fit together.
        UnknownNameError: There is no such format.
    """
    refuse_half_characters(text, FormatParseError)
    # As in a file: no mark of byte order, and one kind of line ends.
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return _read(text, format, None, lossy=lossy)


def dump(
    argmap: ArgumentMap,
    path: str | os.PathLike[str],
    *,
    format: str | None = None,  # noqa: A002
    lossy: bool = False,
) -> None:
    """Write a map to a file, whole or not at all.

    Args:
        argmap: The map.
        path: The file; it is replaced if it exists.
        format: Name of the format; by default the suffix decides.
        lossy: Leave out what the format cannot carry, with a `LossyConversionWarning` that lists
            it, instead of refusing.

    Raises:
        NotRepresentableError: The format cannot carry all of the map.
        UnknownNameError: There is no such format, or none of that suffix.
        OSError: The file cannot be written; it is then as it was before.
    """
    name = format or _by_suffix(path)
    write_atomically(path, _write(argmap, name, lossy=lossy))


def dumps(argmap: ArgumentMap, *, format: str = "json", lossy: bool = False) -> str:  # noqa: A002
    """Return a map as text.

    Args:
        argmap: The map.
        format: Name of the format.
        lossy: Leave out what the format cannot carry, with a `LossyConversionWarning` that lists
            it, instead of refusing.

    Raises:
        NotRepresentableError: The format cannot carry all of the map.
        UnknownNameError: There is no such format, or it is only read.

    Examples:
        >>> from argumap import ArgumentMap, dumps, loads
        >>> loads(dumps(ArgumentMap(title="Nothing yet"))).title
        'Nothing yet'
    """
    return _write(argmap, format, lossy=lossy)


def losses(argmap: ArgumentMap, *, format: str) -> tuple[str, ...]:  # noqa: A002
    """Return what a map would lose in a format, each a sentence that names its place.

    Returns:
        The sentences, by kind of loss, each kind in map order. `dumps` refuses where there are
        any, except for a report, which is written for people.

    Raises:
        UnknownNameError: There is no such format.

    Examples:
        >>> from argumap import ArgumentMap
        >>> losses(ArgumentMap(title="Nothing yet"), format="json")
        ()
    """
    return _losses(argmap, FORMATS[format].saves)


def detect_format(text: str, name: str | os.PathLike[str] | None = None) -> Format | None:
    """Return the format that a text is in, or None.

    Args:
        text: The text, or its beginning.
        name: Name of the file: where the content does not tell, an ending that only one format
            has decides.
    """
    readable = [format_ for format_ in FORMATS.values() if format_.loads]
    found = next((format_ for format_ in readable if format_.sniff(text)), None)
    if found is not None or name is None:
        return found
    suffix = Path(name).suffix.lower()
    by_suffix = [format_ for format_ in readable if suffix in format_.suffixes]
    return by_suffix[0] if len(by_suffix) == 1 and suffix not in _COMMON else None


# Endings of files of all kinds.
_COMMON = {".json", ".txt", ".csv", ".md"}


def _write(argmap: ArgumentMap, name: str, *, lossy: bool) -> str:
    expect_map(argmap)
    format_ = FORMATS[name]
    if format_.dumps is None:
        raise UnknownNameError("format to write", name, _names(writing=True))
    with pause_gc():
        lost = () if format_.for_people else _losses(argmap, format_.saves)
        if lost and not lossy:
            raise NotRepresentableError(name, lost)
        if lost:
            _warn(f"{name} leaves out:", lost)
            argmap = without(argmap, format_.saves)
        return format_.dumps(argmap)


def _warn(beginning: str, lost: tuple[str, ...]) -> None:
    message = "\n".join([beginning, *(f"  - {sentence}" for sentence in lost)])
    warnings.warn(message, LossyConversionWarning, stacklevel=4)


def _read(text: str, format: str | None, source: str | None, *, lossy: bool) -> ArgumentMap:  # noqa: A002
    found = detect_format(text, source) if format is None else _readable(format)
    if found is None or found.loads is None:
        names = ", ".join(_names(writing=False))
        raise FormatParseError(
            "this is no argument map in a format that argumap knows",
            source=source,
            hint=f"name it with format= (--from); known: {names}\n"
            "  of a discussion, extract() (argumap map FILE -o OUT) makes the map",
        )
    try:
        with pause_gc():
            return found.loads(text, source)
    except UnplacedError as unplaced:
        if not lossy:
            raise NotRepresentableError(found.name, unplaced.constructs, reading=True) from None
        _warn(
            f"a map has no place for all of this {found.name}, and leaves out:", unplaced.constructs
        )
        return unplaced.argmap


def _readable(format: str) -> Format:  # noqa: A002
    found = FORMATS[format]
    if found.loads is None:
        raise UnknownNameError("format to read", format, _names(writing=False))
    return found


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
