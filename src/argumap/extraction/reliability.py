"""Whether confidence means something: how often what was that sure was right."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from argumap.extraction.scoring import match_places, signed_pairs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from argumap.extraction.scoring import Place
    from argumap.model import ArgumentMap

__all__ = ["Judged", "judged", "kept", "reliability"]


@dataclass(frozen=True)
class Judged:
    """Something that was extracted, with how sure it was and whether annotators have it too.

    Attributes:
        what: ``"claim"``, ``"component"`` (of a claim that annotators have too) or ``"relation"``.
        confidence: How sure it was.
        right: Whether annotators have it too.
    """

    what: str
    confidence: float
    right: bool


def judged(gold: ArgumentMap, predicted: ArgumentMap) -> Iterator[Judged]:
    """Yield what a map holds that has a confidence, with whether the annotated map has it too.

    A relation is right when both of its ends are and the annotators link them, whatever the sign.
    """
    places, of_claim = _places(predicted)
    wanted, gold_claims = _places(gold)
    matched = match_places(wanted, places)
    twin = {of_claim[mine]: gold_claims[theirs] for mine, theirs in matched.items()}
    for claim in predicted.claims:
        if claim.confidence is not None:
            yield Judged("claim", claim.confidence, claim.id in twin)
        if claim.component_confidence is not None and claim.id in twin:
            same = gold.claim(twin[claim.id]).component == claim.component
            yield Judged("component", claim.component_confidence, same)
    pairs = set(signed_pairs(gold))
    for relation in predicted.relations:
        if relation.confidence is None:
            continue
        targets: tuple[str, ...] = (relation.target,)
        if relation.kind == "undercut":
            targets = predicted.relation(relation.target).sources
        right = any(
            (twin.get(source), twin.get(target)) in pairs
            for source in relation.sources
            for target in targets
        )
        yield Judged("relation", relation.confidence, right)


def _places(argmap: ArgumentMap) -> tuple[list[Place], list[str]]:
    """Return where the claims of a map are first said, and their ids."""
    places: list[Place] = []
    ids: list[str] = []
    for claim in argmap.claims:
        span = next((m.span for m in claim.mentions if m.span is not None), None)
        if span is not None:
            places.append((span.post_id, span.start, span.end))
            ids.append(claim.id)
    return places, ids


def reliability(
    rows: Iterable[Judged], bounds: Sequence[float]
) -> list[tuple[float, float, int, float, float]]:
    """Return for each stretch of confidence how much lies in it, and how much of that is right.

    Args:
        rows: What was judged.
        bounds: Where stretches begin and end, in order.

    Returns:
        Lower and upper bound, number, mean confidence, share that is right; empty stretches are
        left out. The last stretch holds its upper bound.

    Examples:
        >>> rows = [Judged("claim", 0.6, True), Judged("claim", 0.8, False)]
        >>> reliability(rows, [0.5, 1])
        [(0.5, 1, 2, 0.7, 0.5)]
    """
    found = list(rows)
    table = []
    for low, high in itertools.pairwise(bounds):
        within = [
            row
            for row in found
            if low <= row.confidence < high or (row.confidence == high == bounds[-1])
        ]
        if within:
            mean = sum(row.confidence for row in within) / len(within)
            share = sum(row.right for row in within) / len(within)
            table.append((low, high, len(within), round(mean, 4), round(share, 4)))
    return table


def kept(
    rows: Iterable[Judged], total: int, thresholds: Sequence[float]
) -> list[tuple[float, float, float]]:
    """Return each threshold with precision and recall of what is at least that sure.

    Args:
        rows: What was judged.
        total: How much the annotators have.
        thresholds: Least confidences.

    Examples:
        >>> rows = [Judged("claim", 0.6, True), Judged("claim", 0.8, True)]
        >>> kept(rows, 4, [0, 0.7])
        [(0, 1.0, 0.5), (0.7, 1.0, 0.25)]
    """
    found = list(rows)
    table = []
    for least in thresholds:
        sure = [row for row in found if row.confidence >= least]
        hits = sum(row.right for row in sure)
        table.append((least, round(hits / len(sure), 4) if sure else 0.0, round(hits / total, 4)))
    return table
