"""GEXF: the graph format of Gephi. Written is 1.2, which more tools read than 1.3."""

from __future__ import annotations

import json
import re
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
from argumap.model import pause_gc

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree import ElementTree as ET

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
    with as_format_errors(source), pause_gc():
        root = parse_xml(text, source)
        for element in root.iter():
            # Each version has a name space of its own, and the same elements.
            element.tag = element.tag.rpartition("}")[2]
        graph = _graph_of(root, source)
        remark = root.findtext("meta/description") or ""
        kept = remark.removeprefix(_KEPT) if remark.startswith(_KEPT) else None
        data = parse_json(kept, source).value if kept is not None else None
        return from_graph(graph, "gexf", source, data)


def _declarations(
    root: ET.Element,
) -> tuple[dict[tuple[str, str], str], dict[str, dict[str, str]]]:
    """Return the attributes' names by kind and id, and what those of nodes and edges are unsaid."""
    names: dict[tuple[str, str], str] = {}
    defaults: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
    for group in root.iter("attributes"):
        kind = group.get("class", "node")
        for each in group.iter("attribute"):
            names[kind, each.get("id", "")] = title = each.get("title", "")
            if default := each.findtext("default"):
                defaults.setdefault(kind, {})[title] = default
    return names, defaults


def _remarks(root: ET.Element) -> dict[str, str]:
    """Return what is said of the whole file, but for its title and by argumap."""
    return {
        element.tag: words
        for element in root.iterfind("meta/*")
        if (words := (element.text or "").strip())
        and element.tag != "title"
        and words != "argumap"
        and not words.startswith(_KEPT)
    }


def _graph_of(root: ET.Element, source: str | None) -> Graph:
    names, defaults = _declarations(root)

    def attributes(element: ET.Element, kind: str) -> dict[str, str]:
        found = dict(defaults[kind])
        for value in element.iter("attvalue"):
            name = names.get((kind, value.get("for") or value.get("id") or ""))
            if name is not None:
                found[name] = value.get("value", "")
        # The label of a node with words or a kind of its own is made of those.
        made = kind == "node" and ("text" in found or "kind" in found)
        shown = () if made else ("label", "kind", "weight")
        return {name: element.get(name, "") for name in shown if element.get(name)} | found

    graph = Graph(title=root.findtext("meta/title"), further=_remarks(root))
    for node in root.iter("node"):
        if not node.get("id"):
            raise FormatParseError("a node has no id", source=source)
        graph.nodes.append(Node(node.get("id", ""), attributes(node, "node")))
    for edge in root.iter("edge"):
        ends = edge.get("source", ""), edge.get("target", "")
        graph.edges.append(Edge(*ends, attributes(edge, "edge")))
    return graph


def dumps(argmap: ArgumentMap) -> str:
    """Write a map: claims and relations as nodes, each edge with its kind and role."""
    names = shown_names(argmap)
    with pause_gc():
        graph = to_graph(argmap, names, "gexf")
        seen = from_graph(graph, "gexf", None)
        kept = None if seen == argmap else json.dumps(take(argmap, seen, names).to_json())
    return "".join(_written(graph, None if kept is None else _KEPT + kept))


def _written(graph: Graph, remark: str | None) -> Iterator[str]:
    """Yield the lines of a file."""
    ids: dict[tuple[str, str], str] = {}
    bodies: dict[str, list[str]] = {"node": [], "edge": []}

    def element(kind: str, fields: str, attributes: dict[str, str]) -> None:
        body = bodies[kind]
        if not attributes:
            body.append(f"   <{kind} {fields} />\n")
            return
        body.append(f"   <{kind} {fields}>\n    <attvalues>\n")
        for name, value in attributes.items():
            key = ids.setdefault((kind, name), str(len(ids)))
            body.append(f'     <attvalue for="{key}" value={quoted(value)} />\n')
        body.append(f"    </attvalues>\n   </{kind}>\n")

    for node in graph.nodes:
        label = node.attributes.get("text") or node.attributes["kind"]
        element("node", f"id={quoted(node.id)} label={quoted(label)}", node.attributes)
    for number, edge in enumerate(graph.edges):
        ends = f"source={quoted(edge.source)} target={quoted(edge.target)}"
        element("edge", f'id="{number}" {ends}', edge.attributes)
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="{_SPACE}" version="1.2">\n'
    yield " <meta>\n  <creator>argumap</creator>\n"
    if graph.title is not None:
        yield f"  <title>{escape(graph.title)}</title>\n"
    if remark is not None:
        yield f"  <description>{escape(remark)}</description>\n"
    yield ' </meta>\n <graph defaultedgetype="directed">\n'
    for kind in bodies:
        yield f'  <attributes class="{kind}">\n'
        yield from (_declared(key, name) for (of, name), key in ids.items() if of == kind)
        yield "  </attributes>\n"
    for kind, body in bodies.items():
        yield f"  <{kind}s>\n"
        yield from body
        yield f"  </{kind}s>\n"
    yield " </graph>\n</gexf>\n"


def _declared(key: str, name: str) -> str:
    number_type = "double" if name == "confidence" else "string"
    return f'   <attribute id="{key}" title={quoted(name)} type="{number_type}" />\n'


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
