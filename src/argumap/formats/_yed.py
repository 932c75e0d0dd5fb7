"""What yEd's flavour of GraphML says by its drawing alone, as Argdown and Carneades export it."""

from __future__ import annotations

import html
import itertools
import re
from typing import TYPE_CHECKING

from argumap.formats._graph import Edge, Graph, Node

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

__all__ = ["OF_YED", "drawn_edge", "drawn_node", "with_arguments"]

# The name space of what yEd adds.
OF_YED = _Y = "{http://www.yworks.com/xml/graphml}"

# The colours in which Argdown draws relations; nothing else in the file says what they are.
_COLOURS = {"#00ff00": "support", "#ff0000": "attack", "#551a8b": "undercut"}
_ARROWS = {"standard": "contrary", "diamond": "contradictory"}
# The shapes in which Carneades draws arguments and issues. Argdown draws all nodes in the first.
_BOXES = {"roundrectangle": "argument", "hexagon": "issue"}
# What rules each other out grows with the square of the positions.
_MOST_POSITIONS = 50


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


def with_arguments(graph: Graph, found: ET.Element) -> None:
    """Make relations of the boxes that Carneades draws for arguments and issues.

    A line leads from each premise to its argument, an arrow from there to the conclusion, and a
    dashed line from what undercuts it; the positions of an issue rule each other out. A graph
    that is not drawn so is left as it is.
    """
    shapes = {
        node.get("id", ""): shape.get("type", "")
        for node in found.iter("node")
        if node.find("graph") is None
        for shape in node.iter(f"{_Y}Shape")
    }
    boxes = {name: _BOXES[shape] for name, shape in shapes.items() if shape in _BOXES}
    given: dict[str, list[tuple[Edge, bool]]] = {name: [] for name in boxes}
    concluded: dict[str, list[Edge]] = {name: [] for name in boxes}
    for edge, element in zip(graph.edges, found.iter("edge"), strict=True):
        if (edge.source in boxes) == (edge.target in boxes):
            return
        line = next(element.iter(f"{_Y}LineStyle"), None)
        dashed = line is not None and line.get("type") == "dashed"
        if edge.source in boxes:
            concluded[edge.source].append(edge)
        else:
            given[edge.target].append((edge, dashed))
    if any(len(concluded[name]) != (kind == "argument") for name, kind in boxes.items()):
        return
    statements = [node for node in graph.nodes if node.id not in boxes]
    nodes = {node.id: node for node in graph.nodes}
    graph.nodes, graph.edges = statements, []
    for name, kind in boxes.items():
        if kind == "issue":
            _rule_out(graph, nodes[name], [edge.source for edge, _ in given[name]])
        else:
            _argue(graph, nodes[name], given[name], concluded[name][0])


def _argue(graph: Graph, node: Node, given: list[tuple[Edge, bool]], conclusion: Edge) -> None:
    """Put the support of an argument into a graph, and its undercuts."""
    premises = [edge for edge, dashed in given if not dashed]
    scheme = node.attributes.get("label", "").partition(": ")[2]
    labels = {edge.source: edge.attributes.get("label") for edge in premises}
    roles = [f"{source}: {label}" for source, label in labels.items() if label]
    node.attributes |= {"kind": "support", "scheme": scheme, "roles": ", ".join(roles)}
    node.attributes["weight"] = conclusion.attributes.get("label", "")
    node.attributes = {key: value for key, value in node.attributes.items() if value}
    struck, kind = node.id, "undercut"
    if premises:
        graph.nodes.append(node)
        graph.edges += [*premises, Edge(node.id, conclusion.target)]
    else:
        # It joins nothing, and what undercuts it can only deny its conclusion.
        fields = {**node.attributes, "conclusion": conclusion.target}
        graph.further.setdefault("arguments", {})[node.id] = fields
        struck, kind = conclusion.target, "rebuttal"
    for number, edge in enumerate((edge for edge, dashed in given if dashed), start=1):
        name = f"{node.id}~{number}"
        graph.nodes.append(Node(name, {"kind": kind}))
        graph.edges += [Edge(edge.source, name), Edge(name, struck)]


def _rule_out(graph: Graph, node: Node, positions: list[str]) -> None:
    """Put the rebuttals among the positions of an issue into a graph."""
    issue = node.attributes.get("label", node.id)
    if len(positions) > _MOST_POSITIONS:
        graph.unplaced.append(f"the issue {issue!r}: {len(positions)} positions are not read")
        return
    graph.edges += [
        Edge(one, other, {"kind": "rebuttal", "issue": issue})
        for one, other in itertools.permutations(positions, 2)
    ]


def _words(text: str) -> str:
    """Return a label as words.

    Examples:
        >>> _words("<html>It&#x20;rained<br>here </html>")
        'It rained here'
    """
    if text.strip().startswith("<html>"):
        text = html.unescape(re.sub(r"</?\w+ ?/?>", " ", text))
    return " ".join(text.split())
