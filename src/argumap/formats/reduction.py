"""Supports as attacks, by a translation with a name, for what knows attacks alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from argumap._registry import Registry
from argumap.formats._constructs import free_ids
from argumap.model import Rebuttal, Support

if TYPE_CHECKING:
    from argumap.model import ArgumentMap
    from argumap.semantics.derived import DerivedKind

    Translation = Literal["general", "deductive", "necessary"]

__all__ = ["TRANSLATIONS", "supports_as_attacks"]

# What each translation adds to the rebuttals.
TRANSLATIONS: Registry[tuple[DerivedKind, ...]] = Registry(
    "translation of supports",
    {
        "general": ("supported", "secondary"),
        "deductive": ("supported", "super-mediated"),
        "necessary": ("extended",),
    },
)


def supports_as_attacks(argmap: ArgumentMap, translation: Translation) -> ArgumentMap:
    """Return a map in which rebuttals say what its supports imply, and the supports are gone.

    ``a`` supports ``b`` is read in one of three ways:

    - ``general``: supports pass attacks on. Whatever supports an attacker of ``b`` attacks ``b``,
      and whatever attacks a supporter of ``b`` attacks ``b`` (supported and secondary attacks:
      Cayrol and Lagasquie-Schiex, ECSQARU 2005, pp. 378-389).
    - ``deductive``: ``b`` follows from ``a``, so what attacks ``b`` attacks ``a`` (supported and
      mediated attacks: Boella, Gabbay, van der Torre and Villata, COMMA 2010, pp. 111-122; with
      the super-mediated ones of Cayrol and Lagasquie-Schiex, *International Journal of Approximate
      Reasoning* 54, 2013, pp. 876-899).
    - ``necessary``: there is no ``b`` without ``a``, so what attacks ``a`` attacks ``b`` (extended
      attacks: Nouioua and Risch, SUM 2011, pp. 163-176).

    No translation keeps everything: that a claim has support at all is no longer said. Supports
    with several premises, and those that are undercut, are in none of these papers; they stay as
    they are, so that a format without supports tells of them as losses.

    Args:
        argmap: The map.
        translation: One of those names.

    Returns:
        The map; new rebuttals stand after the relations that are left, in map order. There may be
        as many as pairs of claims.

    Raises:
        UnknownNameError: There is no such translation.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> one, other, last = (builder.claim(text) for text in "abc")
        >>> relations = builder.support(one, other), builder.rebuttal(last, other)
        >>> for rebuttal in supports_as_attacks(builder.build(), "deductive").relations:
        ...     print(rebuttal.source, "attacks", rebuttal.target)
        c3 attacks c2
        c3 attacks c1
    """
    # Only who translates waits for the semantics to load.
    from argumap.semantics.derived import derived_attacks  # noqa: PLC0415

    kinds = TRANSLATIONS[translation]
    undercut = {relation.target for relation in argmap.undercuts}
    left = tuple(
        relation
        for relation in argmap.relations
        if not isinstance(relation, Support)
        or len(relation.premises) > 1
        or relation.id in undercut
    )
    there = {(rebuttal.source, rebuttal.target) for rebuttal in argmap.rebuttals}
    found = dict.fromkeys(pair for kind in kinds for pair in derived_attacks(argmap, kind))
    pairs = [pair for pair in found if pair not in there]
    taken = {element.id for element in (*argmap.claims, *argmap.relations)}
    added = (
        Rebuttal(id=name, source=source, target=target)
        for name, (source, target) in zip(free_ids("r", len(pairs), taken), pairs, strict=True)
    )
    return argmap.replace(relations=(*left, *added))
