"""One claim's strength, and what the others do to it."""

from __future__ import annotations

import random
from functools import cached_property
from itertools import combinations
from math import factorial, prod, sqrt
from typing import TYPE_CHECKING, Final

from argumap.errors import NotConvergedError
from argumap.semantics.modular import products_without
from argumap.semantics.network import check_settled

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from argumap.semantics.network import Network

__all__ = ["Asked"]

_EXACT: Final = 15  # claims, so 32 768 sets
_ORDERS: Final = 400


class Asked:
    """A question about one node of a network that has only what bears on it."""

    def __init__(self, network: Network, goal: int, semantics: str) -> None:
        self.network, self.goal, self.semantics = network, goal, semantics
        self.claims = sorted(n for n in network.nodes if n < network.claims and n != goal)
        self.strength = [0.0] * network.size
        check_settled(network.solve(self.strength), semantics)

    @cached_property
    def place(self) -> dict[int, int]:
        """At which step of the network each node that bears on the goal is computed."""
        network = self.network
        return {
            node: place
            for place, first in enumerate(network.steps)
            for node in network.circles.get(first, (first,))
        }

    def with_fixed(self, fixed: Mapping[int, float]) -> float:
        """Return the goal's strength where some nodes have a given one. 0 is as good as absent."""
        network, place = self.network, self.place
        seen = set(fixed)
        stack = list(fixed)
        while stack:
            node = stack.pop()
            for other in (*network.attacks[node], *network.supports[node]):
                if other in place and other not in seen:
                    seen.add(other)
                    stack.append(other)
        steps = [network.steps[i] for i in sorted({place[node] for node in seen})]
        touched = {node for step in steps for node in network.circles.get(step, (step,))}
        saved = {node: self.strength[node] for node in touched}
        check_settled(network.solve(self.strength, steps, fixed), self.semantics)
        result = self.strength[self.goal]
        for node, value in saved.items():
            self.strength[node] = value
        return result

    def removal(self, *, intrinsic: bool) -> dict[int, float]:
        now, base = self.strength[self.goal], self.network.base
        return {
            node: (self.with_fixed({node: base[node]}) if intrinsic else now)
            - self.with_fixed({node: 0.0})
            for node in self.claims
        }

    def gradient(self) -> dict[int, float]:
        """Go backwards from the goal, handing each node's share down to what it depends on."""
        network = self.network
        claims, base, rule, circles = network.claims, network.base, network.rule, network.circles
        attackers, supporters = network.attackers, network.supporters
        at_rest = rule.aggregate((), ())
        share = [0.0] * network.size
        share[self.goal] = 1.0
        found: dict[int, float] = {}
        for step in reversed(network.steps):
            part: Sequence[int] = (step,)
            inside: Collection[int] = ()
            if step in circles:
                part = circles[step]
                inside = set(part)
                self._share_in_circle(part, share)
            for node in part:
                mine = share[node]
                a, s = attackers[node], supporters[node]
                if not a and not s:
                    found[node] = mine * rule.slope(base[node], at_rest)[0]
                    continue
                by_base, down, up = self._slopes(node)
                if node < claims:
                    found[node] = mine * by_base
                for others, slopes in (a, down), (s, up):
                    for other, slope in zip(others, slopes, strict=True):
                        if other not in inside:
                            share[other] += mine * slope
        return found

    def _share_in_circle(self, part: Sequence[int], share: list[float]) -> None:
        """Solve for the shares inside a circle, by sweeps, in smaller steps where need be."""
        inside = set(part)
        handed: dict[int, list[tuple[int, float]]] = {node: [] for node in part}
        for node in part:
            before = (*self.network.attackers[node], *self.network.supporters[node])
            _, down, up = self._slopes(node)
            for other, slope in zip(before, (*down, *up), strict=True):
                if other in inside:
                    handed[other].append((node, slope))
        given = {node: share[node] for node in part}
        sweeps, step, change, last = 0, 1.0, float("inf"), float("inf")
        while change > 1e-13:
            change = 0.0
            for node in part:
                wanted = given[node] + sum([share[n] * slope for n, slope in handed[node]])
                change = max(change, abs(wanted - share[node]))
                share[node] += step * (wanted - share[node])
            sweeps += 1
            if sweeps % 100 == 0:
                if change > 0.95 * last:
                    step /= 2
                last = change
            if step < 1 / 64:
                raise NotConvergedError(self.semantics, sweeps, change)

    def _slopes(self, node: int) -> tuple[float, list[float], list[float]]:
        """Return the slopes of a node's strength: in its base score, its attackers, supporters."""
        network, strength = self.network, self.strength
        against = [strength[a] for a in network.attackers[node]]
        in_favour = [strength[s] for s in network.supporters[node]]
        if node < network.claims:
            rule = network.rule
            by_base, pull = rule.slope(network.base[node], rule.aggregate(against, in_favour))
            down, up = rule.slopes(against, in_favour)
            return by_base, [pull * each for each in down], [pull * each for each in up]
        # A relation: the least of its premises, times one minus each undercut.
        least = min(in_favour)
        kept = prod(1.0 - undercut for undercut in against)
        weakest = in_favour.index(least)
        without = [-least * each for each in products_without(against)]
        return 0.0, without, [kept if i == weakest else 0.0 for i in range(len(in_favour))]

    def shapley(self) -> tuple[dict[int, float], dict[int, float]]:
        if len(self.claims) <= _EXACT:
            return self._shapley_exact(), {}
        return self._shapley_sampled()

    def _shapley_exact(self) -> dict[int, float]:
        claims, count = self.claims, len(self.claims)
        worth = {
            frozenset(present): self.with_fixed({n: 0.0 for n in claims if n not in present})
            for size in range(count + 1)
            for present in combinations(claims, size)
        }
        weight = [factorial(k) * factorial(count - k - 1) / factorial(count) for k in range(count)]
        return {
            node: sum(
                weight[len(present)] * (worth[present | {node}] - value)
                for present, value in worth.items()
                if node not in present
            )
            for node in claims
        }

    def _shapley_sampled(self) -> tuple[dict[int, float], dict[int, float]]:
        rng = random.Random(0)  # noqa: S311 # the same draw each time, no secret
        total, squares = dict.fromkeys(self.claims, 0.0), dict.fromkeys(self.claims, 0.0)
        for _ in range(_ORDERS):
            order = rng.sample(self.claims, len(self.claims))
            absent = dict.fromkeys(self.claims, 0.0)
            before = self.with_fixed(absent)
            for node in order:
                del absent[node]
                now = self.with_fixed(absent)
                total[node] += now - before
                squares[node] += (now - before) ** 2
                before = now
        mean = {n: total[n] / _ORDERS for n in self.claims}
        errors = {
            n: sqrt(max(0.0, squares[n] / _ORDERS - mean[n] ** 2) / (_ORDERS - 1))
            for n in self.claims
        }
        return mean, errors
