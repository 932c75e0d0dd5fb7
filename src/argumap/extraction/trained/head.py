"""A trained head: a linear model over named features, in plain Python."""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

from argumap.errors import ExtractionError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Head", "dump_heads", "load_heads", "shipped_heads"]

_VERSION = "argumap-heads/1"


@dataclass(frozen=True)
class Head:
    """A linear model whose score becomes a calibrated probability.

    Attributes:
        weights: What each feature adds to the score.
        bias: The score where no feature is present.
        slope: Of the calibration: probability = logistic(slope × score + offset).
        offset: Of the calibration.
    """

    weights: Mapping[str, float]
    bias: float = 0.0
    slope: float = 1.0
    offset: float = 0.0

    def score(self, features: Iterable[str]) -> float:
        """Return the score of what has these features."""
        get = self.weights.get
        return self.bias + sum([get(feature, 0.0) for feature in features])

    def probability(self, score: float) -> float:
        """Return the calibrated probability that belongs to a score (Platt scaling).

        Examples:
            >>> Head({}).probability(0.0)
            0.5
        """
        z = max(-30.0, min(30.0, self.slope * score + self.offset))
        return 1.0 / (1.0 + math.exp(-z))

    def strongest(self, features: Iterable[str], *, positive: bool, count: int = 2) -> list[str]:
        """Return the features that speak most for a judgement, the strongest first."""
        sign = 1 if positive else -1
        pulls = [(sign * self.weights.get(f, 0.0), f) for f in dict.fromkeys(features)]
        return [f for pull, f in sorted(pulls, key=lambda p: (-p[0], p[1]))[:count] if pull > 0]


def dump_heads(heads: Mapping[str, Head], about: Mapping[str, Any]) -> str:
    """Return heads as JSON text: sorted, rounded, with a checksum of the heads."""
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
    document = {"version": _VERSION, "about": about, "sha256": _checksum(body), "heads": body}
    return json.dumps(document, indent=0, ensure_ascii=False, sort_keys=True) + "\n"


def load_heads(text: str, *, source: str) -> dict[str, Head]:
    """Return the heads in a JSON text.

    Raises:
        ExtractionError: It is no such text, of another version, or was changed since it was made.
    """
    try:
        document = json.loads(text)
        version, body = document["version"], document["heads"]
        if version != _VERSION:
            raise ExtractionError(f"{source}: weights of version {version!r}, not {_VERSION!r}")
        if document["sha256"] != _checksum(body):
            raise ExtractionError(f"{source}: the weights do not fit their checksum")
        return {
            name: Head(
                weights=head["weights"],
                bias=head["bias"],
                slope=head["slope"],
                offset=head["offset"],
            )
            for name, head in body.items()
        }
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ExtractionError(f"{source}: these are no weights of argumap: {error!r}") from error


def shipped_heads() -> dict[str, Head]:
    """Return the heads that come with argumap."""
    path = resources.files("argumap.extraction.trained").joinpath("weights.json")
    return load_heads(path.read_text("utf-8"), source="weights.json")


def _checksum(body: object) -> str:
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
