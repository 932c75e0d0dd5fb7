"""GraphML: a graph with typed attributes, for yEd, Gephi, igraph, networkx and their like."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from argumap.errors import FormatParseError
from argumap.formats._cells import shown_names
from argumap.formats._constructs import ALL
from argumap.formats._format import Format
from argumap.formats._graph import (
    CARRIED,
    Edge,
    Graph,
    Node,
    from_graph,
    parse_xml,
    to_graph,
)
from argumap.formats._json import as_format_errors, parse_json
from argumap.formats._remainder import take
from argumap.formats._yed import drawn_edge, drawn_node
from argumap.model import pause_gc

if TYPE_CHECKING:
    from argumap.model import ArgumentMap

__all__ = ["FORMAT", "dumps", "loads", "sniff"]

_SPACE = "http://graphml.graphdrawing.org/xmlns"
_KEPT = "argumap"


def sniff(text: str) -> bool:
    """Whether a text looks like GraphML: by its root."""
    return re.search(r"<graphml[\s>]", text[:5000]) is not None


def loads(text: str, source: str | None = None) -> ArgumentMap:
    """Read a map.

    Raises:
        FormatParseError: It is not GraphML, or the graph is not one of claims.
        UnplacedError: An edge between claims does not say how one bears on the other.
        ModelError: The parts of the map do not fit together.
    """
    root = parse_xml(text, source)
    names: dict[str, str] = {
        key.get("id", ""): str(key.get("attr.name") or key.get("id"))
        for key in root.iter(_in("key"))
    }

    def attributes(element: ET.Element) -> dict[str, str]:
        found: dict[str, str] = {}
        for data in element.findall(_in("data")):
            name = names.get(data.get("key", ""), data.get("key", ""))
            if len(data) == 0:
                found[name] = data.text or ""
            else:
                found |= (drawn_edge if element.tag == _in("edge") else drawn_node)(data)
        return found

    found = root.find(_in("graph"))
    if found is None:
        raise FormatParseError("there is no graph in this GraphML", source=source)
    of_graph = attributes(found)
    graph = Graph(title=of_graph.get("title"))
    for node in found.iter(_in("node")):
        name = node.get("id", "")
        if not name:
            raise FormatParseError("a node has no id", source=source)
        if node.find(_in("graph")) is not None:
            graph.groups[name] = attributes(node).get("label", name)
            graph.inside |= {
                inner.get("id", ""): name
                for inner in node.iterfind(f"{_in('graph')}/{_in('node')}")
            }
        else:
            graph.nodes.append(Node(name, attributes(node)))
    for edge in found.iter(_in("edge")):
        ends = edge.get("source", ""), edge.get("target", "")
        graph.edges.append(Edge(*ends, attributes(edge)))
    with as_format_errors(source), pause_gc():
        kept = of_graph.get(_KEPT)
        data = parse_json(kept, source).value if kept else None
        return from_graph(graph, "graphml", source, data)


def dumps(argmap: ArgumentMap) -> str:
    """Write a map: claims and relations as nodes, each edge with its kind and role."""
    names = shown_names(argmap)
    graph = to_graph(argmap, names, "graphml")
    seen = loads(_written(graph, None))
    if seen == argmap:
        return _written(graph, None)
    return _written(graph, json.dumps(take(argmap, seen, names).to_json()))


def _written(graph: Graph, kept: str | None) -> str:
    root = ET.Element("graphml", {"xmlns": _SPACE})
    keys: dict[tuple[str, str], str] = {}

    def data(parent: ET.Element, kind: str, attributes: dict[str, str]) -> None:
        for name, value in attributes.items():
            if value == "" and name not in {"text", "title"}:
                continue
            key = keys.setdefault((kind, name), f"{kind[0]}{len(keys)}")
            ET.SubElement(parent, "data", {"key": key}).text = value

    element = ET.Element("graph", {"edgedefault": "directed"})
    of_graph = {"title": graph.title} if graph.title is not None else {}
    data(element, "graph", of_graph | ({_KEPT: kept} if kept else {}))
    for node in graph.nodes:
        data(ET.SubElement(element, "node", {"id": node.id}), "node", node.attributes)
    for edge in graph.edges:
        ends = {"source": edge.source, "target": edge.target}
        data(ET.SubElement(element, "edge", ends), "edge", edge.attributes)
    for (kind, name), key in keys.items():
        number = "double" if name == "confidence" else "string"
        fields = {"id": key, "for": kind, "attr.name": name, "attr.type": number}
        ET.SubElement(root, "key", fields)
    root.append(element)
    ET.indent(root, " ")
    body = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _in(name: str) -> str:
    return f"{{{_SPACE}}}{name}"


FORMAT = Format(
    name="graphml",
    title="GraphML",
    suffixes=(".graphml",),
    sniff=sniff,
    loads=loads,
    dumps=dumps,
    carries=CARRIED,
    keeps=ALL - CARRIED,
)
