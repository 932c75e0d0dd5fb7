"""Word vectors: what an encoder knows of words, and heads that judge words they never saw."""

from __future__ import annotations

import json
import math
import struct
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import save_file

from argumap import ParseError
from argumap.extraction.train import Sample, train
from argumap.extraction.trained.head import Evidence, Head, dump_heads, load_heads
from argumap.extraction.vectors import read_vectors
from argumap.threads import mark_up
from commandline import run
from extraction.cases import CASES, annotated

if TYPE_CHECKING:
    from pathlib import Path

# Two kinds of words, alike within each kind; the last of each stands in no case.
_ALIKE = (
    ("should", "must", "ought", "mustnt"),
    ("because", "since", "as", "inasmuch"),
)
_EMBEDDING = "embeddings.word_embeddings.weight"


@pytest.fixture
def encoder(tmp_path: Path) -> Path:
    words = ["[PAD]", "[UNK]", "don", "t", "##ing", *_ALIKE[0], *_ALIKE[1]]
    kinds = [0, 0, 3, -3, 0, *[5] * 4, *[-5] * 4]
    near = np.linspace(0, 0.1, len(words))
    matrix = np.stack([np.array(kinds, dtype=float), near, -near], axis=1).astype(np.float32)
    (tmp_path / "vocab.txt").write_text("\n".join(words) + "\n")
    save_file({f"bert.{_EMBEDDING}": matrix}, tmp_path / "model.safetensors")
    return tmp_path


def test_words_have_vectors_and_pieces_of_words_have_none(encoder: Path) -> None:
    vectors = read_vectors(encoder)
    assert set(vectors.rows) >= {"don", "t", "don't", *_ALIKE[0], *_ALIKE[1]}
    assert not any(word[0] in "[#" for word in vectors.rows)
    assert vectors.matrix.shape == (len(vectors.rows), 3)


def test_the_vector_of_a_contraction_is_the_mean_of_its_parts(encoder: Path) -> None:
    vectors = read_vectors(encoder)
    of = {word: vectors.matrix[row] for word, row in vectors.rows.items()}
    assert np.allclose(of["don't"], (of["don"] + of["t"]) / 2)


def test_several_words_are_their_sum_over_the_root_of_how_many_are_known(encoder: Path) -> None:
    vectors = read_vectors(encoder)
    of = {word: vectors.matrix[row] for word, row in vectors.rows.items()}
    said = vectors.of(["must", "zebra", "don", "must"])
    assert np.allclose(said, (of["must"] + of["don"]) / math.sqrt(2))
    assert not vectors.of(["zebra"]).any()


def test_what_is_learned_of_words_goes_for_words_like_them(encoder: Path) -> None:
    samples = [Sample(annotated(case), mark_up(annotated(case).thread)) for case in CASES]
    heads = train(samples, vectors=read_vectors(encoder))
    table = heads["component"].words["unit"]
    assert table["must"] != 0
    assert math.isclose(table["mustnt"], table["must"], rel_tol=0.2)
    assert math.isclose(table["inasmuch"], table["because"], rel_tol=0.2)
    assert table["must"] > table["because"]  # "should" is the word of claims


def test_the_same_threads_and_vectors_give_the_same_weights(encoder: Path) -> None:
    def text() -> str:
        samples = [Sample(annotated(case), mark_up(annotated(case).thread)) for case in CASES[:4]]
        return dump_heads(train(samples, vectors=read_vectors(encoder)), {})

    first = text()
    assert text() == first
    assert dump_heads(load_heads(first, source="here"), {}) == first


_TABLES = st.dictionaries(
    st.sampled_from(["unit", "target in own post"]),
    st.dictionaries(
        st.sampled_from(["should", "don't", "the"]), st.integers(-9999, 9999), min_size=3
    ),
    max_size=2,
)


@given(tables=_TABLES, said=st.lists(st.sampled_from(["should", "the", "zebra"])))
def test_heads_with_words_are_read_as_they_were_written(
    tables: dict[str, dict[str, int]], said: list[str]
) -> None:
    words = {part: {w: n / 1000 for w, n in table.items()} for part, table in tables.items()}
    head = Head({"question": -1.0}, 0.5, 1.25, -0.5, words)
    (read,) = load_heads(dump_heads({"component": head}, {}), source="here").values()
    assert read == head
    evidence = Evidence(["question"], (("unit", said),))
    known = [words["unit"][w] for w in sorted(set(said)) if w != "zebra"] if "unit" in words else []
    wanted = -0.5 + (sum(known) / math.sqrt(len(known)) if known else 0.0)
    assert math.isclose(read.score(evidence), wanted, abs_tol=1e-9)


def brain_floats() -> bytes:
    """A file of tensors in a format of numbers that NumPy does not know."""
    tensor = {"dtype": "BF16", "shape": [3, 2], "data_offsets": [0, 12]}
    header = json.dumps({_EMBEDDING: tensor}).encode()
    return struct.pack("<Q", len(header)) + header + bytes(12)


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        ("no vocabulary", "vocab.txt"),
        ("no weights", "model.safetensors"),
        ("other bytes", "not the weights of an encoder"),
        ("other tensor", "no 'embeddings.word_embeddings.weight' that fits vocab.txt"),
        ("half floats", "not the weights of an encoder"),
        ("no words", "no 'embeddings.word_embeddings.weight' that fits vocab.txt"),
        ("too few rows", "no 'embeddings.word_embeddings.weight' that fits vocab.txt"),
    ],
)
def test_what_is_no_encoder_is_refused_by_name(encoder: Path, damage: str, fault: str) -> None:
    weights = encoder / "model.safetensors"
    if damage == "no vocabulary":
        (encoder / "vocab.txt").unlink()
    elif damage == "no weights":
        weights.unlink()
    elif damage == "other bytes":
        weights.write_bytes(b"not tensors")
    elif damage == "other tensor":
        save_file({"lm_head.weight": np.zeros((13, 3), dtype=np.float32)}, weights)
    elif damage == "half floats":
        weights.write_bytes(brain_floats())
    elif damage == "no words":
        (encoder / "vocab.txt").write_text("[PAD]\n##ing\n")
    else:
        save_file({_EMBEDDING: np.zeros((2, 3), dtype=np.float32)}, weights)
    with pytest.raises(ParseError) as caught:
        read_vectors(encoder)
    assert fault in str(caught.value)
    done = run("train", str(CASES[0]), "--folds", "2", "--vectors", str(encoder))
    assert done.returncode == 3
    assert fault in " ".join(done.stderr.split())
