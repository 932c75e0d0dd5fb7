"""Why a claim stands or falls, and how its standing came about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from argumap.graph.parts import as_of
from argumap.model import Finding
from argumap.queries._words import weighing
from argumap.queries.hinges import STANDING, cruxes
from argumap.queries.support import main_claims
from argumap.semantics import grounded_labelling
from argumap.semantics.program import Program, program_of
from argumap.semantics.weighed import considered
from argumap.semantics.well_founded import IN, OUT, UNDECIDED, well_founded

if TYPE_CHECKING:
    from argumap.model import ArgumentMap, MapIndex

__all__ = ["explain", "turning_points"]

_STEPS: Final = 6


def explain(argmap: ArgumentMap, claim: str) -> tuple[Finding, ...]:
    """Return why a claim stands or falls, and each single change that would turn it.

    The standing is that of the grounded labelling with evidential support. The reason is followed
    along one line, from the claim to what decides it, for six steps at most.

    Returns:
        First a finding of kind ``accepted``, ``rejected`` or ``undecided`` whose claims are the
        claim and those on the line; then the `cruxes` of the claim.

    Raises:
        UnknownNameError: There is no such claim.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> move, far = builder.claim("We should move."), builder.claim("It is too far.")
        >>> against = builder.rebuttal(far, move)
        >>> for finding in explain(builder.build(), move):
        ...     print(finding.reason)
        c1 is rejected because c2, which rebuts it, stands; c2 stands because nobody rebuts it.
        If c2 falls, c1 is no longer rejected but accepted.
    """
    index = considered(argmap)
    program = program_of(argmap, index, "evidential", "leaves")
    labels = well_founded(program)
    node: int | None = index.claim_number[argmap.claim(claim).id]
    kind = STANDING[labels[node or 0]]
    line: list[int] = []
    words: list[str] = []
    relations: list[str] = []
    while node is not None and node not in line and len(line) < _STEPS:
        line.append(node)
        because, relation, following = _because(argmap, index, program, labels, node)
        stands = {IN: "stands", OUT: "is rejected", UNDECIDED: "is undecided"}[labels[node]]
        verb = f"is {kind}" if len(line) == 1 else stands
        words.append(f"{index.claim_ids[node]} {verb} because {because}")
        relations += [index.relation_ids[relation]] if relation is not None else []
        node = following
    first = Finding(
        query="explain",
        kind=kind,
        claims=tuple(index.claim_ids[n] for n in line),
        relations=tuple(dict.fromkeys(relations)),
        people=tuple(dict.fromkeys(a for n in line for a in argmap.claims[n].authors)),
        reason=f"{'; '.join(words)}.",
    )
    return (first, *(turn.replace(query="explain") for turn in cruxes(argmap, claim)))


def _because(
    argmap: ArgumentMap, index: MapIndex, program: Program, labels: bytearray, claim: int
) -> tuple[str, int | None, int | None]:
    """Return why a claim has its label, the relation that decides, and the claim to go on with."""
    wanted = labels[claim]
    rebuttals = index.rebuttals_of[claim]
    if wanted != IN:
        deciding = IN if wanted == OUT else UNDECIDED
        for r in rebuttals:
            source = index.sources[r][0]
            if labels[program.live.get(r, source)] == deciding:
                state = "stands" if wanted == OUT else "is undecided"
                return f"{index.claim_ids[source]}, which rebuts it, {state}", r, source
        return _no_support(index, program, labels, claim)
    for r in rebuttals:
        source = index.sources[r][0]
        if labels[source] == OUT:
            more = " like the others," if len(rebuttals) > 1 else ""
            return f"{index.claim_ids[source]}, which rebuts it,{more} is rejected", r, source
    if rebuttals:
        return (
            f"the rebuttal by {index.claim_ids[index.sources[rebuttals[0]][0]]} is undercut",
            (rebuttals[0]),
            None,
        )
    nobody = _nobody(argmap, index, claim)
    for r in index.supports_of[claim]:
        if labels[program.live.get(r, index.sources[r][0])] == IN:
            premise = index.sources[r][0]
            return f"{nobody} and {index.claim_ids[premise]} supports it", r, premise
    return nobody, None, None


def _nobody(argmap: ArgumentMap, index: MapIndex, claim: int) -> str:
    """Say that nobody rebuts a claim, save for those who weigh a point against it."""
    weighed = [r for r in argmap.index.rebuttals_of[claim] if r not in index.rebuttals_of[claim]]
    if not weighed:
        return "nobody rebuts it"
    points = [argmap.claims[index.sources[r][0]] for r in weighed]
    return f"nobody rebuts it ({weighing(points, 'only ')} against it)"


def _no_support(
    index: MapIndex, program: Program, labels: bytearray, claim: int
) -> tuple[str, int | None, int | None]:
    for r in index.supports_of[claim]:
        weak = [p for p in index.sources[r] if labels[p] != IN]
        if weak and labels[program.live.get(r, weak[0])] == labels[claim]:
            premise = index.claim_ids[weak[0]]
            others = "" if len(index.supports_of[claim]) == 1 else " and no other support holds"
            return f"{premise}, which supports it, does not stand{others}", r, weak[0]
        if not weak and labels[program.live.get(r, index.sources[r][0])] != IN:
            u = index.undercuts_of[r][0]
            source = index.sources[u][0]
            return f"{index.claim_ids[source]} undercuts its support", u, source
    return "no support of it holds", None, None


def turning_points(argmap: ArgumentMap) -> tuple[Finding, ...]:
    """Return the posts that changed the standing of a main claim, in the order of the thread.

    The main claims are those of the whole map; a standing is that of the grounded labelling of the
    map as it was (`as_of`). A claim that was not there yet has none.

    Returns:
        A finding for each change, its claims the main claim; nothing where the map holds no
        thread. The cost is that of an evaluation for each post in which something is mentioned.

    Examples:
        >>> from argumap import ArgumentMap, Claim, Mention, Post, Rebuttal, Span, Thread
        >>> posts = Post(id="p1", text="Move!"), Post(id="p2", text="Too far.")
        >>> spans = Span(post_id="p1", start=0, end=5), Span(post_id="p2", start=0, end=8)
        >>> claims = [
        ...     Claim(id=f"c{n}", text="…", mentions=(Mention(span=span),))
        ...     for n, span in enumerate(spans, start=1)
        ... ]
        >>> argmap = ArgumentMap(
        ...     claims=tuple(claims),
        ...     relations=(Rebuttal(id="r1", source="c2", target="c1"),),
        ...     thread=Thread(posts=posts),
        ... )
        >>> [finding.reason for finding in turning_points(argmap)]
        ['With p1, c1 was put forward and accepted.', 'With p2, c1 went from accepted to rejected.']
    """
    if argmap.thread is None:
        return ()
    mentioned = {m.span.post_id for c in argmap.claims for m in c.mentions if m.span is not None}
    before: dict[str, str] = {}
    found = []
    main = main_claims(argmap)
    for post in argmap.thread.posts:
        if post.id not in mentioned:
            continue
        now = grounded_labelling(as_of(argmap, post.id)).standings
        for claim in main:
            old, new = before.get(claim.id), now.get(claim.id)
            if new is None or old == new:
                continue
            before[claim.id] = new
            how = f"went from {old} to {new}" if old else f"was put forward and {new}"
            found.append(
                Finding(
                    query="turning-points",
                    kind=new,
                    claims=(claim.id,),
                    people=(post.author,) if post.author else (),
                    reason=f"With {post.id}, {claim.id} {how}.",
                )
            )
    return tuple(found)
