"""A map as a graph of attributes, as GraphML and GEXF have it, and back.

Claims and relations are both nodes, with their ``kind``; edges run reason → relation → target,
with their ``role``. Graphs of others, in which edges run from claim to claim, are read as well.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from argumap.errors import FormatParseError
from argumap.formats._cells import clean, list_cell, listed
from argumap.formats._format import UnplacedError
from argumap.formats._remainder import put_back
from argumap.model import ArgumentMap, Claim, Mention, Rebuttal, Support, Undercut

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

__all__ = ["CARRIED", "Edge", "Graph", "Node", "from_graph", "to_graph"]

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

_FIELDS = ("kind", "text", "authors", "component", "confidence", "scheme")

# What tools call the relation of an edge between two claims.
_RELATIONS = {
    "support": "support",
    "supports": "support",
    "pro": "support",
    "attack": "rebuttal",
    "attacks": "rebuttal",
    "rebuttal": "rebuttal",
    "rebuts": "rebuttal",
    "con": "rebuttal",
    "entails": "support",
    "undercut": "undercut",
    "undercuts": "undercut",
    "contrary": "contrary",
    "contradictory": "contrary",
}


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
    """A graph, with its title, the titles of groups and the group that each node stands in."""

    title: str | None = None
    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    groups: dict[str, str] = field(default_factory=dict)
    inside: dict[str, str] = field(default_factory=dict)


def to_graph(argmap: ArgumentMap, names: Mapping[str, str], own: str) -> Graph:
    """Return the graph of a map.

    Args:
        argmap: The map.
        names: The shown id of each element.
        own: Name of the format, under which it kept attributes of others.
    """
    graph = Graph(title=clean(argmap.title) if argmap.title is not None else None)
    for claim in argmap.claims:
        others = (claim.extra or {}).get(own)
        attributes = {
            "kind": "claim",
            "text": clean(claim.text),
            "authors": list_cell(claim.authors),
            "component": claim.component or "",
            "confidence": "" if claim.confidence is None else repr(claim.confidence),
        }
        if isinstance(others, dict):
            more = {clean(key): clean(str(value)) for key, value in others.items()}
            attributes = {key: value for key, value in more.items() if key} | attributes
        graph.nodes.append(Node(names[claim.id], _filled(attributes)))
    for relation in argmap.relations:
        scheme = relation.scheme if isinstance(relation, Support) else None
        attributes = {
            "kind": relation.kind,
            "confidence": "" if relation.confidence is None else repr(relation.confidence),
            "scheme": clean(scheme or ""),
        }
        name = names[relation.id]
        graph.nodes.append(Node(name, _filled(attributes)))
        is_support = isinstance(relation, Support)
        into, out = ("premise", "conclusion") if is_support else ("source", "target")
        for source in relation.sources:
            graph.edges.append(Edge(names[source], name, {"role": into, "kind": relation.kind}))
        target = names[relation.target]
        graph.edges.append(Edge(name, target, {"role": out, "kind": relation.kind}))
    return graph


def _filled(attributes: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in attributes.items() if value or name == "text"}


def from_graph(
    graph: Graph, own: str, source: str | None, kept: object | None = None
) -> ArgumentMap:
    """Return the map of a graph, with the remainder that was kept beside it.

    Raises:
        FormatParseError: A node is there twice, an edge names none, a relation has no target.
        UnplacedError: An edge between claims does not say how one bears on the other.
    """
    kinds = _kinds(graph, source)
    into: dict[str, list[str]] = {}
    out: dict[str, list[str]] = {}
    direct: list[Edge] = []
    for edge in graph.edges:
        for end in (edge.source, edge.target):
            if end not in kinds:
                message = f"an edge names the node {end!r}, which is not there"
                raise FormatParseError(message, source=source)
        if kinds[edge.source] != "claim":
            out.setdefault(edge.source, []).append(edge.target)
        elif kinds[edge.target] != "claim":
            into.setdefault(edge.target, []).append(edge.source)
        else:
            direct.append(edge)
    relations = [
        _relation(node, into.get(node.id, []), out.get(node.id, []), source)
        for node in graph.nodes
        if kinds[node.id] != "claim"
    ]
    more, unplaced = _between_claims(direct, kinds)
    argmap = ArgumentMap(
        title=graph.title or None,
        claims=tuple(
            _claim(node, own, graph, source) for node in graph.nodes if kinds[node.id] == "claim"
        ),
        relations=(*relations, *more),
        extra={own: {"groups": dict(graph.groups)}} if graph.groups else None,
    )
    if kept is not None:
        argmap = put_back(argmap, kept, source=source)
    if unplaced:
        raise UnplacedError(argmap, unplaced)
    return argmap


def _kinds(graph: Graph, source: str | None) -> dict[str, str]:
    kinds: dict[str, str] = {}
    for node in graph.nodes:
        if node.id in kinds:
            raise FormatParseError(f"two nodes have the id {node.id!r}", source=source)
        kinds[node.id] = kind = node.attributes.get("kind", "claim").lower()
        if kind not in {"claim", "support", "rebuttal", "undercut"}:
            raise FormatParseError(
                f"node {node.id!r} has the kind {kind!r}",
                source=source,
                hint="known: claim, support, rebuttal, undercut",
            )
    return kinds


def _relation(
    node: Node, sources: list[str], targets: list[str], source: str | None
) -> AnyRelation:
    """Return the relation that a node stands for."""
    kind = node.attributes["kind"].lower()
    if not sources or len(targets) != 1 or (kind != "support" and len(sources) != 1):
        raise FormatParseError(
            f"{kind} {node.id!r} has {len(sources)} sources and {len(targets)} targets",
            source=source,
            hint="edges run reason → relation → target, and a relation has one target",
        )
    confidence = _number(node, source)
    if kind == "support":
        return Support(
            id=node.id,
            premises=tuple(sources),
            conclusion=targets[0],
            scheme=node.attributes.get("scheme") or None,
            confidence=confidence,
        )
    make = Rebuttal if kind == "rebuttal" else Undercut
    return make(id=node.id, source=sources[0], target=targets[0], confidence=confidence)


def _between_claims(
    edges: list[Edge], taken: Collection[str]
) -> tuple[list[AnyRelation], list[str]]:
    """Return the relations that edges between claims stand for, and what the others are."""
    ids = (f"r{n}" for n in itertools.count(1) if f"r{n}" not in taken)
    relations: list[AnyRelation] = []
    undercuts: list[Edge] = []
    unplaced: list[str] = []
    given: dict[str, list[str]] = {}
    for edge in edges:
        keys = ("kind", "relation", "type", "label")
        told = [edge.attributes[key] for key in keys if edge.attributes.get(key)]
        kind = next((_RELATIONS[word.lower()] for word in told if word.lower() in _RELATIONS), None)
        ends = f"from {edge.source!r} to {edge.target!r}"
        if kind == "undercut":
            undercuts.append(edge)
        elif kind is None:
            why = f"is of the kind {told[0]!r}" if told else "does not say what it is"
            unplaced.append(f"the edge {ends} {why}: known are support and attack")
        elif kind == "support" and edge.source == edge.target:
            unplaced.append(f"the edge {ends} is a claim's support of itself")
        elif kind == "support":
            relations.append(Support(id=next(ids), premises=(edge.source,), conclusion=edge.target))
            given.setdefault(edge.source, []).append(relations[-1].id)
        else:
            pairs = dict.fromkeys([(edge.source, edge.target), (edge.target, edge.source)])
            for from_, to in pairs if kind == "contrary" else [(edge.source, edge.target)]:
                relations.append(Rebuttal(id=next(ids), source=from_, target=to))
                given.setdefault(from_, []).append(relations[-1].id)
    for edge in undercuts:
        # A claim that is undercut is a reason: what is struck is what it is a reason for.
        struck = given.get(edge.target, [])
        relations += [Undercut(id=next(ids), source=edge.source, target=each) for each in struck]
        if not struck:
            relations.append(Rebuttal(id=next(ids), source=edge.source, target=edge.target))
    return relations, unplaced


def _claim(node: Node, own: str, graph: Graph, source: str | None) -> Claim:
    attributes = node.attributes
    others = {key: value for key, value in attributes.items() if key not in _FIELDS}
    if node.id in graph.inside:
        others["group"] = graph.inside[node.id]
    text = attributes.get("text")
    if text is None:
        text = others.get("label", node.id)
    component: Any = attributes.get("component") or None
    return Claim(
        id=node.id,
        text=text,
        mentions=tuple(Mention(author=a) for a in listed(attributes.get("authors", ""))),
        component=component,
        confidence=_number(node, source),
        extra={own: others} if others else None,
    )


def _number(node: Node, source: str | None) -> float | None:
    cell = node.attributes.get("confidence", "")
    try:
        return float(cell) if cell else None
    except ValueError:
        message = f"confidence {cell!r} of node {node.id!r} is not a number"
        raise FormatParseError(message, source=source) from None
