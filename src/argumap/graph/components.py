"""Components and circles of graphs given as lists of numbers: iterative, whatever the depth."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "Order",
    "in_circles",
    "in_order",
    "reversed_lists",
    "shortest_circle",
    "strong_components",
    "weak_components",
]


class Order(NamedTuple):
    """Nodes so that each comes after those it depends on, but for circles.

    Attributes:
        first: Nodes that depend on no circle.
        middle: The circles and what is between them, as strongly connected components: the members
            of each ascending, and each after those it depends on.
        last: Nodes that depend on circles and that no circle depends on.
        after: For each node those that depend on it.
    """

    first: list[int]
    middle: list[list[int]]
    last: list[int]
    after: list[Sequence[int]]

    @property
    def parts(self) -> list[list[int]]:
        """All of it as components, each after those it depends on."""
        return [[node] for node in self.first] + self.middle + [[node] for node in self.last]


def in_order(before: Sequence[Sequence[int]], nodes: Sequence[int] | None = None) -> Order:
    """Return nodes in an order in which each comes after those it depends on.

    What is in no circle is taken off from both ends, which is fast, so that the search for circles
    runs on what little is left. Linear.

    Args:
        before: For each node, those that it depends on.
        nodes: The nodes to look at, with all that they depend on; all of them if None.

    Examples:
        >>> order = in_order([[1], [0], [1], []])
        >>> order.first, order.middle, order.last
        ([3], [[0, 1]], [2])
    """
    size = len(before)
    after = reversed_lists(before, size)
    waiting = list(map(len, before))
    look = range(size) if nodes is None else nodes
    first = [node for node in look if not waiting[node]]
    for node in first:
        for other in after[node]:
            waiting[other] -= 1
            if not waiting[other]:
                first.append(other)
    left = [node for node in look if waiting[node]]
    last = _from_the_end(before, left)
    ends = set(last)
    middle = [node for node in left if node not in ends]
    return Order(first, _tarjan(before, middle), last, after)


def _from_the_end(before: Sequence[Sequence[int]], nodes: list[int]) -> list[int]:
    """Return the nodes that no circle depends on, each after those it depends on."""
    waited = dict.fromkeys(nodes, 0)
    for node in nodes:
        for other in before[node]:
            if other in waited:
                waited[other] += 1
    last = [node for node in nodes if not waited[node]]
    for node in last:
        for other in before[node]:
            if other in waited:
                waited[other] -= 1
                if not waited[other]:
                    last.append(other)
    return last[::-1]


def strong_components(before: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the strongly connected components, each after those it depends on. Linear.

    Args:
        before: For each node, those that it depends on.

    Returns:
        The components in an order in which every edge goes backwards or stays inside; the members
        of each ascending.

    Examples:
        >>> strong_components([[1], [0], [1]])
        [[0, 1], [2]]
    """
    return in_order(before).parts


def in_circles(before: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the components in which one can walk in a circle: those of two or more nodes. Linear.

    Examples:
        >>> in_circles([[1], [0], [1], []])
        [[0, 1]]
    """
    return [part for part in in_order(before).middle if len(part) > 1]


def _tarjan(before: Sequence[Sequence[int]], nodes: list[int]) -> list[list[int]]:  # noqa: C901
    """Return the strongly connected components of some nodes, each after those it depends on.

    Tarjan, *Depth-first search and linear graph algorithms*, SIAM Journal on Computing 1 (1972),
    pp. 146-160, with a stack of its own instead of recursion.
    """
    low: dict[int, int] = {}
    found: dict[int, int] = dict.fromkeys(nodes, -1)
    open_: list[int] = []
    is_open: set[int] = set()
    components: list[list[int]] = []
    count = 0
    for root in nodes:
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


def reversed_lists(lists: Iterable[Sequence[int]], size: int) -> list[Sequence[int]]:
    """Return for each node those whose list it is in. Linear.

    Examples:
        >>> reversed_lists([[1], [], [1]], 3)
        [(), [0, 2], ()]
    """
    result: list[list[int] | None] = [None] * size
    for node, others in enumerate(lists):
        if others:
            for other in others:
                there = result[other]
                if there is None:
                    result[other] = [node]
                else:
                    there.append(node)
    return [each or () for each in result]


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
