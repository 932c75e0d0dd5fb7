"""Which claims lack support, which are contested, which are what it is all about."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from argumap.graph.components import order_of
from argumap.model import expect_map

if TYPE_CHECKING:
    from argumap.model import ArgumentMap, Claim, MapIndex

__all__ = ["contested_claims", "main_claims", "main_numbers", "unsupported_claims"]


def unsupported_claims(argmap: ArgumentMap) -> tuple[Claim, ...]:
    """Return the claims that no support concludes, in map order.

    A claim is *unsupported* when no `Support` has it as conclusion. Being a premise elsewhere does
    not count, and neither does being under attack.

    Args:
        argmap: The map to look at. An empty map gives an empty tuple.

    Returns:
        The claims, in the order of `ArgumentMap.claims`. Linear in claims and relations.

    Examples:
        >>> from argumap import ArgumentMap, Claim, Support
        >>> rain, wet = Claim(id="c1", text="It rained."), Claim(id="c2", text="It is wet.")
        >>> because = Support(id="s1", premises=("c2",), conclusion="c1")
        >>> argmap = ArgumentMap(claims=(rain, wet), relations=(because,))
        >>> [claim.id for claim in unsupported_claims(argmap)]
        ['c2']
    """
    expect_map(argmap)
    supports_of = argmap.index.supports_of
    pairs = zip(argmap.claims, supports_of, strict=True)
    return tuple([claim for claim, supports in pairs if not supports])


def contested_claims(argmap: ArgumentMap) -> tuple[Claim, ...]:
    """Return the claims that are rebutted, in map order.

    A claim is *contested* when it is the target of a `Rebuttal`, whatever becomes of the rebuttal.
    An undercut strikes an inference and contests no claim.

    Args:
        argmap: The map to look at. An empty map gives an empty tuple.

    Returns:
        The claims, in the order of `ArgumentMap.claims`. Linear in claims and relations.

    Examples:
        >>> from argumap import ArgumentMap, Claim, Rebuttal
        >>> rain, dry = Claim(id="c1", text="It rained."), Claim(id="c2", text="It is dry.")
        >>> against = Rebuttal(id="r1", source="c2", target="c1")
        >>> argmap = ArgumentMap(claims=(rain, dry), relations=(against,))
        >>> [claim.id for claim in contested_claims(argmap)]
        ['c1']
    """
    expect_map(argmap)
    rebuttals_of = argmap.index.rebuttals_of
    pairs = zip(argmap.claims, rebuttals_of, strict=True)
    return tuple([claim for claim, rebuttals in pairs if rebuttals])


def main_claims(argmap: ArgumentMap) -> tuple[Claim, ...]:
    """Return the claims that others bear on and that bear on nothing, those with most below first.

    A claim is a *main claim* when it is the conclusion of a support or the target of a rebuttal,
    and is itself neither premise nor source of any relation. In a debate that goes in a circle
    there may be none. Claims that stand alone, in no relation, are not main claims.

    Args:
        argmap: The map to look at. An empty map gives an empty tuple.

    Returns:
        The claims, by the number of claims that bear on them at any depth, highest first, equals
        in the order of `ArgumentMap.claims`. Linear, but for a bit of each main claim in each
        claim that bears on several.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> wet, rain = builder.claim("It is wet."), builder.claim("It rained.")
        >>> reason = builder.support(wet, rain)
        >>> [claim.id for claim in main_claims(builder.build())]
        ['c2']
    """
    expect_map(argmap)
    tops = main_numbers(argmap.index)
    below = _counts_below(argmap.index, tops)
    return tuple(argmap.claims[n] for n in sorted(tops, key=lambda n: -below[n]))


def main_numbers(index: MapIndex) -> list[int]:
    """Return the main claims by number, in map order."""
    used = zip(index.uses_of, index.supports_of, index.rebuttals_of, strict=True)
    return [
        n
        for n, (uses, supports, rebuttals) in enumerate(used)
        if not uses and (supports or rebuttals)
    ]


def _counts_below(index: MapIndex, tops: list[int]) -> dict[int, int]:
    """Count for each top the claims that bear on it at any depth.

    Each node gets the set of tops that it reaches, as the bits of an integer, from those that it
    bears on. Most claims bear on one other and share its integer.
    """
    wiring = index.wiring
    supports, attacks = wiring.supports, wiring.attacks
    order = order_of(wiring)
    reached = [0] * len(supports)
    for bit, top in enumerate(tops):
        reached[top] = 1 << bit
    for step in reversed(order.steps):
        part = order.circles.get(step, (step,))
        mask = reached[step]
        for member in part:
            for after in supports[member], attacks[member]:
                for other in after:
                    more = reached[other]
                    if more and more is not mask:
                        mask = mask | more if mask else more
        for member in part:
            reached[member] = mask
    counts = dict.fromkeys(tops, -1)  # a top does not bear on itself
    # Counted by identity: to compare long integers by value takes long.
    masks = {id(mask): mask for mask in reached}
    for which, claims in Counter(map(id, reached[: len(index.claim_ids)])).items():
        bits = bin(masks[which])[:1:-1]
        bit = bits.find("1")
        while bit >= 0:
            counts[tops[bit]] += claims
            bit = bits.find("1", bit + 1)
    return counts
