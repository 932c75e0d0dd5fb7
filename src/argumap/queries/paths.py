"""Ways through a map: chains between two claims, and all that speaks for or against one."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Any

import networkx as nx

from argumap.model import Finding
from argumap.queries._words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.model import ArgumentMap, MapIndex

__all__ = ["chains", "for_and_against"]


def chains(argmap: ArgumentMap, source: str, target: str, most: int = 10) -> tuple[Finding, ...]:
    """Return the chains of reasons and rebuttals that lead from one claim to another.

    A chain goes from a claim through a relation to what it bears on, and so on; through an
    undercut it goes on from the relation that is struck. It passes nothing twice. It speaks *for*
    the target when it has an even number of rebuttals and undercuts, else *against* it.

    Args:
        argmap: The map.
        source: Id of the claim at the beginning.
        target: Id of the claim at the end.
        most: How many chains to return at most; there may be very many.

    Returns:
        A finding for each chain, the shortest first: its claims are the target, then the chain
        from the source to the target; its relations those in between. The search looks at the part
        of the map between the two alone (Yen, *Management Science* 17, 1971, pp. 712-716).

    Raises:
        UnknownNameError: There is no such claim.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> move, far, bus = (builder.claim(text) for text in ("Move.", "It is far.", "By bus."))
        >>> rebuttals = builder.rebuttal(far, move), builder.rebuttal(bus, far)
        >>> [finding.reason for finding in chains(builder.build(), bus, move)]
        ['c3 rebuts c2, which rebuts c1: it speaks for c1.']
    """
    index = argmap.index
    start = index.claim_number[argmap.claim(source).id]
    end = index.claim_number[argmap.claim(target).id]
    up = _steps(index)
    down: list[list[int]] = [[] for _ in up]
    for node, others in enumerate(up):
        for other in others:
            down[other].append(node)
    inside = _reached(up, start) & _reached(down, end)
    if start == end or start not in inside:
        return ()
    between = {node: [other for other in up[node] if other in inside] for node in sorted(inside)}
    return tuple(_told(argmap, path) for path in islice(_paths(between, start, end), most))


def _paths(steps: dict[int, list[int]], start: int, end: int) -> Iterator[list[int]]:
    """Yield the paths from one node to another, the shortest first.

    Stretches without a choice are one edge each, so that long chains do not cost.
    """
    into = Counter(other for others in steps.values() for other in others)
    forks = {n for n, others in steps.items() if len(others) != 1 or into[n] != 1} | {start, end}
    stretches: dict[tuple[int, int], list[int]] = {}
    graph: nx.DiGraph[Any] = nx.DiGraph()
    for fork in sorted(forks):
        for other in steps[fork]:
            stretch = [other]
            while stretch[-1] not in forks:
                stretch += steps[stretch[-1]]
            stretches[fork, other] = stretch
            graph.add_edge(fork, (fork, other), weight=len(stretch))
            graph.add_edge((fork, other), stretch[-1], weight=0)
    for path in nx.shortest_simple_paths(graph, start, end, weight="weight"):
        yield [start, *(n for key in path if isinstance(key, tuple) for n in stretches[key])]


def _steps(index: MapIndex) -> list[list[int]]:
    """Return where one can go on from each claim, and from each relation after all claims."""
    claims = len(index.claim_ids)
    up = [[claims + r for r in uses] for uses in index.uses_of]
    up += [
        [target if kind != "undercut" else claims + target]
        for kind, target in zip(index.kinds, index.targets, strict=True)
    ]
    return up


def _reached(steps: list[list[int]], start: int) -> set[int]:
    seen = {start}
    stack = [start]
    while stack:
        for other in steps[stack.pop()]:
            if other not in seen:
                seen.add(other)
                stack.append(other)
    return seen


def _told(argmap: ArgumentMap, path: list[int]) -> Finding:
    index, claims = argmap.index, len(argmap.claims)
    steps = [node - claims for node in path if node >= claims]
    # What an undercut strikes is told with it: "c3 undercuts the rebuttal of c1 by c2".
    struck = {index.targets[r] for r in steps if index.kinds[r] == "undercut"}
    verbs = {"support": "supports", "rebuttal": "rebuts", "undercut": "undercuts"}
    told = ", which ".join(
        f"{verbs[index.kinds[r]]} {_named(index, r)}" for r in steps if r not in struck
    )
    relations = [index.relation_ids[r] for r in steps]
    attacks = sum(index.kinds[r] != "support" for r in steps)
    ids = [index.claim_ids[node] for node in path if node < claims]
    people = dict.fromkeys(a for claim_id in ids for a in argmap.claim(claim_id).authors)
    side = "against" if attacks % 2 else "for"
    return Finding(
        query="chains",
        kind=side,
        claims=(ids[-1], *ids[:-1]),
        relations=tuple(relations),
        people=tuple(people),
        reason=f"{ids[0]} {told}: it speaks {side} {ids[-1]}.",
    )


def _named(index: MapIndex, r: int) -> str:
    """Return what a relation points at, in words."""
    words = []
    while index.kinds[r] == "undercut":
        r = index.targets[r]
        words.append(
            f"the {index.kinds[r]} by {listed(index.claim_ids[n] for n in index.sources[r])}"
        )
    words.append(index.claim_ids[index.targets[r]])
    return " of ".join(words)


def for_and_against(argmap: ArgumentMap, claim: str) -> tuple[Finding, ...]:
    """Return all that speaks for a claim and all that speaks against it, at any depth.

    What supports the claim speaks for it, what rebuts it against it; what supports either speaks
    on the same side, and what rebuts or undercuts it on the other. A claim may be on both sides.

    Returns:
        Two findings, ``for`` and ``against``: their claims are the claim asked about and then
        those on that side, nearest first. Linear.

    Raises:
        UnknownNameError: There is no such claim.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> move, far, bus = (builder.claim(text) for text in ("Move.", "It is far.", "By bus."))
        >>> rebuttals = builder.rebuttal(far, move), builder.rebuttal(bus, far)
        >>> [finding.reason for finding in for_and_against(builder.build(), move)]
        ['1 claim speaks for c1: c3.', '1 claim speaks against c1: c2.']
    """
    index = argmap.index
    claims = len(argmap.claims)
    start = index.claim_number[argmap.claim(claim).id]
    seen = {(start, True)}
    front = [(start, True)]
    for node, friendly in front:
        into: list[tuple[int, bool]] = []
        if node < claims:
            into += [(claims + r, friendly) for r in index.supports_of[node]]
            into += [(claims + r, not friendly) for r in index.rebuttals_of[node]]
        else:
            into += [(source, friendly) for source in index.sources[node - claims]]
            into += [(claims + u, not friendly) for u in index.undercuts_of.get(node - claims, ())]
        for each in into:
            if each not in seen:
                seen.add(each)
                front.append(each)
    return tuple(_side(argmap, claim, front, friendly=friendly) for friendly in (True, False))


def _side(
    argmap: ArgumentMap, claim: str, front: list[tuple[int, bool]], *, friendly: bool
) -> Finding:
    index, count = argmap.index, len(argmap.claims)
    ids = [index.claim_ids[n] for n, side in front[1:] if side == friendly and n < count]
    relations = [
        index.relation_ids[n - count] for n, side in front if side == friendly and n >= count
    ]
    people = dict.fromkeys(a for claim_id in ids for a in argmap.claim(claim_id).authors)
    word = "for" if friendly else "against"
    if ids:
        verb = "claim speaks" if len(ids) == 1 else "claims speak"
        reason = f"{len(ids)} {verb} {word} {claim}: {listed(ids, most=12)}."
    else:
        reason = f"Nothing speaks {word} {claim}."
    return Finding(
        query="for-and-against",
        kind=word,
        claims=tuple(dict.fromkeys((claim, *ids))),
        relations=tuple(relations),
        people=tuple(people),
        reason=reason,
    )
