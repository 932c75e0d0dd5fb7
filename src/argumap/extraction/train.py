"""Train the heads of the trained extractor on annotated threads.

The same threads give the same bytes. Needs the extra ``train`` (NumPy and SciPy); the heads that
come out do not.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from argumap.errors import MissingExtraError
from argumap.extraction._draft import Draft
from argumap.extraction.gold import families
from argumap.extraction.samples import Sample
from argumap.extraction.trained.decoding import attach_units
from argumap.extraction.trained.extractor import (
    find_units,
    judge_units,
    propose_links,
    set_component,
)
from argumap.extraction.trained.head import Head
from argumap.extraction.trained.parents import Surroundings, candidates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from argumap.extraction._draft import Unit

try:
    import numpy as np
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix
except ImportError as error:
    raise MissingExtraError("train", "training the extractor") from error

__all__ = ["Sample", "train"]

# Strength of the pull of the weights towards zero (L2).
_PULL = {"joint": 10.0, "argument": 60.0, "component": 150.0, "parent": 20.0}
# What the weights are pulled towards: the rules are right until the data say otherwise.
_PRIOR: dict[str, dict[str, float]] = {
    "joint": {"ruled=True": 1.5, "ruled=False": -1.5},
    "argument": {"chaff=True": -2.0, "bias": 1.0},
    "component": {"ruled=claim": 2.0, "ruled=premise": -2.0},
    "parent": {"ruled=own": 3.0, "ruled=other": 3.0, "nothing,ruled=True": 3.0},
}
# Later heads learn from what earlier ones say of threads that they have not seen.
_FOLDS = 4
# What was seen less often says nothing.
_LEAST_SEEN = 3
_STEPS = 150


_Objective: TypeAlias = "Callable[[Any], tuple[float, Any]]"


@dataclass
class _Row:
    """One example for a head: the features of each choice, and which choices are right."""

    choices: list[list[str]]
    right: list[int]
    sample: Sample


def train(samples: Sequence[Sample]) -> dict[str, Head]:
    """Return heads trained on some threads, all annotated in one way."""
    joint, blind_joint = _fit("joint", _joint_rows(samples), samples)
    for sample in samples:
        sample.find(blind_joint[id(sample)])
    argument, blind_argument = _fit("argument", _argument_rows(samples), samples)
    component, blind_component = _fit("component", _component_rows(samples), samples)
    drafts = {
        id(sample): _proposed(sample, blind_joint[id(sample)], blind_component[id(sample)])
        for sample in samples
    }
    parent, blind_parent = _fit("parent", _parent_rows(samples, drafts), samples)
    blind = (blind_joint, blind_argument, blind_component, blind_parent)
    links = [
        outcome
        for sample in samples
        if "relations" in sample.gold.tasks
        for outcome in _links(sample, *(heads[id(sample)] for heads in blind))
    ]
    link = Head({}, 0.0, *_calibrate(links))
    return {
        "joint": joint,
        "argument": argument,
        "component": component,
        "parent": parent,
        "link": link,
    }


def _links(
    sample: Sample, joint: Head, argument: Head, component: Head, parent: Head
) -> Iterator[tuple[float, bool]]:
    """Yield the score of each link made in a thread unseen, and whether annotators have it."""
    draft = Draft(sample.thread)
    find_units(draft, joint)
    twin = dict(zip(draft.units(), sample.units, strict=True))
    judge_units(draft, argument, component)
    propose_links(draft)
    truth = _truth(sample)
    for unit, score in attach_units(draft, parent).items():
        source = sample.matched.get(twin[unit], "")
        target = sample.matched.get(twin[unit.links[0].target])
        yield score, target in truth.get(source, {})


def _joint_rows(samples: Iterable[Sample]) -> list[_Row]:
    return [
        _Row([features], [0] if parts else [], sample)
        for sample in samples
        if "units" in sample.gold.tasks
        for features, parts in sample.joints
    ]


def _argument_rows(samples: Iterable[Sample]) -> list[_Row]:
    return [
        _Row([features], [0] if unit in sample.matched else [], sample)
        for sample in samples
        if "units" in sample.gold.tasks
        for unit, features in zip(sample.units, sample.features, strict=True)
        if unit in sample.matched or unit not in sample.partly
    ]


def _component_rows(samples: Iterable[Sample]) -> list[_Row]:
    return [
        _Row(
            [features],
            [0] if sample.gold.argmap.claim(sample.matched[unit]).component == "claim" else [],
            sample,
        )
        for sample in samples
        if "kind" in sample.gold.tasks
        for unit, features in zip(sample.units, sample.features, strict=True)
        if unit in sample.matched
    ]


def _proposed(sample: Sample, joint: Head, judge: Head) -> tuple[Draft, dict[Unit, str]]:
    """Return a draft of the argumentative units of a thread with the links of the rules."""
    draft = Draft(sample.thread)
    find_units(draft, joint)
    twin = dict(zip(draft.units(), sample.units, strict=True))
    for unit, features in zip(list(draft.units()), sample.features, strict=True):
        set_component(unit, judge.probability(judge.score(features)))
    for post in draft.posts:
        kept = [
            unit
            for unit in post.units
            if twin[unit] in sample.matched or twin[unit] in sample.partly
        ]
        gone = [n for n, unit in enumerate(post.units) if unit not in set(kept)]
        for stand in post.stands:
            stand.before -= sum(number < stand.before for number in gone)
        post.units = kept
    propose_links(draft)
    claims = {
        unit: sample.matched[twin[unit]] for unit in draft.units() if twin[unit] in sample.matched
    }
    return draft, claims


def _truth(sample: Sample) -> dict[str, dict[str, str]]:
    """Return for each annotated claim what it bears on, and with which sign."""
    found: dict[str, dict[str, str]] = {}
    argmap = sample.gold.argmap
    for relation in argmap.relations:
        targets: tuple[str, ...] = (relation.target,)
        if relation.kind == "undercut":
            targets = argmap.relation(relation.target).sources
        for source in relation.sources:
            for target in targets:
                found.setdefault(source, {})[target] = relation.kind
    return found


_Drafts = dict[int, tuple[Draft, dict["Unit", str]]]


def _parent_rows(samples: Iterable[Sample], drafts: _Drafts) -> list[_Row]:
    rows: list[_Row] = []
    for sample in samples:
        if "relations" not in sample.gold.tasks:
            continue
        draft, claims = drafts[id(sample)]
        truth = _truth(sample)
        around = Surroundings(draft)
        for unit, claim in claims.items():
            found = candidates(draft, around, unit)
            wanted = truth.get(claim, {})
            right = [
                number
                for number, each in enumerate(found)
                if each.target is not None and claims.get(each.target) in wanted
            ]
            if not wanted:
                right = [0]
            if right:
                rows.append(_Row([each.features for each in found], right, sample))
    return rows


def _fit(
    name: str, rows: Sequence[_Row], samples: Sequence[Sample]
) -> tuple[Head, dict[int, Head]]:
    """Return the head, and for each thread (by identity) a head that has not seen it."""
    fold_of = {
        id(thread): number % _FOLDS
        for number, family in enumerate(families([sample.gold for sample in samples]))
        for thread in family
    }
    unseen: list[Head] = []
    scored: list[tuple[float, bool]] = []
    for fold in range(_FOLDS):
        others = [row for row in rows if fold_of[id(row.sample.gold)] != fold]
        head = _head(_minimum(name, others))
        unseen.append(head)
        scored += [_outcome(head, r) for r in rows if fold_of[id(r.sample.gold)] == fold]
    slope, offset = _calibrate(scored)
    head = _head(_minimum(name, rows))
    blind = {id(sample): unseen[fold_of[id(sample.gold)]] for sample in samples}
    return Head(head.weights, head.bias, slope, offset), blind


def _outcome(head: Head, row: _Row) -> tuple[float, bool]:
    """Return the score of a decision, and whether it was right (for one choice: whether it is)."""
    scores = [head.score(choice) for choice in row.choices]
    if len(scores) == 1:
        return scores[0], bool(row.right)
    best = max(range(len(scores)), key=scores.__getitem__)
    others = np.logaddexp.reduce([s for n, s in enumerate(scores) if n != best])
    return float(scores[best] - others), best in row.right


def _calibrate(scored: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Return slope and offset of Platt scaling (Platt 1999, with his smoothed targets)."""
    if not scored:
        return 1.0, 0.0
    values = np.array([score for score, _ in scored])
    hits = np.array([right for _, right in scored])
    positive, negative = int(hits.sum()), int((~hits).sum())
    targets = np.where(hits, (positive + 1) / (positive + 2), 1 / (negative + 2))

    def loss(line: Any) -> float:
        z = line[0] * values + line[1]
        return float(np.sum(np.logaddexp(0, z) - targets * z))

    found = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead").x
    return float(found[0]), float(found[1])


