"""GraphML: a graph with typed attributes, for yEd, Gephi, igraph, networkx and their like."""

from __future__ import annotations

import json
import re
from functools import partial
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from argumap.errors import FormatParseError
from argumap.formats._cells import shown_names
from argumap.formats._constructs import ALL
from argumap.formats._format import Format
from argumap.formats._graph import (
    CARRIED,
    Edge,
    Graph,
    Node,
    to_graph,
)
from argumap.formats._graph_reading import from_graph
from argumap.formats._json import as_format_errors, parse_json
from argumap.formats._remainder import take
from argumap.formats._xml import parse_xml, quoted
from argumap.formats._yed import OF_YED, drawn_edge, drawn_node, with_arguments
from argumap.model import pause_gc

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree import ElementTree as ET

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
    with as_format_errors(source), pause_gc():
        root = parse_xml(text, source)
        for element in root.iter():
            # Older files have another name space, or none.
            if not element.tag.startswith(OF_YED):
                element.tag = element.tag.rpartition("}")[2]
        graph, kept = _graph_of(root, source)
        data = parse_json(kept, source).value if kept else None
        return from_graph(graph, "graphml", source, data)


def _keys(root: ET.Element) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Return the attributes' names by their keys, and what those of nodes and edges are unsaid."""
    names: dict[str, str] = {}
    defaults: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
    for key in root.iter("key"):
        names[key.get("id", "")] = name = str(key.get("attr.name") or key.get("id"))
        if default := key.findtext("default"):
            for kind, unsaid in defaults.items():
                if key.get("for", "all") in {kind, "all"}:
                    unsaid[name] = default
    return names, defaults


def _attributes(
    element: ET.Element, names: dict[str, str], defaults: dict[str, dict[str, str]]
) -> dict[str, str]:
    """Return the attributes of a graph, node or edge, by their names."""
    found = dict(defaults.get(element.tag, {}))
    for data in element:
        if data.tag != "data":
            continue
        name = names.get(data.get("key", ""), data.get("key", ""))
        if len(data) == 0:
            found[name] = data.text or ""
        else:
            found |= (drawn_edge if element.tag == "edge" else drawn_node)(data)
    return found


def _graph_of(root: ET.Element, source: str | None) -> tuple[Graph, str | None]:
    """Return the graph of a file, and what argumap keeps beside it."""
    names, defaults = _keys(root)
    attributes = partial(_attributes, names=names, defaults=defaults)
    found = root.find("graph")
    if found is None:
        raise FormatParseError("there is no graph in this GraphML", source=source)
    of_graph = attributes(found)
    graph = Graph(title=of_graph.get("title"))
    graph.further = {k: v for k, v in of_graph.items() if k not in {"title", _KEPT} and v.strip()}
    if several := len(root.findall("graph")) - 1:
        graph.unplaced.append(f"{several} graphs after the first one")
    for node in found.iter("node"):
        name = node.get("id", "")
        if not name:
            raise FormatParseError("a node has no id", source=source)
        inner = node.find("graph")
        if inner is None:
            graph.nodes.append(Node(name, attributes(node)))
        else:
            graph.groups[name] = attributes(node).get("label", name)
            graph.inside |= {each.get("id", ""): name for each in inner if each.tag == node.tag}
    for edge in found.iter("edge"):
        ends = edge.get("source", ""), edge.get("target", "")
        graph.edges.append(Edge(*ends, attributes(edge)))
    with_arguments(graph, found)
    return graph, of_graph.get(_KEPT)


def dumps(argmap: ArgumentMap) -> str:
    """Write a map: claims and relations as nodes, each edge with its kind and role."""
    names = shown_names(argmap)
    with pause_gc():
        graph = to_graph(argmap, names, "graphml")
        seen = from_graph(graph, "graphml", None)
        kept = None if seen == argmap else json.dumps(take(argmap, seen, names).to_json())
    return "".join(_written(graph, kept))


def _written(graph: Graph, kept: str | None) -> Iterator[str]:
    """Yield the lines of a file."""
    keys: dict[tuple[str, str], str] = {}
    body: list[str] = []

    def data(indent: str, kind: str, attributes: dict[str, str]) -> None:
        for name, value in attributes.items():
            key = keys.setdefault((kind, name), f"{kind[0]}{len(keys)}")
            body.append(f'{indent}<data key="{key}">{escape(value)}</data>\n')

    of_graph = {"title": graph.title} if graph.title is not None else {}
    data("  ", "graph", of_graph | ({_KEPT: kept} if kept else {}))
    for node in graph.nodes:
        body.append(f"  <node id={quoted(node.id)}>\n")
        data("   ", "node", node.attributes)
        body.append("  </node>\n")
    for edge in graph.edges:
        body.append(f"  <edge source={quoted(edge.source)} target={quoted(edge.target)}>\n")
        data("   ", "edge", edge.attributes)
        body.append("  </edge>\n")
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="{_SPACE}">\n'
    for (kind, name), key in keys.items():
        number = "double" if name == "confidence" else "string"
        fields = f'for="{kind}" attr.name={quoted(name)} attr.type="{number}"'
        yield f' <key id="{key}" {fields} />\n'
    yield ' <graph edgedefault="directed">\n'
    yield from body
    yield " </graph>\n</graphml>\n"


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
