"""A map as a graph of attributes, as GraphML and GEXF have it.

Claims and relations are both nodes, with their ``kind``; edges run reason → relation → target,
with their ``role``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from argumap.formats._cells import clean, list_cell
from argumap.formats._joined import own_fields
from argumap.model import ArgumentMap, Claim, Rebuttal, Support, Undercut

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CARRIED", "Edge", "Graph", "Node", "to_graph"]

AnyRelation = Support | Rebuttal | Undercut

CARRIED = frozenset(
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
        "authors",
        "components",
        "confidence",
        "title",
    }
)


@dataclass
class Node:
    """A node, with its attributes as text."""

    id: str
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass
class Edge:
    """An edge, with its attributes as text."""

    source: str
    target: str
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass
class Graph:
    """A graph.

    Attributes:
        title: Its title.
        nodes: Its nodes.
        edges: Its edges.
        groups: The titles of groups of nodes.
        inside: The group that each node stands in.
        further: Further attributes of the whole.
        unplaced: What has no place in a graph, in sentences.
    """

    title: str | None = None
    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    groups: dict[str, str] = field(default_factory=dict)
    inside: dict[str, str] = field(default_factory=dict)
    further: dict[str, Any] = field(default_factory=dict)
    unplaced: list[str] = field(default_factory=list)


def to_graph(argmap: ArgumentMap, names: Mapping[str, str], own: str) -> Graph:
    """Return the graph of a map.

    Args:
        argmap: The map.
        names: The shown id of each element.
        own: Name of the format, under which it kept attributes of others.
    """
    graph = Graph(title=clean(argmap.title) if argmap.title is not None else None)
    for claim in argmap.claims:
        attributes = {
            "kind": "claim",
            "text": clean(claim.text),
            "authors": list_cell(claim.authors),
            "component": claim.component or "",
            "confidence": "" if claim.confidence is None else repr(claim.confidence),
        }
        graph.nodes.append(Node(names[claim.id], _filled(_others(claim, own) | attributes)))
    for relation in argmap.relations:
        scheme = relation.scheme if isinstance(relation, Support) else None
        attributes = {
            "kind": relation.kind,
            "confidence": "" if relation.confidence is None else repr(relation.confidence),
            "scheme": clean(scheme or ""),
        }
        name = names[relation.id]
        graph.nodes.append(Node(name, _filled(_others(relation, own) | attributes)))
        is_support = isinstance(relation, Support)
        into, out = ("premise", "conclusion") if is_support else ("source", "target")
        for source in relation.sources:
            graph.edges.append(Edge(names[source], name, {"role": into, "kind": relation.kind}))
        target = names[relation.target]
        graph.edges.append(Edge(name, target, {"role": out, "kind": relation.kind}))
    return graph


def _others(element: Claim | AnyRelation, own: str) -> dict[str, str]:
    """Return the attributes of others that the format of that name kept."""
    fields = own_fields(element, own)
    more = {clean(key): clean(str(value)) for key, value in fields.items()}
    return {key: value for key, value in more.items() if key}


def _filled(attributes: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in attributes.items() if value or name == "text"}
