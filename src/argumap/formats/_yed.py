"""What yEd's flavour of GraphML says by its drawing alone, as Argdown's tools export it."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

__all__ = ["drawn_edge", "drawn_node"]

_Y = "{http://www.yworks.com/xml/graphml}"

# The colours in which Argdown draws relations; nothing else in the file says what they are.
_COLOURS = {"#00ff00": "support", "#ff0000": "attack", "#551a8b": "undercut"}
_ARROWS = {"standard": "contrary", "diamond": "contradictory"}


def drawn_node(data: ET.Element) -> dict[str, str]:
    """Return the words of a node: ``label``, and ``title`` where there are two labels."""
    words = [_words("".join(label.itertext())) for label in data.iter(f"{_Y}NodeLabel")]
    words = [each for each in words if each]
    if not words:
        return {}
    return {"label": words[-1]} | ({"title": words[0]} if len(words) > 1 else {})


def drawn_edge(data: ET.Element) -> dict[str, str]:
    """Return the ``kind`` of an edge where its colour tells it, and its ``label``."""
    found: dict[str, str] = {}
    labels = [_words(label.text or "") for label in data.iter(f"{_Y}EdgeLabel")]
    if any(labels):
        found["label"] = " ".join(labels)
    line, arrows = next(data.iter(f"{_Y}LineStyle"), None), next(data.iter(f"{_Y}Arrows"), None)
    colour = line.get("color", "").lower() if line is not None else ""
    if kind := _COLOURS.get(colour):
        start = arrows.get("source", "") if arrows is not None else ""
        found["kind"] = _ARROWS.get(start, kind) if kind == "attack" else kind
    return found


def _words(text: str) -> str:
    """Return a label as words.

    Examples:
        >>> _words("<html>It&#x20;rained<br>here </html>")
        'It rained here'
    """
    if text.strip().startswith("<html>"):
        text = html.unescape(re.sub(r"</?\w+ ?/?>", " ", text))
    return " ".join(text.split())
