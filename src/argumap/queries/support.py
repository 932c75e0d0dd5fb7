"""Which claims lack support, which are contested, which are what it is all about."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from argumap.graph.components import strong_components

if TYPE_CHECKING:
    from argumap.model import ArgumentMap, Claim, MapIndex

__all__ = ["contested_claims", "main_claims", "unsupported_claims"]


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
    index = argmap.index
    tops = [
        n
        for n, uses in enumerate(index.uses_of)
        if not uses and (index.supports_of[n] or index.rebuttals_of[n])
    ]
    below = _counts_below(index, tops)
    return tuple(argmap.claims[n] for n in sorted(tops, key=lambda n: -below[n]))


def _counts_below(index: MapIndex, tops: list[int]) -> dict[int, int]:
    """Count for each top the claims that bear on it at any depth.

    Each claim gets the set of tops that it reaches, as the bits of an integer, from those that it
    bears on. Most claims bear on one other and share its integer.
    """
    bears_on = [list(dict.fromkeys(_struck(index, r) for r in uses)) for uses in index.uses_of]
    reached = [0] * len(bears_on)
    for bit, top in enumerate(tops):
        reached[top] = 1 << bit
    for part in strong_components(bears_on):
        mask = reached[part[0]]
        for member in part:
            for other in bears_on[member]:
                if mask != reached[other]:
                    mask |= reached[other]
        for member in part:
            reached[member] = mask
    counts = dict.fromkeys(tops, -1)  # a top does not bear on itself
    for mask, claims in Counter(reached).items():
        bits = bin(mask)[:1:-1]
        bit = bits.find("1")
        while bit >= 0:
            counts[tops[bit]] += claims
            bit = bits.find("1", bit + 1)
    return counts


def _struck(index: MapIndex, r: int) -> int:
    """Return the claim that a relation bears on; that of an undercut is beyond what it strikes."""
    seen = set()
    while index.kinds[r] == "undercut" and r not in seen:
        seen.add(r)
        r = index.targets[r]
    # Undercuts that strike each other in a circle bear on nothing but their own source.
    return index.targets[r] if r not in seen else index.sources[r][0]
