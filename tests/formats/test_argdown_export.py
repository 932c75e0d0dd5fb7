"""Argdown's JSON export says what the text says."""

from __future__ import annotations

import json
from typing import Any

import pytest

from argumap import ArgumentMap, FormatParseError, loads

TEXT = """\
# Cats {isGroup: true}

[A]: Cats sleep. #fact {confidence: 0.5}
  + <X>
  - <Y>: Mine does not.
  >< [B]: They do not.

<X>

(1) [P]: They lie down.
(2) [Q]: Who lies down sleeps.
-- Modus ponens {uses: [1, 2]} --
(3) [A]
  <_ [D]: The rule fails.
"""


def _statement(text: str | None, title: str, **more: Any) -> dict[str, Any]:
    fields = {"type": "statement", "title": title, "text": text or " ", "section": "s1", **more}
    return fields if text else {**fields, "isReference": True}


def _class(title: str, *members: dict[str, Any], **more: Any) -> dict[str, Any]:
    kind = {"type": "equivalence-class", "title": title, "relations": [], "section": "s1"}
    return {**kind, "members": list(members), **more}


def _relation(kind: str, source: str, target: str, **more: Any) -> dict[str, Any]:
    return {"type": "relation", "relationType": kind, "from": source, "to": target, **more}


def _export() -> dict[str, Any]:
    fact = {"tags": ["fact"], "data": {"confidence": 0.5}}
    inference = {"type": "inference", "inferenceRules": ["Modus ponens"], "data": {"uses": [1, 2]}}
    steps = [
        _statement("They lie down.", "P", role="premise"),
        _statement("Who lies down sleeps.", "Q", role="premise"),
        _statement(None, "A", role="main-conclusion", inference=inference),
    ]
    description = {"role": "argument-description"}
    return {
        "statements": {
            "A": _class("A", _statement("Cats sleep. #fact ", "A", **fact), steps[2], **fact),
            "B": _class("B", _statement("They do not.", "B")),
            "P": _class("P", steps[0]),
            "Q": _class("Q", steps[1]),
            "D": _class("D", _statement("The rule fails.", "D")),
        },
        "arguments": {
            "X": {
                "type": "argument",
                "title": "X",
                "section": "s1",
                "members": [_statement(None, "X", **description)],
                "pcs": steps,
            },
            "Y": {
                "type": "argument",
                "title": "Y",
                "section": "s1",
                "members": [_statement("Mine does not.", "Y", **description)],
                "pcs": [],
            },
        },
        "relations": [
            _relation("attack", "Y", "A", fromType="argument", toType="equivalence-class"),
            _relation("contradictory", "A", "B", fromType="equivalence-class"),
            _relation("undercut", "D", "X", toType="inference", conclusionIndex=2),
        ],
        "sections": [
            {
                "type": "section",
                "id": "s1",
                "level": 1,
                "title": "Cats",
                "children": [],
                "data": {"isGroup": True},
            }
        ],
        "tags": {"fact": {"tag": "fact", "cssClass": "tag-fact"}},
        "map": {"nodes": [], "edges": []},
    }


def _by_id(argmap: ArgumentMap) -> dict[str, Any]:
    """Return the parts of a map without their order, which the export does not keep."""
    joined = sorted((r.kind, r.sources, r.target) for r in argmap.relations)
    return {
        "claims": {claim.id: claim for claim in argmap.claims},
        "relations": joined,
        "extra": argmap.extra,
    }


def test_the_export_gives_the_map_of_the_text() -> None:
    assert _by_id(loads(json.dumps(_export()))) == _by_id(loads(TEXT, format="argdown"))


@pytest.mark.parametrize(
    ("change", "pointer", "words"),
    [
        ({"relations": [{"relationType": "likes"}]}, "/relations/0", "no type 'likes' of relation"),
        ({"relations": [_relation("attack", "Z", "A")]}, "/relations/0", "there is no"),
        ({"statements": {"A": []}}, "/statements/A", "expected an object"),
        ({"statements": {"A": {"members": 3}}}, "/statements/A/members", "expected a list"),
    ],
)
def test_a_fault_is_named_by_its_pointer(change: dict[str, Any], pointer: str, words: str) -> None:
    with pytest.raises(FormatParseError, match=words) as caught:
        loads(json.dumps(_export() | change), format="argdown-json")
    assert caught.value.pointer == pointer
