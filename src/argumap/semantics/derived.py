"""The attacks that follow from attacks and supports together, as the literature derives them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from argumap.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from argumap.model import ArgumentMap, MapIndex

    DerivedKind = Literal["supported", "secondary", "mediated", "super-mediated", "extended"]

__all__ = ["derived_attacks", "derived_pairs"]

_KINDS = ("supported", "secondary", "mediated", "super-mediated", "extended")


def derived_attacks(argmap: ArgumentMap, kind: DerivedKind) -> tuple[tuple[str, str], ...]:
    """Return the attacks of one kind that follow from a map's rebuttals and supports.

    Where ``a``, ``b`` and ``x`` are claims, and support is at any number of steps:

    - ``supported``: a supports x, x attacks b; so a attacks b.
    - ``secondary``: a attacks x, x supports b; so a attacks b.
    - ``mediated``: a attacks x, b supports x; so a attacks b.
    - ``super-mediated``: as mediated, where a's attack on x may be a supported one.
    - ``extended``: secondary, and: x supports a, x attacks b; so a attacks b.

    The first two are from Cayrol and Lagasquie-Schiex (ECSQARU 2005, pp. 378-389), the next two
    from the same (*International Journal of Approximate Reasoning* 54, 2013, pp. 876-899), the last
    from Nouioua and Risch (SUM 2011, pp. 163-176). Evaluations have no need of them: they read
    support directly. They are here to compare with work that is stated in them.

    Supports with several premises and relations that are undercut are passed over, since the
    papers have none.

    Returns:
        Pairs of attacker and attacked, each once, in map order. There may be as many as pairs of
        claims.

    Raises:
        UnknownNameError: There is no such kind.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> one, other, last = (builder.claim(text) for text in "abc")
        >>> relations = builder.support(one, other), builder.rebuttal(other, last)
        >>> derived_attacks(builder.build(), "supported")
        (('c1', 'c3'),)
    """
    if kind not in _KINDS:
        raise UnknownNameError("kind of derived attack", kind, _KINDS)
    ids = argmap.index.claim_ids
    return tuple((ids[a], ids[b]) for a, b in sorted(derived_pairs(argmap.index, kind)))


def derived_pairs(index: MapIndex, kind: DerivedKind) -> set[tuple[int, int]]:
    """Return the derived attacks of one kind as numbers of claims."""
    size = len(index.claim_ids)
    up: list[list[int]] = [[] for _ in range(size)]
    for target, supports in enumerate(index.supports_of):
        for source in _plain(index, supports):
            up[source].append(target)
    direct = [
        (source, target)
        for target, rebuttals in enumerate(index.rebuttals_of)
        for source in _plain(index, rebuttals)
    ]
    above = [_reached(up, node) for node in range(size)]
    below: list[set[int]] = [set() for _ in range(size)]
    for node, each in enumerate(above):
        for other in each:
            below[other].add(node)
    supported = {(a, b) for x, b in direct for a in below[x]}
    secondary = {(a, b) for a, x in direct for b in above[x]}
    if kind == "supported":
        return supported
    if kind == "secondary":
        return secondary
    if kind == "extended":
        return secondary | {(a, b) for x, b in direct for a in above[x]}
    struck = direct if kind == "mediated" else {*direct, *supported}
    return {(a, b) for a, x in struck for b in below[x]}


def _plain(index: MapIndex, relations: Sequence[int]) -> list[int]:
    """Return the sources of those relations that the papers know."""
    return [
        index.sources[r][0]
        for r in relations
        if r not in index.undercuts_of and len(index.sources[r]) == 1
    ]


def _reached(up: list[list[int]], start: int) -> set[int]:
    """Return what can be reached in one step or more."""
    seen: set[int] = set()
    stack = [start]
    while stack:
        for other in up[stack.pop()]:
            if other not in seen:
                seen.add(other)
                stack.append(other)
    return seen
