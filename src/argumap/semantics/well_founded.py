"""The well-founded model of a program: what must hold, what cannot, and what stays open."""

from __future__ import annotations

from dataclasses import replace
from operator import sub
from typing import TYPE_CHECKING

from argumap.graph.components import in_circles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from argumap.model.index import Order
    from argumap.semantics.program import Program

__all__ = [
    "IN",
    "OUT",
    "UNDECIDED",
    "labels_within",
    "least",
    "well_founded",
    "well_founded_in_order",
]

UNDECIDED, IN, OUT = 0, 1, 2


def well_founded(program: Program) -> bytearray:
    """Return for each node whether it is in, out or undecided: the well-founded model.

    A node is in once all its attackers are out and enough supporters are in; out once an attacker
    is in or too few supporters are left. When nothing follows any more, what only supports itself
    in a circle is out, and it goes on. Linear, but for circles of support that lose their outside
    support one after the other: each loss costs a look at the circle.
    """
    size = program.size
    supporters, attackers = program.supporters, program.attackers
    supports, attacks = program.onward()
    missing = program.need.copy()
    threats = list(map(len, attackers))
    spare = list(map(sub, map(len, supporters), missing))
    label = bytearray(size)
    outs = [node for node, count in enumerate(spare) if count < 0]
    for node in outs:
        label[node] = OUT
    ins = [
        node
        for node, (threat, miss) in enumerate(zip(threats, missing, strict=True))
        if not threat and not miss and not label[node]
    ]
    for node in ins:
        label[node] = IN
    circles: list[list[int]] | None = None
    while True:
        _spread(ins, outs, label, supports, attacks, missing, spare, threats)
        if circles is None:
            circles = _support_circles(supporters, label)
        for circle in circles:
            outs += _unfounded(circle, program, label)
        if not outs:
            return label
        for node in outs:
            label[node] = OUT


def well_founded_in_order(  # noqa: C901 # one loop, as in _spread
    program: Program, order: Order
) -> bytearray:
    """Return the same for a program whose nodes depend on each other as an order says.

    The well-founded model can be had part by part, each strongly connected part after those that
    it depends on (Baroni, Giacomin and Guida, *Artificial Intelligence* 168, 2005, pp. 162-210).
    Most parts are single nodes, whose label follows at once.
    """
    need, supporters, attackers = program.need, program.supporters, program.attackers
    circles = order.circles
    label = bytearray(program.size)
    for node in order.steps:
        if node in circles:
            part = circles[node]
            labels = labels_within(program, part, label.__getitem__)
            for member, found in zip(part, labels, strict=True):
                label[member] = found
            continue
        found = IN
        for attacker in attackers[node]:
            attacking = label[attacker]
            if attacking == IN:
                found = OUT
                break
            if not attacking:
                found = UNDECIDED
        missing = need[node]
        if missing and found != OUT:
            spare = len(supporters[node]) - missing
            for supporter in supporters[node]:
                supporting = label[supporter]
                if supporting == IN:
                    missing -= 1
                elif supporting == OUT:
                    spare -= 1
            if spare < 0:
                found = OUT
            elif missing > 0:
                found = UNDECIDED
        label[node] = found
    return label


def labels_within(
    program: Program,
    part: list[int],
    label: Callable[[int], int],
    forced: Mapping[int, int] | None = None,
) -> bytearray:
    """Return the labels of the nodes of a part, in order, where those outside of it are known.

    Args:
        program: The program.
        part: Some of its nodes.
        label: The label of each other node that these depend on.
        forced: Nodes whose label is given.
    """
    forced = forced or {}
    number = {node: i for i, node in enumerate(part)}
    given = {i: forced[node] for i, node in enumerate(part) if node in forced}
    need = [program.need[node] for node in part]
    supporters: list[Sequence[int]] = []
    attackers: list[Sequence[int]] = []
    for lists, before in (supporters, program.supporters), (attackers, program.attackers):
        for node in part:
            for other in before[node]:
                if other not in number:
                    given[len(number)] = label(other)
                    number[other] = len(number)
            lists.append([number[other] for other in before[node]])
    more = len(number) - len(part)
    need += [0] * more
    supporters += [()] * more
    attackers += [()] * more
    # A node whose label is given needs nothing, or more than it can get, or is in doubt.
    for i, value in given.items():
        supporters[i], need[i] = (), int(value == OUT)
        attackers[i] = [i] if value == UNDECIDED else ()
    return well_founded(
        replace(
            program,
            need=need,
            supporters=supporters,
            attackers=attackers,
            supports=None,
            attacks=None,
        )
    )[: len(part)]


