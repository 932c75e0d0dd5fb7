"""How strong each claim is, from 0 to 1, and what each claim contributes to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from argumap.errors import UnknownNameError
from argumap.model import Contributions, Strengths, pause_gc
from argumap.semantics._contributing import Asked
from argumap.semantics.modular import STRENGTHS
from argumap.semantics.network import Network, base_scores, check_settled

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
        if strict:
            check_settled(settled, semantics)
        # Made without validation: that would look at each entry, and they are right as they are.
        return Strengths.model_construct(
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
        The contribution of each other claim, in map order: 0 where it does not bear on the topic.

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
        ask = Asked(network, goal, semantics)
        errors: Mapping[int, float] = {}
        if how == "gradient":
            values = ask.gradient()
        elif how == "shapley":
            values, errors = ask.shapley()
        else:
            values = ask.removal(intrinsic=how == "intrinsic-removal")
        ids = argmap.index.claim_ids
        every = dict.fromkeys(ids, 0.0)
        for n, value in values.items():
            every[ids[n]] = value
        del every[topic]
        return Contributions.model_construct(
            topic=topic,
            how=how,
            semantics=semantics,
            values=every,
            errors={ids[n]: errors[n] for n in sorted(errors)},
        )
