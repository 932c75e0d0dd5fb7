"""From what the thread bears out to the map: one claim for each point, in the order of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap.extraction.llm.relating import GroundedRelation, GroundedStance, Restatement
from argumap.extraction.llm.report import Rejected
from argumap.model import (
    ArgumentMap,
    Claim,
    Mention,
    Origin,
    Rebuttal,
    Relation,
    Span,
    Support,
    Undercut,
    pause_gc,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from argumap.extraction.llm.grounding import GroundedClaim
    from argumap.extraction.llm.relating import Item
    from argumap.extraction.llm.units import NumberedThread

__all__ = ["build_map", "number_claims"]

_MAKER = "llm"
_RANK = {"support": 0, "rebuttal": 1, "undercut": 2}


def number_claims(claims: Iterable[GroundedClaim]) -> dict[str, GroundedClaim]:
    """Return the claims of all chunks by their ids, ``c1`` first, in the order of the text."""
    ordered = sorted(claims, key=lambda claim: (claim.post, claim.start))
    return {f"c{number}": claim for number, claim in enumerate(ordered, 1)}


def build_map(
    numbered: NumberedThread, claims: Mapping[str, GroundedClaim], items: Sequence[Item]
) -> tuple[ArgumentMap, tuple[Rejected, ...]]:
    """Return the map, and what fell away when restated claims became one.

    Claims keep their ids where none was merged away. Relations are in the order of their sources;
    their ids are ``s1``, ``r2``, ``u3``, numbered through.
    """
    same = _merge(claims, [item for item in items if isinstance(item, Restatement)])
    order = {claim_id: place for place, claim_id in enumerate(claims)}
    kept = [claim_id for claim_id in claims if same[claim_id] == claim_id]
    ids = {claim_id: f"c{number}" for number, claim_id in enumerate(kept, 1)}
    final = {claim_id: ids[same[claim_id]] for claim_id in claims}
    mentions = _mentions(numbered, claims, final, items)
    found = [item for item in items if isinstance(item, GroundedRelation)]
    found.sort(key=lambda item: _place(item, order))
    with pause_gc():
        relations, rejected = _relations(found, final)
        argmap = ArgumentMap(
            title=numbered.thread.title,
            claims=tuple(
                Claim(
                    id=ids[claim_id],
                    text=mentions[ids[claim_id]][0].quote or "",
                    mentions=tuple(mentions[ids[claim_id]]),
                    component=claims[claim_id].kind,
                    origin=Origin(maker=_MAKER),
                )
                for claim_id in kept
            ),
            relations=tuple(relations),
            thread=numbered.thread,
        )
    return argmap, tuple(rejected)


def _merge(
    claims: Mapping[str, GroundedClaim], restatements: Iterable[Restatement]
) -> dict[str, str]:
    """Return for each claim the earliest one that says the same."""
    said: dict[str, str] = {}
    for each in restatements:
        said.setdefault(each.claim, each.same_as)
    same: dict[str, str] = {}
    for claim_id in claims:  # in text order, so the earlier claim is always settled
        earlier = said.get(claim_id)
        same[claim_id] = claim_id if earlier is None else same[earlier]
    return same


def _mentions(
    numbered: NumberedThread,
    claims: Mapping[str, GroundedClaim],
    final: Mapping[str, str],
    items: Iterable[Item],
) -> dict[str, list[Mention]]:
    """Return who said each claim where, in text order; the first is where the claim stands."""
    said: dict[str, dict[tuple[int, int, int], Mention]] = {}
    first: dict[str, tuple[int, int, int]] = {}
    stances = [item for item in items if isinstance(item, GroundedStance)]
    places: list[tuple[str, GroundedClaim | GroundedStance]] = [*claims.items()]
    places += [(stance.claim, stance) for stance in stances]
    for claim_id, place in places:
        post = numbered.thread.posts[place.post]
        key = (place.post, place.start, place.end)
        mention = Mention(
            author=post.author,
            stance=place.stance,
            span=Span(post_id=post.id, start=place.start, end=place.end),
            quote=post.text[place.start : place.end],
        )
        said.setdefault(final[claim_id], {}).setdefault(key, mention)
        first.setdefault(final[claim_id], key)
    return {
        claim_id: [
            found[key] for key in sorted(found, key=lambda key: (key != first[claim_id], key))
        ]
        for claim_id, found in said.items()
    }


def _place(item: GroundedRelation, order: Mapping[str, int]) -> tuple[tuple[int, ...], int, int]:
    target = order[item.target] if isinstance(item.target, str) else -1
    return tuple(order[source] for source in item.sources), _RANK[item.kind], target


def _relations(
    found: Sequence[GroundedRelation], final: Mapping[str, str]
) -> tuple[list[Relation], list[Rejected]]:
    made: dict[GroundedRelation, Relation] = {}
    rejected: list[Rejected] = []
    seen: dict[tuple[str, frozenset[str], str], Relation] = {}
    for number, item in enumerate(_with_targets_first(found), 1):
        target = _target(item, made, final)
        if target is None:
            reason = "what it undercuts is no relation of the map"
            rejected.append(Rejected.of("relations", item.found, reason))
            continue
        sources = tuple(dict.fromkeys(final[source] for source in item.sources))
        key = (item.kind, frozenset(sources), target)
        if target in sources:
            reason = "its source and its target say the same"
            rejected.append(Rejected.of("relations", item.found, reason))
        elif key in seen:
            made[item] = seen[key]  # whatever undercuts the second undercuts the first
            reason = "the same relation was given before"
            rejected.append(Rejected.of("relations", item.found, reason))
        else:
            made[item] = seen[key] = _relation(item, f"{item.kind} {number}", sources, target)
    return _numbered(made, found), rejected


def _with_targets_first(found: Sequence[GroundedRelation]) -> list[GroundedRelation]:
    """Return the relations so that each undercut comes after the relation that it strikes."""
    done = dict.fromkeys(item for item in found if item.kind != "undercut")
    done.update(dict.fromkeys(item for item in found if isinstance(item.target, str)))
    for item in found:
        chain = [item]
        while isinstance(chain[-1].target, GroundedRelation) and chain[-1].target not in done:
            chain.append(chain[-1].target)
        done.update(dict.fromkeys(reversed(chain)))
    return list(done)


def _target(
    item: GroundedRelation,
    made: Mapping[GroundedRelation, Relation],
    final: Mapping[str, str],
) -> str | None:
    """Return the id of what a relation bears on: None when that is not in the map."""
    if isinstance(item.target, GroundedRelation):
        struck = made.get(item.target)
        return None if struck is None else struck.id
    if item.kind != "undercut":
        return final[item.target]
    reason = final[item.target]
    inferences = (each for each in made.values() if not isinstance(each, Undercut))
    return next((each.id for each in inferences if reason in each.sources), None)


def _relation(
    item: GroundedRelation, relation_id: str, sources: tuple[str, ...], target: str
) -> Relation:
    origin = Origin(maker=_MAKER, cues=() if item.cue is None else (item.cue,))
    if item.kind == "support":
        return Support(id=relation_id, premises=sources, conclusion=target, origin=origin)
    made = Rebuttal if item.kind == "rebuttal" else Undercut
    return made(id=relation_id, source=sources[0], target=target, origin=origin)


def _numbered(
    made: Mapping[GroundedRelation, Relation], found: Sequence[GroundedRelation]
) -> list[Relation]:
    """Return the relations in the order of their sources, with their ids."""
    ordered = list({made[item].id: made[item] for item in found if item in made}.values())
    ids = {each.id: f"{each.kind[0]}{number}" for number, each in enumerate(ordered, 1)}
    return [
        each.replace(id=ids[each.id], target=ids[each.target])
        if isinstance(each, Undercut)
        else each.replace(id=ids[each.id])
        for each in ordered
    ]
