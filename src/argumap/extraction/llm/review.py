"""Let another extractor propose a map, and the model judge what it is not sure of."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Literal

from argumap.extraction.llm.answers import ReviewAnswer, Verdict, read_items, read_object
from argumap.extraction.llm.chunks import Chunk
from argumap.extraction.llm.client import Question
from argumap.extraction.llm.framing import show_thread
from argumap.extraction.llm.grounding import Checked, GroundedClaim, Problem, named
from argumap.extraction.llm.prompts import load_prompt
from argumap.extraction.llm.reading import Reading, shown_claims
from argumap.model import Origin, Rebuttal, Support, Undercut

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from argumap.extraction.llm.client import Client, Tally
    from argumap.extraction.llm.settings import Settings
    from argumap.extraction.llm.units import NumberedThread
    from argumap.model import ArgumentMap, Claim, Relation, Thread

__all__ = ["review_map"]

Judged = Literal["keep", "drop", "support", "rebuttal"]


@dataclass(frozen=True)
class _Proposal:
    """A claim or relation that the model is asked about, and the unit where it stands."""

    element: Claim | Support | Rebuttal
    unit: str
    ends: tuple[str, ...] = field(default=())

    def __str__(self) -> str:
        element = self.element
        if isinstance(element, Support):
            verb = "supports" if len(element.premises) == 1 else "together support"
            return f"{' and '.join(element.premises)} {verb} {element.conclusion}"
        if isinstance(element, Rebuttal):
            return f"{element.source} rebuts {element.target}"
        return f"{element.id} is a claim"


async def review_map(
    thread: Thread, client: Client, settings: Settings, tally: Tally
) -> tuple[ArgumentMap, str | None]:
    """Return the proposed map as the model corrects it, and the limit that ended it, if one did.

    Asked about are the claims, supports and rebuttals whose confidence is below `review_below` or
    unknown; the rest, and whatever gets no verdict, stays as it was proposed.
    """
    if settings.review is None:
        raise ValueError("there is no extractor whose map could be reviewed")
    proposed = settings.review.extract(thread)
    reading = Reading(thread, client, settings, tally)
    claims = _located(proposed, reading.numbered)
    proposals = list(_proposals(proposed, claims, settings.review_below))

    async def judge(chunk: Chunk) -> Checked[tuple[str, Judged]]:
        units = {unit.id for unit in chunk.own}
        asked = [proposal for proposal in proposals if proposal.unit in units]
        if not asked:
            return Checked()
        keys = {f"k{number}": proposal for number, proposal in enumerate(asked, 1)}
        shown = _shown(asked, claims, reading.numbered)
        listed = "\n".join(f"{key}: {proposal}" for key, proposal in keys.items())
        posts = show_thread(reading.numbered, shown, shown_claims(shown, claims))
        return await client.ask(
            Question(load_prompt("review"), f"{posts}\n\n{listed}", ReviewAnswer),
            partial(_check, keys=keys),
            tally,
        )

    verdicts = dict(await reading.of_all("review", judge))
    corrected = _corrected(proposed, verdicts)
    return reading.with_provenance(corrected, ("review",)), reading.stopped


def _located(argmap: ArgumentMap, numbered: NumberedThread) -> dict[str, GroundedClaim]:
    """Return the claims that begin in a unit, with that unit."""
    numbers = {post.id: number for number, post in enumerate(numbered.thread.posts)}
    located = {}
    for claim in argmap.claims:
        span = next((m.span for m in claim.mentions if m.span is not None), None)
        if span is None:
            continue
        post = numbers[span.post_id]
        unit = next(
            (u for u in numbered.by_post[post] if u.start < span.end and span.start < u.end), None
        )
        if unit is not None:
            located[claim.id] = GroundedClaim(
                unit.id, post, span.start, span.end, claim.component or "claim", "asserts"
            )
    return located


def _proposals(
    argmap: ArgumentMap, claims: Mapping[str, GroundedClaim], below: float
) -> Iterable[_Proposal]:
    for element in (*argmap.claims, *argmap.relations):
        if isinstance(element, Undercut) or (
            element.confidence is not None and element.confidence >= below
        ):
            continue
        ends = (
            (*element.sources, element.target)
            if isinstance(element, Support | Rebuttal)
            else (element.id,)
        )
        if all(end in claims for end in ends):
            yield _Proposal(element, claims[ends[0]].unit, ends)


def _shown(
    asked: list[_Proposal], claims: Mapping[str, GroundedClaim], numbered: NumberedThread
) -> Chunk:
    """Return the posts that the proposals are about, and nothing else of the thread."""
    own = {claims[proposal.ends[0]].post for proposal in asked}
    ends = {claims[end].post for proposal in asked for end in proposal.ends}
    return Chunk(
        tuple(unit for post in sorted(own) for unit in numbered.by_post[post]),
        tuple(unit for post in sorted(ends - own) for unit in numbered.by_post[post]),
    )


def _check(text: str, keys: Mapping[str, _Proposal]) -> Checked[tuple[str, Judged]]:
    """Return the verdicts of an answer by the ids of what they are about."""
    checked = Checked[tuple[str, Judged]]()
    found, bad = read_items(read_object(text, ReviewAnswer)["verdicts"], Verdict, "verdicts")
    checked.problems += [Problem(place, item, reason) for place, item, reason in bad]
    judged: set[str] = set()
    for place, item in found:
        reason = _fault(item, keys, judged)
        if reason is not None:
            checked.problems.append(Problem(place, item, reason))
            continue
        judged.add(item.item)
        checked.items.append((keys[item.item].element.id, item.verdict))
    for key in keys:
        if key not in judged:
            reason = f"there is no verdict on {key}"
            checked.problems.append(Problem("verdicts", {"item": key}, reason))
    return checked


def _fault(item: Verdict, keys: Mapping[str, _Proposal], judged: set[str]) -> str | None:
    if item.item not in keys:
        return f"there is no proposal {named(item.item)}"
    if item.item in judged:
        return f"a verdict on {item.item} was given before"
    element = keys[item.item].element
    if item.verdict in {"support", "rebuttal"}:
        if not isinstance(element, Support | Rebuttal):
            return f"{item.item} is a claim, which can only be kept or dropped"
        if item.verdict == "rebuttal" and len(element.sources) > 1:
            return f"{item.item} has linked premises, which only a support can have"
    return None


def _corrected(argmap: ArgumentMap, verdicts: Mapping[str, Judged]) -> ArgumentMap:
    """Return the map without what was dropped, nor what hung on it, and with kinds put right.

    Ids stay as they were proposed, so that both maps can be compared.
    """
    claims = tuple(
        _judged(claim) if claim.id in verdicts else claim
        for claim in argmap.claims
        if verdicts.get(claim.id) != "drop"
    )
    there = {claim.id for claim in claims}
    staying: list[Support | Rebuttal | Undercut] = []
    for relation in argmap.relations:
        if isinstance(relation, Undercut):
            if relation.source in there:
                staying.append(relation)
        elif (kept := _kept(relation, verdicts.get(relation.id), there)) is not None:
            staying.append(kept)
    # An undercut of what is gone goes too, and may itself be undercut: until no more goes.
    while True:
        left = {relation.id for relation in staying}
        still = [r for r in staying if not isinstance(r, Undercut) or r.target in left]
        if len(still) == len(staying):
            return argmap.replace(claims=claims, relations=tuple(staying))
        staying = still


def _kept(
    relation: Support | Rebuttal, verdict: Judged | None, there: set[str]
) -> Support | Rebuttal | None:
    sources = tuple(source for source in relation.sources if source in there)
    if verdict == "drop" or not sources or relation.target not in there:
        return None
    if verdict is None:
        if isinstance(relation, Support):
            return relation.replace(premises=sources)
        return relation
    kind = relation.kind if verdict == "keep" else verdict
    origin = _origin(relation)
    if kind == "support":
        return Support(
            id=relation.id,
            premises=sources,
            conclusion=relation.target,
            scheme=relation.scheme if isinstance(relation, Support) else None,
            origin=origin,
            extra=relation.extra,
        )
    return Rebuttal(
        id=relation.id,
        source=sources[0],
        target=relation.target,
        origin=origin,
        extra=relation.extra,
    )


def _judged(claim: Claim) -> Claim:
    return claim.replace(confidence=None, origin=_origin(claim))


def _origin(element: Claim | Relation) -> Origin:
    cues = element.origin.cues if element.origin else ()
    return Origin(maker="llm", rule="review", cues=cues)
