"""The graph views hold what the map holds, no more and no less."""

from __future__ import annotations

import networkx as nx
from hypothesis import given

from argumap import ArgumentMap, Rebuttal, Support, claim_graph, to_networkx
from strategies import maps


@given(maps())
def test_claims_and_relations_are_the_nodes_in_map_order(argmap: ArgumentMap) -> None:
    graph = to_networkx(argmap)
    elements = [*argmap.claims, *argmap.relations]
    assert list(graph.nodes) == [element.id for element in elements]
    assert [graph.nodes[node]["element"] for node in graph] == elements
    kinds = ["claim"] * len(argmap.claims) + [relation.kind for relation in argmap.relations]
    assert [graph.nodes[node]["kind"] for node in graph] == kinds
    assert graph.graph["map"] is argmap


@given(maps())
def test_every_relation_has_its_sources_before_and_its_target_after(argmap: ArgumentMap) -> None:
    graph = to_networkx(argmap)
    wanted = {
        (source, relation.id, "premise" if relation.kind == "support" else "source")
        for relation in argmap.relations
        for source in relation.sources
    } | {
        (relation.id, relation.target, "conclusion" if relation.kind == "support" else "target")
        for relation in argmap.relations
    }
    assert set(graph.edges(data="role")) == wanted
    for relation in argmap.relations:
        assert list(graph.successors(relation.id)) == [relation.target]
        before = {
            node for node in graph.predecessors(relation.id) if graph.nodes[node]["kind"] == "claim"
        }
        assert before == set(relation.sources)


@given(maps())
def test_the_map_can_be_made_again_from_the_graph(argmap: ArgumentMap) -> None:
    graph = to_networkx(argmap)
    elements = [(graph.nodes[node]["kind"], graph.nodes[node]["element"]) for node in graph]
    again = ArgumentMap(
        title=argmap.title,
        claims=tuple(element for kind, element in elements if kind == "claim"),
        relations=tuple(element for kind, element in elements if kind != "claim"),
        thread=argmap.thread,
        extra=argmap.extra,
    )
    assert again == argmap


@given(maps())
def test_the_claim_graph_joins_claims_that_a_relation_joins(argmap: ArgumentMap) -> None:
    graph = claim_graph(argmap)
    assert list(graph.nodes) == [claim.id for claim in argmap.claims]
    assert [graph.nodes[node]["element"] for node in graph] == list(argmap.claims)
    pairs: dict[tuple[str, str], list[Support | Rebuttal]] = {}
    direct: list[Support | Rebuttal] = [*argmap.supports, *argmap.rebuttals]
    for relation in direct:
        for source in relation.sources:
            pairs.setdefault((source, relation.target), []).append(relation)
    assert set(graph.edges) == set(pairs)
    order = {relation.id: place for place, relation in enumerate(argmap.relations)}
    for pair, relations in pairs.items():
        edge = graph.edges[pair]
        assert list(edge["relations"]) == sorted(relations, key=lambda r: order[r.id])
        kinds = {relation.kind for relation in relations}
        assert edge["kind"] == (kinds.pop() if len(kinds) == 1 else "mixed")


@given(maps())
def test_the_claim_graph_is_the_graph_with_relations_passed_over(argmap: ArgumentMap) -> None:
    graph = to_networkx(argmap)
    steps = {
        (before, after)
        for node in graph
        if graph.nodes[node]["kind"] in {"support", "rebuttal"}
        for before in graph.predecessors(node)
        if graph.nodes[before]["kind"] == "claim"
        for after in graph.successors(node)
    }
    assert set(claim_graph(argmap).edges) == steps


@given(maps())
def test_changing_a_graph_changes_neither_the_map_nor_another_graph(argmap: ArgumentMap) -> None:
    before = argmap.model_dump_json()
    graph = to_networkx(argmap)
    graph.clear()
    claim_graph(argmap).clear()
    assert argmap.model_dump_json() == before
    assert len(to_networkx(argmap)) == len(argmap.claims) + len(argmap.relations)


def test_an_empty_map_gives_empty_graphs() -> None:
    assert nx.is_empty(to_networkx(ArgumentMap()))
    assert len(claim_graph(ArgumentMap())) == 0
