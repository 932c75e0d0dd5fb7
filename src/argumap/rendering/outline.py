"""A map as an indented text: complete, for readers without sight, and where nothing can draw.

Each claim stands below the one that it bears on first, with a word for how.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from argumap.rendering.labels import clean
from argumap.rendering.scene import counts, speakers
from argumap.rendering.ties import VERBS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.model import ArgumentMap, Undercut
    from argumap.rendering.facts import Facts

__all__ = ["Entry", "outline", "outline_entries"]

# Deeper than this a reader has lost count, and a chain of thousands would be all blanks.
_DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the outline. All words are clean.

    Attributes:
        depth: How many claims it stands below.
        lead: How it bears on the claim above: ``"rebutted by"``; empty at the top.
        heading: Id, author and status.
        also: What else it bears on: ``"also supports c3"``; empty mostly.
    """

    depth: int
    claim_id: str
    lead: str
    heading: str
    text: str
    also: str


def outline(argmap: ArgumentMap, facts: Facts) -> str:
    """Return a whole map as indented text. Linear, with indentation up to forty levels."""
    lines = [clean(argmap.title)] if argmap.title else []
    lines += [counts(argmap, facts, len(argmap.claims)), ""]
    for entry in outline_entries(argmap, facts):
        lead = f"{entry.lead} " if entry.lead else ""
        also = f" ({entry.also})" if entry.also else ""
        indent = "  " * min(entry.depth, _DEEPEST)
        lines.append(f"{indent}{lead}{entry.heading}: {entry.text}{also}")
    return "\n".join(lines).rstrip() + "\n"


def outline_entries(argmap: ArgumentMap, facts: Facts) -> Iterator[Entry]:
    """Yield a line for each claim: roots with most below them first, then down from each."""
    authors = {claim.id: speakers(claim)[0] for claim in argmap.claims}
    also = _also(argmap, facts)
    stack = list(reversed(facts.roots))
    while stack:
        claim_id = stack.pop()
        stack += reversed(facts.children[claim_id])
        place = facts.places[claim_id]
        claim = argmap.claim(claim_id)
        parts = [clean(claim_id, 60), authors[claim_id], facts.status(claim_id)]
        yield Entry(
            depth=place.depth,
            claim_id=claim_id,
            lead=_lead(argmap, claim_id, place.through),
            heading=", ".join(part for part in parts if part),
            text=clean(claim.text),
            also="; ".join(also.get(claim_id, ())),
        )


def _lead(argmap: ArgumentMap, claim_id: str, through: str | None) -> str:
    if through is None:
        return ""
    relation = argmap.relation(through)
    if relation.kind == "undercut":
        return f"{_struck(argmap, relation)} undercut by"
    others = ", ".join(clean(other, 60) for other in relation.sources if other != claim_id)
    verb = "supported" if relation.kind == "support" else "rebutted"
    return f"{verb} together with {others} by" if others else f"{verb} by"


def _struck(argmap: ArgumentMap, undercut: Undercut) -> str:
    """Return in words what an undercut strikes."""
    relation = argmap.relation(undercut.target)
    givers = ", ".join(clean(giver, 60) for giver in relation.sources)
    if relation.kind == "undercut":
        return f"the undercut by {givers}"
    return f"the step from {givers} to {clean(relation.target, 60)}"


def _also(argmap: ArgumentMap, facts: Facts) -> dict[str, list[str]]:
    """Return for each claim what it bears on beside the claim that it stands below."""
    also: dict[str, list[str]] = {}
    for relation in argmap.relations:
        for source in relation.sources:
            if facts.places[source].through == relation.id:
                continue
            target = (
                _struck(argmap, relation)
                if relation.kind == "undercut"
                else clean(relation.target, 60)
            )
            also.setdefault(source, []).append(f"also {VERBS[relation.kind]} {target}")
    return also
