"""AIF and xAIF: dialogue stays dialogue, linked premises stay linked, undercuts stay undercuts."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argumap import ArgumentMap, FormatParseError, Mention, dumps, loads


def _node(name: Any, kind: str, text: str, **more: Any) -> dict[str, Any]:
    return {"nodeID": name, "text": text, "type": kind, **more}


def _edge(name: Any, source: Any, target: Any) -> dict[str, Any]:
    return {"edgeID": name, "fromID": source, "toID": target, "formEdgeID": None}


def _document(*, numbers: bool = False) -> dict[str, Any]:
    """Return a dialogue with the quirks of real files: AIFdb's, with ids as strings or numbers."""

    def name(number: int) -> Any:
        return number if numbers else str(number)

    nodes = [
        _node(name(1), "I", "Ferries are slow", timestamp="2020-02-01 10:00:00"),
        _node(name(2), "I", "they stop at every island"),
        _node(name(3), "I", "every stop takes an hour &amp; more"),
        _node(name(4), "RA", "Argument From Sign", scheme="Argument From Sign", schemeID="6"),
        _node(name(5), "L", "Ana : Ferries are slow", timestamp="2020-02-01 10:00:00"),
        _node(name(6), "YA", "Asserting", schemeID="74"),
        _node(name(7), "L", "Ben : you forget the express"),
        _node(name(8), "I", "the express does not stop"),
        _node(name(9), "YA", "Disagreeing"),
        _node(name(10), "TA", "Default Transition"),
        _node(name(11), "YA", "Arguing"),
        _node(name(12), "CA", "Default Conflict"),  # strikes the inference: an undercut
        _node(name(13), "CA", "CA"),
        _node(name(14), "MA", "Default Rephrase"),
        _node(name(15), "I", "Boats take long"),
        _node(name(16), "CA", "Default Conflict"),  # an undercut of an undercut
        _node(name(17), "PA", "Default Preference"),
        _node(name(18), "CA", "two reasons in one node"),
    ]
    pairs = [
        *((2, 4), (3, 4), (4, 1)),  # linked premises
        *((5, 6), (6, 1), (7, 9), (9, 1), (5, 10), (10, 7), (10, 11), (11, 4)),
        *((8, 12), (12, 4), (8, 13), (13, 1)),
        *((1, 14), (14, 15), (2, 16), (16, 12), (15, 17), (17, 8)),
        *((2, 18), (3, 18), (18, 15)),
        *((5, 4), (10, 10), (1, 6)),  # edges that AIF does not know, and real files have
    ]
    edges = [
        {"edgeID": name(100 + n), "fromID": name(a), "toID": name(b), "formEdgeID": None}
        for n, (a, b) in enumerate(pairs)
    ]
    locutions = [{"nodeID": name(7), "personID": name(900), "timestamp": None, "start": None}]
    people = {"participantID": name(900), "firstname": "Benjamin", "surname": "Stone"}
    return {
        "nodes": nodes,
        "edges": edges,
        "locutions": locutions,
        "participants": [people, people],
        "schemefulfillments": None,
    }


def _counts(document: dict[str, Any]) -> Counter[str]:
    return Counter(node["type"] for node in document["nodes"])


def _pairs(document: dict[str, Any]) -> Counter[tuple[str, str]]:
    return Counter((str(edge["fromID"]), str(edge["toID"])) for edge in document["edges"])


@pytest.fixture(params=["strings", "numbers"])
def document(request: pytest.FixtureRequest) -> dict[str, Any]:
    return _document(numbers=request.param == "numbers")


def test_a_dialogue_becomes_a_map(document: dict[str, Any]) -> None:
    argmap = loads(json.dumps(document))
    assert [claim.id for claim in argmap.claims] == ["1", "2", "3", "8", "15"]
    assert [(r.kind, r.id, r.sources, r.target) for r in argmap.relations] == [
        ("support", "4", ("2", "3"), "1"),
        ("undercut", "12", ("8",), "4"),
        ("rebuttal", "13", ("8",), "1"),
        ("undercut", "16", ("2",), "12"),
        ("rebuttal", "18", ("2",), "15"),
        ("rebuttal", "18~2", ("3",), "15"),
    ]
    assert argmap.supports[0].scheme == "Argument From Sign"
    assert argmap.claim("1").mentions == (
        Mention(author="Ana", quote="Ferries are slow"),
        Mention(author="Benjamin Stone", stance="denies", quote="you forget the express"),
    )


