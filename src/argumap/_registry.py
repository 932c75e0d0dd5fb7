"""A named table: the one place where readers, formats, extractors and the like are listed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from argumap.errors import UnknownNameError

T = TypeVar("T")


class Registry(Mapping[str, T]):
    """A read-only table whose look-up of a wrong name says which names there are.

    Examples:
        >>> colours = Registry("colour", {"red": 1, "blue": 2})
        >>> colours["red"]
        1
        >>> colours["rde"]  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        ...
        argumap.errors.UnknownNameError: no colour is called 'rde' (did you mean 'red'?); ...
    """

    def __init__(self, kind: str, entries: Mapping[str, T]) -> None:
        self.kind = kind
        self._entries = dict(entries)

    def __getitem__(self, name: str) -> T:
        try:
            return self._entries[name]
        except KeyError:
            raise UnknownNameError(self.kind, name, self._entries) from None

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)
