"""Derive networkx graphs from a map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from argumap.model import Support, Undercut, expect_map, pause_gc

if TYPE_CHECKING:
    from argumap.model import ArgumentMap, Rebuttal

__all__ = ["claim_graph", "to_networkx"]


def to_networkx(argmap: ArgumentMap) -> nx.DiGraph[str]:
    """Return the graph of a map, in which claims and relations are both nodes.

    Edges run reason → relation → target, so linked premises meet in their support and an undercut
    points at the relation that it strikes. The graph may have cycles: debates go in circles.

    Args:
        argmap: The map.

    Returns:
        A new directed graph. Its nodes are the ids, claims first, each in map order; a node's
        ``kind`` is ``"claim"``, ``"support"``, ``"rebuttal"`` or ``"undercut"`` and its
        ``element`` the `Claim` or relation itself. An edge's ``role`` is ``"premise"``,
        ``"source"``, ``"conclusion"`` or ``"target"``. The graph's ``map`` is the map. Linear.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> wet, rain = builder.claim("It is wet."), builder.claim("It rained.")
        >>> reason = builder.support(wet, rain)
        >>> graph = to_networkx(builder.build())
        >>> list(graph.edges(data="role"))
        [('c1', 'r1', 'premise'), ('r1', 'c2', 'conclusion')]
        >>> graph.nodes["r1"]["kind"]
        'support'
    """
    expect_map(argmap)
    graph: nx.DiGraph[str] = nx.DiGraph(map=argmap)
    with pause_gc():
        graph.add_nodes_from(
            (claim.id, {"kind": "claim", "element": claim}) for claim in argmap.claims
        )
        graph.add_nodes_from(
            (relation.id, {"kind": relation.kind, "element": relation})
            for relation in argmap.relations
        )
        for relation in argmap.relations:
            into, out = _ROLES[relation.kind]
            for source in relation.sources:
                graph.add_edge(source, relation.id, role=into)
            graph.add_edge(relation.id, relation.target, role=out)
    return graph


_ROLES = {
    "support": ("premise", "conclusion"),
    "rebuttal": ("source", "target"),
    "undercut": ("source", "target"),
}


def claim_graph(argmap: ArgumentMap) -> nx.DiGraph[str]:
    """Return the graph of the claims alone: who is a reason for or against whom.

    Undercuts bear on an inference, not on a claim, so they have no edge here; `to_networkx` has
    them.

    Args:
        argmap: The map.

    Returns:
        A new directed graph. Its nodes are the claim ids in map order, with the `Claim` as
        ``element``. An edge runs from each premise to its conclusion and from each rebutting claim
        to its target; its ``relations`` is the tuple of supports and rebuttals that it stands for,
        in map order, and its ``kind`` is ``"support"``, ``"rebuttal"``, or ``"mixed"`` when there
        are both. The graph's ``map`` is the map. Linear.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> wet, rain = builder.claim("It is wet."), builder.claim("It rained.")
        >>> reason = builder.support(wet, rain)
        >>> list(claim_graph(builder.build()).edges(data="kind"))
        [('c1', 'c2', 'support')]
    """
    expect_map(argmap)
    graph: nx.DiGraph[str] = nx.DiGraph(map=argmap)
    with pause_gc():
        graph.add_nodes_from((claim.id, {"element": claim}) for claim in argmap.claims)
        for relation in argmap.relations:
            if isinstance(relation, Undercut):
                continue
            for source in relation.sources:
                _join(graph, source, relation)
    return graph


def _join(graph: nx.DiGraph[str], source: str, relation: Support | Rebuttal) -> None:
    target = relation.target
    if not graph.has_edge(source, target):
        graph.add_edge(source, target, kind=relation.kind, relations=(relation,))
        return
    edge = graph.edges[source, target]
    edge["relations"] = (*edge["relations"], relation)
    if edge["kind"] != relation.kind:
        edge["kind"] = "mixed"
