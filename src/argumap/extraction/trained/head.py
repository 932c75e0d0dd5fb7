"""A trained head: a linear model over named features and words, in plain Python."""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from argumap.errors import ExtractionError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Evidence", "Head", "dump_heads", "load_heads", "shipped_heads"]

_VERSION = "argumap-heads/2"
# Of longer units only the beginning is heard: all that may bear on one ask for its words.
_MOST_HEARD = 100


@dataclass(slots=True)
class Evidence:
    """What a head judges by.

    Attributes:
        features: Named features that are present.
        words: The words of units, each unit's by the part that it plays ("target in own post"); of
            each the first hundred.
    """

    features: list[str]
    words: tuple[tuple[str, Sequence[str]], ...] = ()

    def __post_init__(self) -> None:
        self.words = tuple((part, words[:_MOST_HEARD]) for part, words in self.words)


@dataclass(frozen=True)
class Head:
    """A linear model whose score becomes a calibrated probability.

    Attributes:
        weights: What each feature adds to the score.
        bias: The score where no feature is present.
        slope: Of the calibration: probability = logistic(slope × score + offset).
        offset: Of the calibration.
        words: For each part that a unit plays, what each of its words adds to the score, divided
            by the root of how many different words of it are known.
    """

    weights: Mapping[str, float]
    bias: float = 0.0
    slope: float = 1.0
    offset: float = 0.0
    words: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def score(self, evidence: Evidence) -> float:
        """Return the score of some evidence.

        Examples:
            >>> head = Head({"question": -1.0}, words={"unit": {"should": 2.0, "the": -1.0}})
            >>> head.score(Evidence(["question"], (("unit", ["should", "it"]),)))
            1.0
        """
        get = self.weights.get
        total = self.bias + sum([get(feature, 0.0) for feature in evidence.features])
        for part, words in evidence.words:
            table = self.words.get(part)
            if table:
                known = [table[word] for word in dict.fromkeys(words) if word in table]
                if known:
                    total += sum(known) / math.sqrt(len(known))
        return total

    def probability(self, score: float) -> float:
        """Return the calibrated probability that belongs to a score (Platt scaling).

        Examples:
            >>> Head({}).probability(0.0)
            0.5
        """
        z = max(-30.0, min(30.0, self.slope * score + self.offset))
        return 1.0 / (1.0 + math.exp(-z))


def dump_heads(heads: Mapping[str, Head], about: Mapping[str, Any]) -> str:
    """Return heads as JSON text: sorted, rounded, with a checksum of the heads.

    What words add stands in one table, in thousandths: a line for each word, a column for each
    part that it plays in a head.
    """
    body = {
        name: {
            "bias": round(head.bias, 4),
            "slope": round(head.slope, 4),
            "offset": round(head.offset, 4),
            "weights": {
                feature: round(weight, 3)
                for feature, weight in sorted(head.weights.items())
                if abs(weight) >= 0.0005
            },
        }
        for name, head in sorted(heads.items())
    }
    columns = [(name, part) for name, head in sorted(heads.items()) for part in sorted(head.words)]
    tables = [heads[name].words[part] for name, part in columns]
    table = {
        word: " ".join(str(round(1000 * table.get(word, 0.0))) for table in tables)
        for word in sorted(set().union(*tables))
    }
    words = {"columns": [f"{name}: {part}" for name, part in columns], "thousandths": table}
    document = {
        "version": _VERSION,
        "about": about,
        "sha256": _checksum([body, words]),
        "heads": body,
        "words": words,
    }
    return json.dumps(document, indent=0, ensure_ascii=False, sort_keys=True) + "\n"


def load_heads(text: str, *, source: str) -> dict[str, Head]:
    """Return the heads in a JSON text.

    Raises:
        ExtractionError: It is no such text, of another version, or was changed since it was made.
    """
    try:
        document = json.loads(text)
        version = document["version"]
        if version != _VERSION:
            raise ExtractionError(f"{source}: weights of version {version!r}, not {_VERSION!r}")
        body, words = document["heads"], document["words"]
        if document["sha256"] != _checksum([body, words]):
            raise ExtractionError(f"{source}: the weights do not fit their checksum")
        spoken = _spoken(words)
        return {
            name: Head(
                weights=head["weights"],
                bias=head["bias"],
                slope=head["slope"],
                offset=head["offset"],
                words=spoken.get(name, {}),
            )
            for name, head in body.items()
        }
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ExtractionError(f"{source}: these are no weights of argumap: {error!r}") from error


def _spoken(words: Mapping[str, Any]) -> dict[str, dict[str, dict[str, float]]]:
    """Return what words add, by head and part."""
    rows = {
        word: [int(number) / 1000 for number in numbers.split()]
        for word, numbers in words["thousandths"].items()
    }
    found: dict[str, dict[str, dict[str, float]]] = {}
    for column, heading in enumerate(words["columns"]):
        name, _, part = heading.partition(": ")
        found.setdefault(name, {})[part] = {word: row[column] for word, row in rows.items()}
    return found


@cache
def shipped_heads() -> Mapping[str, Head]:
    """Return the heads that come with argumap, read once."""
    path = resources.files("argumap.extraction.trained").joinpath("weights.json")
    return load_heads(path.read_text("utf-8"), source="weights.json")


def _checksum(body: object) -> str:
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
