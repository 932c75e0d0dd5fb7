"""A map as a network of strengths: evaluated part by part, circles by iteration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from argumap.errors import ModelError, NotConvergedError, UnknownNameError
from argumap.graph.components import order_of
from argumap.model import expect_map

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Literal

    from argumap.model import ArgumentMap
    from argumap.semantics.modular import Gradual

    Iteration = Literal["adaptive", "plain"]
    BaseScore = float | Literal["confidence"] | Mapping[str, float]

__all__ = ["BaseScore", "Iteration", "Network", "Settled", "base_scores", "check_settled"]

_CLOSE: Final = 1e-12
_WINDOW: Final = 100
_ITERATIONS: Final = ("adaptive", "plain")
_SWEEPS: Final = 20_000


@dataclass(frozen=True)
class Settled:
    """How the circles of a network came to rest: whether, after how many sweeps, how far off."""

    converged: bool
    iterations: int
    residual: float


class Network:
    """Claims, and the relations that need a strength of their own, by number.

    A relation is as strong as the weakest of its premises, less what undercuts it: its strength is
    the least of theirs, times one minus the strength of each undercut. So a plain relation is as
    strong as its one source, as the papers have it, which know no others.

    Args:
        argmap: The map.
        base: The base score of each claim.
        rule: The gradual semantics.
        iteration: How circles are brought to rest; see `strengths`.
        goal: The claim that alone is asked about: the network is what bears on it. None for all.

    Raises:
        UnknownNameError: There is no such iteration.
    """

    def __init__(
        self,
        argmap: ArgumentMap,
        base: list[float],
        rule: Gradual,
        iteration: Iteration = "adaptive",
        *,
        goal: int | None = None,
    ) -> None:
        if iteration not in _ITERATIONS:
            raise UnknownNameError("iteration", iteration, _ITERATIONS)
        wiring = argmap.index.wiring
        order = order_of(wiring)
        self.base, self.rule = base, rule
        self.least_step = 1 / 64 if iteration == "adaptive" else 1.0
        self.claims = len(base)
        self.attackers, self.supporters = wiring.attackers, wiring.supporters
        self.attacks, self.supports = wiring.attacks, wiring.supports
        self.size = len(self.attackers)
        self.steps, self.circles = order.steps, order.circles
        self.nodes: Sequence[int] = range(self.size)
        if goal is not None:
            self.nodes, bears = self._bearing_on(goal)
            self.steps = [node for node in order.steps if bears[node]]

    def _bearing_on(self, goal: int) -> tuple[list[int], bytearray]:
        """Return a node and all that it depends on at any depth, and for each node if it does."""
        bears = bytearray(self.size)
        bears[goal] = True
        nodes = [goal]
        for node in nodes:
            for before in self.attackers[node], self.supporters[node]:
                for other in before:
                    if not bears[other]:
                        bears[other] = True
                        nodes.append(other)
        return nodes, bears

    def at(self, node: int, strength: list[float]) -> float:
        """Return the strength that a node has by its rule, given the others'."""
        attackers = [strength[a] for a in self.attackers[node]]
        supporters = [strength[s] for s in self.supporters[node]]
        if node < self.claims:
            rule = self.rule
            return rule.influence(self.base[node], rule.aggregate(attackers, supporters))
        held = min(supporters)
        for undercut in attackers:
            held *= 1.0 - undercut
        return held

    def solve(
        self,
        strength: list[float],
        steps: Iterable[int] | None = None,
        fixed: Mapping[int, float] | None = None,
    ) -> Settled:
        """Compute strengths, step after step, in place.

        Args:
            strength: The strengths: those of nodes outside `steps` are taken as they are.
            steps: What to compute, in order; everything if None.
            fixed: Nodes whose strength is given.
        """
        fixed = fixed or {}
        for node, value in fixed.items():
            strength[node] = value
        attackers, supporters, claims = self.attackers, self.supporters, self.claims
        base, aggregate, influence = self.base, self.rule.aggregate, self.rule.influence
        circles = self.circles
        worst = Settled(converged=True, iterations=0, residual=0.0)
        for node in self.steps if steps is None else steps:
            a, s = attackers[node], supporters[node]
            if node in circles:
                worst = _worse(worst, self._iterate(circles[node], strength, fixed))
            elif node in fixed:
                continue
            elif not a and not s:
                strength[node] = base[node]
            elif node >= claims:
                strength[node] = self.at(node, strength)
            else:
                energy = aggregate(
                    [strength[x] for x in a] if a else (), [strength[x] for x in s] if s else ()
                )
                strength[node] = influence(base[node], energy)
        return worst

    def _iterate(
        self, part: list[int], strength: list[float], fixed: Mapping[int, float]
    ) -> Settled:
        """Let a circle come to rest by sweeps over all its nodes at once, from the base scores.

        No node goes first, so the order of the claims has no say where there are several ways to
        rest. Full steps converge where the slopes are small (Potyka, *Extending modular semantics
        for bipolar weighted argumentation*, AAMAS 2019, pp. 1722-1730). Where the change stops
        shrinking the step is halved, down to 1/64, which settles what swings to and fro.
        """
        free = [node for node in part if node not in fixed]
        for node in free:
            strength[node] = self.base[node] if node < self.claims else 0.0
        relations = [node for node in free if node >= self.claims]
        free = [node for node in free if node < self.claims]
        rows = [(n, self.base[n], self.attackers[n], self.supporters[n]) for n in free]
        free += relations
        aggregate, influence = self.rule.aggregate, self.rule.influence
        sweeps, step, change = 0, 1.0, 0.0
        while step >= self.least_step:
            last = float("inf")
            for sweep in range(1, _SWEEPS + 1):
                moves = [
                    influence(
                        base,
                        aggregate(
                            [strength[x] for x in a] if a else (),
                            [strength[x] for x in s] if s else (),
                        ),
                    )
                    - strength[node]
                    for node, base, a, s in rows
                ]
                moves += [self.at(node, strength) - strength[node] for node in relations]
                change = max(map(abs, moves), default=0.0)
                for node, move in zip(free, moves, strict=True):
                    strength[node] += step * move
                if change < _CLOSE:
                    return Settled(converged=True, iterations=sweeps + sweep, residual=change)
                if sweep % _WINDOW == 0 and self.least_step < 1:
                    if change > 0.95 * last:
                        break
                    last = change
            sweeps += sweep
            step /= 2
        return Settled(converged=False, iterations=sweeps, residual=change)


