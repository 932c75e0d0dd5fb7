"""Formats that are JSON: parsing, and looking into foreign documents with a pointer at hand."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from argumap.errors import FormatParseError
from argumap.formats._excerpt import fault_at
from argumap.model.json import cut_off_hint, whole_escapes

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Place", "as_format_errors", "dicts_in", "load_json", "parse_json", "to_json"]


def load_json(text: str) -> Any:
    r"""Return the value of a JSON text, all of whose strings are text.

    Where a tool has cut a character in half, as some cut an emoji, the sign U+FFFD stands for it:
    half a character cannot be written to any file.

    Raises:
        ValueError: It is not JSON.
        RecursionError: It is nested too deeply.

    Examples:
        >>> load_json(r'"cut \ud83d, whole \u00e9"') == "cut \ufffd, whole \xe9"
        True
    """
    return json.loads(whole_escapes(text))


def parse_json(text: str, source: str | None) -> Place:
    """Return the value of a JSON text, at its root.

    Raises:
        FormatParseError: It is not JSON, or nested too deeply.
    """
    try:
        return Place(load_json(text), "", source)
    except json.JSONDecodeError as fault:
        hint = cut_off_hint(fault)
        raise fault_at(
            FormatParseError, f"not JSON: {fault.msg}", text, fault.pos, source=source, hint=hint
        ) from None
    except RecursionError:
        message = "not JSON that can be read here: it is nested too deeply"
        raise FormatParseError(message, source=source) from None
    except ValueError as fault:  # a number of thousands of digits
        raise FormatParseError(f"not JSON: {fault}", source=source) from None


def to_json(value: Any) -> str:
    """Return JSON text with a newline at the end."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def dicts_in(value: Any) -> list[dict[str, Any]]:
    """Return the objects in what should be a list of them; nothing where it is no list."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


@contextmanager
def as_format_errors(source: str | None) -> Iterator[None]:
    """Turn what Pydantic says of values made of a foreign file into an error about the file."""
    try:
        yield
    except ValidationError as fault:
        first = fault.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        message = f"this cannot be part of a map: {fault.title} {place}: {first['msg']}"
        raise FormatParseError(message, source=source) from None


class Place:
    """A value in a JSON document, and where it stands.

    Examples:
        >>> document = Place({"nodes": [{"id": 7}]})
        >>> node = document.get("nodes").items()[0]
        >>> node.get("id").name(), node.get("text").text(default="")
        ('7', '')
        >>> node.get("text").text()
        Traceback (most recent call last):
        ...
        argumap.errors.FormatParseError: /nodes/0: there is no field 'text'
    """

    __slots__ = ("_above", "_key", "source", "value")

    def __init__(
        self,
        value: Any,
        above: Place | str = "",
        source: str | None = None,
        key: str | int | None = None,
    ) -> None:
        self.value = value
        self.source = source
        self._above = above
        self._key = key

    @property
    def pointer(self) -> str:
        """Where it stands (RFC 6901); put together only when somebody asks."""
        above = self._above if isinstance(self._above, str) else self._above.pointer
        return above if self._key is None else f"{above}/{_escaped(str(self._key))}"

    def get(self, *names: str) -> Place:
        """Return the first of these fields that is there and not null."""
        value = self.value
        if not isinstance(value, dict):
            raise self.fault(f"expected an object, found {_kind(value)}")
        for name in names:
            found = value.get(name)
            if found is not None:
                return Place(found, self, self.source, name)
        return _Missing(names[0], self, self.source)

    def items(self) -> list[Place]:
        """Return the elements of a list; of nothing, none."""
        if not isinstance(self.value, list):
            raise self.fault(f"expected a list, found {_kind(self.value)}")
        return [Place(each, self, self.source, n) for n, each in enumerate(self.value)]

    def named(self, *fields: str) -> list[tuple[dict[str, Any], list[str]]]:
        """Return the objects of a list, each with the ids that stand in these fields.

        Examples:
            >>> Place([{"fromID": 1, "toID": "2"}]).named("fromID", "toID")
            [({'fromID': 1, 'toID': '2'}, ['1', '2'])]
        """
        found: list[tuple[dict[str, Any], list[str]]] = []
        for place in self.items():
            value = place.value
            ids: list[Any] = [None]
            if isinstance(value, dict):
                ids = [value.get(field) for field in fields]
            # Strings nearly always; whatever else is looked at closely.
            if not all(type(id_) is str and id_ for id_ in ids):
                ids = [place.get(field).name() for field in fields]
            found.append((value, ids))
        return found

    def fields(self) -> list[tuple[str, Place]]:
        """Return the fields of an object; of nothing, none."""
        if not isinstance(self.value, dict):
            raise self.fault(f"expected an object, found {_kind(self.value)}")
        return [(name, Place(each, self, self.source, name)) for name, each in self.value.items()]

    def text(self, default: str | None = None) -> str:  # noqa: ARG002 # a missing one needs it
        """Return a string."""
        if not isinstance(self.value, str):
            raise self.fault(f"expected a string, found {_kind(self.value)}")
        return self.value

    def name(self) -> str:
        """Return an id: a string, or a number as a string."""
        value = self.value
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise self.fault(f"expected a string or a number, found {_kind(value)}")
        if value == "":
            raise self.fault("an id is empty")
        return str(value)

    def fault(self, message: str) -> FormatParseError:
        """Return an error about this place."""
        return FormatParseError(message, source=self.source, pointer=self.pointer or None)

    def __bool__(self) -> bool:
        return True


class _Missing(Place):
    """A field that is not there: empty where that will do, an error where it is needed."""

    __slots__ = ("field",)

    def __init__(self, field: str, above: Place, source: str | None) -> None:
        super().__init__(None, above, source)
        self.field = field

    def _needed(self) -> FormatParseError:
        return self.fault(f"there is no field {self.field!r}")

    def get(self, *_names: str) -> Place:
        return self

    def items(self) -> list[Place]:
        return []

    def fields(self) -> list[tuple[str, Place]]:
        return []

    def text(self, default: str | None = None) -> str:
        if default is None:
            raise self._needed()
        return default

    def name(self) -> str:
        raise self._needed()

    def __bool__(self) -> bool:
        return False


def _kind(value: object) -> str:
    if value is None:
        return "null"
    words = {bool: "a boolean", int: "a number", float: "a number", str: "a string"}
    return words.get(type(value), "a list" if isinstance(value, list) else "an object")


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