def _spread(  # noqa: C901, PLR0912, PLR0917 # one loop: it is what large maps spend their time in
    ins: list[int],
    outs: list[int],
    label: bytearray,
    supports: Sequence[Sequence[int]],
    attacks: Sequence[Sequence[int]],
    missing: list[int],
    spare: list[int],
    threats: list[int],
) -> None:
    """Let every new label have its effect on the nodes after it. Empties both lists."""
    while ins or outs:
        for node in ins:
            for other in attacks[node]:
                if not label[other]:
                    label[other] = OUT
                    outs.append(other)
            for other in supports[node]:
                if not label[other]:
                    missing[other] = miss = missing[other] - 1
                    if miss <= 0 and not threats[other]:
                        label[other] = IN
                        ins.append(other)
        ins.clear()
        for node in outs:
            for other in attacks[node]:
                if not label[other]:
                    threats[other] = threat = threats[other] - 1
                    if not threat and missing[other] <= 0:
                        label[other] = IN
                        ins.append(other)
            for other in supports[node]:
                if not label[other]:
                    spare[other] = left = spare[other] - 1
                    if left < 0:
                        label[other] = OUT
                        outs.append(other)
        outs.clear()


def _support_circles(supporters: Sequence[Sequence[int]], label: bytearray) -> list[list[int]]:
    """Return the circles of support among the undecided nodes. Few are left to look at."""
    open_ = [node for node, each in enumerate(label) if not each]
    place = {node: i for i, node in enumerate(open_)}
    before = [[place[s] for s in supporters[node] if s in place] for node in open_]
    return [[open_[member] for member in part] for part in in_circles(before)]


def _unfounded(circle: list[int], program: Program, label: bytearray) -> list[int]:
    """Return the undecided nodes of a circle of support that nothing outside of it can found."""
    open_ = [node for node in circle if not label[node]]
    if not open_:
        return []
    inside = set(open_)
    missing: dict[int, int] = {}
    for node in open_:
        outside = sum(label[s] != OUT for s in program.supporters[node] if s not in inside)
        missing[node] = program.need[node] - outside
    ready = [node for node in open_ if missing[node] <= 0]
    founded = set(ready)
    after: dict[int, list[int]] = {}
    for node in open_:
        for supporter in program.supporters[node]:
            if supporter in inside:
                after.setdefault(supporter, []).append(node)
    while ready:
        for node in after.get(ready.pop(), ()):
            missing[node] -= 1
            if missing[node] <= 0 and node not in founded:
                founded.add(node)
                ready.append(node)
    return [node for node in open_ if node not in founded]


def least(program: Program, barred: Iterable[int]) -> set[int]:
    """Return what can be derived when each node that a barred one attacks is struck out.

    This is the operator of Gelfond and Lifschitz: the fewest nodes such that each one has enough
    supporters among them and none of its attackers is barred. Linear.
    """
    size = program.size
    out = set(barred)
    missing = program.need.copy()
    supports, _ = program.onward()
    struck = [not out.isdisjoint(each) for each in program.attackers]
    ready = [node for node in range(size) if missing[node] <= 0 and not struck[node]]
    found = set(ready)
    while ready:
        for node in supports[ready.pop()]:
            missing[node] -= 1
            if missing[node] <= 0 and not struck[node] and node not in found:
                found.add(node)
                ready.append(node)
    return found
