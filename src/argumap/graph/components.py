"""Components and circles of graphs given as lists of numbers: iterative, whatever the depth."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["in_circles", "peeled", "shortest_circle", "strong_components", "weak_components"]


def strong_components(  # noqa: C901 # one loop: it is what large maps spend their time in
    before: Sequence[Sequence[int]], nodes: Iterable[int]
) -> list[list[int]]:
    """Return the strongly connected components of some nodes, each after those it depends on.

    Tarjan, *Depth-first search and linear graph algorithms*, SIAM Journal on Computing 1 (1972),
    pp. 146-160, with a stack of its own instead of recursion. Linear.

    Args:
        before: For each node, those that it depends on. Those outside of `nodes` are passed over.
        nodes: The nodes to look at.

    Returns:
        The components in an order in which every edge goes backwards or stays inside; the members
        of each ascending.

    Examples:
        >>> strong_components([[1], [0], [1]], range(3))
        [[0, 1], [2]]
    """
    todo = list(nodes)
    low: dict[int, int] = {}
    found: dict[int, int] = dict.fromkeys(todo, -1)
    open_: list[int] = []
    is_open: set[int] = set()
    components: list[list[int]] = []
    count = 0
    for root in todo:
        if found[root] >= 0:
            continue
        path = [(root, iter(before[root]))]
        found[root] = low[root] = count
        count += 1
        open_.append(root)
        is_open.add(root)
        while path:
            node, rest = path[-1]
            for other in rest:
                seen = found.get(other)
                if seen is None:
                    continue
                if seen < 0:
                    found[other] = low[other] = count
                    count += 1
                    open_.append(other)
                    is_open.add(other)
                    path.append((other, iter(before[other])))
                    break
                if other in is_open and seen < low[node]:
                    low[node] = seen
            else:
                path.pop()
                if path and low[node] < low[path[-1][0]]:
                    low[path[-1][0]] = low[node]
                if low[node] == found[node]:
                    component = []
                    while True:
                        member = open_.pop()
                        is_open.discard(member)
                        component.append(member)
                        if member == node:
                            break
                    component.sort()
                    components.append(component)
    return components


def in_circles(before: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the components in which one can walk in a circle: those of two or more nodes.

    Nodes that nothing comes before, and those that come before nothing, are peeled off first, so
    that the search runs on what little is left. Linear.

    Examples:
        >>> in_circles([[1], [0], [1], []])
        [[0, 1]]
    """
    left = peeled(before)
    return [part for part in strong_components(before, left) if len(part) > 1]


def peeled(before: Sequence[Sequence[int]]) -> list[int]:
    """Return the nodes that are left when sources are taken off again and again, ascending.

    They are the nodes in circles and the nodes that come after a circle.
    """
    size = len(before)
    waiting = list(map(len, before))
    after: list[list[int]] = [[] for _ in range(size)]
    for node, each in enumerate(before):
        if each:
            for other in each:
                after[other].append(node)
    free = [node for node in range(size) if not waiting[node]]
    while free:
        for node in after[free.pop()]:
            waiting[node] -= 1
            if not waiting[node]:
                free.append(node)
    return [node for node in range(size) if waiting[node]]


def weak_components(size: int, joined: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the connected components when direction is forgotten, by least member. Near linear.

    Examples:
        >>> weak_components(4, [[1], [], [], [1]])
        [[0, 1, 3], [2]]
    """
    parent = list(range(size))

    def top(node: int) -> int:
        while parent[node] != node:
            parent[node] = node = parent[parent[node]]
        return node

    for node, others in enumerate(joined):
        for other in others:
            a, b = top(node), top(other)
            if a != b:
                parent[max(a, b)] = min(a, b)
    parts: dict[int, list[int]] = {}
    for node in range(size):
        parts.setdefault(top(node), []).append(node)
    return list(parts.values())


def shortest_circle(before: Sequence[Sequence[int]], members: Sequence[int]) -> list[int]:
    """Return a shortest circle through the first of some strongly connected nodes.

    Returns:
        The nodes of the circle, from `members[0]`, each before the next, the last before the first.

    Examples:
        >>> shortest_circle([[1, 2], [0], [1]], [0, 1, 2])
        [0, 1]
    """
    start, inside = members[0], set(members)
    came_from = {start: start}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for other in before[node]:
            if other == start:
                circle = []
                while node != start:
                    circle.append(node)
                    node = came_from[node]
                # The walk went against the edges, so it is told backwards.
                return [start, *circle]
            if other in inside and other not in came_from:
                came_from[other] = node
                queue.append(other)
    return [start]
