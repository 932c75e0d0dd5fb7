"""Exact solutions of one tangle of nodes: all alternatives, by each semantics."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from argumap.graph.components import weak_components
from argumap.semantics._search import FALSE, TRUE, Search, in_order
from argumap.semantics.program import Program
from argumap.semantics.well_founded import IN, least

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from argumap.semantics._search import Clock

__all__ = ["Sides", "Tangle", "complete", "doubled", "preferred", "stable", "stage", "tangles"]


class Sides(NamedTuple):
    """One way to take sides: the nodes that hold and those that do not; the rest stay open."""

    holds: frozenset[int]
    fails: frozenset[int]


class Tangle(NamedTuple):
    """A part of a program that has nothing to do with the rest, with numbers of its own."""

    program: Program
    nodes: list[int]


def tangles(program: Program, labels: Sequence[int] | None = None) -> list[Tangle]:
    """Return the connected parts of a program, or of what some labels leave undecided. Linear.

    What is decided is no longer there: an accepted supporter is one that is not needed any more,
    and everything else decided makes no difference.
    """
    size = program.size
    label = labels if labels is not None else bytes(size)
    open_ = [node for node in range(size) if not label[node]]
    place = {node: i for i, node in enumerate(open_)}
    need, supporters, attackers = [], [], []
    for node in open_:
        each = program.supporters[node]
        need.append(max(0, program.need[node] - sum(label[s] == IN for s in each)))
        supporters.append([place[s] for s in each if not label[s]])
        attackers.append([place[a] for a in program.attackers[node] if not label[a]])
    joined = [[*s, *a] for s, a in zip(supporters, attackers, strict=True)]
    return [
        Tangle(_part(members, need, supporters, attackers), [open_[m] for m in members])
        for members in weak_components(len(open_), joined)
    ]


def _part(
    members: list[int], need: list[int], supporters: list[list[int]], attackers: list[list[int]]
) -> Program:
    place = {node: i for i, node in enumerate(members)}
    return Program(
        0,
        [need[m] for m in members],
        [[place[s] for s in supporters[m]] for m in members],
        [[place[a] for a in attackers[m]] for m in members],
        {},
    )


def doubled(program: Program) -> Program:
    """Return the program whose stable models are the complete labellings of a program.

    Node ``v`` says that v is in, node ``size + v`` that v is not out. A node is in when its
    supporters are in and its attackers out; not out when enough supporters are not out and no
    attacker is in (Janhunen et al., *ACM Transactions on Computational Logic* 7, 2006, pp. 1-37).
    """
    size = program.size
    supporters, attackers = program.supporters, program.attackers
    return Program(
        0,
        program.need * 2,
        [*supporters, *([size + s for s in each] for each in supporters)],
        [*([size + a for a in each] for each in attackers), *attackers],
        {},
    )


def stable(program: Program, clock: Clock, choices: int) -> Iterator[Sides]:
    """Yield the stable models."""
    everything = frozenset(range(program.size))
    for model in Search(program, clock, choices).models(in_order(program)):
        yield Sides(model, everything - model)


def complete(program: Program, clock: Clock, choices: int) -> Iterator[Sides]:
    """Yield the complete labellings."""
    yield from _labellings(program, clock, choices, maximal=False)


def preferred(program: Program, clock: Clock, choices: int) -> Iterator[Sides]:
    """Yield the complete labellings in which as much as can be is in.

    Each choice is tried as *in* before *not in*. So when two labellings part, the one found first
    has a node that the other lacks, and no later one contains an earlier one. It is enough to give
    up where all that could still be in was in together before.
    """
    yield from _labellings(program, clock, choices, maximal=True)


def _labellings(program: Program, clock: Clock, choices: int, *, maximal: bool) -> Iterator[Sides]:
    size = program.size
    search = Search(
        doubled(program), clock, choices, implied={node: size + node for node in range(size)}
    )
    found: list[frozenset[int]] = []

    def prune(value: list[int]) -> bool:
        hopeful = [node for node in range(size) if value[node] != FALSE]
        return any(before.issuperset(hopeful) for before in found)

    for model in search.models(in_order(program), prune if maximal else None):
        holds = frozenset(node for node in model if node < size)
        found.append(holds)
        yield Sides(holds, frozenset(n for n in range(size) if size + n not in model))


def stage(program: Program, claims: frozenset[int], clock: Clock, choices: int) -> list[Sides]:
    """Return the conflict-free sets with the greatest ranges.

    The range of a set is the set and all that it puts out. Where there is a stable model its range
    is everything, and the stable models are the answer.
    """
    found = list(stable(program, clock, choices))
    if found:
        return found
    size = program.size
    ranges: list[tuple[frozenset[int], Sides]] = []
    search = Search(program, clock, choices, guessed=True)
    neighbours: list[set[int]] = [set(each) for each in program.attackers]
    for node, each in enumerate(program.attackers):
        for other in each:
            neighbours[other].add(node)

    def prune(value: list[int]) -> bool:
        # What does not hold, and would if it were let in: a larger set is there to be found.
        for node in range(size):
            if (
                value[node] == FALSE
                and node not in neighbours[node]
                and all(value[other] == FALSE for other in neighbours[node])
                and sum(value[s] == TRUE for s in program.supporters[node]) >= program.need[node]
            ):
                return True
        possible = {node for node in range(size) if value[node] != FALSE}
        lost = least(program, possible) - possible
        hope = claims - lost
        return any(hope < reached for reached, _ in ranges)

    for model in search.models(in_order(program), prune):
        fails = frozenset(range(size)) - least(program, model)
        reached = (model | fails) & claims
        if not any(reached < other for other, _ in ranges):
            ranges = [(r, s) for r, s in ranges if not r < reached]
            ranges.append((reached, Sides(model, fails)))
    return [sides for _, sides in ranges]
