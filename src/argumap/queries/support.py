"""Which claims lack support, which are contested, which are what it is all about."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argumap.model import ArgumentMap, Claim

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
    supported = {support.conclusion for support in argmap.supports}
    return tuple(claim for claim in argmap.claims if claim.id not in supported)


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
    rebutted = {rebuttal.target for rebuttal in argmap.rebuttals}
    return tuple(claim for claim in argmap.claims if claim.id in rebutted)


def main_claims(argmap: ArgumentMap) -> tuple[Claim, ...]:
    """Return the claims that others bear on and that bear on nothing, those with most below first.

    A claim is a *main claim* when it is the conclusion of a support or the target of a rebuttal,
    and is itself neither premise nor source of any relation. In a debate that goes in a circle
    there may be none. Claims that stand alone, in no relation, are not main claims.

    Args:
        argmap: The map to look at. An empty map gives an empty tuple.

    Returns:
        The claims, by the number of claims that bear on them at any depth, highest first, equals
        in the order of `ArgumentMap.claims`. The cost is (main claims) × (claims and relations
        that bear on each); linear where the map is a forest.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> wet, rain = builder.claim("It is wet."), builder.claim("It rained.")
        >>> reason = builder.support(wet, rain)
        >>> [claim.id for claim in main_claims(builder.build())]
        ['c2']
    """
    reasons: dict[str, list[str]] = {}
    bearing: set[str] = set()
    for relation in argmap.relations:
        reasons.setdefault(relation.target, []).extend(relation.sources)
        bearing.update(relation.sources)
        if relation.kind == "undercut":
            # The way up from an undercut goes through the relation that it strikes.
            reasons.setdefault(argmap.relation(relation.target).target, []).append(relation.target)
    tops = [c for c in argmap.claims if c.id in reasons and c.id not in bearing]
    sizes = {claim.id: _count_below(claim.id, reasons) for claim in tops}
    return tuple(sorted(tops, key=lambda claim: -sizes[claim.id]))


def _count_below(top: str, reasons: dict[str, list[str]]) -> int:
    """Count what bears on `top` at any depth, without recursion."""
    seen = {top}
    stack = [top]
    while stack:
        for reason in reasons.get(stack.pop(), ()):
            if reason not in seen:
                seen.add(reason)
                stack.append(reason)
    return len(seen) - 1