def _worse(one: Settled, other: Settled) -> Settled:
    return Settled(
        converged=one.converged and other.converged,
        iterations=max(one.iterations, other.iterations),
        residual=max(one.residual, other.residual),
    )


def check_settled(settled: Settled, semantics: str) -> None:
    """Raise where strengths have not come to rest.

    Raises:
        NotConvergedError: They have not.
    """
    if not settled.converged:
        raise NotConvergedError(semantics, settled.iterations, settled.residual)


def base_scores(argmap: ArgumentMap, base: BaseScore) -> list[float]:
    """Return the base score of each claim: one for all, its confidence, or as listed.

    Claims without a confidence, and those that the list leaves out, have 0.5.

    Raises:
        UnknownNameError: The list names a claim that is not there.
        ModelError: A score is not in [0, 1].
    """
    expect_map(argmap)
    if base == "confidence":
        return [0.5 if c.confidence is None else c.confidence for c in argmap.claims]
    if isinstance(base, int | float):
        scores = [float(base)] * len(argmap.claims)
        named = {"every claim": float(base)}
    else:
        scores = [0.5] * len(argmap.claims)
        named = {f"claim {claim_id!r}": float(score) for claim_id, score in dict(base).items()}
        for claim_id, score in dict(base).items():
            scores[argmap.index.claim_number[argmap.claim(claim_id).id]] = float(score)
    wrong = [f"{who} has the base score {s}" for who, s in named.items() if not 0.0 <= s <= 1.0]
    if wrong:
        raise ModelError("list of base scores, each from 0 to 1,", wrong)
    return scores
