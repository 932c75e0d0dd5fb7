"""argumap's own JSON: everything a map holds, by a published schema.

The schema is the JSON Schema of `ArgumentMap`; ``version`` names it (``argumap-map/1``).
"""

from __future__ import annotations

import re

from argumap.errors import FormatParseError
from argumap.formats._constructs import ALL
from argumap.formats._format import Format
from argumap.model import ArgumentMap, pause_gc
from argumap.model.json import parse_json

__all__ = ["FORMAT", "VERSION", "dumps", "loads", "sniff"]

VERSION = "argumap-map/1"

_VERSION = re.compile(r'"version"\s*:\s*"argumap-map/(\d+)"')


def sniff(text: str) -> bool:
    """Whether a text looks like a map in argumap's own JSON."""
    return text.lstrip()[:1] == "{" and _VERSION.search(text, 0, 4000) is not None


def loads(text: str, source: str | None = None) -> ArgumentMap:
    """Read a map.

    Raises:
        FormatParseError: It is not JSON, not a map, or of a newer version.
        ModelError: The parts of the map do not fit together.
    """
    newer = _VERSION.search(text, 0, 4000)
    if newer and int(newer[1]) > int(VERSION.rpartition("/")[2]):
        raise FormatParseError(
            f"this map has version argumap-map/{newer[1]}; this argumap reads up to {VERSION}",
            source=source,
            hint="upgrade with: pip install --upgrade argumap",
        )
    with pause_gc():
        return parse_json(ArgumentMap, text, FormatParseError, source=source)


def dumps(argmap: ArgumentMap) -> str:
    """Write a map, with fields that are None left out and a newline at the end."""
    return argmap.model_dump_json(indent=1, exclude_none=True) + "\n"


FORMAT = Format(
    name="json",
    title="argumap JSON",
    suffixes=(".json",),
    sniff=sniff,
    loads=loads,
    dumps=dumps,
    carries=ALL,
)
