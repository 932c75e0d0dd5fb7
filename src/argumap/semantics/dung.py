"""The sets of claims that can stand together, by Dung's semantics and their kin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import product
from typing import TYPE_CHECKING, Final, Literal

from argumap._registry import Registry
from argumap.model import Extensions, pause_gc
from argumap.semantics import _clingo, _exact
from argumap.semantics._exact import Sides, Tangle, tangles
from argumap.semantics._search import Clock, GaveUpError, OutOfTimeError, founded
from argumap.semantics.grounded import labelling_of
from argumap.semantics.program import program_of
from argumap.semantics.weighed import considered
from argumap.semantics.well_founded import IN, OUT, least, well_founded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.model import ArgumentMap, Labelling, MapIndex
    from argumap.semantics.program import Evidence, Program, SupportReading
    from argumap.semantics.weighed import Weighed

__all__ = [
    "EXTENSIONS",
    "SemanticsName",
    "choices",
    "extensions",
    "labellings",
    "require_clingo",
]

SemanticsName = Literal[
    "grounded", "complete", "preferred", "stable", "semi-stable", "ideal", "stage"
]
_CHOICES: Final = 20_000  # some seconds
_STEPS_BESIDE_CLINGO: Final = 20_000  # choices times attacks and supports: beyond, it is faster
_Solver = Callable[[Tangle, frozenset[int], Clock], list[Sides]]


def extensions(
    argmap: ArgumentMap,
    semantics: SemanticsName = "preferred",
    *,
    support: SupportReading = "evidential",
    evidence: Evidence = "leaves",
    weighed: Weighed = "outweighed",
    time_limit: float | None = None,
) -> Extensions:
    """Return all the sets of claims that can stand together, by the rules of a semantics.

    - ``complete``: no member is attacked by a member, each is defended, and each claim that the
      set defends is a member (Dung, *Artificial Intelligence* 77, 1995, pp. 321-357).
    - ``grounded``: the least complete set. It is `grounded_labelling` as a set.
    - ``preferred``: the complete sets that are in no larger one.
    - ``stable``: the sets that leave nothing open: what is not in is put out. There may be none,
      and "none" is an answer: ``count`` is then 0.
    - ``semi-stable``: the complete sets that leave least open (Caminada, COMMA 2006, pp. 121-130).
    - ``ideal``: the largest complete set within every preferred one: what every side must grant
      (Dung, Mancarella and Toni, *Artificial Intelligence* 171, 2007, pp. 642-674).
    - ``stage``: the sets free of conflict, defended or not, that with what they put out cover most
      (Verheij, NAIC 1996, pp. 357-368).

    Sets are compared by their claims and by the linked supports, the undercuts and what is undercut
    that hold with them: whether a rebuttal holds is itself something on which sides are taken
    (Baroni, Cerutti, Giacomin and Guida, *International Journal of Approximate Reasoning* 52, 2011,
    pp. 19-37). So one preferred set may have fewer claims than another.

    The grounded part is taken off first, in linear time. What it leaves undecided falls into
    tangles that have nothing to do with each other, small ones as a rule, and each is solved
    exactly: by a search in Python of at most 20 000 choices, beyond that by clingo. Where clingo is
    installed it takes over sooner; the answer is the same.

    Args:
        argmap: The map.
        semantics: One of the above.
        support: How support counts; see `grounded_labelling`. A supported claim is out where no
            support is left, and in the range of a stage extension all that a set leaves without.
        evidence: Which claims need no reason; see `grounded_labelling`.
        weighed: Whether points that people weigh against their own claims count; see
            `grounded_labelling`.
        time_limit: Seconds after which the tangles not yet solved are left undecided and listed as
            ``unsolved``; None waits for all. The answer then depends on the machine.

    Raises:
        UnknownNameError: There is no such semantics, reading, evidence, treatment or claim.
        MissingExtraError: A tangle is too hard for the search, and clingo is not installed.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> tea, coffee = builder.claim("Tea is best."), builder.claim("Coffee is best.")
        >>> rebuttals = builder.rebuttal(tea, coffee), builder.rebuttal(coffee, tea)
        >>> list(extensions(builder.build(), "preferred"))
        [('c1',), ('c2',)]
        >>> list(extensions(builder.build(), "grounded"))
        [()]
    """
    with pause_gc():
        solved = _solve(argmap, semantics, support, evidence, weighed, time_limit)
        claims = solved.program.claims
        common = [n for n in range(claims) if solved.labels[n] == IN]
        choices: list[list[tuple[int, ...]]] = []
        for part, found in solved.parts:
            # Nodes that are no claims come last, so that claims keep their numbers in a part.
            sets = {
                tuple(part.nodes[n] for n in sorted(s.holds) if part.nodes[n] < claims)
                for s in found
            }
            if len(sets) == 1:
                common += sets.pop()
            else:
                choices.append(sorted(sets))
        ids = argmap.index.claim_ids
        return Extensions(
            semantics=semantics,
            support=support,
            order=tuple(ids),
            common=tuple(ids[n] for n in sorted(common)),
            choices=tuple(tuple(tuple(ids[n] for n in s) for s in each) for each in choices),
            unsolved=tuple(
                tuple(ids[n] for n in part.nodes if n < claims) for part in solved.unsolved
            ),
        )


def labellings(
    argmap: ArgumentMap,
    semantics: SemanticsName = "preferred",
    *,
    support: SupportReading = "evidential",
    evidence: Evidence = "leaves",
    weighed: Weighed = "outweighed",
    time_limit: float | None = None,
) -> Iterator[Labelling]:
    """Yield a labelling for each way to take sides, by the rules of a semantics.

    What a set of `extensions` has is accepted, what it puts out rejected, and the rest undecided
    (Caminada, *On the issue of reinstatement in argumentation*, JELIA 2006, pp. 111-123). Two ways
    may accept the same claims and still differ in what they reject.

    Args:
        argmap: The map.
        semantics: As for `extensions`, and so are the others.
        support: As there.
        evidence: As there.
        weighed: As there.
        time_limit: As there. What was not solved in time is undecided in each labelling.

    Yields:
        The labellings, one at a time: there may be very many.

    Raises:
        UnknownNameError: There is no such semantics, reading, evidence, treatment or claim.
        MissingExtraError: A tangle is too hard for the search, and clingo is not installed.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> tea, coffee = builder.claim("Tea is best."), builder.claim("Coffee is best.")
        >>> rebuttals = builder.rebuttal(tea, coffee), builder.rebuttal(coffee, tea)
        >>> for labelling in labellings(builder.build()):
        ...     print(labelling.standings)
        {'c1': 'accepted', 'c2': 'rejected'}
        {'c1': 'rejected', 'c2': 'accepted'}
    """
    solved = _solve(argmap, semantics, support, evidence, weighed, time_limit)
    for chosen in product(*(found for _, found in solved.parts)):
        labels = solved.labels.copy()
        for (part, _), sides in zip(solved.parts, chosen, strict=True):
            for n in sides.holds:
                labels[part.nodes[n]] = IN
            for n in sides.fails:
                labels[part.nodes[n]] = OUT
        yield labelling_of(
            solved.index, solved.program, labels, semantics=semantics, support=support
        )


@dataclass(frozen=True)
class _Solved:
    """What a semantics makes of a map.

    Attributes:
        labels: What is decided for all.
        parts: The tangles, each with the ways to take sides in it.
        unsolved: The tangles for which the time was too short.
    """

    index: MapIndex
    program: Program
    labels: bytearray
    parts: list[tuple[Tangle, list[Sides]]]
    unsolved: list[Tangle]


def _solve(  # noqa: PLR0917 # what the public functions are told
    argmap: ArgumentMap,
    semantics: SemanticsName,
    support: SupportReading,
    evidence: Evidence,
    weighed: Weighed,
    time_limit: float | None,
) -> _Solved:
    solver = EXTENSIONS[semantics]
    clock = Clock(time_limit)
    with pause_gc():
        index = considered(argmap, weighed)
        program = program_of(argmap, index, support, evidence)
        # A stage extension need not contain what is grounded, so nothing is taken off for it.
        labels = well_founded(program) if semantics != "stage" else bytearray(program.size)
        solved = _Solved(index, program, labels, [], [])
        for part in tangles(program, labels) if semantics != "grounded" else []:
            claims = sum(n < program.claims for n in part.nodes)
            try:
                found = solver(part, frozenset(range(claims)), clock)
            except OutOfTimeError:
                solved.unsolved.append(part)
            else:
                solved.parts.append((part, sorted(found, key=_by_claims)))
    return solved


def _by_claims(sides: Sides) -> tuple[list[int], list[int]]:
    return sorted(sides.holds), sorted(sides.fails)


def _complete(part: Tangle, _: frozenset[int], clock: Clock) -> list[Sides]:
    try:
        return list(_exact.complete(part.program, clock, choices(part)))
    except GaveUpError:
        require_clingo(part)
        return list(_clingo.complete(part.program, clock))


def _preferred(part: Tangle, _: frozenset[int], clock: Clock) -> list[Sides]:
    try:
        return list(_exact.preferred(part.program, clock, choices(part)))
    except GaveUpError:
        require_clingo(part)
        return list(_clingo.preferred(part.program, clock))


def _stable(part: Tangle, _: frozenset[int], clock: Clock) -> list[Sides]:
    try:
        return list(_exact.stable(part.program, clock, choices(part)))
    except GaveUpError:
        require_clingo(part)
        return list(_clingo.stable(part.program, clock))


def _stage(part: Tangle, claims: frozenset[int], clock: Clock) -> list[Sides]:
    try:
        return _exact.stage(part.program, claims, clock, choices(part))
    except GaveUpError:
        require_clingo(part)
        return _clingo.stage(part.program, claims, clock)


def _semi_stable(part: Tangle, claims: frozenset[int], clock: Clock) -> list[Sides]:
    # Where there are stable sets, they are the ones that leave least open: nothing.
    stable = _stable(part, claims, clock)
    if stable:
        return stable
    # The complete sets that leave least open are among the preferred ones.
    found = [(s, claims - s.holds - s.fails) for s in _preferred(part, claims, clock)]
    open_ = {left for _, left in found}
    least_open = {one for one in open_ if not any(other < one for other in open_)}
    return [sides for sides, left in found if left in least_open]


def _ideal(part: Tangle, _: frozenset[int], clock: Clock) -> list[Sides]:
    program = part.program
    try:
        found = _exact.preferred(program, clock, choices(part))
        shared = frozenset.intersection(*(sides.holds for sides in found))
    except GaveUpError:
        require_clingo(part)
        # What holds in some preferred set and is attacked by nothing that holds in any.
        some = _clingo.credulous(program, clock)
        shared = frozenset(n for n in some if some.isdisjoint(program.attackers[n]))
    return [admissible_part(program, shared)]


def admissible_part(program: Program, members: frozenset[int]) -> Sides:
    """Return the largest part of a set free of conflict that defends and supports its members.

    Dunne, *The computational complexity of ideal semantics*, Artificial Intelligence 173 (2009),
    pp. 1559-1591: drop what is not defended until all is.
    """
    while True:
        possible = least(program, members)
        kept = founded(program, members & least(program, possible))
        if kept == members:
            return Sides(members, frozenset(range(program.size)) - possible)
        members = kept


def choices(part: Tangle) -> int:
    """Return how many choices the search in Python may take before clingo does."""
    if not find_spec("clingo"):
        return _CHOICES
    program = part.program
    links = sum(map(len, program.attackers)) + sum(map(len, program.supporters))
    return _STEPS_BESIDE_CLINGO // (1 + links)


def require_clingo(part: Tangle) -> None:
    """Raise where a tangle is too hard for the search and clingo is not installed."""
    _clingo.require(
        f"a tangle of {len(part.nodes)} claims and relations that depend on each other took more "
        f"than {_CHOICES} choices; solving it"
    )


def _none(_part: Tangle, _claims: frozenset[int], _clock: Clock) -> list[Sides]:
    return []


EXTENSIONS: Registry[_Solver] = Registry(
    "semantics",
    {
        "grounded": _none,  # nothing is left to solve
        "complete": _complete,
        "preferred": _preferred,
        "stable": _stable,
        "semi-stable": _semi_stable,
        "ideal": _ideal,
        "stage": _stage,
    },
)
