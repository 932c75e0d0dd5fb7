"""Which claims are in some and which are in all sets that can stand together, without a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap._registry import Registry
from argumap.model import Acceptance, pause_gc
from argumap.semantics import _clingo, _exact, dung
from argumap.semantics._search import Clock, GaveUpError, OutOfTimeError
from argumap.semantics.program import program_of
from argumap.semantics.weighed import considered
from argumap.semantics.well_founded import IN, well_founded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from argumap.model import ArgumentMap
    from argumap.semantics._exact import Sides, Tangle
    from argumap.semantics.dung import SemanticsName
    from argumap.semantics.program import Evidence, SupportReading
    from argumap.semantics.weighed import Weighed

    # The nodes in some set and those in every set; None where there is no set.
    Bounds = tuple[frozenset[int], frozenset[int]] | None

__all__ = ["acceptance"]


def acceptance(
    argmap: ArgumentMap,
    semantics: SemanticsName = "preferred",
    *,
    support: SupportReading = "evidential",
    evidence: Evidence = "leaves",
    weighed: Weighed = "outweighed",
    time_limit: float | None = None,
) -> Acceptance:
    """Return which claims are in some and which are in all sets of `extensions`.

    Where a tangle has so many alternatives that no one could list them, this asks a solver for what
    they have in common, and needs no list. So it answers some questions that `extensions` does not
    finish.

    Args:
        argmap: The map.
        semantics: As for `extensions`, and so are the others.
        support: As there.
        evidence: As there.
        weighed: As there.
        time_limit: As there. Of the tangles not solved in time nothing is said.

    Raises:
        UnknownNameError: There is no such semantics, reading, evidence, treatment or claim.
        MissingExtraError: A tangle is too hard for the search, and clingo is not installed.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> tea, coffee, cup = (builder.claim(text) for text in ("Tea.", "Coffee.", "A cup."))
        >>> rebuttals = builder.rebuttal(tea, coffee), builder.rebuttal(coffee, tea)
        >>> found = acceptance(builder.build())
        >>> found.credulous, found.skeptical
        (('c1', 'c2', 'c3'), ('c3',))
    """
    solver = _BOUNDS[semantics]
    clock = Clock(time_limit)
    with pause_gc():
        program = program_of(argmap, considered(argmap, weighed), support, evidence)
        labels = well_founded(program) if semantics != "stage" else bytearray(program.size)
        some = {n for n in range(program.claims) if labels[n] == IN}
        every = some.copy()
        exists, unsolved = True, []
        for part in _exact.tangles(program, labels) if semantics != "grounded" else []:
            try:
                bounds = solver(part, frozenset(_claims(part, program.claims)), clock)
            except OutOfTimeError:
                unsolved.append([n for n in part.nodes if n < program.claims])
                continue
            if bounds is None:
                exists = False
                break
            some |= {part.nodes[n] for n in bounds[0]}
            every |= {part.nodes[n] for n in bounds[1]}
        ids = argmap.index.claim_ids
        return Acceptance(
            semantics=semantics,
            support=support,
            exists=exists,
            credulous=tuple(c for n, c in enumerate(ids) if exists and n in some),
            skeptical=tuple(c for n, c in enumerate(ids) if exists and n in every),
            unsolved=tuple(tuple(ids[n] for n in claims) for claims in unsolved),
        )


def _claims(part: Tangle, claims: int) -> range:
    # Nodes that are no claims come last.
    return range(sum(n < claims for n in part.nodes))


def _bounds(found: Iterable[Sides]) -> Bounds:
    sets = [sides.holds for sides in found]
    return (frozenset().union(*sets), frozenset.intersection(*sets)) if sets else None


def _complete(part: Tangle, _: frozenset[int], clock: Clock) -> Bounds:
    try:
        return _bounds(_exact.complete(part.program, clock, dung.choices(part)))
    except GaveUpError:
        dung.require_clingo(part)
        # What must hold has been taken off, so the least complete set of a tangle is empty.
        return _clingo.credulous(part.program, clock), frozenset()


def _preferred(part: Tangle, claims: frozenset[int], clock: Clock) -> Bounds:
    program = part.program
    try:
        return _bounds(_exact.preferred(program, clock, dung.choices(part)))
    except GaveUpError:
        dung.require_clingo(part)
        some = _clingo.credulous(program, clock)
        # Between what every side must grant and what all stable sets share, which are preferred.
        ((least, _),) = dung.EXTENSIONS["ideal"](part, claims, clock)
        _, every = _clingo.stable_bounds(program, clock) or (some, some)
        if every != least:
            for sides in _clingo.preferred(program, clock):
                every &= sides.holds
                if every == least:
                    break
        return some, every


def _stable(part: Tangle, _: frozenset[int], clock: Clock) -> Bounds:
    try:
        return _bounds(_exact.stable(part.program, clock, dung.choices(part)))
    except GaveUpError:
        dung.require_clingo(part)
        return _clingo.stable_bounds(part.program, clock)


def _stable_or(semantics: str) -> Callable[[Tangle, frozenset[int], Clock], Bounds]:
    def bounds(part: Tangle, claims: frozenset[int], clock: Clock) -> Bounds:
        # Where there are stable sets, they are the answer.
        return _stable(part, claims, clock) or _listed(semantics)(part, claims, clock)

    return bounds


def _listed(semantics: str) -> Callable[[Tangle, frozenset[int], Clock], Bounds]:
    return lambda part, claims, clock: _bounds(dung.EXTENSIONS[semantics](part, claims, clock))


_BOUNDS: Registry[Callable[[Tangle, frozenset[int], Clock], Bounds]] = Registry(
    "semantics",
    {
        "grounded": _listed("grounded"),
        "complete": _complete,
        "preferred": _preferred,
        "stable": _stable,
        "semi-stable": _stable_or("semi-stable"),
        "ideal": _listed("ideal"),
        "stage": _stable_or("stage"),
    },
)
