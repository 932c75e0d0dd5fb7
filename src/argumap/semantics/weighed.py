"""Points that somebody weighs against a claim of his own, and holds on to the claim."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from argumap.errors import UnknownNameError
from argumap.model import expect_map

if TYPE_CHECKING:
    from argumap.model import ArgumentMap, MapIndex

    Weighed = Literal["outweighed", "count"]

__all__ = ["Weighed", "committed", "considered", "weighed_points"]

_CHOICES = ("outweighed", "count")
_RAISING = frozenset({"asserts", "endorses", "concedes"})
_HOLDING = frozenset({"asserts", "endorses"})


def weighed_points(argmap: ArgumentMap) -> tuple[str, ...]:
    """Return the rebuttals and undercuts that are weighed points, in map order.

    *You do learn something in a PhD, but to require one is nonsense*: the first is a reason against
    the second, and whoever says both has weighed it and found it too light. Nobody else brings it
    up, so there is nobody in the debate for whom it defeats the claim.

    A rebuttal is a *weighed point* when it is known who raises its source (asserts, endorses or
    concedes it), and each of them is committed to its target. Somebody is *committed* to a claim
    when he asserts or endorses it, or is the only one who puts forward the premises of a support
    for it, and nowhere denies it: who gives a reason for a claim stands by the claim, and a
    commitment lasts until it is taken back (Hamblin, *Fallacies*, 1970, chapter 8; Walton and
    Krabbe, *Commitment in Dialogue*, 1995). An undercut of a support is a weighed point when each
    of those who raise it is committed to the conclusion and to each premise. Whoever undercuts a
    rebuttal answers it, which is no weighed point; nor is a claim that rebuts itself.

    Linear in mentions and relations.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> nonsense = builder.claim("To require a PhD is nonsense.", author="Ana")
        >>> learn = builder.claim("You do learn something in one.", author="Ana")
        >>> proof = builder.claim("It shows persistence.", author="Ben")
        >>> rebuttals = builder.rebuttal(learn, nonsense), builder.rebuttal(proof, nonsense)
        >>> weighed_points(builder.build())
        ('r1',)
    """
    return tuple(argmap.index.relation_ids[r] for r in _weighed(argmap))


def committed(argmap: ArgumentMap, claim: int) -> set[str]:
    """Return who is committed to a claim, given by number. See `weighed_points`."""
    index, claims = argmap.index, argmap.claims
    mentions = claims[claim].mentions
    people = {m.author for m in mentions if m.stance in _HOLDING}
    for r in index.supports_of[claim]:
        voices = {
            m.author if m.stance in _RAISING else None
            for premise in index.sources[r]
            for m in claims[premise].mentions
            if m.stance not in {"quotes", "denies"}
        }
        if len(voices) == 1:
            people |= voices
    people -= {m.author for m in mentions if m.stance == "denies"}
    return {one for one in people if one is not None}


def considered(argmap: ArgumentMap, weighed: Weighed = "outweighed") -> MapIndex:
    """Return the index of a map in which weighed points are no longer among what strikes.

    Raises:
        UnknownNameError: `weighed` is neither ``"outweighed"`` nor ``"count"``.
    """
    if weighed not in _CHOICES:
        raise UnknownNameError("treatment of weighed points", weighed, _CHOICES)
    expect_map(argmap)
    index = argmap.index
    if weighed == "count":
        return index
    if index.outweighed is None:
        index.outweighed = _without(index, _weighed(argmap))
    return index.outweighed


def _without(index: MapIndex, aside: list[int]) -> MapIndex:
    """Return an index in which some rebuttals and undercuts strike nothing."""
    if not aside:
        return index
    without = set(aside)
    rebuttals_of, undercuts_of = index.rebuttals_of.copy(), index.undercuts_of.copy()
    for target in {index.targets[r] for r in aside if index.kinds[r] == "rebuttal"}:
        rebuttals_of[target] = [r for r in rebuttals_of[target] if r not in without]
    for target in {index.targets[r] for r in aside if index.kinds[r] == "undercut"}:
        left = [r for r in undercuts_of.pop(target) if r not in without]
        if left:
            undercuts_of[target] = left
    return replace(
        index,
        rebuttals_of=rebuttals_of,
        undercuts_of=undercuts_of,
        _wiring=index.wiring.without(index, aside),
    )


def _concerned(argmap: ArgumentMap, claim: int, people: set[str | None]) -> bool:
    """Return whether any of some people has to do with a claim: mostly not, which is soon seen."""
    index, claims = argmap.index, argmap.claims
    for mention in claims[claim].mentions:
        if mention.author in people:
            return True
    for r in index.supports_of[claim]:
        for premise in index.sources[r]:
            for mention in claims[premise].mentions:
                if mention.author in people:
                    return True
    return False


def _weighed(argmap: ArgumentMap) -> list[int]:
    index, claims = argmap.index, argmap.claims
    kinds, sources, targets = index.kinds, index.sources, index.targets
    found = []
    for r in [r for r, kind in enumerate(kinds) if kind != "support"]:
        source = sources[r][0]
        said = claims[source].mentions
        if not said:
            continue
        kind, target = kinds[r], targets[r]
        raising = {m.author for m in said if m.stance in _RAISING}
        if not raising or None in raising:
            continue
        if kind == "rebuttal" and not _concerned(argmap, target, raising):
            continue
        if kind == "rebuttal":
            held: tuple[int, ...] = (target,)
        elif kinds[target] == "support":
            held = (targets[target], *sources[target])
        else:
            continue
        if source not in held and all(raising <= committed(argmap, claim) for claim in held):
            found.append(r)
    return found
