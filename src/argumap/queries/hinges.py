"""What a claim hangs on: cruxes, load-bearing premises, the least that would turn it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from argumap.errors import UnknownNameError
from argumap.model import Finding
from argumap.queries._words import listed, said_by
from argumap.queries.support import main_claims
from argumap.semantics.well_founded import IN, OUT, UNDECIDED
from argumap.semantics.what_if import WhatIf

if TYPE_CHECKING:
    from argumap.model import ArgumentMap

__all__ = ["cruxes", "load_bearing", "smallest_sets", "what_holds"]

STANDING: Final = {IN: "accepted", OUT: "rejected", UNDECIDED: "undecided"}


def cruxes(argmap: ArgumentMap, claim: str | None = None) -> tuple[Finding, ...]:
    """Return the claims whose fall would change the standing of a claim, nearest first.

    A claim *falls* when it is taken to be rejected, whatever speaks for it. Standings are those of
    the grounded labelling with evidential support. Only claims that are not rejected can fall.

    Args:
        argmap: The map.
        claim: Id of the claim whose standing is at stake; by default the first main claim.

    Returns:
        A finding for each crux. Its kind is what the claim would then be: ``accepted``,
        ``rejected`` or ``undecided``. Nothing where there is no main claim. Linear where most
        claims bear on one other, as in a discussion; else times the claims that a fall reaches.

    Raises:
        UnknownNameError: There is no such claim.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> move, rent = builder.claim("We should move."), builder.claim("The rent went up.")
        >>> reason = builder.support(rent, move)
        >>> [finding.reason for finding in cruxes(builder.build())]
        ['If c2 falls, c1 is no longer accepted but rejected.']
    """
    goal = _goal(argmap, claim)
    if goal is None:
        return ()
    what_if = WhatIf(argmap)
    now = what_if.labels[goal]
    found = []
    for node in what_if.bearing_on(goal):
        if what_if.labels[node] == OUT:
            continue
        then = what_if.outcome(node, OUT, goal).goal
        if then != now:
            found.append(_turn(argmap, "cruxes", (node,), goal, now=now, then=then))
    return tuple(found)


def load_bearing(argmap: ArgumentMap, most: int = 20) -> tuple[Finding, ...]:
    """Return the premises whose fall would bring most other claims down, the heaviest first.

    Falling and standing are meant as in `cruxes`; what a claim bears is how many other accepted
    claims would no longer be accepted.

    Args:
        argmap: The map.
        most: How many to return at most.

    Returns:
        A finding for each premise that bears at least one claim: its claims are the premise and
        those that fall with it, in map order. Equals are in map order. Cost as for `cruxes`.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> move, rent = builder.claim("We should move."), builder.claim("The rent went up.")
        >>> reason = builder.support(rent, move)
        >>> [finding.reason for finding in load_bearing(builder.build())]
        ['If c2 falls, c1 falls with it.']
    """
    what_if = WhatIf(argmap)
    kinds, uses_of = argmap.index.kinds, argmap.index.uses_of
    weights = [
        (-what_if.outcome(node, OUT, 0).lost, node)
        for node, uses in enumerate(uses_of)
        if what_if.labels[node] == IN and any(kinds[r] == "support" for r in uses)
    ]
    found = []
    for weight, node in sorted(weights)[:most]:
        if not weight:
            break
        changed = what_if.changes({node: OUT})
        lost = [n for n in sorted(changed) if n != node and what_if.labels[n] == IN]
        ids = [argmap.index.claim_ids[n] for n in lost if n < len(argmap.claims)]
        verb = "falls" if len(ids) == 1 else "fall"
        claim = argmap.claims[node]
        found.append(
            Finding(
                query="load-bearing",
                kind="load-bearing",
                claims=(claim.id, *ids),
                people=claim.authors,
                reason=f"If {said_by(claim)} falls, {listed(ids)} {verb} with it.",
            )
        )
    return tuple(found)


def smallest_sets(
    argmap: ArgumentMap,
    claim: str,
    aim: Literal["defeat", "defend"] = "defeat",
    *,
    most: int = 3,
) -> tuple[Finding, ...]:
    """Return the smallest sets of other claims whose fall would defeat or defend a claim.

    To *defeat* is to bring it about that the claim is no longer accepted, to *defend* that it is.
    Falling is meant as in `cruxes`.

    Args:
        argmap: The map.
        claim: Id of the claim.
        aim: What to bring about. Where it is so already, there is nothing to find.
        most: Greatest size that is looked for. The cost grows with the number of claims that one
            proof of a standing rests on, to this power.

    Returns:
        A finding for each set of the smallest size there is, its claims those that must fall and
        then the claim itself; nothing where there is no set of that size. By place in the map.

    Raises:
        UnknownNameError: There is no such claim, or no such aim.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> move, far = builder.claim("We should move."), builder.claim("It is too far.")
        >>> against = builder.rebuttal(far, move)
        >>> [finding.reason for finding in smallest_sets(builder.build(), move, "defend")]
        ['If c2 falls, c1 is no longer rejected but accepted.']
    """
    if aim not in {"defeat", "defend"}:
        raise UnknownNameError("aim", aim, ("defeat", "defend"))
    what_if = WhatIf(argmap)
    goal = argmap.index.claim_number[argmap.claim(claim).id]
    now = what_if.labels[goal]
    if (now == IN) == (aim == "defend"):
        return ()
    found: dict[tuple[int, ...], int] = {}
    front: dict[tuple[int, ...], dict[int, int]] = {(): {}}
    for _ in range(most):
        further: dict[tuple[int, ...], dict[int, int]] = {}
        for fallen, changed in front.items():
            for node in _levers(what_if, goal, fallen, changed):
                chosen = tuple(sorted((*fallen, node)))
                if chosen in further or chosen in found:
                    continue
                after = what_if.changes(dict.fromkeys(chosen, OUT))
                then = after.get(goal, now)
                if (then == IN) == (aim == "defend"):
                    found[chosen] = then
                else:
                    further[chosen] = after
        if found:
            break
        front = further
    query = f"{aim}-sets"
    return tuple(
        _turn(argmap, query, chosen, goal, now=now, then=then)
        for chosen, then in sorted(found.items())
    )


def what_holds(
    argmap: ArgumentMap,
    claim: str | None = None,
    *,
    aim: Literal["defeat", "defend"] | None = None,
) -> str:
    """Say what holds a claim in its standing, where no fall of one claim turns it.

    A claim with several reasons that hold needs but one of them, and one that several accepted
    claims rebut is rejected by each: all of these would have to fall. Standings are as in `cruxes`.

    Args:
        argmap: The map.
        claim: Id of the claim; by default the first main claim.
        aim: What is to be brought about, as in `smallest_sets`; any other standing if None.

    Returns:
        A sentence. Linear.

    Raises:
        UnknownNameError: There is no such claim.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> move, *reasons = (builder.claim(text) for text in ("Move.", "Rent.", "Noise."))
        >>> supports = [builder.support(reason, move) for reason in reasons]
        >>> what_holds(builder.build())
        'c1 is accepted for 2 reasons that hold, and one is enough: all of them would have to fall.'
    """
    goal = _goal(argmap, claim)
    if goal is None:
        return "There is no main claim."
    what_if = WhatIf(argmap)
    labels, program = what_if.labels, what_if.program
    supporters, attackers = program.supporters[goal], program.attackers[goal]
    holding = sum(labels[s] == IN for s in supporters)
    striking = sum(labels[a] == IN for a in attackers)
    label = labels[goal]
    if aim is not None and (label == IN) == (aim == "defend"):
        why = " as it is"
    elif not supporters and not attackers:
        why = ", and nothing bears on it"
    elif label == UNDECIDED:
        why = ", and there are circles in what bears on it"
    elif label == OUT:
        why = ", and no reason for it hangs on one claim"
        if striking > 1:
            why = f" by {striking} rebuttals that stand, and one is enough: {_ALL}"
    else:
        why = ", and no rebuttal of it hangs on one claim"
        if holding > 1:
            tail = ", or a rebuttal of it come to stand" if attackers else ""
            why = f" for {holding} reasons that hold, and one is enough: {_ALL}{tail}"
    return f"{argmap.index.claim_ids[goal]} is {STANDING[label]}{why}."


_ALL: Final = "all of them would have to fall"


def _levers(
    what_if: WhatIf, goal: int, fallen: tuple[int, ...], changed: dict[int, int]
) -> list[int]:
    """Return claims of which one must fall for the goal's label to change, as the labels now are.

    They are those of one proof of the label, down from the goal: what is accepted stands by enough
    accepted supporters and by the defeat of all its attackers; what is rejected falls by one
    accepted attacker, or by the want of supporters; what is undecided is so by all around it. In a
    circle one proof could rest on itself, so there all of them are taken. While none of these
    claims falls the proof holds, so each set that turns the goal has one of them (Reiter,
    *Artificial Intelligence* 32, 1987, pp. 57-95).
    """
    labels = what_if.labels
    seen = {goal, *fallen}
    stack = [goal]
    while stack:
        for other in _grounds(what_if, stack.pop(), changed):
            if other not in seen:
                seen.add(other)
                stack.append(other)
    seen -= {goal, *fallen}
    claims = what_if.program.claims
    return sorted(n for n in seen if n < claims and changed.get(n, labels[n]) != OUT)


def _grounds(what_if: WhatIf, node: int, changed: dict[int, int]) -> list[int]:
    """Return what a node's label rests on."""
    labels, program = what_if.labels, what_if.program
    supporters, attackers = program.supporters[node], program.attackers[node]
    mine = changed.get(node, labels[node])
    alone = not what_if.is_in_circle(node)
    if mine == OUT:
        striking = [a for a in attackers if changed.get(a, labels[a]) != OUT]
        if alone and (accepted := [a for a in striking if changed.get(a, labels[a]) == IN]):
            return accepted[:1]
        return [*striking, *(s for s in supporters if changed.get(s, labels[s]) != IN)]
    if mine == IN and alone:
        accepted = [s for s in supporters if changed.get(s, labels[s]) == IN]
        return [*accepted[: program.need[node]], *attackers]
    return [*supporters, *attackers]


def _goal(argmap: ArgumentMap, claim: str | None) -> int | None:
    if claim is not None:
        return argmap.index.claim_number[argmap.claim(claim).id]
    main = main_claims(argmap)
    return argmap.index.claim_number[main[0].id] if main else None


def _turn(
    argmap: ArgumentMap, query: str, fallen: tuple[int, ...], goal: int, *, now: int, then: int
) -> Finding:
    claims = [argmap.claims[node] for node in fallen]
    verb = "falls" if len(claims) == 1 else "fall"
    people = dict.fromkeys(author for claim in claims for author in claim.authors)
    return Finding(
        query=query,
        kind=STANDING[then],
        claims=(*(claim.id for claim in claims), argmap.index.claim_ids[goal]),
        people=tuple(people),
        reason=f"If {listed(map(said_by, claims))} {verb}, {argmap.index.claim_ids[goal]} is no "
        f"longer {STANDING[now]} but {STANDING[then]}.",
    )
