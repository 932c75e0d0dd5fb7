"""What a format says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from argumap.model import ArgumentMap

__all__ = ["Format", "UnplacedError"]


class UnplacedError(Exception):
    """What a reader raises when a map has no place for something that a file says.

    It never leaves `argumap.formats`: `load` refuses or goes on, as it was told.

    Attributes:
        argmap: The map of all the rest.
        constructs: What has no place, each a sentence.
    """

    def __init__(self, argmap: ArgumentMap, constructs: Sequence[str]) -> None:
        self.argmap = argmap
        self.constructs = tuple(constructs)
        super().__init__(*constructs)


@dataclass(frozen=True)
class Format:
    """One way to write an argument map as text.

    Attributes:
        name: The name that `loads` and ``--from`` take.
        title: The name in words.
        suffixes: File name endings, the usual one first, each with its dot.
        sniff: Whether a text looks like this format. It is asked before `loads`, so it may look
            at the beginning only, and must not raise.
        loads: Text and source name to map; None when the format is only written.
        dumps: Map to text; None when the format is only read.
        carries: Names of the constructs that the format has words of its own for.
        keeps: Names of the constructs that it keeps in a place that other tools pass over, from
            where they come back to argumap.
        for_people: Whether it is a report, from which nobody expects to get the map back: it is
            written without asking, whatever it leaves out.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    sniff: Callable[[str], bool]
    loads: Callable[[str, str | None], ArgumentMap] | None = None
    dumps: Callable[[ArgumentMap], str] | None = None
    carries: frozenset[str] = frozenset()
    keeps: frozenset[str] = frozenset()
    for_people: bool = False

    @property
    def saves(self) -> frozenset[str]:
        """What a map may hold without losing it in this format."""
        return self.carries | self.keeps
