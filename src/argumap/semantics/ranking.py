"""Which claims are more acceptable than others, without a number that means something by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from argumap.errors import UnknownNameError
from argumap.model import Ranking, pause_gc
from argumap.semantics.gradual import strengths
from argumap.semantics.modular import STRENGTHS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from argumap.model import ArgumentMap
    from argumap.semantics.network import BaseScore

    Tiers = list[list[int]]
    Step = Callable[[Sequence[Sequence[int]], list[float]], list[float]]

__all__ = ["RANKINGS", "ranking"]

_EQUAL: Final = 1e-9


def ranking(argmap: ArgumentMap, semantics: str = "df-quad", *, base: BaseScore = 0.5) -> Ranking:
    """Return the claims in tiers, the most acceptable first.

    By a gradual semantics (any of `STRENGTHS`) a claim ranks by its strength. These rank claims by
    the rebuttals alone, as if there were no supports, undercuts and base scores:

    - ``categoriser``: by the h-categoriser where every claim has the base score 1 (Besnard and
      Hunter, *Artificial Intelligence* 128, 2001, pp. 203-235).
    - ``discussion-based``: the fewer attackers the better; among equals, the more defenders; then
      the fewer attackers of defenders, and so on (Amgoud and Ben-Naim, SUM 2013, pp. 134-147).
    - ``burden-based``: as before, but at each step the lesser burden is better, which is 1 and one
      part in the burden that each attacker had at the step before (the same, pp. 141-143).

    Args:
        argmap: The map.
        semantics: One of `STRENGTHS` or `RANKINGS`.
        base: As for `strengths`; for those of `STRENGTHS` alone.

    Returns:
        The tiers. Strengths and burdens that differ by less than 1e-9 are equal. The cost is that
        of `strengths`; of the last two, claims times relations where long chains must be compared.

    Raises:
        UnknownNameError: There is no such semantics.
        NotConvergedError: A circle of claims swings for ever.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> move, far, bus = (builder.claim(text) for text in ("Move.", "It is far.", "By bus."))
        >>> rebuttals = builder.rebuttal(far, move), builder.rebuttal(bus, far)
        >>> ranking(builder.build(), "discussion-based").tiers
        (('c3',), ('c1',), ('c2',))
    """
    if semantics not in STRENGTHS and semantics not in RANKINGS:
        raise UnknownNameError("semantics", semantics, [*STRENGTHS, *RANKINGS])
    with pause_gc():
        if semantics in {"discussion-based", "burden-based"}:
            tiers = _step_by_step(argmap, semantics)
        else:
            found = (
                strengths(argmap, "h-categoriser", base=1.0)
                if semantics == "categoriser"
                else strengths(argmap, semantics, base=base)  # type: ignore[arg-type]
            )
            values = [-value for value in found.values.values()]
            tiers = _split(list(range(len(values))), values)
        ids = argmap.index.claim_ids
        return Ranking(
            semantics=semantics, tiers=tuple(tuple(ids[n] for n in tier) for tier in tiers)
        )


RANKINGS: Final = ("categoriser", "discussion-based", "burden-based")


def _step_by_step(argmap: ArgumentMap, semantics: str) -> Tiers:
    """Split the claims by how many chains of attackers there are, or how great the burden is.

    It goes on until no tier holds claims that may still come to differ: claims whose attackers are
    alike, and theirs, and so on, never do (colour refinement). A claim's numbers at all steps
    follow from those at as many steps as there are claims.
    """
    index = argmap.index
    attackers = [[index.sources[r][0] for r in rebuttals] for rebuttals in index.rebuttals_of]
    size = len(attackers)
    tiers: Tiers = [list(range(size))] if size else []
    kinds = [0] * size
    values: list[float] = [1] * size
    for step in range(1, size + 1):
        values = _next(attackers, values, semantics)
        worse = -1 if semantics == "discussion-based" and step % 2 == 0 else 1
        keys = [worse * value for value in values]
        tiers = [part for tier in tiers for part in _split(tier, keys)]
        alike: dict[tuple[int, ...], int] = {}
        before = len(set(kinds))
        kinds = [
            alike.setdefault((kinds[n], *sorted(kinds[a] for a in attackers[n])), len(alike))
            for n in range(size)
        ]
        if len(tiers) == len(alike) == before:
            break
    return tiers


def _next(attackers: list[list[int]], values: list[float], semantics: str) -> list[float]:
    if semantics == "discussion-based":
        return [sum([values[a] for a in each]) for each in attackers]
    return [1 + sum([1 / values[a] for a in each]) for each in attackers]


def _split(tier: list[int], keys: Sequence[float]) -> Tiers:
    """Return the claims of a tier by their keys, the least first; equals stay together in order."""
    if len(tier) == 1:
        return [tier]
    parts: Tiers = []
    last = None
    for n in sorted(tier, key=lambda n: keys[n]):
        if last is None or keys[n] - last > _EQUAL:
            parts.append([])
        parts[-1].append(n)
        last = keys[n]
    return [sorted(part) for part in parts]
