"""AIF, the Argument Interchange Format, as JSON: the form of AIFdb, and xAIF around it.

I-nodes are claims, RA-nodes supports, CA-nodes rebuttals and undercuts; a locution that an
illocution anchors in a claim is a mention. Everything else (transitions, rephrases, preferences,
further fields) is kept under ``extra["aif"]`` and written back.
"""

from __future__ import annotations

import re
from typing import Any

from argumap.formats._constructs import ALL
from argumap.formats._format import Format
from argumap.formats._json import Place, as_format_errors, parse_json, to_json
from argumap.formats._remainder import put_back, take
from argumap.formats.aif.ova import as_aif, is_ova
from argumap.formats.aif.reading import Reading
from argumap.formats.aif.writing import to_document
from argumap.model import ArgumentMap, pause_gc

__all__ = ["AIF", "XAIF", "dumps", "dumps_xaif", "loads"]


def sniff(text: str) -> bool:
    """Whether a text looks like AIF: nodes with a nodeID, those of OVA 2, or none at all."""
    if text.lstrip()[:1] != "{" or sniff_xaif(text):
        return False
    if '"nodeID"' in text or ('"participantID"' in text and '"analysis"' in text):
        return True
    return re.search(r'"nodes"\s*:\s*\[\s*\]', text) is not None and '"locutions"' in text


def sniff_xaif(text: str) -> bool:
    """Whether a text looks like xAIF: an object with AIF in it, perhaps after a long text."""
    return text.lstrip()[:1] == "{" and re.search(r'"AIF"\s*:\s*\{', text) is not None


def loads(text: str, source: str | None = None) -> ArgumentMap:
    """Read a map from AIF or xAIF.

    Raises:
        FormatParseError: It is not JSON, or not AIF (with a JSON Pointer).
        ModelError: The parts of the map do not fit together.
    """
    with as_format_errors(source), pause_gc():
        root = parse_json(text, source)
        shown = _read(root)
        kept = root.get("argumap")
        return put_back(shown, kept.value, source=source) if kept else shown


def _read(root: Place) -> ArgumentMap:
    """Return what a document shows."""
    around = root.get("AIF")
    if around:
        rest = {key: value for key, value in root.value.items() if key not in {"AIF", "argumap"}}
        return Reading(around).run({"xaif": rest} if rest else {})
    if not root.get("nodes"):
        raise root.fault("there is no field 'nodes': this is no AIF")
    return Reading(as_aif(root) if is_ova(root) else root).run({})


def dumps(argmap: ArgumentMap) -> str:
    """Write a map as AIF JSON of AIFdb, with what AIF has no words for under ``"argumap"``."""
    document = to_document(argmap)
    return _with_remainder(argmap, document)


def dumps_xaif(argmap: ArgumentMap) -> str:
    """Write a map as xAIF, with what it has no words for under ``"argumap"``."""
    inner = to_document(argmap)
    for key in _XAIF_LISTS:
        inner.setdefault(key, [])
    around = (argmap.extra or {}).get("xaif")
    document: dict[str, Any] = {"AIF": inner, "text": {"txt": ""}, "dialog": True, "OVA": {}}
    if isinstance(around, dict):
        document |= around
    return _with_remainder(argmap, document)


_XAIF_LISTS = (
    "participants",
    "schemefulfillments",
    "descriptorfulfillments",
    "cqdescriptorfulfillments",
)


def _with_remainder(argmap: ArgumentMap, document: dict[str, Any]) -> str:
    with pause_gc():
        seen = _read(Place(document))
        if seen != argmap:
            document["argumap"] = take(argmap, seen).to_json()
        return to_json(document)


_CARRIED = frozenset(
    {
        "supports",
        "linked premises",
        "undercuts",
        "undercuts of rebuttals",
        "undercuts of undercuts",
        "schemes",
        "claim text",
        "ids",
        "relation ids",
        "stances",
        "authors",
        "quotes",
    }
)

XAIF = Format(
    name="xaif",
    title="xAIF",
    suffixes=(".xaif", ".json"),
    sniff=sniff_xaif,
    loads=loads,
    dumps=dumps_xaif,
    carries=_CARRIED,
    keeps=ALL - _CARRIED,
)
AIF = Format(
    name="aif",
    title="AIF JSON (AIFdb)",
    suffixes=(".aif", ".json"),
    sniff=sniff,
    loads=loads,
    dumps=dumps,
    carries=_CARRIED,
    keeps=ALL - _CARRIED,
)
