"""Components and circles of graphs given as lists of numbers: iterative, whatever the depth."""

from __future__ import annotations

from collections import deque
from operator import add
from typing import TYPE_CHECKING

from argumap.model import pause_gc
from argumap.model.index import Order

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from argumap.model.index import Wiring

    Before = Sequence[Sequence[int]] | Mapping[int, Sequence[int]]

__all__ = [
    "in_circles",
    "order_of",
    "reversed_lists",
    "shortest_circle",
    "strong_components",
    "weak_components",
]


def order_of(wiring: Wiring) -> Order:
    """Return an order in which a map's nodes can be computed. It is found once, and kept. Linear.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> one, other, last = (builder.claim(text) for text in "abc")
        >>> rebuttals = builder.rebuttal(one, other), builder.rebuttal(other, one)
        >>> reason = builder.support(one, last)
        >>> order_of(builder.build().index.wiring)
        Order(steps=[0, 2], circles={0: [0, 1]})
    """
    if wiring.order is None:
        with pause_gc():
            wiring.order = _ordered(wiring)
    return wiring.order


def _ordered(wiring: Wiring) -> Order:
    supporters, attackers = wiring.supporters, wiring.attackers
    waiting = list(map(add, map(len, supporters), map(len, attackers)))
    first = _from_the_start(waiting, wiring.supports, wiring.attacks)
    left = [node for node, count in enumerate(waiting) if count]
    before = {node: (*supporters[node], *attackers[node]) for node in left}
    middle, last = _around_circles(before, left)
    steps = [*first, *(part[0] for part in middle), *last]
    circles = {part[0]: part for part in middle if len(part) > 1 or part[0] in before[part[0]]}
    return Order(steps, circles)


def _from_the_start(waiting: list[int], *after: Sequence[Sequence[int]]) -> list[int]:
    """Return the nodes that depend on no circle, each after those it depends on.

    What is in no circle is taken off from both ends, which is fast, so that the search for circles
    runs on what little is left.

    Args:
        waiting: How many each node depends on. It is counted down.
        after: Lists that have for each node those that depend on it.
    """
    first = [node for node, count in enumerate(waiting) if not count]
    for node in first:
        for lists in after:
            for other in lists[node]:
                waiting[other] = count = waiting[other] - 1
                if not count:
                    first.append(other)
    return first


def _around_circles(before: Before, nodes: list[int]) -> tuple[list[list[int]], list[int]]:
    """Return the circles and what is between them as components, and then the other nodes."""
    last = _from_the_end(before, nodes)
    ends = set(last)
    return _tarjan(before, [node for node in nodes if node not in ends]), last


def _from_the_end(before: Before, nodes: list[int]) -> list[int]:
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
    first, middle, last = _in_order(before)
    return [[node] for node in first] + middle + [[node] for node in last]


def in_circles(before: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the components in which one can walk in a circle: those of two or more nodes. Linear.

    Examples:
        >>> in_circles([[1], [0], [1], []])
        [[0, 1]]
    """
    return [part for part in _in_order(before)[1] if len(part) > 1]


def _in_order(before: Sequence[Sequence[int]]) -> tuple[list[int], list[list[int]], list[int]]:
    """Return nodes that depend on no circle, circles and what is between, and what comes after."""
    waiting = list(map(len, before))
    first = _from_the_start(waiting, reversed_lists(before, len(before)))
    return first, *_around_circles(before, [node for node, count in enumerate(waiting) if count])


def _tarjan(before: Before, nodes: list[int]) -> list[list[int]]:  # noqa: C901
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
