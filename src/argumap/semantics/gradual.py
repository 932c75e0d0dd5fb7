"""How strong each claim is, from 0 to 1, and what each claim contributes to another."""

from __future__ import annotations

import random
from itertools import combinations
from math import factorial, sqrt
from typing import TYPE_CHECKING, Final, Literal

from argumap.errors import NotConvergedError, UnknownNameError
from argumap.model import Contributions, Strengths, pause_gc
from argumap.semantics.modular import STRENGTHS
from argumap.semantics.network import Network, Settled, base_scores

if TYPE_CHECKING:
    from collections.abc import Mapping

    from argumap.model import ArgumentMap
    from argumap.semantics.network import BaseScore, Iteration

__all__ = ["contributions", "strengths"]

GradualName = Literal[
    "df-quad",
    "quadratic-energy",
    "euler",
    "h-categoriser",
    "mlp",
    "sd-df-quad",
    "squared-energy",
    "euler-top",
    "max-based",
    "card-based",
]
Method = Literal["removal", "intrinsic-removal", "gradient", "shapley"]
_METHODS: Final = ("removal", "intrinsic-removal", "gradient", "shapley")
_EXACT: Final = 15  # claims, so 32 768 sets
_ORDERS: Final = 400


def strengths(
    argmap: ArgumentMap,
    semantics: GradualName = "df-quad",
    *,
    base: BaseScore = 0.5,
    iteration: Iteration = "adaptive",
    strict: bool = True,
) -> Strengths:
    """Return how strong each claim is, from 0 to 1.

    A claim starts with its base score; supports raise it and rebuttals lower it, the more the
    stronger they are. ``df-quad`` saturates: one supporter of strength 1 decides. The others do
    not; ``h-categoriser``, ``max-based`` and ``card-based`` look at attacks alone. `STRENGTHS`
    tells the source of each.

    The map is evaluated part by part, each after those it depends on, so only circles iterate.

    Args:
        argmap: The map.
        semantics: One of `STRENGTHS`.
        base: The base score of every claim; or ``"confidence"``, for each its own (a claim that is
            easy to extract is then strong, which may not be what you want); or a score for each
            claim id. Where there is none it is 0.5.
        iteration: How circles are brought to rest, from the base scores, all claims at once.
            ``"plain"`` takes full steps, as the papers that define the semantics do: it swings
            where they say so. ``"adaptive"`` takes smaller ones where full ones swing.
        strict: Whether strengths that have not settled are an error. If not, they are returned
            with ``converged=False``.

    Returns:
        The strengths, with how the circles settled. Linear, times the sweeps that circles take.

    Raises:
        UnknownNameError: There is no such semantics, iteration or claim.
        ModelError: A base score is not in [0, 1].
        NotConvergedError: A circle of claims swings for ever.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> move, rent = builder.claim("We should move."), builder.claim("The rent went up.")
        >>> reason = builder.support(rent, move)
        >>> strengths(builder.build()).values
        {'c1': 0.75, 'c2': 0.5}
    """
    rule = STRENGTHS[semantics]
    with pause_gc():
        network = Network(argmap, base_scores(argmap, base), rule, iteration)
        values = [0.0] * network.size
        settled = network.solve(values)
        _check(settled, semantics, strict=strict)
        return Strengths(
            semantics=semantics,
            values=dict(zip(argmap.index.claim_ids, values, strict=False)),
            converged=settled.converged,
            iterations=settled.iterations,
            residual=settled.residual,
        )


def contributions(
    argmap: ArgumentMap,
    topic: str,
    how: Method = "gradient",
    *,
    semantics: GradualName = "df-quad",
    base: BaseScore = 0.5,
) -> Contributions:
    """Return what each claim contributes to the strength of another.

    - ``gradient``: how fast the topic's strength grows with the claim's base score. All claims in
      one pass backwards over the map: linear.
    - ``removal``: the topic's strength, less what it is without the claim.
    - ``intrinsic-removal``: what it is when the claim has no supports and attacks left, less what
      it is without the claim: what the claim adds by itself.
    - ``shapley``: what the claim adds on average when claims join in every possible order. These
      sum up to the topic's strength less its base score. Exact for up to 15 claims that bear on
      the topic; beyond, an average of 400 orders drawn with a fixed seed, with standard errors.

    No one of them has all the properties that one may wish for (Kampik, Potyka, Yin, Čyras and
    Toni, *Contribution functions for quantitative bipolar argumentation graphs*, International
    Journal of Approximate Reasoning 173, 2024; arXiv:2401.08879).

    Args:
        argmap: The map.
        topic: Id of the claim whose strength is explained.
        how: One of the above.
        semantics: As for `strengths`.
        base: As for `strengths`.

    Returns:
        The contribution of each other claim that bears on the topic at any depth, in map order.

    Raises:
        UnknownNameError: There is no such claim, method or semantics.
        NotConvergedError: A circle of claims swings for ever.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> move, rent = builder.claim("We should move."), builder.claim("The rent went up.")
        >>> reason = builder.support(rent, move)
        >>> contributions(builder.build(), move, "removal").values
        {'c2': 0.25}
    """
    if how not in _METHODS:
        raise UnknownNameError("kind of contribution", how, _METHODS)
    rule = STRENGTHS[semantics]
    goal = argmap.index.claim_number[argmap.claim(topic).id]
    with pause_gc():
        network = Network(argmap, base_scores(argmap, base), rule, goal=goal)
        ask = _Asked(network, goal, semantics)
        errors: Mapping[int, float] = {}
        if how == "gradient":
            values = ask.gradient()
        elif how == "shapley":
            values, errors = ask.shapley()
        else:
            values = ask.removal(intrinsic=how == "intrinsic-removal")
        ids = argmap.index.claim_ids
        return Contributions(
            topic=topic,
            how=how,
            semantics=semantics,
            values={ids[n]: values[n] for n in sorted(values)},
            errors={ids[n]: errors[n] for n in sorted(errors)},
        )


