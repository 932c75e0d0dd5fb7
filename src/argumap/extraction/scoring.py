"""How well a map that was extracted fits one that people annotated."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from argumap.extraction.gold import TASKS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from argumap.model import ArgumentMap

__all__ = ["MEASURES", "Place", "Score", "match_places", "score_map", "score_table", "signed_pairs"]

MEASURES: Mapping[str, str] = {
    "unit": "F1 of units: one to one, half of their characters in common (IoU)",
    "kind": "macro-F1 of claim and premise, over matched units",
    "rel": "F1 of directed relations both of whose ends match, end to end",
    "rel*": "the same, between matched units only",
    "type": "macro-F1 of support and attack, end to end",
    "stance": "share of the right relations that have the right sign",
    "reply": "macro-F1 of the sign of each reply towards earlier posts",
    "unsup": "macro-F1 of the query 'which units lack support', over matched units",
    "unsupC": "the same, over the units annotated as claims",
}

_LEAST_OVERLAP = 0.5
_Sign = Literal["support", "attack"]


@dataclass(frozen=True)
class Score:
    """The counts of one or more threads; scores add up.

    Examples:
        >>> Score(Counter(unit_hit=1, unit_predicted=2, unit_gold=1)).measures()["unit"]
        0.6666666666666666
    """

    counts: Counter[str]

    def __add__(self, other: Score) -> Score:
        return Score(Counter(self.counts) + Counter(other.counts))

    def measures(self) -> dict[str, float | None]:
        """Return each of `MEASURES`; None where the annotation has nothing to measure."""
        c = self.counts
        signs = [sign for sign in ("support", "attack") if c[f"type_gold_{sign}"]]
        reply_signs = [sign for sign in ("support", "attack") if c[f"reply_gold_{sign}"]]
        return {
            "unit": _f1(c, "unit"),
            "kind": _mean([_f1(c, "kind", kind) for kind in ("claim", "premise")]),
            "rel": _f1(c, "rel"),
            "rel*": _f1(c, "inner"),
            "type": _mean([_f1(c, "type", sign) for sign in signs]),
            "stance": c["stance_right"] / c["rel_hit"] if c["rel_hit"] else None,
            "reply": _mean([_f1(c, "reply", sign) for sign in reply_signs]),
            "unsup": _mean([_f1(c, "unsup", answer) for answer in ("yes", "no")]),
            "unsupC": _mean([_f1(c, "unsupC", answer) for answer in ("yes", "no")]),
        }


def _f1(counts: Mapping[str, int], name: str, of: str | None = None) -> float | None:
    """Return the F1 of the class `of` of a measure; None where it occurs on neither side."""
    tail = f"_{of}" if of else ""
    total = counts[f"{name}_predicted{tail}"] + counts[f"{name}_gold{tail}"]
    return 2 * counts[f"{name}_hit{tail}"] / total if total else None


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


@dataclass(frozen=True)
class _Unit:
    post: str
    start: int
    end: int
    component: str


@dataclass(frozen=True)
class _Scored:
    """A map as the measures see it: numbered units, and signed pairs of them."""

    units: list[_Unit]
    pairs: dict[tuple[int, int], _Sign]


def score_map(
    gold: ArgumentMap, predicted: ArgumentMap, *, tasks: Collection[str] = TASKS
) -> Score:
    """Return the score of a predicted map against an annotated map of the same thread.

    The units are the places where claims are asserted or conceded; a place that only agrees or
    quotes is none. A claim without a place counts in neither map. An undercut counts as an attack
    on the premises of the inference that it strikes.

    Args:
        gold: The annotated map; it holds its thread.
        predicted: The map to be scored.
        tasks: What to measure.
    """
    want, have = _scored(gold), _scored(predicted)
    matched = match_places(
        [(u.post, u.start, u.end) for u in want.units],
        [(u.post, u.start, u.end) for u in have.units],
    )
    counts: Counter[str] = Counter()
    if "units" in tasks:
        counts["unit_hit"] = len(matched)
        counts["unit_predicted"] = len(have.units)
        counts["unit_gold"] = len(want.units)
    if "kind" in tasks:
        for mine, theirs in matched.items():
            _count_class(counts, "kind", want.units[theirs].component, have.units[mine].component)
    _count_relations(counts, want, have, matched, tasks)
    if "reply" in tasks and gold.thread is not None:
        order = {post.id: number for number, post in enumerate(gold.thread.posts)}
        wanted, got = _reply_signs(want, order), _reply_signs(have, order)
        for post in order:
            _count_class(counts, "reply", wanted.get(post), got.get(post))
    return Score(counts)


def _scored(argmap: ArgumentMap) -> _Scored:
    units: list[_Unit] = []
    first: dict[str, int] = {}
    for claim in argmap.claims:
        for mention in claim.mentions:
            if mention.span is None or mention.stance not in {"asserts", "concedes"}:
                continue
            first.setdefault(claim.id, len(units))
            span = mention.span
            units.append(_Unit(span.post_id, span.start, span.end, claim.component or "claim"))
    pairs: dict[tuple[int, int], _Sign] = {}
    for (source, target), sign in signed_pairs(argmap).items():
        if source in first and target in first:
            pairs.setdefault((first[source], first[target]), sign)
    return _Scored(units, pairs)


def signed_pairs(argmap: ArgumentMap) -> dict[tuple[str, str], _Sign]:
    """Return which claims bear on which, by id, and the sign; undercuts attack premises."""
    pairs: dict[tuple[str, str], _Sign] = {}
    for relation in argmap.relations:
        sign: _Sign = "support" if relation.kind == "support" else "attack"
        targets: tuple[str, ...] = (relation.target,)
        if relation.kind == "undercut":
            targets = argmap.relation(relation.target).sources
        for source in relation.sources:
            for target in targets:
                if source != target:
                    pairs.setdefault((source, target), sign)
    return pairs


Place = tuple[str, int, int]


def match_places(gold: Sequence[Place], predicted: Sequence[Place]) -> dict[int, int]:
    """Return number of predicted place → number of annotated place, one to one.

    A place is a post with start and end. Two places match when their common characters are at
    least half of all that either has (IoU), the greatest overlap first.

    Examples:
        >>> match_places([("p1", 0, 10)], [("p1", 20, 30), ("p1", 0, 8)])
        {1: 0}
    """
    by_post: dict[str, list[tuple[int, int, int]]] = {}
    for number, (post, start, end) in enumerate(gold):
        by_post.setdefault(post, []).append((start, end, number))
    candidates = []
    for number, (post, start, end) in enumerate(predicted):
        for from_, to, other in by_post.get(post, ()):
            common = min(end, to) - max(start, from_)
            whole = max(end, to) - min(start, from_)
            if common > 0 and common / whole >= _LEAST_OVERLAP:
                candidates.append((-common / whole, from_, other, number))
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, other, number in sorted(candidates):
        if other not in taken and number not in matched:
            taken.add(other)
            matched[number] = other
    return matched


def _count_relations(
    counts: Counter[str],
    want: _Scored,
    have: _Scored,
    matched: Mapping[int, int],
    tasks: Collection[str],
) -> None:
    mapped: dict[tuple[int, int], _Sign] = {}
    for (source, target), sign in have.pairs.items():
        if source in matched and target in matched:
            mapped.setdefault((matched[source], matched[target]), sign)
    found = set(matched.values())
    inner = {pair: s for pair, s in want.pairs.items() if found.issuperset(pair)}
    hits = [pair for pair in mapped if pair in want.pairs]
    if "relations" in tasks:
        counts["rel_hit"] = counts["inner_hit"] = len(hits)
        counts["rel_predicted"], counts["rel_gold"] = len(have.pairs), len(want.pairs)
        counts["inner_predicted"], counts["inner_gold"] = len(mapped), len(inner)
        for sign in have.pairs.values():
            counts[f"type_predicted_{sign}"] += 1
        for sign in want.pairs.values():
            counts[f"type_gold_{sign}"] += 1
        for pair in hits:
            if mapped[pair] == want.pairs[pair]:
                counts["stance_right"] += 1
                counts[f"type_hit_{mapped[pair]}"] += 1
        supported = {target for (_, target), sign in want.pairs.items() if sign == "support"}
        held = {target for (_, target), sign in have.pairs.items() if sign == "support"}
        for mine, theirs in matched.items():
            truth = "no" if theirs in supported else "yes"
            answer = "no" if mine in held else "yes"
            _count_class(counts, "unsup", truth, answer)
            if want.units[theirs].component == "claim":
                _count_class(counts, "unsupC", truth, answer)


def _count_class(counts: Counter[str], name: str, gold: str | None, predicted: str | None) -> None:
    if gold is not None:
        counts[f"{name}_gold_{gold}"] += 1
    if predicted is not None:
        counts[f"{name}_predicted_{predicted}"] += 1
    if gold is not None and gold == predicted:
        counts[f"{name}_hit_{gold}"] += 1


def _reply_signs(scored: _Scored, order: Mapping[str, int]) -> dict[str, str]:
    """Return for each post that bears on earlier ones whether it is for or against them."""
    sums: dict[str, int] = {}
    for (source, target), sign in scored.pairs.items():
        here, there = scored.units[source].post, scored.units[target].post
        if here == there or order.get(there, 0) > order.get(here, 0):
            continue
        sums[here] = sums.get(here, 0) + (1 if sign == "support" else -1)
    return {post: "support" if total > 0 else "attack" for post, total in sums.items()}


def score_table(
    scored: Iterable[tuple[str, Score]], *, resamples: int = 0, seed: int = 0
) -> dict[str, tuple[float, float, float] | None]:
    """Return each measure over all threads, with the 95 % interval of a bootstrap.

    Args:
        scored: The group and the score of each thread. Whole groups are resampled, since threads
            below one opening post are not independent.
        resamples: How often; 0 gives intervals of no width.
        seed: Of the random numbers.

    Returns:
        Measure → value, lower and upper end; None where nothing can be measured.
    """
    groups: dict[str, Score] = {}
    for group, score in scored:
        groups[group] = groups[group] + score if group in groups else score
    whole = sum(groups.values(), Score(Counter())).measures()
    samples = list(_resampled(list(groups.values()), resamples, seed))
    table: dict[str, tuple[float, float, float] | None] = {}
    for name, value in whole.items():
        if value is None:
            table[name] = None
            continue
        drawn = sorted(v for sample in samples if (v := sample[name]) is not None) or [value]
        low = drawn[int(0.025 * len(drawn))]
        high = drawn[min(len(drawn) - 1, int(0.975 * len(drawn)))]
        table[name] = (value, low, high)
    return table


def _resampled(scores: Sequence[Score], times: int, seed: int) -> Iterator[dict[str, float | None]]:
    random_numbers = random.Random(seed)  # noqa: S311 - a bootstrap, not a secret
    for _ in range(times if scores else 0):
        total: Counter[str] = Counter()
        for score in random_numbers.choices(scores, k=len(scores)):
            total.update(score.counts)
        yield Score(total).measures()
