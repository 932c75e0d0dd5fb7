"""Gradual semantics in two parts: sum the reasons up, then let them move the base score.

Mossakowski and Neuhaus (*Modular semantics and characteristics for bipolar weighted argumentation
graphs*, arXiv:1807.06685, 2018) saw that most gradual semantics are an *aggregation* of the
strengths of attackers and supporters to one number, the energy, and an *influence* of this energy
on the base score. Each is given here with its slopes, from which contributions are computed.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING

from argumap._registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Values = Sequence[float]

__all__ = ["STRENGTHS", "Gradual", "products_without"]


@dataclass(frozen=True)
class Gradual:
    """A gradual semantics.

    Attributes:
        title: Name and source.
        aggregate: The energy of the strengths of attackers and of supporters.
        slopes: The slopes of the energy in each attacker and in each supporter.
        influence: The strength that follows from a base score and an energy.
        slope: The slopes of that strength in the base score and in the energy.
    """

    title: str
    aggregate: Callable[[Values, Values], float]
    slopes: Callable[[Values, Values], tuple[list[float], list[float]]]
    influence: Callable[[float, float], float]
    slope: Callable[[float, float], tuple[float, float]]


def _sum(attackers: Values, supporters: Values) -> float:
    return sum(supporters) - sum(attackers)


def _sum_slopes(attackers: Values, supporters: Values) -> tuple[list[float], list[float]]:
    return [-1.0] * len(attackers), [1.0] * len(supporters)


def _attack_sum(attackers: Values, _supporters: Values) -> float:
    return -sum(attackers)


def _attack_slopes(attackers: Values, supporters: Values) -> tuple[list[float], list[float]]:
    return [-1.0] * len(attackers), [0.0] * len(supporters)


def _square_sum(attackers: Values, supporters: Values) -> float:
    return sum([s * s for s in supporters]) - sum([a * a for a in attackers])


def _square_slopes(attackers: Values, supporters: Values) -> tuple[list[float], list[float]]:
    return [-2.0 * a for a in attackers], [2.0 * s for s in supporters]


def _top(attackers: Values, supporters: Values) -> float:
    return max(supporters, default=0.0) - max(attackers, default=0.0)


def _top_slopes(attackers: Values, supporters: Values) -> tuple[list[float], list[float]]:
    return [-slope for slope in _of_the_strongest(attackers)], _of_the_strongest(supporters)


def _of_the_strongest(strengths: Values) -> list[float]:
    """Return 1 for the first of the strongest and 0 for all others."""
    slopes = [0.0] * len(strengths)
    if strengths:
        slopes[strengths.index(max(strengths))] = 1.0
    return slopes


def _attack_top(attackers: Values, _supporters: Values) -> float:
    return -max(attackers, default=0.0)


def _attack_top_slopes(attackers: Values, supporters: Values) -> tuple[list[float], list[float]]:
    return [-slope for slope in _of_the_strongest(attackers)], [0.0] * len(supporters)


def _attack_count(attackers: Values, _supporters: Values) -> float:
    live = [strength for strength in attackers if strength > 0]
    return -(len(live) + sum(live) / len(live)) if live else 0.0


def _attack_count_slopes(attackers: Values, supporters: Values) -> tuple[list[float], list[float]]:
    live = sum(strength > 0 for strength in attackers)
    return [-1.0 / live if strength > 0 else 0.0 for strength in attackers], [0.0] * len(supporters)


def _product(attackers: Values, supporters: Values) -> float:
    against = in_favour = 1.0
    for strength in attackers:
        against *= 1.0 - strength
    for strength in supporters:
        in_favour *= 1.0 - strength
    return against - in_favour


def _product_slopes(attackers: Values, supporters: Values) -> tuple[list[float], list[float]]:
    return [-slope for slope in products_without(attackers)], products_without(supporters)


def products_without(strengths: Values) -> list[float]:
    """Return for each place the product of one minus each of the others, without dividing by 0."""
    without = [1.0] * len(strengths)
    if len(strengths) < 2:
        return without
    before = after = 1.0
    for i, strength in enumerate(strengths):
        without[i] *= before
        before *= 1.0 - strength
    for i in range(len(strengths) - 1, -1, -1):
        without[i] *= after
        after *= 1.0 - strengths[i]
    return without


def _linear(base: float, energy: float) -> float:
    return base + (base * energy if energy < 0 else (1.0 - base) * energy)


def _linear_slope(base: float, energy: float) -> tuple[float, float]:
    # At 0 the slopes from the two sides differ; their mean serves both.
    side = base if energy < 0 else 1.0 - base if energy > 0 else 0.5
    return 1.0 - abs(energy), side


def _quadratic(base: float, energy: float) -> float:
    square = energy * energy
    pull = square / (1.0 + square)
    return base - base * pull if energy < 0 else base + (1.0 - base) * pull


def _quadratic_slope(base: float, energy: float) -> tuple[float, float]:
    square = energy * energy
    side = base if energy < 0 else 1.0 - base
    return 1.0 / (1.0 + square), side * 2.0 * abs(energy) / (1.0 + square) ** 2


def _single(base: float, energy: float) -> float:
    size = abs(energy)
    pull = size / (1.0 + size)
    return base - base * pull if energy < 0 else base + (1.0 - base) * pull


def _single_slope(base: float, energy: float) -> tuple[float, float]:
    size = abs(energy)
    # At 0 as for the linear influence.
    side = base if energy < 0 else 1.0 - base if energy > 0 else 0.5
    return 1.0 / (1.0 + size), side / (1.0 + size) ** 2


def _euler(base: float, energy: float) -> float:
    return 1.0 - (1.0 - base * base) / (1.0 + base * exp(min(energy, _MOST)))


def _euler_slope(base: float, energy: float) -> tuple[float, float]:
    grown = exp(min(energy, _MOST))
    below = 1.0 + base * grown
    rest = (1.0 - base * base) / below
    return 2.0 * base / below + rest * grown / below, rest * base * grown / below


def _logistic(base: float, energy: float) -> float:
    # Of the two forms the one in which nothing overflows.
    shrunk = exp(-abs(energy))
    if energy < 0:
        return base * shrunk / (1.0 - base + base * shrunk)
    return base / (base + (1.0 - base) * shrunk) if base else 0.0


def _logistic_slope(base: float, energy: float) -> tuple[float, float]:
    shrunk = exp(-abs(energy))
    below = 1.0 - base + base * shrunk if energy < 0 else base + (1.0 - base) * shrunk
    strength = _logistic(base, energy)
    return shrunk / below**2 if below else 0.0, strength * (1.0 - strength)


def _ratio(base: float, energy: float) -> float:
    return base / (1.0 - energy)


def _ratio_slope(base: float, energy: float) -> tuple[float, float]:
    return 1.0 / (1.0 - energy), base / (1.0 - energy) ** 2


_MOST = 700.0  # beyond it exp overflows; long before, the strength is 1 to the last digit

STRENGTHS: Registry[Gradual] = Registry(
    "gradual semantics",
    {
        "df-quad": Gradual(
            "DF-QuAD (Rago, Toni, Aurisicchio and Baroni, KR 2016, pp. 63-73)",
            _product,
            _product_slopes,
            _linear,
            _linear_slope,
        ),
        "quadratic-energy": Gradual(
            "Quadratic energy (Potyka, KR 2018, pp. 148-157)",
            _sum,
            _sum_slopes,
            _quadratic,
            _quadratic_slope,
        ),
        "euler": Gradual(
            "Euler-based (Amgoud and Ben-Naim, International Journal of Approximate Reasoning 99, "
            "2018, pp. 39-55)",
            _sum,
            _sum_slopes,
            _euler,
            _euler_slope,
        ),
        "h-categoriser": Gradual(
            "Weighted h-categoriser: attacks alone (Amgoud, Ben-Naim, Doder and Vesic, IJCAI 2017, "
            "pp. 56-62)",
            _attack_sum,
            _attack_slopes,
            _ratio,
            _ratio_slope,
        ),
        "mlp": Gradual(
            "MLP-based: a neuron for each claim (Potyka, AAAI 2021, pp. 6463-6470)",
            _sum,
            _sum_slopes,
            _logistic,
            _logistic_slope,
        ),
        "sd-df-quad": Gradual(
            "Squared DF-QuAD: does not saturate (Kampik, Potyka, Yin, Čyras and Toni, "
            "International Journal of Approximate Reasoning 173, 2024, table 3)",
            _product,
            _product_slopes,
            _single,
            _single_slope,
        ),
        "squared-energy": Gradual(
            "Squared energy: weak reasons hardly count (Potyka's library Uncertainpy)",
            _square_sum,
            _square_slopes,
            _single,
            _single_slope,
        ),
        "euler-top": Gradual(
            "Euler-based, by the strongest reason on each side alone (Kampik et al. 2024, table 3)",
            _top,
            _top_slopes,
            _euler,
            _euler_slope,
        ),
        "max-based": Gradual(
            "Weighted max-based: the strongest attack alone (Amgoud et al. 2017)",
            _attack_top,
            _attack_top_slopes,
            _ratio,
            _ratio_slope,
        ),
        "card-based": Gradual(
            "Weighted card-based: first the number of attacks, then their strength (Amgoud et al. "
            "2017)",
            _attack_count,
            _attack_count_slopes,
            _ratio,
            _ratio_slope,
        ),
    },
)