def _check(settled: Settled, semantics: str, *, strict: bool) -> None:
    if strict and not settled.converged:
        raise NotConvergedError(semantics, settled.iterations, settled.residual)


class _Asked:
    """A question about one node of a network that has only what bears on it."""

    def __init__(self, network: Network, goal: int, semantics: str) -> None:
        self.network, self.goal, self.semantics = network, goal, semantics
        self.parts = network.parts
        self.place = {node: i for i, part in enumerate(self.parts) for node in part}
        self.claims = sorted(n for n in network.nodes if n < network.claims and n != goal)
        self.strength = [0.0] * network.size
        self._settle(self.strength, self.parts, {})

    def _settle(
        self, strength: list[float], parts: list[list[int]], fixed: Mapping[int, float]
    ) -> None:
        _check(self.network.solve(strength, parts, fixed), self.semantics, strict=True)

    def with_fixed(self, fixed: Mapping[int, float]) -> float:
        """Return the goal's strength where some nodes have a given one. 0 is as good as absent."""
        reached = {self.place[node] for node in fixed}
        stack = list(fixed)
        seen = set(stack)
        while stack:
            for other in self.network.after[stack.pop()]:
                if other in self.place and other not in seen:
                    seen.add(other)
                    stack.append(other)
                    reached.add(self.place[other])
        parts = [self.parts[i] for i in sorted(reached)]
        saved = {node: self.strength[node] for part in parts for node in part}
        self._settle(self.strength, parts, fixed)
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
        share = dict.fromkeys(self.place, 0.0)
        share[self.goal] = 1.0
        for part in reversed(self.parts):
            inside: set[int] = set()
            if part[0] in network.circular:
                self._share_in_circle(part, share)
                inside = set(part)
            for member in part:
                for other, slope in self._slopes(member):
                    if other not in inside:
                        share[other] += share[member] * slope
        return {n: share[n] * self._base_slope(n) for n in self.claims}

    def _share_in_circle(self, part: list[int], share: dict[int, float]) -> None:
        """Solve for the shares inside a circle, by sweeps, in smaller steps where need be."""
        inside = set(part)
        handed: dict[int, list[tuple[int, float]]] = {node: [] for node in part}
        for node in part:
            for other, slope in self._slopes(node):
                if other in inside:
                    handed[other].append((node, slope))
        given = {node: share[node] for node in part}
        sweeps, step, change, last = 0, 1.0, float("inf"), float("inf")
        while change > 1e-13:
            change = 0.0
            for node in part:
                wanted = given[node] + sum(share[n] * slope for n, slope in handed[node])
                change = max(change, abs(wanted - share[node]))
                share[node] += step * (wanted - share[node])
            sweeps += 1
            if sweeps % 100 == 0:
                if change > 0.95 * last:
                    step /= 2
                last = change
            if step < 1 / 64:
                raise NotConvergedError(self.semantics, sweeps, change)

    def _slopes(self, node: int) -> list[tuple[int, float]]:
        """Return what a node depends on, each with the slope of the node's strength in it."""
        network, strength = self.network, self.strength
        attackers, supporters = network.attackers[node], network.supporters[node]
        against, in_favour = [strength[a] for a in attackers], [strength[s] for s in supporters]
        if node < network.claims:
            rule = network.rule
            if not attackers and not supporters:
                return []
            down, up = rule.slopes(against, in_favour)
            _, pull = rule.slope(network.base[node], rule.aggregate(against, in_favour))
            slopes = [pull * each for each in (*down, *up)]
            return list(zip((*attackers, *supporters), slopes, strict=True))
        weakest = in_favour.index(min(in_favour))
        kept = 1.0
        for undercut in against:
            kept *= 1.0 - undercut
        without = [1.0] * len(against)
        for i in range(len(against)):
            for j, other in enumerate(against):
                without[i] *= 1.0 - other if j != i else 1.0
        slopes = [-in_favour[weakest] * each for each in without]
        return [*zip(attackers, slopes, strict=True), (supporters[weakest], kept)]

    def _base_slope(self, node: int) -> float:
        network, strength = self.network, self.strength
        rule = network.rule
        energy = rule.aggregate(
            [strength[a] for a in network.attackers[node]],
            [strength[s] for s in network.supporters[node]],
        )
        return rule.slope(network.base[node], energy)[0]

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
