"""Vectors of common words, out of a public encoder: what lets a head judge words it never saw."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from argumap._files import read_text
from argumap.errors import MissingExtraError, ParseError
from argumap.extraction._cues import MARKERS

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

try:
    import numpy as np
    from safetensors import SafetensorError
    from safetensors.numpy import load_file
    from threadpoolctl import threadpool_limits
except ImportError as error:
    raise MissingExtraError("train", "training the extractor") from error

__all__ = ["WordVectors", "read_vectors"]

_MOST_WORDS = 8000
_DIMENSIONS = 128
_EMBEDDING = "embeddings.word_embeddings.weight"


@dataclass(frozen=True)
class WordVectors:
    """A vector for each of some words.

    Attributes:
        rows: The row of each word.
        matrix: The vectors, words × dimensions.
    """

    rows: dict[str, int]
    matrix: Any

    def of(self, words: Iterable[str]) -> Any:
        """Return the sum of the vectors of different words over the root of how many are known."""
        rows = [self.rows[word] for word in dict.fromkeys(words) if word in self.rows]
        if not rows:
            return np.zeros(self.matrix.shape[1])
        return self.matrix[rows].sum(axis=0) / np.sqrt(len(rows))

    def along(self, direction: Any) -> dict[str, float]:
        """Return how far each word lies in a direction."""
        lengths = (self.matrix @ direction).tolist()
        return {word: lengths[row] for word, row in self.rows.items()}


def read_vectors(folder: str | os.PathLike[str]) -> WordVectors:
    """Return the word vectors of an encoder: of its most frequent words, in fewer dimensions.

    The dimensions are the first principal components, scaled to unit variance on average. The
    vector of a word of grammar with an apostrophe is the mean of its parts' ("don't": *don*, *t*).

    Args:
        folder: The encoder as is usual for BERT and its kin: ``vocab.txt``, the most frequent words
            first, and ``model.safetensors``.

    Raises:
        ParseError: There is no such encoder in the folder.
    """
    vocabulary = read_text(Path(folder) / "vocab.txt", ParseError).split("\n")
    source = Path(folder) / "model.safetensors"
    try:
        tensors = load_file(source)
    except (OSError, TypeError, SafetensorError) as error:
        raise ParseError(f"not the weights of an encoder: {error}", source=str(source)) from error
    name = next((name for name in tensors if name.endswith(_EMBEDDING)), None)
    plain = (n for n, word in enumerate(vocabulary) if word.isascii() and word.isalpha())
    common = list(islice(plain, _MOST_WORDS))
    if name is None or not common or len(tensors[name]) < len(vocabulary) - 1:
        raise ParseError(f"no {_EMBEDDING!r} that fits vocab.txt", source=str(source))
    embedding = tensors[name].astype(np.float64)[common]
    embedding -= embedding.mean(axis=0)
    with threadpool_limits(1):  # the same bytes, however many cores there are
        _, spread, axes = np.linalg.svd(embedding, full_matrices=False)
        matrix = embedding @ axes[:_DIMENSIONS].T
    matrix /= spread[:_DIMENSIONS].mean() / np.sqrt(len(common))
    rows = {vocabulary[n]: row for row, n in enumerate(common)}
    parted = {
        word: [rows[part] for part in word.split("'") if part in rows]
        for word in sorted(MARKERS)
        if "'" in word
    }
    means = [matrix[parts].mean(axis=0) for parts in parted.values() if parts]
    for word, parts in parted.items():
        if parts:
            rows[word] = len(rows)
    return WordVectors(rows, np.vstack([matrix, *means]))
