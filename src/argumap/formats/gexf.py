"""GEXF: the graph format of Gephi. Written is 1.2, which more tools read than 1.3."""

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
from argumap.model import pause_gc

if TYPE_CHECKING:
    from argumap.model import ArgumentMap

__all__ = ["FORMAT", "dumps", "loads", "sniff"]

_SPACE = "http://www.gexf.net/1.2draft"
# The description of a file is for remarks: there is no other place for what concerns the whole.
_KEPT = "argumap: "


def sniff(text: str) -> bool:
    """Whether a text looks like GEXF: by its root."""
    return re.search(r"<gexf[\s>]", text[:5000]) is not None


def loads(text: str, source: str | None = None) -> ArgumentMap:
    """Read a map, of GEXF 1.1 to 1.3.

    Raises:
        FormatParseError: It is not GEXF, or the graph is not one of claims.
        UnplacedError: An edge between claims does not say how one bears on the other.
        ModelError: The parts of the map do not fit together.
    """
    root = parse_xml(text, source)
    for element in root.iter():
        # Each version has a name space of its own, and the same elements.
        element.tag = element.tag.rpartition("}")[2]
    graph = _graph_of(root, source)
    remark = root.findtext("meta/description") or ""
    with as_format_errors(source), pause_gc():
        kept = remark.removeprefix(_KEPT) if remark.startswith(_KEPT) else None
        data = parse_json(kept, source).value if kept is not None else None
        return from_graph(graph, "gexf", source, data)


def _graph_of(root: ET.Element, source: str | None) -> Graph:
    names = {
        (group.get("class", "node"), each.get("id", "")): each.get("title", "")
        for group in root.iter("attributes")
        for each in group.iter("attribute")
    }

    def attributes(element: ET.Element, kind: str) -> dict[str, str]:
        found = {"label": element.get("label", "")} if element.get("label") else {}
        for value in element.iter("attvalue"):
            name = names.get((kind, value.get("for") or value.get("id") or ""))
            if name is not None:
                found[name] = value.get("value", "")
        return found

    graph = Graph(title=root.findtext("meta/title"))
    for node in root.iter("node"):
        if not node.get("id"):
            raise FormatParseError("a node has no id", source=source)
        fields = attributes(node, "node")
        if "text" in fields or "kind" in fields:
            fields.pop("label", None)  # made of the text
        graph.nodes.append(Node(node.get("id", ""), fields))
    for edge in root.iter("edge"):
        ends = edge.get("source", ""), edge.get("target", "")
        graph.edges.append(Edge(*ends, attributes(edge, "edge")))
    return graph


def dumps(argmap: ArgumentMap) -> str:
    """Write a map: claims and relations as nodes, each edge with its kind and role."""
    names = shown_names(argmap)
    graph = to_graph(argmap, names, "gexf")
    seen = loads(_written(graph, None))
    if seen == argmap:
        return _written(graph, None)
    return _written(graph, _KEPT + json.dumps(take(argmap, seen, names).to_json()))


def _written(graph: Graph, remark: str | None) -> str:
    root = ET.Element("gexf", {"xmlns": _SPACE, "version": "1.2"})
    meta = ET.SubElement(root, "meta")
    ET.SubElement(meta, "creator").text = "argumap"
    if graph.title is not None:
        ET.SubElement(meta, "title").text = graph.title
    if remark is not None:
        ET.SubElement(meta, "description").text = remark
    body = ET.SubElement(root, "graph", {"defaultedgetype": "directed"})
    ids: dict[tuple[str, str], str] = {}
    groups = {kind: ET.SubElement(body, "attributes", {"class": kind}) for kind in ("node", "edge")}

    def values(parent: ET.Element, kind: str, attributes: dict[str, str]) -> None:
        filled = {name: value for name, value in attributes.items() if value or name == "text"}
        if filled:
            group = ET.SubElement(parent, "attvalues")
            for name, value in filled.items():
                key = ids.setdefault((kind, name), str(len(ids)))
                ET.SubElement(group, "attvalue", {"for": key, "value": value})

    nodes = ET.SubElement(body, "nodes")
    for node in graph.nodes:
        label = node.attributes.get("text") or node.attributes["kind"]
        element = ET.SubElement(nodes, "node", {"id": node.id, "label": label})
        values(element, "node", node.attributes)
    edges = ET.SubElement(body, "edges")
    for number, edge in enumerate(graph.edges):
        ends = {"id": str(number), "source": edge.source, "target": edge.target}
        values(ET.SubElement(edges, "edge", ends), "edge", edge.attributes)
    for (kind, name), key in ids.items():
        number_type = "double" if name == "confidence" else "string"
        fields = {"id": key, "title": name, "type": number_type}
        ET.SubElement(groups[kind], "attribute", fields)
    ET.indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


FORMAT = Format(
    name="gexf",
    title="GEXF",
    suffixes=(".gexf",),
    sniff=sniff,
    loads=loads,
    dumps=dumps,
    carries=CARRIED,
    keeps=ALL - CARRIED,
)
