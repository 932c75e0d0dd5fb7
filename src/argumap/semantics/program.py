"""A map read as a logic program: what holds if what holds and what does not.

Every node (a claim, or a relation that needs to be told apart) follows one rule:

    it holds  if  enough of its supporters hold, and none of its attackers does

where *enough* is 0 for what needs no support, 1 for a claim that needs a reason, and all for a
relation that needs all its premises. Linked premises are thus the body of a rule, and an undercut
is a ``not`` on it. The rest of the package knows nothing but this rule:

- *accepted* and *rejected* in the grounded labelling are the well-founded model (Van Gelder, Ross
  and Schlipf, Journal of the ACM 38, 1991, pp. 620-650);
- stable extensions are the stable models (Gelfond and Lifschitz, ICLP 1988, pp. 1070-1080);
- complete extensions are the three-valued stable models (Przymusinski, Fundamenta Informaticae 13,
  1990, pp. 445-463).

With no supports these are the extensions of Dung (Artificial Intelligence 77, 1995, pp. 321-357).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from argumap.errors import UnknownNameError
from argumap.graph.components import in_circles, reversed_lists
from argumap.semantics.derived import derived_pairs

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from typing import Literal

    from argumap.model import ArgumentMap, Claim, MapIndex

    SupportReading = Literal["evidential", "deductive", "necessary", "general", "ignore"]
    Evidence = Literal["leaves", "sourced"] | Collection[str]

__all__ = ["Evidence", "Program", "SupportReading", "program_of"]

_READINGS = ("evidential", "deductive", "necessary", "general", "ignore")


@dataclass(slots=True, eq=False)
class Program:
    """Nodes by number; the first ones are the claims of a map, in its order.

    Attributes:
        claims: How many nodes are claims.
        need: How many of its supporters each node needs.
        supporters: The nodes that support each node.
        attackers: The nodes that attack each node.
        live: The node that stands for each relation which needs one of its own.
        supports: The nodes that each node supports; None where nobody listed them yet.
        attacks: The nodes that each node attacks; None likewise.
    """

    claims: int
    need: list[int]
    supporters: list[Sequence[int]]
    attackers: list[Sequence[int]]
    live: dict[int, int]
    supports: list[Sequence[int]] | None = None
    attacks: list[Sequence[int]] | None = None

    @property
    def size(self) -> int:
        """How many nodes there are."""
        return len(self.need)

    def onward(self) -> tuple[list[Sequence[int]], list[Sequence[int]]]:
        """Return what each node supports and what it attacks."""
        return (
            self.supports or reversed_lists(self.supporters, self.size),
            self.attacks or reversed_lists(self.attackers, self.size),
        )

    def add(self, need: int, supporters: Sequence[int], attackers: Sequence[int] = ()) -> int:
        """Add a node, and return its number. For programs whose `supports` are not listed."""
        self.need.append(need)
        self.supporters.append(supporters)
        self.attackers.append(attackers)
        return len(self.need) - 1


def program_of(
    argmap: ArgumentMap, index: MapIndex, support: SupportReading, evidence: Evidence
) -> Program:
    """Return a map as a program, by a reading of support.

    Args:
        argmap: The map.
        index: Its index, without the rebuttals and undercuts that shall not count.
        support: See `grounded_labelling`.
        evidence: See `grounded_labelling`.

    Raises:
        UnknownNameError: There is no such reading, or evidence names a claim that is not there.
    """
    if support not in _READINGS:
        raise UnknownNameError("reading of support", support, _READINGS)
    if support == "evidential":
        program = _wired(index)
        _give_evidence(program, argmap, evidence)
        return program
    program = _attacks_alone(index)
    if support == "general":
        for kind in ("supported", "secondary"):
            for attacker, attacked in sorted(derived_pairs(index, kind)):
                program.attackers[attacked] = [*program.attackers[attacked], attacker]
    elif support != "ignore":
        _add_needs(program, index, deductive=support == "deductive")
    if support != "ignore":
        program.supports = program.attacks = None
    return program


def _wired(index: MapIndex) -> Program:
    """Return the map as it is wired: a claim with reasons needs one, a relation all its sources."""
    wiring, claims = index.wiring, len(index.claim_ids)
    need = [1 if each else 0 for each in wiring.supporters]
    for r, node in wiring.own.items():
        need[node] = len(index.sources[r])
    supports, attacks = wiring.supports, wiring.attacks
    return Program(claims, need, wiring.supporters, wiring.attackers, wiring.own, supports, attacks)


def _attacks_alone(index: MapIndex) -> Program:
    """Return the map without its supports, with lists of its own that may be changed."""
    wiring, claims = index.wiring, len(index.claim_ids)
    live = {r: node for r, node in wiring.own.items() if index.kinds[r] != "support"}
    size = claims + len(live)
    attacks = wiring.attacks[:size]
    for undercutting in {a for each in wiring.attackers[size:] for a in each}:
        attacks[undercutting] = [node for node in attacks[undercutting] if node < size]
    return Program(
        claims,
        [0] * claims + [1] * len(live),
        [()] * claims + wiring.supporters[claims:size],
        wiring.attackers[:size],
        live,
        attacks=attacks,
    )


def _give_evidence(program: Program, argmap: ArgumentMap, evidence: Evidence) -> None:
    """Let evidence hold without a reason, and nothing else."""
    if evidence == "leaves":
        return
    need = program.need
    if isinstance(evidence, str):
        if evidence != "sourced":
            raise UnknownNameError("kind of evidence", evidence, ["leaves", "sourced"])
        given = {n for n, c in enumerate(argmap.claims) if not need[n] and is_sourced(argmap, c)}
    else:
        given = {argmap.index.claim_number[argmap.claim(c).id] for c in evidence}
    for claim in range(program.claims):
        need[claim] = 0 if claim in given else 1


def is_sourced(argmap: ArgumentMap, claim: Claim) -> bool:
    """Return whether a claim was put forward with a link: in its words, or in its own text."""
    thread = argmap.thread
    for mention in claim.mentions:
        span = mention.span
        if span is not None and thread is not None:
            links = thread.post(span.post_id).links
            if any(link.start < span.end and span.start < link.end for link in links):
                return True
        if mention.quote is not None and "://" in mention.quote:
            return True
    return "://" in claim.text


def _add_needs(program: Program, index: MapIndex, *, deductive: bool) -> None:
    """Let a claim hold only with what it stands or falls with.

    Read as necessary, a conclusion needs its premises; read as deductive, a premise needs its
    conclusion. Claims that need each other in a circle are one: all hold or none does.
    """
    needs, special = _plain_needs(program, index, deductive=deductive)
    one_of = list(range(program.claims))
    circles = in_circles(needs)
    for circle in circles:
        _join_circle(program, needs, circle, one_of)
    if circles:
        # What one of a circle strikes, all of it strike. It matters to stage extensions alone, in
        # which some of a circle might be left out.
        for node, each in enumerate(program.attackers):
            program.attackers[node] = _joined(each, one_of)
        for node in program.live.values():
            program.supporters[node] = _joined(program.supporters[node], one_of)
    for claim, stands_for in enumerate(one_of):
        if stands_for == claim:
            program.supporters[claim] = needs[claim]
    for r in special:
        _add_special_need(program, index, r, one_of, deductive=deductive)
    for node in set(one_of):
        program.need[node] = len(program.supporters[node])


def _plain_needs(
    program: Program, index: MapIndex, *, deductive: bool
) -> tuple[list[list[int]], list[int]]:
    """Return the claims that each claim needs, and the supports that are not so plain."""
    needs: list[list[int]] = [[] for _ in range(program.claims)]
    special: list[int] = []
    for r, kind in enumerate(index.kinds):
        if kind != "support":
            continue
        premises, conclusion = index.sources[r], index.targets[r]
        if r in index.undercuts_of or (deductive and len(premises) > 1):
            special.append(r)
        elif deductive:
            needs[premises[0]].append(conclusion)
        else:
            needs[conclusion] += premises
    return needs, special


def _join_circle(
    program: Program, needs: list[list[int]], circle: list[int], one_of: list[int]
) -> None:
    """Let all claims of a circle be as one new node, which is attacked with each of them."""
    inside = set(circle)
    outside = dict.fromkeys(n for claim in circle for n in needs[claim] if n not in inside)
    attacking = dict.fromkeys(a for claim in circle for a in program.attackers[claim])
    rep = program.add(0, list(outside), list(attacking))
    for claim in circle:
        one_of[claim] = rep
        program.supporters[claim], program.attackers[claim], program.need[claim] = [rep], (), 1


def _joined(nodes: Sequence[int], one_of: list[int]) -> Sequence[int]:
    claims = len(one_of)
    return [one_of[node] if node < claims else node for node in nodes]


def _add_special_need(
    program: Program, index: MapIndex, r: int, one_of: list[int], *, deductive: bool
) -> None:
    """Add the need of a support that is undercut or has several premises.

    It lapses where an undercut holds, for then the inference does not. With several premises,
    deduction asks that the conclusion hold or *some* premise fail: each premise needs the
    conclusion, or else that the others do not all hold.
    """
    struck = [program.live.get(u, index.sources[u][0]) for u in index.undercuts_of.get(r, ())]
    target, premises = index.targets[r], index.sources[r]
    if not deductive:
        everything = program.add(len(premises), premises)
        _need(program, one_of[target], program.add(1, [everything, *struck]))
        return
    for premise in premises:
        ways = [target, *struck]
        others = [p for p in premises if p != premise]
        if others:
            together = program.add(len(others), others)
            ways.append(program.add(0, (), [together]))
        _need(program, one_of[premise], program.add(1, ways))


def _need(program: Program, node: int, needed: int) -> None:
    program.supporters[node] = [*program.supporters[node], needed]