def test_nothing_is_lost_on_the_way_back(document: dict[str, Any]) -> None:
    again = json.loads(dumps(loads(json.dumps(document)), format="aif"))
    assert _counts(again) == _counts(document)
    assert _pairs(again) == _pairs(document)
    assert len(again["edges"]) == len(document["edges"])
    assert again["locutions"] == document["locutions"]
    assert again["participants"] == document["participants"]
    nodes = {str(node["nodeID"]): node for node in document["nodes"]}
    assert {str(node["nodeID"]): node for node in again["nodes"]} == nodes
    ids = [edge["edgeID"] for edge in again["edges"]]
    assert len(set(map(str, ids))) == len(ids)
    assert {type(each["nodeID"]) for each in again["nodes"]} == {
        type(document["nodes"][0]["nodeID"])
    }
    assert "argumap" not in again  # it is all said in AIF


def test_a_map_read_twice_is_the_same(document: dict[str, Any]) -> None:
    argmap = loads(json.dumps(document))
    assert loads(dumps(argmap, format="aif")) == argmap
    assert (
        loads(dumps(argmap, format="xaif"))
        == argmap.replace(
            extra={**(argmap.extra or {}), "xaif": {"text": {"txt": ""}, "dialog": True, "OVA": {}}}
        )
        or loads(dumps(argmap, format="xaif")) == argmap
    )


@pytest.mark.parametrize(
    "around",
    [
        {"text": '<span class="highlighted" id="node1">x</span>', "dialog": False},
        {"text": {"txt": "x"}, "OVA": {"nodes": [{"nodeID": 1, "x": 3}], "edges": []}},
        {"ova": [], "text": None},
    ],
)  # fmt: skip
def test_what_stands_around_aif_in_xaif_comes_back(around: dict[str, Any]) -> None:
    inner = _document() | {"schemefulfillments": [{"nodeID": "4", "schemeID": "6"}]}
    again = json.loads(dumps(loads(json.dumps({"AIF": inner, **around})), format="xaif"))
    assert {key: again[key] for key in around} == around
    assert again["AIF"]["schemefulfillments"] == inner["schemefulfillments"]
    assert _counts(again["AIF"]) == _counts(inner)


def test_what_a_map_adds_is_said_in_aif() -> None:
    argmap = loads(json.dumps(_document()))
    claim = argmap.claim("2")
    said = claim.replace(mentions=(Mention(author="Cat", stance="endorses", quote="Yes."),))
    changed = argmap.replace(
        claims=tuple(said if each.id == "2" else each for each in argmap.claims)
    )
    again = json.loads(dumps(changed, format="aif"))
    assert _counts(again) - _counts(_document()) == Counter({"L": 1, "YA": 1})
    assert {"nodeID": "2~L1", "text": "Cat : Yes.", "type": "L"} in again["nodes"]
    assert loads(json.dumps(again)) == changed


def test_a_flat_file_of_an_editor_keeps_its_own_fields() -> None:
    flat = {
        "nodes": [_node(1, "I", "a", x=3, y=4, visible=True)],
        "edges": [],
        "analysis": {"t": 1},
    }
    argmap = loads(json.dumps(flat))
    again = json.loads(dumps(argmap, format="aif"))
    assert again["nodes"] == flat["nodes"]
    assert again["analysis"] == {"t": 1}


