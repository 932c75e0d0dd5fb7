"""Fit a head: a regularised linear model over named features and, by their vectors, over words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from argumap.errors import MissingExtraError
from argumap.extraction.gold import families
from argumap.extraction.trained.head import Evidence, Head

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from argumap.extraction.samples import Sample
    from argumap.extraction.vectors import WordVectors

try:
    import numpy as np
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix
    from threadpoolctl import threadpool_limits
except ImportError as error:
    raise MissingExtraError("train", "training the extractor") from error

__all__ = ["Aim", "Example", "calibrate", "fit"]

# Strength of the pull of the weights of features (L2). Of several, that is taken with which a head
# judges the threads best that it is to be good at, unseen: what the rules are worth for components
# differs most from one guideline to another.
_PULLS: dict[str, tuple[float, ...]] = {
    "joint": (10.0,),
    "argument": (60.0,),
    "component": (50.0, 150.0),
    "parent": (20.0,),
}
# What they are pulled towards: the rules are right until the data say otherwise.
_PRIOR: dict[str, dict[str, float]] = {
    "joint": {"ruled=True": 1.5, "ruled=False": -1.5, "parts=True": 2.0},
    "argument": {"chaff=True": -2.0, "bias": 1.0},
    "component": {"ruled=claim": 2.0, "ruled=premise": -2.0},
    "parent": {"ruled=own": 3.0, "ruled=other": 3.0, "nothing,ruled=True": 3.0},
}
# Strength of the pull towards zero of what words add, in each dimension of their vectors.
_PULL_OF_WORDS = {"joint": 700.0, "argument": 500.0, "component": 500.0, "parent": 1500.0}
# Later heads learn from what earlier ones say of threads that they have not seen.
_FOLDS = 4
# What was seen less often says nothing.
_LEAST_SEEN = 3
_STEPS = 150


@dataclass
class Example:
    """One example for a head: the evidence for each choice, and which choices are right."""

    choices: list[Evidence]
    right: list[int]
    sample: Sample


@dataclass
class Aim:
    """What heads are fitted with, and for.

    Attributes:
        samples: All threads.
        aims: By identity, those that the heads are to be good at.
        vectors: What words are like, or None to go by named features alone.
    """

    samples: Sequence[Sample]
    aims: Collection[int]
    vectors: WordVectors | None


def fit(name: str, examples: Sequence[Example], aim: Aim) -> tuple[Head, dict[int, Head]]:
    """Return the head, and for each thread (by identity) a head that has not seen it."""
    fold_of = {
        id(thread): number % _FOLDS
        for number, family in enumerate(families([sample.gold for sample in aim.samples]))
        for thread in family
    }
    with threadpool_limits(1):  # the same bytes, however many cores there are
        return _fitted(name, examples, aim, fold_of)


def _fitted(
    name: str, examples: Sequence[Example], aim: Aim, fold_of: Mapping[int, int]
) -> tuple[Head, dict[int, Head]]:
    aimed = [number for number, each in enumerate(examples) if id(each.sample) in aim.aims]
    tries = []
    for pull in _PULLS[name]:
        heads = [
            _head(name, [e for e in examples if fold_of[id(e.sample.gold)] != fold], pull, aim)
            for fold in range(_FOLDS)
        ]
        scored = [_outcome(heads[fold_of[id(each.sample.gold)]], each) for each in examples]
        tries.append((_log_loss(scored[n] for n in aimed), pull, heads, scored))
    _, pull, heads, scored = min(tries, key=lambda each: each[:2])
    slope, offset = calibrate(scored)
    head = _head(name, examples, pull, aim)
    blind = {id(sample): heads[fold_of[id(sample.gold)]] for sample in aim.samples}
    return replace(head, slope=slope, offset=offset), blind


def _log_loss(scored: Iterable[tuple[float, bool]]) -> float:
    """Return the summed log loss of decisions as they are scored, before calibration."""
    return float(sum(np.logaddexp(0, -score if right else score) for score, right in scored))


def _outcome(head: Head, example: Example) -> tuple[float, bool]:
    """Return the score of a decision, and whether it was right (for one choice: whether it is)."""
    scores = [head.score(choice) for choice in example.choices]
    if len(scores) == 1:
        return scores[0], bool(example.right)
    best = max(range(len(scores)), key=scores.__getitem__)
    others = np.logaddexp.reduce([s for n, s in enumerate(scores) if n != best])
    return float(scores[best] - others), best in example.right


def calibrate(scored: Sequence[tuple[float, bool]]) -> tuple[float, float]:
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


_Objective: TypeAlias = "Callable[[Any], tuple[float, Any]]"
"""Of the scores of all choices, the loss and how it grows with each score."""


def _head(name: str, examples: Sequence[Example], pull: float, aim: Aim) -> Head:
    """Return a regularised logistic or (with several choices) softmax model, not calibrated."""
    choices = [choice for example in examples for choice in example.choices]
    index, features = _feature_matrix(choices)
    several = any(len(example.choices) > 1 for example in examples)
    objective = _softmax_loss(examples) if several else _logistic_loss(examples)
    start = np.zeros(len(index))
    for feature, value in _PRIOR[name].items():
        if feature in index:
            start[index[feature]] = value
    vectors = aim.vectors
    parts = {} if vectors is None else _word_matrices(choices, vectors)
    pulls = pull, _PULL_OF_WORDS[name]
    named, directions = _minimum(objective, features, list(parts.values()), start, pulls)
    weights = {feature: float(named[column]) for feature, column in index.items()}
    bias = weights.pop(_BIAS)
    if vectors is None:
        return Head(weights, bias)
    words = {part: vectors.along(line) for part, line in zip(parts, directions, strict=True)}
    return Head(weights, bias, words=words)


def _minimum(
    objective: _Objective,
    features: Any,
    parts: Sequence[tuple[Any, Any]],
    start: Any,
    pulls: tuple[float, float],
) -> tuple[Any, Any]:
    """Return the weights of features and the directions of words where the loss is least.

    Args:
        objective: The loss.
        features: Choices × features.
        parts: For each part that units play, units × dimensions, and choices × units.
        start: What the weights of features are pulled towards.
        pulls: How strongly these are pulled, and the directions towards zero.
    """
    size = len(start)
    shape = (len(parts), parts[0][0].shape[1] if parts else 0)
    pull, pull_of_words = pulls

    def penalised(w: Any) -> tuple[float, Any]:
        named, directions = w[:size], w[size:].reshape(shape)
        scores = features @ named
        for (units, chosen), direction in zip(parts, directions, strict=True):
            scores = scores + chosen @ (units @ direction)
        loss, slopes = objective(scores)
        away = named - start
        gradient = [features.T @ slopes + pull * away]
        for (units, chosen), direction in zip(parts, directions, strict=True):
            gradient.append(units.T @ (chosen.T @ slopes) + pull_of_words * direction)
        penalty = pull * float(away @ away) + pull_of_words * float(np.sum(directions**2))
        return loss + 0.5 * penalty, np.concatenate(gradient)

    first = np.concatenate([start, np.zeros(shape[0] * shape[1])])
    options = {"maxiter": _STEPS}
    found = minimize(penalised, first, jac=True, method="L-BFGS-B", options=options).x
    return found[:size], found[size:].reshape(shape)


_BIAS = "bias"


def _feature_matrix(choices: Sequence[Evidence]) -> tuple[dict[str, int], Any]:
    """Return the column of each feature that was seen often enough, and choices × features."""
    index: dict[str, int] = {_BIAS: 0}
    columns: list[int] = []
    starts = [0]
    seen = Counter(feature for choice in choices for feature in set(choice.features))
    for choice in choices:
        named = [f for f in dict.fromkeys(choice.features) if seen[f] >= _LEAST_SEEN]
        columns.append(0)
        columns.extend(index.setdefault(feature, len(index)) for feature in named)
        starts.append(len(columns))
    return index, _ones(columns, starts, len(index))


def _ones(columns: list[int], starts: list[int], width: int) -> Any:
    places = (np.array(columns, dtype=np.int32), np.array(starts, dtype=np.int32))
    return csr_matrix((np.ones(len(columns)), *places), shape=(len(starts) - 1, width))


def _word_matrices(choices: Sequence[Evidence], vectors: WordVectors) -> dict[str, tuple[Any, Any]]:
    """Return for each part that units play their vectors, and which unit plays it in each choice.

    The vectors of a unit stand in one row, however many choices it is in.
    """
    found = {}
    for part in sorted({part for choice in choices for part, _ in choice.words}):
        index: dict[tuple[str, ...], int] = {}
        columns: list[int] = []
        starts = [0]
        for choice in choices:
            said = [tuple(words) for name, words in choice.words if name == part]
            columns.extend(index.setdefault(words, len(index)) for words in said)
            starts.append(len(columns))
        units = np.array([vectors.of(words) for words in index])
        found[part] = units, _ones(columns, starts, len(index))
    return found


def _logistic_loss(examples: Sequence[Example]) -> _Objective:
    targets = np.array([1.0 if example.right else 0.0 for example in examples])

    def objective(z: Any) -> tuple[float, Any]:
        value = float(np.sum(np.logaddexp(0, z) - targets * z))
        return value, 1 / (1 + np.exp(-z)) - targets

    return objective


def _softmax_loss(examples: Sequence[Example]) -> _Objective:
    sizes = np.array([len(example.choices) for example in examples])
    first = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    owner = np.repeat(np.arange(len(examples)), sizes)
    right = np.zeros(len(owner), dtype=bool)
    for start, example in zip(first, examples, strict=True):
        right[[start + number for number in example.right]] = True

    def objective(z: Any) -> tuple[float, Any]:
        z = z - np.maximum.reduceat(z, first)[owner]
        e = np.exp(z)
        share = e / np.add.reduceat(e, first)[owner]
        kept = np.where(right, e, 0.0)
        among = kept / np.add.reduceat(kept, first)[owner]
        found = np.add.reduceat(np.where(right, share, 0.0), first)
        return float(-np.sum(np.log(np.maximum(found, 1e-12)))), share - among

    return objective
