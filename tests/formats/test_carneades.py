"""Carneades' YAML: statements, arguments, undercutters and issues, and what real files are like."""

from __future__ import annotations

import pytest

from argumap import ArgumentMap, FormatParseError, NotRepresentableError, loads

LATE = """\
meta:
  title: Late # a comment
  notes: >
    Folded
    words.

language:
  late/1: "%v is late."

statements:
  late(train): The train is late.
  onTime(train): >
    The train is on time.
  clock:
    text: The station clock says so.
    assumed: true
    label: in
  board: The board says so.
  ¬app(a1):
    text: "The clock stands still."
  4r: Today is Monday.
  mute:

issues:
  i1:
    positions: [late(train), onTime(train)]
    standard: PE

arguments:
  a1:
    scheme: position_to_know
    conclusion: late(train)
    premises:
      source: clock
      assertion: 4r
    undercutter: ¬app(a1)
    weight: 0.5
  a2:
    conclusion: onTime( train )
    premises:
      - board
      # - clock
  a3:
    conclusion: mute
    undercutter: board

assumptions:
  - board
  - late(bus)

tests:
  in: [board]
  out: []
"""


def _lines(argmap: ArgumentMap) -> list[str]:
    arrows = {"support": "=>", "rebuttal": "=/>", "undercut": "=x>"}
    return [f"{r.id}: {', '.join(r.sources)} {arrows[r.kind]} {r.target}" for r in argmap.relations]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_file_becomes_a_map(line_end: str) -> None:
    argmap = loads(LATE.replace("\n", line_end))
    assert argmap.title == "Late"
    assert [(claim.id, claim.text) for claim in argmap.claims] == [
        ("late(train)", "The train is late."),
        ("onTime(train)", "The train is on time."),
        ("clock", "The station clock says so."),
        ("board", "The board says so."),
        ("¬app(a1)", "The clock stands still."),
        ("4r", "Today is Monday."),
        ("mute", "mute"),
    ]
    assert _lines(argmap) == [
        "a1: clock, 4r => late(train)",
        "r1: ¬app(a1) =x> a1",
        "a2: board => onTime(train)",
        "r2: board =/> mute",
        "r3: late(train) =/> onTime(train)",
        "r4: onTime(train) =/> late(train)",
    ]
    assert argmap.supports[0].scheme == "position_to_know"


def test_what_a_map_has_no_fields_for_is_kept() -> None:
    argmap = loads(LATE)
    assert argmap.extra == {
        "carneades": {
            "meta": {"notes": "Folded words.\n"},
            "language": {"late/1": "%v is late."},
            "issues": {"i1": {"positions": ["late(train)", "onTime(train)"], "standard": "PE"}},
            "arguments": {"a3": {"conclusion": "mute", "undercutter": "board"}},
            "assumptions": ["board", "late(bus)"],
            "tests": {"in": ["board"], "out": []},
        }
    }
    assert argmap.claim("clock").extra == {"carneades": {"assumed": True, "label": "in"}}
    assert argmap.relation("a1").extra == {
        "carneades": {"weight": 0.5, "roles": {"source": "clock", "assertion": "4r"}}
    }
    assert argmap.relation("r2").extra == {"carneades": {"undercutter_of": "a3"}}


def test_an_argument_that_stands_twice_is_the_later_one_and_the_earlier_is_kept() -> None:
    argmap = loads(
        "statements:\n  p: P\n  q: Q\n"
        "arguments:\n  a: {conclusion: p, premises: [q]}\n  a: {conclusion: q, premises: [p]}\n"
    )
    assert _lines(argmap) == ["a: p => q"]
    assert argmap.extra == {
        "carneades": {"repeated": [{"name": "a", "value": {"conclusion": "p", "premises": ["q"]}}]}
    }


def test_an_argument_may_be_called_as_a_statement_is() -> None:
    argmap = loads("statements: {a: A, b: B}\narguments:\n  a: {conclusion: a, premises: [b]}\n")
    assert _lines(argmap) == ["r1: b => a"]
    assert argmap.relations[0].extra == {"carneades": {"id": "a"}}


def test_what_is_named_without_a_statement_is_a_claim() -> None:
    argmap = loads("arguments:\n  a1:\n    conclusion: p(x, y)\n    premises: [q, 3]\n")
    assert [claim.id for claim in argmap.claims] == ["q", "3", "p(x, y)"]


def test_sections_that_are_lists_or_empty_are_read() -> None:
    argmap = loads(
        "statements:\n  p: P\nissues:\narguments:\n  - id: a1\n    conclusion: p\n    premises: q\n"
    )
    assert _lines(argmap) == ["a1: q => p"]


def test_a_file_without_statements_is_an_empty_map() -> None:
    argmap = loads("meta:\n  title: Empty\nargument_schemes:\n  - id: s1\n")
    assert (argmap.title, argmap.claims) == ("Empty", ())


def test_an_argument_for_its_own_premise_has_no_place() -> None:
    text = "arguments:\n  a1: {conclusion: p, premises: [p, q]}\n"
    with pytest.raises(NotRepresentableError) as caught:
        loads(text)
    assert caught.value.constructs == ("argument 'a1' concludes its premise 'p'",)
    with pytest.warns(match="a1"):
        assert _lines(loads(text, lossy=True)) == ["a1: q => p"]


def test_an_argument_without_a_conclusion_is_told_and_left_out() -> None:
    text = "arguments:\n  a1: {premises: [p]}\n  a2: {premises: [p], conclusion: q}\n"
    with pytest.raises(NotRepresentableError) as caught:
        loads(text)
    assert caught.value.constructs == ("argument 'a1' has no conclusion",)
    with pytest.warns(match="a1"):
        assert _lines(loads(text, lossy=True)) == ["a2: p => q"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("statements:\n  p: [1\n", "not YAML"),
        ("statements: [p, q]\n", "/statements: the section 'statements' is no mapping"),
        ("arguments:\n  a1: &x {conclusion: p}\n  a2: *x\n", "not YAML: aliases"),
        ("arguments:\n- 1\n", "is no mapping"),
        ("somebody@host.1:2\n", "this is not Carneades YAML"),
        (
            "issues:\n  i1:\n    positions: [" + ", ".join(map(str, range(1000))) + "]",
            "issue 'i1' has 1000 positions",
        ),
    ],
)
def test_a_fault_is_named(text: str, words: str) -> None:
    with pytest.raises(FormatParseError) as caught:
        loads(text, format="carneades")
    assert words in str(caught.value)


def test_yaml_of_others_is_refused() -> None:
    for text in ("on: push\njobs:\n  test:\n    steps: []\n", "- a\n- b\n"):
        with pytest.raises(FormatParseError):
            loads(text)