@pytest.mark.parametrize(
    ("document", "pointer", "words"),
    [
        ({"nodes": [{"text": "a", "nodeID": None}]}, "/nodes/0", "there is no field 'nodeID'"),
        ({"nodes": [{"nodeID": []}]}, "/nodes/0/nodeID", "expected a string or a number"),
        ({"nodes": {"nodeID": 1}}, "/nodes", "expected a list, found an object"),
        ({"nodes": [_node(1, "I", "")], "edges": [{"fromID": 1}]}, "/edges/0", "'toID'"),
        ({"AIF": {"nodes": [3], "edges": []}}, "/AIF/nodes/0", "found a number"),
        ({"nodeID": 1}, None, "there is no field 'nodes'"),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_its_pointer(
    document: dict[str, Any], pointer: str | None, words: str
) -> None:
    with pytest.raises(FormatParseError) as caught:
        loads(json.dumps(document), format="aif")
    assert caught.value.pointer == pointer
    assert words in str(caught.value)


def test_an_empty_document_is_an_empty_map() -> None:
    assert loads('{"nodes": [], "edges": []}', format="aif") == ArgumentMap()
    assert loads('{"nodes": [ ], "edges": [], "locutions": []}') == ArgumentMap()


def test_another_node_of_the_same_id_comes_back() -> None:
    nodes = [_node("1", "I", "a"), _node("1", "RA", "b"), _node(2, "I", "c"), _node(2, "L", "")]
    argmap = loads(json.dumps({"nodes": nodes, "edges": []}))
    assert [claim.text for claim in argmap.claims] == ["a", "c"]
    text = dumps(argmap, format="aif")
    again = json.loads(text)["nodes"]
    assert sorted(map(str, again)) == sorted(map(str, nodes))
    assert loads(text) == argmap


def test_ids_of_both_kinds_stay_what_they_are() -> None:
    """As in files of editors: numbers beside names; edges go by the id that their node has."""
    names: list[Any] = [1, "2_1649", 3, "4_1649"]
    nodes = [
        _node(name, kind, "") for name, kind in zip(names, ["I", "RA", "I", "YA"], strict=True)
    ]
    edges = [
        _edge(1, names[0], names[1]),
        _edge(2, names[1], names[2]),
        _edge(3, names[3], names[2]),
    ]
    argmap = loads(json.dumps({"nodes": nodes, "edges": edges}))
    text = dumps(argmap, format="aif")
    document = json.loads(text)
    assert {node["nodeID"] for node in document["nodes"]} == set(names)
    assert {(edge["fromID"], edge["toID"]) for edge in document["edges"]} == {
        (edge["fromID"], edge["toID"]) for edge in edges
    }
    assert loads(text) == argmap


def test_further_fields_of_edges_come_back() -> None:
    nodes = [_node("1", "I", "a"), _node("2", "RA", "RA"), _node("3", "I", "b")]
    edges = [_edge("1", "1", "2") | {"visible": False}, _edge("2", "2", "3") | {"date": "2020"}]
    argmap = loads(json.dumps({"nodes": nodes, "edges": edges}))
    assert json.loads(dumps(argmap, format="aif"))["edges"] == edges


def test_half_a_character_can_be_written() -> None:
    """Tools cut emoji in half at a fixed length."""
    words = r"cut \ud83d, low \ude00, whole \ud83d\ude00, no escape \\ud83d"
    argmap = loads(
        '{"nodes": [{"nodeID": "1", "type": "I", "text": "' + words + '"}], "edges": []}'
    )
    read = "cut \ufffd, low \ufffd, whole \U0001f600, no escape \\ud83d"
    assert argmap.claims[0].text == read
    for name in ("json", "aif", "argdown"):
        assert loads(dumps(argmap, format=name).encode().decode()) == argmap


def test_an_edge_to_a_node_that_is_not_there_comes_back() -> None:
    document = {
        "nodes": [_node(1, "I", "a"), _node(2, "L", "b")],
        "edges": [_edge(1, 1, 9), _edge(2, 8, 2)],
    }
    again = json.loads(dumps(loads(json.dumps(document)), format="aif"))
    assert again["edges"] == document["edges"]


def test_a_node_that_stands_there_twice_the_same_is_one_claim_and_written_twice() -> None:
    document = {"nodes": [_node(1, "I", "a"), _node(1, "I", "a")], "edges": []}
    argmap = loads(json.dumps(document))
    assert len(argmap.claims) == 1
    assert json.loads(dumps(argmap, format="aif"))["nodes"] == document["nodes"]


def test_a_question_asserts_nothing() -> None:
    document = {
        "nodes": [
            _node(1, "I", "it rained or not"),
            _node(2, "L", "Ana : Did it rain?"),
            _node(3, "YA", "Pure Questioning"),
        ],
        "edges": [_edge(1, 2, 3), _edge(2, 3, 1)],
    }
    (mention,) = loads(json.dumps(document)).claims[0].mentions
    assert (mention.author, mention.stance) == ("Ana", "quotes")


names = st.integers(1, 9)


@st.composite
def graphs(draw: st.DrawFn) -> dict[str, Any]:
    """Draw AIF in which anything may be joined to anything, as in files of real dialogues."""
    kinds = st.sampled_from(["I", "I", "I", "RA", "RA", "CA", "CA", "MA", "PA", "L", "YA", "TA"])
    words = st.sampled_from(["x", "Ana : x", "RA", "Default Inference", "Agreeing", "a &quot;b"])
    nodes = [
        _node(number, draw(kinds), draw(words), **draw(st.sampled_from([{}, {"schemeID": None}])))
        for number in range(1, draw(names) + 1)
    ]
    ends = st.integers(1, 10)
    edges = [_edge(n, draw(ends), draw(ends)) for n in range(draw(st.integers(0, 16)))]
    locutions = [
        {"nodeID": node["nodeID"], "personID": draw(st.integers(1, 2)), "start": None}
        for node in nodes
        if node["type"] == "L"
    ]
    return {"nodes": nodes, "edges": edges, "locutions": locutions}


@settings(max_examples=150)
@given(document=graphs())
def test_whatever_is_joined_to_whatever_comes_back(document: dict[str, Any]) -> None:
    argmap = loads(json.dumps(document), format="aif")
    again = json.loads(dumps(argmap, format="aif"))

    def sorted_nodes(each: dict[str, Any]) -> list[dict[str, Any]]:
        return sorted(each["nodes"], key=lambda node: int(node["nodeID"]))

    assert sorted_nodes(again) == sorted_nodes(document)
    assert _pairs(again) == _pairs(document)
    assert again.get("locutions", []) == document["locutions"]
    assert "argumap" not in again
    assert loads(json.dumps(again), format="aif") == argmap


def test_a_file_of_ova_2_is_read_and_written_as_aif() -> None:
    flat = {
        "nodes": [
            {"id": 1, "type": "I", "text": "It is wet.", "x": 3, "y": 4, "participantID": 0},
            {"id": 2, "type": "L", "text": "Ana : wet", "participantID": 7, "visible": True},
            {"id": 3, "type": "YA", "text": "Asserting", "scheme": "74"},
        ],
        "edges": [{"from": {"id": 2}, "to": {"id": 3}}, {"from": {"id": 3}, "to": {"id": 1}}],
        "participants": [{"id": 7, "firstname": "Ana", "surname": "Lund"}],
        "analysis": {"txt": "It is wet."},
    }
    argmap = loads(json.dumps(flat))
    assert argmap.claims[0].mentions == (Mention(author="Ana Lund", quote="wet"),)
    again = json.loads(dumps(argmap, format="aif"))
    assert [node["nodeID"] for node in again["nodes"]] == [1, 2, 3]
    assert again["nodes"][0]["x"] == 3
    assert _pairs(again) == {("2", "3"): 1, ("3", "1"): 1}
    assert again["analysis"] == flat["analysis"]
    assert loads(json.dumps(again)) == argmap


def test_speakers_without_a_name_go_by_the_words_before_the_colon() -> None:
    """As in AIFdb, whose files have ids of persons alone; two of one name stay two."""
    said = [
        ("1", "Ana"),
        ("1", "Ana"),
        ("2", "Ben"),
        ("3", "Cy"),
        ("4", "Cy"),
        ("5", "Di"),
        ("5", "D"),
    ]
    nodes, edges, locutions = [], [], []
    for number, (person, name) in enumerate(said):
        nodes += [
            _node(f"i{number}", "I", f"claim {number}"),
            _node(f"l{number}", "L", f"{name} : claim {number}"),
            _node(f"y{number}", "YA", "Asserting"),
        ]
        edges += [
            _edge(f"e{number}", f"l{number}", f"y{number}"),
            _edge(f"f{number}", f"y{number}", f"i{number}"),
        ]
        locutions.append({"nodeID": f"l{number}", "personID": person})
    document = {"nodes": nodes, "edges": edges, "locutions": locutions}
    argmap = loads(json.dumps(document))
    authors = [claim.mentions[0].author for claim in argmap.claims]
    assert authors == ["Ana", "Ana", "Ben", "3", "4", "5", "5"]
    again = json.loads(dumps(argmap, format="aif"))
    assert again["locutions"] == locutions
    assert "argumap" not in again
    assert loads(json.dumps(again)) == argmap
