"""Few and sure, or many and unsure: leave out what is not sure enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap.model import Undercut

if TYPE_CHECKING:
    from argumap.model import ArgumentMap, Claim, Relation

__all__ = ["keep_sure"]


def keep_sure(argmap: ArgumentMap, min_confidence: float) -> ArgumentMap:
    """Return a map without the claims and relations that are less sure than asked.

    What has no confidence stays. A relation goes with its claims, and an undercut with the
    relation that it strikes.

    Args:
        argmap: The map.
        min_confidence: Least confidence, from 0 to 1, of what is kept.

    Raises:
        ValueError: `min_confidence` is not between 0 and 1.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> wet, rain = builder.claim("It is wet."), builder.claim("It rained.")
        >>> reason = builder.support(rain, wet, confidence=0.4)
        >>> keep_sure(builder.build(), 0.5)
        ArgumentMap(2 claims, 0 supports, 0 rebuttals, 0 undercuts)
    """
    if not 0 <= min_confidence <= 1:
        raise ValueError(f"min_confidence is {min_confidence}, not between 0 and 1")
    if min_confidence == 0:
        return argmap

    def is_sure(element: Claim | Relation) -> bool:
        return element.confidence is None or element.confidence >= min_confidence

    claims = tuple(claim for claim in argmap.claims if is_sure(claim))
    known = {claim.id for claim in claims}
    relations = [r for r in argmap.relations if is_sure(r) and known.issuperset(r.sources)]
    relations = [r for r in relations if isinstance(r, Undercut) or r.target in known]
    # An undercut may strike another one: take away until none strikes what is not there.
    left = {r.id for r in relations}
    while gone := [r for r in relations if isinstance(r, Undercut) and r.target not in left]:
        left.difference_update(r.id for r in gone)
        relations = [r for r in relations if r.id in left]
    return argmap.replace(claims=claims, relations=tuple(relations))
