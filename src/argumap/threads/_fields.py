"""Fields of JSON objects: asked for with their type, faults told with their place."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from argumap.errors import ThreadParseError
from argumap.model import Where

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Record", "moment", "whole_characters"]


class Record:
    """A JSON object and where it stands.

    A field that is missing or null is None, "" , 0 or empty, as the method says; a field of another
    type than asked for is a `ThreadParseError` that names it.

    Attributes:
        value: The object.
        name: Name of the file.
        pointer: JSON Pointer of the object in the file.
        line: Line of the object, in a file with one a line.
    """

    __slots__ = ("line", "name", "pointer", "value")

    def __init__(
        self,
        value: Mapping[str, Any],
        name: str | None = None,
        pointer: str = "",
        line: int | None = None,
    ) -> None:
        self.value = value
        self.name = name
        self.pointer = pointer
        self.line = line

    def __contains__(self, key: str) -> bool:
        return key in self.value

    @property
    def where(self) -> Where:
        """The place, for `Post.where`."""
        return Where(line=self.line, pointer=self.pointer or None)

    def fault(self, message: str, key: str | None = None) -> ThreadParseError:
        """Return an error about this object or one of its fields."""
        pointer = self.pointer + (f"/{key}" if key else "")
        return ThreadParseError(message, source=self.name, line=self.line, pointer=pointer or None)

    def _wanted(self, key: str, wanted: str) -> ThreadParseError:
        shown = json.dumps(self.value[key], ensure_ascii=False)
        shown = shown if len(shown) <= 60 else shown[:59] + "…"
        return self.fault(f"{key} is {shown}, wanted {wanted}", key)

    def text(self, key: str) -> str | None:
        """Return a text, with line ends LF; a number as text."""
        found = self.value.get(key)
        if found is None:
            return None
        if isinstance(found, int | float) and not isinstance(found, bool):
            return str(found) if isinstance(found, int) else _digits(found)
        if not isinstance(found, str):
            raise self._wanted(key, "a text")
        found = whole_characters(found)
        return found.replace("\r\n", "\n").replace("\r", "\n") if "\r" in found else found

    def ident(self, key: str) -> str | None:
        """Return an id: a text, or a number as text; None for an empty one."""
        found = self.value.get(key)
        if found is None or found == "":
            return None
        if isinstance(found, bool) or not isinstance(found, str | int | float):
            raise self._wanted(key, "an id")
        return _digits(found) if isinstance(found, float) else whole_characters(str(found))

    def required(self, key: str) -> str:
        """Return an id that must be there."""
        found = self.ident(key)
        if found is None:
            raise self.fault(f"{key} is missing, which every post has", key)
        return found

    def number(self, key: str) -> float | None:
        """Return a number, or one written as text."""
        found = self.value.get(key)
        if isinstance(found, str) and found:
            try:
                found = float(found)
            except ValueError:
                raise self._wanted(key, "a number") from None
        if found is None or found == "":
            return None
        if isinstance(found, bool) or not isinstance(found, int | float):
            raise self._wanted(key, "a number")
        try:
            number = float(found)
        except OverflowError:
            raise self._wanted(key, "a smaller number") from None
        # JSON has no NaN; programs that write tables as JSON do.
        return number if math.isfinite(number) else None

    def flag(self, key: str) -> bool:
        """Return whether a field is there and true."""
        return bool(self.value.get(key))

    def record(self, key: str) -> Record:
        """Return an object; empty where there is none."""
        found = self.value.get(key)
        if found is None or found == "":
            found = {}
        if not isinstance(found, dict):
            raise self._wanted(key, "an object")
        return Record(found, self.name, f"{self.pointer}/{key}", self.line)

    def records(self, key: str) -> Iterator[Record]:
        """Yield the objects of a list, without nulls; none where there is no list."""
        found = self.value.get(key)
        if found is None or found == "":
            return
        if not isinstance(found, list):
            raise self._wanted(key, "a list")
        for number, value in enumerate(found):
            pointer = f"{self.pointer}/{key}/{number}"
            if value is None:
                continue
            if not isinstance(value, dict):
                raise ThreadParseError(
                    "wanted an object here", source=self.name, line=self.line, pointer=pointer
                )
            yield Record(value, self.name, pointer, self.line)

    def values(self, key: str) -> list[Any]:
        """Return a list of anything; empty where there is none."""
        found = self.value.get(key)
        if found is None:
            return []
        if not isinstance(found, list):
            raise self._wanted(key, "a list")
        return found

    def when(self, *keys: str) -> datetime | None:
        """Return the first of some moments that is there: seconds since 1970, or ISO 8601."""
        for key in keys:
            found = self.value.get(key)
            if found is None or found == "" or isinstance(found, bool):
                continue
            when = moment(found)
            if when is None:
                raise self._wanted(key, "a moment: seconds since 1970, or a date as in ISO 8601")
            return when
        return None


def _digits(number: float) -> str:
    """Return a number as text; 3.0 is 3, as tables write ids with gaps between them."""
    return f"{number:.0f}" if number.is_integer() and abs(number) < 2**53 else str(number)


def whole_characters(text: str) -> str:
    r"""Return a text in which halves of characters, as broken JSON has them, are replaced.

    Examples:
        >>> whole_characters(json.loads('"hens \\ud83d"'))
        'hens �'
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def moment(value: object) -> datetime | None:
    """Return the moment that a number of seconds or an ISO 8601 text is; no zone means UTC.

    Examples:
        >>> moment("2024-05-01T10:00:00Z") == moment(1714557600) == moment("1714557600.0")
        True
        >>> moment("yesterday") is None
        True
    """
    if isinstance(value, str):
        try:
            when = datetime.fromisoformat(value.strip())
        except ValueError:
            try:
                value = float(value)
            except ValueError:
                return None
        else:
            try:
                return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC)
            except OverflowError:  # in the year 1 or 9999
                return None
    if not isinstance(value, int | float):
        return None
    try:
        return datetime.fromtimestamp(value, UTC)
    except (OverflowError, ValueError, OSError):
        return None
