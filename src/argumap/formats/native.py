"""argumap's own JSON: everything a map holds, by a published schema.

The schema is the JSON Schema of `ArgumentMap`; ``version`` names it (``argumap-map/1``). A map of
an older version is brought up to date as it is read.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from argumap.errors import FormatParseError
from argumap.formats._constructs import ALL
from argumap.formats._format import Format
from argumap.formats._json import parse_json as read_json
from argumap.model import ArgumentMap, pause_gc
from argumap.model.json import parse_json

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FORMAT", "MIGRATIONS", "VERSION", "dumps", "loads", "sniff"]

VERSION = "argumap-map/1"

_VERSION = re.compile(r'"version"\s*:\s*"argumap-map/(\d{1,9})"')

# How the JSON of an older version becomes that of the next, by the number of the older one. A
# change of the schema raises the number in `ArgumentMap.version` and adds a line here.
MIGRATIONS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}


def sniff(text: str) -> bool:
    """Whether a text looks like a map in argumap's own JSON."""
    return text.lstrip()[:1] == "{" and _VERSION.search(text, 0, 4000) is not None


def loads(text: str, source: str | None = None) -> ArgumentMap:
    """Read a map.

    Raises:
        FormatParseError: It is not JSON, not a map, or of a newer version.
        ModelError: The parts of the map do not fit together.
    """
    found = _VERSION.search(text, 0, 4000)
    version, newest = int(found[1]) if found else None, _number(VERSION)
    if version is not None and version > newest:
        raise FormatParseError(
            f"this map has version argumap-map/{version}; this argumap reads up to {VERSION}",
            source=source,
            hint="upgrade with: pip install --upgrade argumap",
        )
    if version is not None and version < newest and version in MIGRATIONS:
        text = _migrated(text, version, source)
    with pause_gc():
        return parse_json(ArgumentMap, text, FormatParseError, source=source)


def _migrated(text: str, version: int, source: str | None) -> str:
    """Return the JSON of an older version as that of the newest."""
    data = read_json(text, source).value
    for number in range(version, _number(VERSION)):
        data = MIGRATIONS[number](data) | {"version": f"argumap-map/{number + 1}"}
    return json.dumps(data)


def _number(version: str) -> int:
    return int(version.rpartition("/")[2])


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
