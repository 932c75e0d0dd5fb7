"""Texts made to be slow or to grow: what is read in linear time stays so, what grows is refused."""

from __future__ import annotations

import json
import time
import warnings
from contextlib import suppress

import pytest

from argumap import FormatParseError, LossyConversionWarning, NotRepresentableError, loads

# A linear reader takes a second or two for these, a quadratic one minutes.
MANY = 60_000
SECONDS = 20.0


def _aif(nodes: list[tuple[str, str]], edges: list[tuple[str, str]]) -> str:
    return json.dumps(
        {
            "nodes": [{"nodeID": name, "type": kind, "text": "x"} for name, kind in nodes],
            "edges": [{"fromID": source, "toID": target} for source, target in edges],
        }
    )


def _undercuts_of_nothing(number: int) -> str:
    """Return attacks in a row, each on the one before, where the first attacks nothing."""
    nodes = [("a", "I"), *((f"c{n}", "CA") for n in range(number))]
    edges = [(f"c{n}", f"c{n - 1}") for n in range(1, number)]
    return _aif(nodes, edges + [("a", f"c{n}") for n in range(number)])


def _links(number: int) -> str:
    """Return claims in a row, each a link to the next."""
    links = "".join(f"1.{n}. Pro: -> See 1.{n + 1}.\n" for n in range(1, number))
    return f"Discussion Title: T\n\n1. A\n{links}1.{number}. Pro: B\n"


TEXTS = {
    **{
        f"argdown {piece}": ("argdown", "a " + piece * MANY)
        for piece in ("[", "(", "b <", "b {", "b <!--", "b /*", "b //", "b @[", "b #(", "*b", "#t ")
    },
    "argdown, tags of one title": (
        "argdown",
        "".join(f"[A]: b #t{n}\n\n" for n in range(MANY // 4)),
    ),
    "kialo [": ("kialo", "Discussion Title: T\n\n1. " + "[" * MANY),
    "kialo, sources": (
        "kialo",
        "Discussion Name:\nT\n\n1. Thesis:\nA\n\n" + "Sources:\n[1] b\n\n" * MANY,
    ),
    "kialo, links": ("kialo", _links(MANY // 10)),
    "aif": ("aif", _undercuts_of_nothing(MANY // 2)),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_reader_stays_linear(name: str) -> None:
    format_, text = TEXTS[name]
    start = time.process_time()
    with warnings.catch_warnings(), suppress(FormatParseError):
        warnings.simplefilter("ignore", LossyConversionWarning)
        loads(text, format=format_, lossy=True)
    assert time.process_time() - start < SECONDS


def test_an_attack_that_joins_all_with_all_is_refused() -> None:
    names = [str(number) for number in range(2000)]
    nodes = [*((name, "I") for name in names), ("c", "CA")]
    edges = [(name, "c") for name in names[::2]] + [("c", name) for name in names[1::2]]
    with pytest.raises(FormatParseError, match="node 'c' joins 1000 nodes with 1000"):
        loads(_aif(nodes, edges))


def test_undercuts_of_all_that_a_claim_is_given_for_are_told_when_they_are_too_many() -> None:
    many = range(200)
    given = "".join(f"  +> [S{n}]\n" for n in many)
    against = "".join(f"  <_ [U{n}]\n" for n in many)
    with pytest.raises(NotRepresentableError, match="strikes at 200 inferences at once"):
        loads(f"<X>: A sketch.\n{given}{against}", format="argdown")
    edges = [f'<edge source="x" target="s{n}"><data key="kind">support</data></edge>' for n in many]
    edges += [
        f'<edge source="s{n}" target="x"><data key="kind">undercut</data></edge>' for n in many
    ]
    nodes = '<node id="x"/>' + "".join(f'<node id="s{n}"/>' for n in many)
    with pytest.raises(NotRepresentableError, match="the undercut of 'x': too many inferences"):
        loads(f"<graphml><graph>{nodes}{''.join(edges)}</graph></graphml>")
