"""The semantics word for word: over all subsets, and as programs for clingo written on their own.

Nothing here knows how argumap computes: sets are bits of a number, attacks are pairs, and supports
are turned into the attacks that the papers derive from them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from argumap import ArgumentMap

__all__ = ["all_subsets", "attacks_of_reading", "evidential_complete", "solved_by_clingo"]

Pairs = set[tuple[int, int]]
Sets = list[int]


def _closure(pairs: Collection[tuple[int, int]]) -> Pairs:
    closed = set(pairs)
    while more := {(a, d) for a, b in closed for c, d in closed if b == c} - closed:
        closed |= more
    return closed


def attacks_of_reading(
    attacks: Collection[tuple[int, int]], supports: Collection[tuple[int, int]], reading: str
) -> Pairs:
    """Return all attacks, direct and derived (Cayrol and Lagasquie-Schiex 2005 and 2013)."""
    direct = set(attacks)
    if reading == "ignore":
        return direct
    # Necessary support is deductive support read backwards.
    pairs = {(b, a) for a, b in supports} if reading == "necessary" else set(supports)
    chains = _closure(pairs)
    supported = {(a, b) for a, x in chains for y, b in direct if x == y}
    if reading == "general":
        return direct | supported | {(a, b) for a, x in direct for y, b in chains if x == y}
    struck = direct | supported
    return struck | {(a, b) for a, x in struck for b, y in chains if x == y}


def _largest(sets: Iterable[int]) -> Sets:
    some = set(sets)
    return [one for one in some if not any(one != other and one | other == other for other in some)]


def all_subsets(size: int, attacks: Collection[tuple[int, int]]) -> dict[str, Sets]:
    """Return the extensions of each semantics by looking at every subset."""
    attackers = [sum(1 << a for a, b in set(attacks) if b == n) for n in range(size)]
    struck = [0] * (1 << size)
    for members in range(1 << size):
        struck[members] = sum(1 << n for n in range(size) if attackers[n] & members)
    free = [members for members in range(1 << size) if not members & struck[members]]
    defended = {
        members: sum(1 << n for n in range(size) if not attackers[n] & ~struck[members])
        for members in free
    }
    admissible = [members for members in free if not members & ~defended[members]]
    complete = [members for members in admissible if members == defended[members]]
    preferred = _largest(admissible)
    shared = (1 << size) - 1
    for members in preferred:
        shared &= members

    def widest(sets: Sets) -> Sets:
        greatest = _largest(members | struck[members] for members in sets)
        return [members for members in sets if members | struck[members] in greatest]

    return {
        "complete": complete,
        "grounded": [min(complete, key=int.bit_count)],
        "preferred": preferred,
        "stable": [members for members in free if members | struck[members] == (1 << size) - 1],
        "semi-stable": widest(complete),
        "ideal": [
            max((m for m in admissible if not m & ~shared), key=int.bit_count),
        ],
        "stage": widest(free),
    }


def evidential_complete(
    size: int,
    attacks: Collection[tuple[int, int]],
    supports: Collection[tuple[int, int]],
    evidence: Collection[int],
) -> Sets:
    """Return the evidential complete sets (Polberg and Oren, COMMA 2014, definitions 9 to 13).

    A claim is supported by a set when a chain from evidence leads to it within the set. A set
    attacks a claim when a member attacks it and the set supports all its members. A set accepts
    what it supports and defends: it attacks a member of each set that attacks it.
    """

    def supported(members: int) -> int:
        found = sum(1 << n for n in evidence)
        while True:
            more = found
            for premise, conclusion in supports:
                if found & members & 1 << premise:
                    more |= 1 << conclusion
            if more == found:
                return found
            found = more

    every = range(1 << size)
    chains = [supported(members) for members in every]
    struck = [
        sum({1 << b for a, b in attacks if members & chains[members] & 1 << a}) for members in every
    ]
    standing = [members for members in every if members & chains[members] == members]
    against = [
        [members for members in standing if any(members & 1 << a for a, b in attacks if b == n)]
        for n in range(size)
    ]
    found = []
    for members in every:
        accepted = sum(
            1 << n
            for n in range(size)
            if chains[members] & 1 << n and all(other & struck[members] for other in against[n])
        )
        if accepted == members and not members & struck[members]:
            found.append(members)
    return found


# A claim holds by evidence or a live reason, unless it is hit; a relation is live when all its
# sources hold, unless it is hit. The second copy says what may hold, given what surely does.
_RULES = """
{ok}(X) :- claim(X), given(X), not {hit}(X).
{ok}(X) :- concludes(R, X), {ok}(R), not {hit}(X).
{ok}(R) :- relation(R), {ok}(X) : source(R, X); not {hit}(R).
{own}(X) :- strikes(R, X), {ok}(R).
"""
_STABLE = _RULES.format(ok="in", hit="hit", own="hit") + "#show in/1."
_COMPLETE = (
    _RULES.format(ok="in", hit="may_hit", own="hit")
    + _RULES.format(ok="may", hit="hit", own="may_hit")
    + ":- in(X), not may(X). #show in/1. #show may/1."
)


def solved_by_clingo(argmap: ArgumentMap, semantics: str) -> set[frozenset[str]]:
    """Return the evidential extensions of any map, linked premises and undercuts included.

    A set is compared with others by the claims and the relations that hold: that a rebuttal holds
    is something to be for or against (Baroni, Cerutti, Giacomin and Guida, *International Journal
    of Approximate Reasoning* 52, 2011, pp. 19-37). What is told of it is its claims.
    """
    claims = {claim.id for claim in argmap.claims}
    place = {e.id: n for n, e in enumerate((*argmap.claims, *argmap.relations))}
    name = {number: element_id for element_id, number in place.items()}
    facts = [f"claim({place[claim.id]})." for claim in argmap.claims]
    reasoned = {support.conclusion for support in argmap.supports}
    facts += [f"given({place[c.id]})." for c in argmap.claims if c.id not in reasoned]
    for relation in argmap.relations:
        number, verb = place[relation.id], "concludes" if relation.kind == "support" else "strikes"
        facts += [f"relation({number}).", f"{verb}({number}, {place[relation.target]})."]
        facts += [f"source({number}, {place[source]})." for source in relation.sources]
    rules = _STABLE if semantics == "stable" else _COMPLETE
    models = [
        (
            frozenset(name[n] for kind, n in model if kind == "in"),
            frozenset(name[n] for kind, n in model if kind == "may"),
        )
        for model in _models(rules, facts)
    ]
    sets = {holds for holds, _ in models}
    if semantics == "grounded":
        sets = {frozenset.intersection(*sets)}
    elif semantics == "semi-stable":
        least = {(may - holds) & claims for holds, may in models}
        sets = {h for h, may in models if not any(each < (may - h) & claims for each in least)}
    elif semantics in {"preferred", "ideal"}:
        preferred = {one for one in sets if not any(one < other for other in sets)}
        shared = frozenset.intersection(*preferred)
        ideal = max((one for one in sets if one <= shared), key=len)
        sets = preferred if semantics == "preferred" else {ideal}
    return {each & claims for each in sets}


def _models(rules: str, facts: list[str]) -> list[list[tuple[str, int]]]:
    import clingo  # where it is not installed the tests are skipped

    control: Any = clingo.Control(["0"], logger=lambda *_: None)
    control.add("base", [], rules + " ".join(facts))
    control.ground([("base", [])])
    found: list[list[tuple[str, int]]] = []
    control.solve(
        on_model=lambda model: found.append(
            [(symbol.name, symbol.arguments[0].number) for symbol in model.symbols(shown=True)]
        )
    )
    return found