def _minimum(name: str, rows: Sequence[_Row]) -> dict[str, float]:
    """Return the weights of a regularised logistic or (with several choices) softmax model."""
    index: dict[str, int] = {"bias": 0}
    columns: list[int] = []
    starts = [0]
    seen = Counter(feature for row in rows for choice in row.choices for feature in set(choice))
    for row in rows:
        for choice in row.choices:
            named = [f for f in dict.fromkeys(choice) if seen[f] >= _LEAST_SEEN]
            columns.append(0)
            columns.extend(index.setdefault(feature, len(index)) for feature in named)
            starts.append(len(columns))
    matrix = csr_matrix(
        (
            np.ones(len(columns)),
            np.array(columns, dtype=np.int32),
            np.array(starts, dtype=np.int32),
        ),
        shape=(len(starts) - 1, len(index)),
    )
    pull = _PULL[name]
    loss = _softmax_loss if any(len(row.choices) > 1 for row in rows) else _logistic_loss
    objective = loss(matrix, rows)

    start = np.zeros(len(index))
    for key, value in _PRIOR[name].items():
        if key in index:
            start[index[key]] = value

    def penalised(w: Any) -> tuple[float, Any]:
        value, gradient = objective(w)
        away = w - start
        return value + 0.5 * pull * float(away @ away), gradient + pull * away

    found = minimize(penalised, start, jac=True, method="L-BFGS-B", options={"maxiter": _STEPS}).x
    return {key: float(found[column]) for key, column in index.items()}


