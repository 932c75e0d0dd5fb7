"""Orders and components: whatever was found is checked by the definition."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from argumap.graph.components import order_of, strong_components
from semantics.worked import small_maps

if TYPE_CHECKING:
    from argumap import ArgumentMap


@given(small_maps())
def test_each_step_comes_after_what_it_depends_on(argmap: ArgumentMap) -> None:
    wiring = argmap.index.wiring
    order = order_of(wiring)
    done: set[int] = set()
    for step in order.steps:
        part = set(order.circles.get(step, (step,)))
        assert done.isdisjoint(part)
        for node in part:
            before = {*wiring.supporters[node], *wiring.attackers[node]}
            assert before <= done | (part if step in order.circles else set())
        done |= part
    assert done == set(range(len(wiring.supporters)))


@given(small_maps())
def test_circles_are_the_strong_components_that_go_round(argmap: ArgumentMap) -> None:
    wiring = argmap.index.wiring
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(len(wiring.supporters)))
    for lists in wiring.supporters, wiring.attackers:
        graph.add_edges_from((other, node) for node, each in enumerate(lists) for other in each)
    wanted = sorted(
        sorted(part)
        for part in nx.strongly_connected_components(graph)
        if len(part) > 1 or any(graph.has_edge(node, node) for node in part)
    )
    circles = order_of(wiring).circles
    assert sorted(circles.values()) == wanted
    assert all(first == part[0] for first, part in circles.items())


@given(st.lists(st.lists(st.integers(0, 5), max_size=3), min_size=6, max_size=6))
def test_strong_components_are_those_of_networkx(before: list[list[int]]) -> None:
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(6))
    graph.add_edges_from((other, node) for node, each in enumerate(before) for other in each)
    found = strong_components(before)
    assert sorted(found) == sorted(map(sorted, nx.strongly_connected_components(graph)))
    place = {node: i for i, part in enumerate(found) for node in part}
    assert all(place[other] <= place[node] for other, node in graph.edges)
