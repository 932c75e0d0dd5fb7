"""From a graph of attributes to a map: argumap's own, or one of others.

In graphs of others edges may run from claim to claim, and say by an attribute what they are.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from argumap.errors import FormatParseError
from argumap.formats._cells import listed
from argumap.formats._format import UnplacedError
from argumap.formats._remainder import put_back
from argumap.model import ArgumentMap, Claim, Mention, Rebuttal, Support, Undercut

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from argumap.formats._graph import Edge, Graph, Node

__all__ = ["from_graph"]

AnyRelation = Support | Rebuttal | Undercut

# How many more relations a map may have than its graph has edges between claims.
_MOST_MORE = 10_000
_OF_CLAIMS = {"kind", "text", "authors", "component", "confidence"}
_OF_RELATIONS = {"kind", "confidence", "scheme"}

# What tools call a node that is a claim or a relation.
_KINDS = {
    **dict.fromkeys(("claim", "statement", "argument", "atom", "i", "i-node"), "claim"),
    **dict.fromkeys(("premise", "conclusion", "proposition", "position", "issue"), "claim"),
    **dict.fromkeys(("support", "inference", "ra", "ra-node"), "support"),
    **dict.fromkeys(("attack", "conflict", "ca", "ca-node"), "attack"),
    **{kind: kind for kind in ("rebuttal", "undercut")},
}
# Attributes of an edge that may say what it is.
_TELLING = ("kind", "relation", "type", "label")
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
    "conflict": "rebuttal",
    "inference": "support",
    "entails": "support",
    "undercut": "undercut",
    "undercuts": "undercut",
    "contrary": "contrary",
    "contradictory": "contrary",
}


def from_graph(
    graph: Graph, own: str, source: str | None, kept: object | None = None
) -> ArgumentMap:
    """Return the map of a graph, with the remainder that was kept beside it.

    Raises:
        FormatParseError: A node is there twice, an edge names none, a relation has no target.
        UnplacedError: An edge between claims does not say how one bears on the other.
    """
    kinds = _kinds_of(graph, source)
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
        _relation(node, kinds, (into.get(node.id, []), out.get(node.id, [])), own, source)
        for node in graph.nodes
        if kinds[node.id] != "claim"
    ]
    more, unplaced = _between_claims(direct, kinds, own)
    unplaced = [*graph.unplaced, *unplaced]
    whole: dict[str, Any] = dict(graph.further)
    if graph.groups:
        whole["groups"] = dict(graph.groups)
    argmap = ArgumentMap(
        title=graph.title or None,
        claims=tuple(
            _claim(node, own, graph, source) for node in graph.nodes if kinds[node.id] == "claim"
        ),
        relations=(*relations, *more),
        extra={own: whole} if whole else None,
    )
    if kept is not None:
        argmap = put_back(argmap, kept, source=source)
    if unplaced:
        raise UnplacedError(argmap, unplaced)
    return argmap


def _kinds_of(graph: Graph, source: str | None) -> dict[str, str]:
    kinds: dict[str, str] = {}
    for node in graph.nodes:
        if node.id in kinds:
            raise FormatParseError(f"two nodes have the id {node.id!r}", source=source)
        told = node.attributes.get("kind")
        # A type of any other name is no more than an attribute.
        word = told or node.attributes.get("type", "")
        kind = _KINDS.get(word.lower()) or (None if told else "claim")
        if kind is None:
            raise FormatParseError(
                f"node {node.id!r} has the kind {told!r}",
                source=source,
                hint="known: claim, support, rebuttal, undercut",
            )
        kinds[node.id] = kind
    return kinds


def _relation(
    node: Node,
    kinds: Mapping[str, str],
    ends: tuple[list[str], list[str]],
    own: str,
    source: str | None,
) -> AnyRelation:
    """Return the relation that a node stands for."""
    kind, (sources, targets) = kinds[node.id], ends
    if not sources or len(targets) != 1 or (kind != "support" and len(sources) != 1):
        raise FormatParseError(
            f"{kind} {node.id!r} has {len(sources)} sources and {len(targets)} targets",
            source=source,
            hint="edges run reason → relation → target, and a relation has one target",
        )
    confidence = _number(node, source)
    others = {k: v for k, v in node.attributes.items() if v and k not in _OF_RELATIONS}
    extra = {own: others} if others else None
    if kind == "support":
        return Support(
            id=node.id,
            premises=tuple(sources),
            conclusion=targets[0],
            scheme=node.attributes.get("scheme") or None,
            confidence=confidence,
            extra=extra,
        )
    if kind == "attack":
        kind = "rebuttal" if kinds[targets[0]] == "claim" else "undercut"
    make = Rebuttal if kind == "rebuttal" else Undercut
    return make(
        id=node.id, source=sources[0], target=targets[0], confidence=confidence, extra=extra
    )


def _between_claims(
    edges: list[Edge], taken: Collection[str], own: str
) -> tuple[list[AnyRelation], list[str]]:
    """Return the relations that edges between claims stand for, and what the others are."""
    ids = (f"r{n}" for n in itertools.count(1) if f"r{n}" not in taken)
    relations: list[AnyRelation] = []
    undercuts: list[tuple[Edge, dict[str, Any] | None]] = []
    unplaced: list[str] = []
    given: dict[str, list[str]] = {}
    for edge in edges:
        told = [(key, edge.attributes[key]) for key in _TELLING if edge.attributes.get(key)]
        saying = next((key for key, word in told if word.lower() in _RELATIONS), None)
        kind = None if saying is None else _RELATIONS[edge.attributes[saying].lower()]
        # What is no more than a support or a rebuttal in a map keeps its name.
        plain = kind in {"support", "rebuttal", "undercut"} and told[0][1].lower() != "entails"
        passed = {saying} if plain else set()
        others = {k: v for k, v in edge.attributes.items() if k not in passed and v}
        extra = {own: others} if others else None
        ends = f"from {edge.source!r} to {edge.target!r}"
        if kind == "undercut":
            undercuts.append((edge, extra))
        elif kind is None:
            why = f"is of the kind {told[0][1]!r}" if told else "does not say what it is"
            unplaced.append(f"the edge {ends} {why}: known are support and attack")
        elif kind == "support" and edge.source == edge.target:
            unplaced.append(f"the edge {ends} is a claim's support of itself")
        elif kind == "support":
            support = Support(
                id=next(ids), premises=(edge.source,), conclusion=edge.target, extra=extra
            )
            relations.append(support)
            given.setdefault(edge.source, []).append(relations[-1].id)
        else:
            pairs = dict.fromkeys([(edge.source, edge.target), (edge.target, edge.source)])
            for from_, to in pairs if kind == "contrary" else [(edge.source, edge.target)]:
                relations.append(Rebuttal(id=next(ids), source=from_, target=to, extra=extra))
                given.setdefault(from_, []).append(relations[-1].id)
    for edge, extra in undercuts:
        # A claim that is undercut is a reason: what is struck is what it is a reason for.
        struck = given.get(edge.target, [])
        if len(relations) + len(struck) > len(edges) + _MOST_MORE:
            unplaced.append(f"the undercut of {edge.target!r}: too many inferences at once")
            continue
        make = Undercut if struck else Rebuttal
        relations += [
            make(id=next(ids), source=edge.source, target=target, extra=extra)
            for target in struck or [edge.target]
        ]
    return relations, unplaced


def _claim(node: Node, own: str, graph: Graph, source: str | None) -> Claim:
    attributes = node.attributes
    others = {key: value for key, value in attributes.items() if value and key not in _OF_CLAIMS}
    if attributes.get("kind", "claim") != "claim":
        others["kind"] = attributes["kind"]
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
