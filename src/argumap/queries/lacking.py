"""Which claims lack support, and in which way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from argumap.graph.components import order_of
from argumap.model import Finding, pause_gc
from argumap.queries._words import holders, listed, said_by, weighing
from argumap.semantics.program import program_of
from argumap.semantics.weighed import considered
from argumap.semantics.well_founded import IN, UNDECIDED, least, well_founded_in_order

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from argumap.model import ArgumentMap, Claim, MapIndex, Relation
    from argumap.semantics.program import Program

__all__ = ["lacking_support", "unsupported"]

KINDS: Final = ("no-reason", "circle", "fallen", "own-word", "one-source")


def unsupported(argmap: ArgumentMap) -> tuple[Finding, ...]:
    """Return the claims for which no reason is given, the contested ones first.

    These are the claims of `unsupported_claims`, each with what makes it urgent: who rebuts it.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> move = builder.claim("We should move.", author="Ana")
        >>> far = builder.claim("It is too far.", author="Ben")
        >>> against = builder.rebuttal(far, move)
        >>> for finding in unsupported(builder.build()):
        ...     print(finding.reason)
        Ana gives no reason for c1; c2 (Ben) rebuts it.
        Ben gives no reason for c2.
    """
    index = considered(argmap)
    with pause_gc():
        found = [
            _finding(argmap, index, n, "no-reason", _no_reason(claim), query="unsupported")
            for n, (claim, supports) in enumerate(
                zip(argmap.claims, index.supports_of, strict=True)
            )
            if not supports
        ]
        return _ranked(found, index)


def lacking_support(argmap: ArgumentMap) -> tuple[Finding, ...]:
    """Return the claims that lack support, by the worst that can be said of each.

    The kinds, worst first:

    - ``no-reason``: no support concludes the claim.
    - ``circle``: it has reasons, but every chain of them leads back into a circle and none ends in
      a claim that is merely given. The finding names one such circle.
    - ``fallen``: no support of it holds. A support holds when all its premises are accepted and no
      accepted undercut strikes it, by the grounded labelling with evidential support.
    - ``own-word``: all that supports it at any depth is put forward or endorsed by nobody but its
      own, single author.
    - ``one-source``: all that supports it at any depth comes from one person alone, who is
      somebody else.

    Returns:
        One finding for each claim that lacks support. Its relations are the supports that fail it
        and the rebuttals of it; a circle is named with at most twelve claims. Claims that somebody
        contests come first (not by a point that is only weighed: see `weighed_points`), then it
        goes by kind, then by map order. Linear, save for the labelling (see
        `grounded_labelling`).

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> move = builder.claim("We should move.", author="Ana")
        >>> rent = builder.claim("The rent went up.", author="Ana")
        >>> reason = builder.support(rent, move)
        >>> for finding in lacking_support(builder.build()):
        ...     print(finding.kind, finding.claims, finding.reason)
        no-reason ('c2',) Ana gives no reason for c2.
        own-word ('c1',) All that supports c1 is Ana's own word.
    """
    index = considered(argmap)
    with pause_gc():
        return _ranked(list(_found(argmap, index)), index)


def _ranked(found: list[Finding], index: MapIndex) -> tuple[Finding, ...]:
    """Return findings by urgency: what somebody contests first, then by kind."""
    rank = {kind: place for place, kind in enumerate(KINDS)}
    contested = {c for c, each in zip(index.claim_ids, index.rebuttals_of, strict=True) if each}
    found.sort(key=lambda f: (f.claims[0] not in contested, rank[f.kind]))
    return tuple(found)


def _found(argmap: ArgumentMap, index: MapIndex) -> Iterator[Finding]:
    """Yield a finding for each claim that lacks support, in map order."""
    program = program_of(argmap, index, "evidential", "leaves")
    founded = least(program, ())
    labels = well_founded_in_order(program, order_of(index.wiring))
    voices = _voices(argmap)
    circles = _circles(argmap, founded)
    for n, claim in enumerate(argmap.claims):
        failing = [argmap.relations[r] for r in index.supports_of[n]]
        if not failing:
            yield _finding(argmap, index, n, "no-reason", _no_reason(claim))
        elif n not in founded:
            path = [index.claim_ids[c] for c in circles[n]]
            walk = f"{path[0]} rests on {', which rests on '.join(path[1:])}"
            why = f"{claim.id} is supported only in a circle: {walk}"
            yield _finding(argmap, index, n, "circle", why, failing=failing, circle=path)
        elif faults := _faults(index, program, labels, n):
            why = f"no support of {claim.id} holds: {listed(faults)}"
            yield _finding(argmap, index, n, "fallen", why, failing=failing)
        elif claim.authors == (voices[n],):
            why = f"all that supports {claim.id} is {voices[n]}'s own word"
            yield _finding(argmap, index, n, "own-word", why)
        elif voices[n] not in {None, _SEVERAL} and len(claim.authors) < 2:
            why = f"all that supports {claim.id} comes from {voices[n]} alone"
            yield _finding(argmap, index, n, "one-source", why)


def _no_reason(claim: Claim) -> str:
    people = claim.authors or tuple(holders(claim))
    if not people:
        return f"nobody gives a reason for {claim.id}"
    verb = "give" if len(people) > 1 else "gives"
    return f"{listed(people)} {verb} no reason for {claim.id}"


def _finding(
    argmap: ArgumentMap,
    index: MapIndex,
    n: int,
    kind: str,
    why: str,
    *,
    failing: Sequence[Relation] = (),
    circle: Sequence[str] = (),
    query: str = "lacking-support",
) -> Finding:
    claim = argmap.claims[n]
    others = dict.fromkeys(circle)
    people = list(claim.authors)
    rebuttals = [argmap.relations[r] for r in argmap.index.rebuttals_of[n]]
    if rebuttals:
        sources = [argmap.claim(r.sources[0]) for r in rebuttals]
        serious = {argmap.relations[r].sources[0] for r in index.rebuttals_of[n]}
        striking = [source for source in sources if source.id in serious]
        if striking:
            verb = "rebuts" if len(striking) == 1 else "rebut"
            why += f"; {listed(map(said_by, striking))} {verb} it"
        if len(striking) < len(sources):
            why += f"; {weighing(s for s in sources if s.id not in serious)} against it"
        others.update((source.id, None) for source in sources)
        people += [author for source in sources for author in source.authors]
    return Finding(
        query=query,
        kind=kind,
        claims=(claim.id, *(c for c in others if c != claim.id)),
        relations=tuple([r.id for r in [*failing, *rebuttals]]),
        people=tuple(dict.fromkeys(people)),
        reason=f"{why[0].upper()}{why[1:]}." if not why.startswith(claim.id) else f"{why}.",
    )


def _faults(index: MapIndex, program: Program, labels: bytearray, n: int) -> list[str]:
    """Say what is wrong with each support of a claim; nothing if one of them holds."""
    faults = []
    for r in index.supports_of[n]:
        premises = index.sources[r]
        if labels[program.live.get(r, premises[0])] == IN:
            return []
        weak = next((p for p in premises if labels[p] != IN), None)
        if weak is not None:
            standing = "undecided" if labels[weak] == UNDECIDED else "rejected"
            faults.append(f"{index.claim_ids[weak]} is {standing}")
        else:
            strikes = [index.sources[u][0] for u in index.undercuts_of[r]]
            striking = next((s for s in strikes if labels[s] == IN), strikes[0])
            faults.append(f"{index.claim_ids[striking]} undercuts {index.relation_ids[r]}")
    return list(dict.fromkeys(faults))


def _voices(argmap: ArgumentMap) -> list[str | None]:
    """Return for each claim the one person from whom all its support comes.

    `_SEVERAL` where there are more, None where nobody is known. The value of a claim changes at
    most twice, so this is linear.
    """
    index = argmap.index
    own: list[str | None] = []
    for claim in argmap.claims:
        authors = claim.authors
        own.append((authors[0] if len(authors) == 1 else _SEVERAL) if authors else None)
    voices: list[str | None] = [None] * len(own)
    todo = list(range(len(own) - 1, -1, -1))
    while todo:
        n = todo.pop()
        heard = _both(own[n], voices[n])
        for r in index.uses_of[n]:
            if index.kinds[r] != "support":
                continue
            conclusion = index.targets[r]
            joined = _both(voices[conclusion], heard)
            if joined != voices[conclusion]:
                voices[conclusion] = joined
                todo.append(conclusion)
    return voices


_SEVERAL: Final = "\0several"  # no name: readers leave no NUL in one


def _both(one: str | None, other: str | None) -> str | None:
    if one is None or other is None:
        return other if one is None else one
    return one if one == other else _SEVERAL


def _circles(argmap: ArgumentMap, founded: set[int]) -> dict[int, list[int]]:
    """Return for each claim that is not founded a walk down its reasons that ends in a circle.

    Each support of such a claim has a premise that is not founded either. Following the first one
    leads into a circle; where it does is found once for all. Linear in what is returned.
    """
    index = argmap.index
    below: dict[int, int] = {}
    for n in range(len(argmap.claims)):
        if n not in founded:
            support = index.sources[index.supports_of[n][0]]
            below[n] = next(p for p in support if p not in founded)
    circle_of: dict[int, list[int]] = {}
    for start in below:
        path: list[int] = []
        place: dict[int, int] = {}
        n = start
        while n not in place and n not in circle_of:
            place[n] = len(path)
            path.append(n)
            n = below[n]
        circle = circle_of[n] if n in circle_of else path[place[n] :]
        for member in path:
            circle_of[member] = circle
    return {n: _through(n, circle) for n, circle in circle_of.items()}


def _through(n: int, circle: list[int]) -> list[int]:
    """Return a claim, the circle that it is in or leads to, and that circle's first claim again.

    A long circle is cut: it would have to be told for each of its members.
    """
    start = circle.index(n) if n in circle[:_MOST] else 0
    walk = [*circle[start:], *circle[:start]][:_MOST]
    return [*walk, walk[0]] if walk[0] == n else [n, *walk, walk[0]]


_MOST: Final = 12