def _logistic_loss(matrix: Any, rows: Sequence[_Row]) -> _Objective:
    targets = np.array([1.0 if row.right else 0.0 for row in rows])

    def objective(w: Any) -> tuple[float, Any]:
        z = matrix @ w
        value = float(np.sum(np.logaddexp(0, z) - targets * z))
        return value, matrix.T @ (1 / (1 + np.exp(-z)) - targets)

    return objective


def _softmax_loss(matrix: Any, rows: Sequence[_Row]) -> _Objective:
    sizes = np.array([len(row.choices) for row in rows])
    first = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    owner = np.repeat(np.arange(len(rows)), sizes)
    right = np.zeros(len(owner), dtype=bool)
    for start, row in zip(first, rows, strict=True):
        right[[start + number for number in row.right]] = True

    def objective(w: Any) -> tuple[float, Any]:
        z = matrix @ w
        z = z - np.maximum.reduceat(z, first)[owner]
        e = np.exp(z)
        share = e / np.add.reduceat(e, first)[owner]
        kept = np.where(right, e, 0.0)
        among = kept / np.add.reduceat(kept, first)[owner]
        found = np.add.reduceat(np.where(right, share, 0.0), first)
        value = float(-np.sum(np.log(np.maximum(found, 1e-12))))
        return value, matrix.T @ (share - among)

    return objective


def _head(weights: dict[str, float]) -> Head:
    bias = weights.get("bias", 0.0)
    return Head({name: value for name, value in weights.items() if name != "bias"}, bias)
