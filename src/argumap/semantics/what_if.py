"""What would stand if some claims fell: only what changes is computed again."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, NamedTuple

from argumap.graph.components import order_of
from argumap.semantics.program import program_of
from argumap.semantics.weighed import considered
from argumap.semantics.well_founded import IN, OUT, UNDECIDED, labels_within, well_founded_in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from argumap.model import ArgumentMap

__all__ = ["Outcome", "WhatIf"]


class Outcome(NamedTuple):
    """What follows when a node gets another label: the goal's label, and how many claims fall."""

    goal: int
    lost: int


class WhatIf:
    """The grounded labelling of a map, and what becomes of it when claims fall.

    Args:
        argmap: The map; support is read as evidential, with leaf claims as evidence, and weighed
            points as outweighed.
    """

    def __init__(self, argmap: ArgumentMap) -> None:
        index = considered(argmap)
        self.program = program = program_of(argmap, index, "evidential", "leaves")
        order = order_of(index.wiring)
        self.labels = well_founded_in_order(program, order)
        self.after = program.onward()
        self._steps, self._circles = order.steps, order.circles
        self._place = [0] * program.size
        for place, node in enumerate(self._steps):
            for member in self._circles.get(node, (node,)):
                self._place[member] = place
        self._known: dict[tuple[int, int, int], Outcome] = {}

    def changes(self, forced: Mapping[int, int]) -> dict[int, int]:
        """Return the new labels of the nodes whose label changes when some are forced.

        The well-founded model can be had part by part, each strongly connected part after those
        that it depends on (Baroni, Giacomin and Guida, *Artificial Intelligence* 168, 2005,
        pp. 162-210). So it is enough to follow the changes, and to stop where nothing changes.
        """
        labels = self.labels
        changed = {node: label for node, label in forced.items() if label != labels[node]}
        supports, attacks = self.after
        queue = {
            self._place[other] for node in changed for other in (*supports[node], *attacks[node])
        }
        waiting = sorted(queue)
        while waiting:
            place = heapq.heappop(waiting)
            for node, label in self._relabelled(self._steps[place], changed, forced):
                if label == changed.get(node, labels[node]):
                    continue
                changed[node] = label
                for other in (*supports[node], *attacks[node]):
                    later = self._place[other]
                    if later != place and later not in queue:
                        queue.add(later)
                        heapq.heappush(waiting, later)
        return changed

    def is_in_circle(self, node: int) -> bool:
        """Return whether a node depends on itself."""
        return self._steps[self._place[node]] in self._circles

    def _relabelled(
        self, step: int, changed: Mapping[int, int], forced: Mapping[int, int]
    ) -> Iterable[tuple[int, int]]:
        if step not in self._circles:
            return [(step, forced[step] if step in forced else self._by_rule(step, changed))]
        part = self._circles[step]

        def label(node: int) -> int:
            return changed.get(node, self.labels[node])

        return zip(part, labels_within(self.program, part, label, forced), strict=True)

    def _by_rule(self, node: int, changed: Mapping[int, int]) -> int:
        labels, program = self.labels, self.program
        doubt = False
        for attacker in program.attackers[node]:
            label = changed.get(attacker, labels[attacker])
            if label == IN:
                return OUT
            doubt = doubt or label == UNDECIDED
        supporters = [changed.get(s, labels[s]) for s in program.supporters[node]]
        if len(supporters) - supporters.count(OUT) < program.need[node]:
            return OUT
        enough = supporters.count(IN) >= program.need[node]
        return IN if enough and not doubt else UNDECIDED

    def outcome(self, node: int, label: int, goal: int) -> Outcome:
        """Return what becomes of the goal, and how many accepted claims fall, if a node changes.

        A node that bears on one other has its effect through that one alone. So a chain of them is
        walked once, however many of its members are asked about.
        """
        path: list[tuple[int, int]] = []
        labels = self.labels
        known = self._known.get((node, label, goal))
        while known is None:
            path.append((node, label))
            step = self._only_step(node, label)
            if step is None:
                known = self._effect(node, label, goal)
            elif step[1] == labels[step[0]]:
                known = Outcome(labels[goal], 0)
            else:
                node, label = step
                known = self._known.get((node, label, goal))
                if known is not None:
                    path.append(step)
        # Back up the chain: each one's effect is that of the next, and the next itself.
        for i in range(len(path) - 1, -1, -1):
            node, label = path[i]
            if i < len(path) - 1:
                following = path[i + 1][0]
                falls = labels[following] == IN and following < self.program.claims
                known = Outcome(known.goal, known.lost + falls)
            if node == goal:
                known = Outcome(label, known.lost)
            self._known[node, label, goal] = known
        return known

    def _only_step(self, node: int, label: int) -> tuple[int, int] | None:
        """Return the one node that a node bears on, with its new label, if there is just one."""
        following = [each for lists in self.after for each in lists[node]]
        if len(following) != 1 or self.is_in_circle(following[0]):
            return None
        return following[0], self._by_rule(following[0], {node: label})

    def _effect(self, node: int, label: int, goal: int) -> Outcome:
        labels, changed = self.labels, self.changes({node: label})
        falling = (n for n in changed if n != node and n < self.program.claims)
        lost = sum(labels[n] == IN and changed[n] != IN for n in falling)
        return Outcome(changed.get(goal, labels[goal]), lost)

    def bearing_on(self, goal: int) -> list[int]:
        """Return the claims that bear on a node at any depth, nearest first."""
        seen = {goal}
        front = [goal]
        for node in front:
            for other in (*self.program.supporters[node], *self.program.attackers[node]):
                if other not in seen:
                    seen.add(other)
                    front.append(other)
        return [node for node in front[1:] if node < self.program.claims]
