"""SADFace in its three eras, and Arguebuf's JSON: attacks stay attacks, and nothing is dropped."""

from __future__ import annotations

import json
from typing import Any

import pytest

from argumap import ArgumentMap, FormatParseError, Mention, dumps, loads

EDGES = [
    {"id": f"e{n}", "source_id": a, "target_id": b}
    for n, (a, b) in enumerate([("a2", "s1"), ("a3", "s1"), ("s1", "a1"), ("a4", "s2")])
]


def _sadface(era: str, target: str) -> dict[str, Any]:
    """Return two linked premises for a claim, and something against the claim or the inference."""
    atoms: list[dict[str, Any]] = [
        {"id": f"a{n}", "type": "atom", "text": f"Claim {n}."} for n in (1, 2, 3, 4)
    ]
    edges = [*EDGES, {"id": "e9", "source_id": "s2", "target_id": target}]
    if era == "0.1":
        schemes: list[dict[str, Any]] = [
            {"id": "s1", "type": "scheme", "name": "support"},
            {"id": "s2", "type": "scheme", "name": "conflict"},
        ]
        around = {"analyst_name": "Ana", "created": "2017-01-01", "id": "d1", "metadata": {"x": 1}}
        return {**around, "nodes": atoms + schemes, "edges": edges, "resources": []}
    if era == "0.2":
        schemes = [
            {"id": "s1", "type": "scheme", "name": "Argument from Sign", "metadata": {}},
            {"id": "s2", "type": "scheme", "name": "attack", "metadata": {}},
        ]
        core = {"id": "d1", "version": "0.2", "analyst_name": "Ana", "edited": "2018-01-01"}
        return {"metadata": {"core": core}, "nodes": atoms + schemes, "edges": edges}
    schemes = [
        {"id": "s1", "type": "inference", "name": "inference", "metadata": {"core": {}}},
        {"id": "s2", "type": "conflict", "name": "disagree", "metadata": {"mine": {"k": 1}}},
    ]
    core = {"id": "d1", "version": "0.5.4", "title": "Signs"}
    resource = {"id": "r1", "content": "Claim 1.", "type": "text", "metadata": {}}
    atoms[0]["sources"] = [{"resource_id": "r1", "text": "Claim 1.", "offset": 0, "length": 8}]
    return {
        "metadata": {"core": core},
        "nodes": atoms + schemes,
        "edges": edges,
        "resources": [resource],
    }


@pytest.mark.parametrize("era", ["0.1", "0.2", "0.5"])
@pytest.mark.parametrize(("target", "kind"), [("a1", "rebuttal"), ("s1", "undercut")])
def test_sadface_of_each_era(era: str, target: str, kind: str) -> None:
    argmap = loads(json.dumps(_sadface(era, target)))
    assert [claim.text for claim in argmap.claims] == [f"Claim {n}." for n in (1, 2, 3, 4)]
    assert [(r.kind, r.id, r.sources, r.target) for r in argmap.relations] == [
        ("support", "s1", ("a2", "a3"), "a1"),
        (kind, "s2", ("a4",), target),
    ]
    assert argmap.supports[0].scheme == ("Argument from Sign" if era == "0.2" else None)
    assert argmap.title == ("Signs" if era == "0.5" else None)


@pytest.mark.parametrize("era", ["0.1", "0.2", "0.5"])
def test_sadface_comes_back_as_the_newest_with_nothing_lost(era: str) -> None:
    document = _sadface(era, "s1")
    # What real files hold besides: the same edge again, and an edge from atom to atom.
    document["edges"].append({"id": "e10", "source_id": "a2", "target_id": "s1"})
    document["edges"].append({"id": "e11", "source_id": "a4", "target_id": "a1"})
    argmap = loads(json.dumps(document))
    again = json.loads(dumps(argmap, format="sadface"))
    assert {node["type"] for node in again["nodes"]} == {"atom", "inference", "conflict"}
    assert again["metadata"]["core"]["version"] == "0.5.4"
    assert "argumap" not in again["metadata"]
    pairs = sorted((edge["source_id"], edge["target_id"]) for edge in document["edges"])
    assert sorted((edge["source_id"], edge["target_id"]) for edge in again["edges"]) == pairs
    assert len({edge["id"] for edge in again["edges"]}) == len(again["edges"])
    told = json.dumps(again)
    assert ("Ana" in told) == (era != "0.5")
    assert again["resources"] == document.get("resources", [])
    assert loads(json.dumps(again)) == argmap


def _arguebuf() -> dict[str, Any]:
    return {
        "nodes": {
            "a1": {
                "atom": {
                    "text": "Ferries are slow.",
                    "participant": "p1",
                    "reference": {"resource": "res", "offset": 3, "text": "ferries are slow"},
                },
                "metadata": {"created": "2020-01-01T00:00:00Z"},
                "userdata": {"colour": "red"},
            },
            "a2": {"atom": {"text": "They stop."}},
            "a3": {"atom": {"text": "Stops take an hour."}, "metadata": {}},
            "s1": {
                "scheme": {"support": "SUPPORT_POSITION_TO_KNOW", "premiseDescriptors": ["x"]},
                "metadata": {},
            },
            "s2": {"scheme": {"attack": "ATTACK_DEFAULT"}},
            "s3": {"scheme": {"rephrase": "REPHRASE_DEFAULT"}},
            "s4": {"scheme": {}},
        },
        "edges": {
            "e1": {"source": "a2", "target": "s1", "metadata": {}},
            "e2": {"source": "a3", "target": "s1"},
            "e3": {"source": "s1", "target": "a1"},
            "e4": {"source": "a3", "target": "s2"},
            "e5": {"source": "s2", "target": "s1"},
            "e6": {"source": "a2", "target": "s3"},
            "e7": {"source": "s3", "target": "a3"},
            "e8": {"source": "a3", "target": "s4"},
            "e9": {"source": "s4", "target": "a2"},
        },
        "resources": {"res": {"text": "So ferries are slow", "title": "T"}},
        "participants": {"p1": {"name": "Ana", "username": "ana"}},
        "analysts": {},
        "majorClaim": "a1",
        "schemaVersion": 1,
        "libraryVersion": "2.7.2",
    }


def test_arguebuf_becomes_a_map() -> None:
    argmap = loads(json.dumps(_arguebuf()))
    assert [claim.text for claim in argmap.claims] == [
        "Ferries are slow.",
        "They stop.",
        "Stops take an hour.",
    ]
    assert argmap.claims[0].mentions == (Mention(author="Ana", quote="ferries are slow"),)
    assert [(r.kind, r.id, r.sources, r.target) for r in argmap.relations] == [
        ("support", "s1", ("a2", "a3"), "a1"),
        ("undercut", "s2", ("a3",), "s1"),
        ("support", "s4", ("a3",), "a2"),
    ]
    assert argmap.supports[0].scheme == "Position To Know"


def test_arguebuf_comes_back_with_nothing_lost() -> None:
    document = _arguebuf()
    argmap = loads(json.dumps(document))
    again = json.loads(dumps(argmap, format="arguebuf"))
    for name, node in document["nodes"].items():
        assert {"metadata": {}, **again["nodes"][name]} == {"metadata": {}, **node}
    pairs = sorted((edge["source"], edge["target"]) for edge in document["edges"].values())
    assert sorted((e["source"], e["target"]) for e in again["edges"].values()) == pairs
    for name in ("resources", "participants", "majorClaim", "schemaVersion"):
        assert again[name] == document[name]
    assert "userdata" not in again
    assert loads(json.dumps(again)) == argmap


@pytest.mark.parametrize(
    ("format_", "document", "pointer"),
    [
        ("sadface", {"nodes": [{"type": "atom"}], "edges": []}, "/nodes/0"),
        ("sadface", {"nodes": [], "edges": [{"source_id": "a"}]}, "/edges/0"),
        ("sadface", {"nodes": {}}, "/nodes"),
        ("sadface", {"nodes": [{"id": "a", "type": 3}]}, "/nodes/0/type"),
        ("arguebuf", {"nodes": []}, "/nodes"),
        ("arguebuf", {"nodes": {"a": 3}}, "/nodes/a"),
        ("arguebuf", {"nodes": {"a": {"atom": {"text": 3}}}}, "/nodes/a/atom/text"),
        ("arguebuf", {"nodes": {"a": {"atom": {"t": 1}}}, "edges": {"e": {}}}, "/edges/e"),
    ],
)
def test_a_fault_is_named_by_its_pointer(
    format_: str, document: dict[str, Any], pointer: str
) -> None:
    with pytest.raises(FormatParseError) as caught:
        loads(json.dumps(document), format=format_)
    assert caught.value.pointer == pointer


def test_an_empty_document_is_an_empty_map() -> None:
    assert loads('{"nodes": [], "edges": []}', format="sadface") == ArgumentMap()
    assert loads('{"nodes": {}, "edges": {}}', format="arguebuf") == ArgumentMap()


@pytest.mark.parametrize("name", ["sadface", "arguebuf"])
def test_an_edge_to_a_node_that_is_not_there_comes_back(name: str) -> None:
    if name == "sadface":
        edges: Any = [{"id": "e1", "source_id": "a", "target_id": "b"}]
        document: Any = {"nodes": [{"id": "a", "type": "atom", "text": "x"}], "edges": edges}
    else:
        edges = {"e1": {"source": "a", "target": "b"}}
        document = {"nodes": {"a": {"atom": {"text": "x"}}}, "edges": edges, "schemaVersion": 1}
    argmap = loads(json.dumps(document), format=name)
    again = json.loads(dumps(argmap, format=name))
    assert again["edges"] == edges
    assert loads(json.dumps(again), format=name) == argmap


def test_participants_whom_no_name_tells_apart_stay_themselves() -> None:
    document: dict[str, Any] = {
        "nodes": {
            "a": {"atom": {"text": "x", "participant": "p1"}},
            "b": {"atom": {"text": "y", "participant": "p2"}},
            "c": {"atom": {"text": "z", "participant": "p3"}},
        },
        "edges": {},
        "participants": {"p1": {"name": "Ana"}, "p2": {"name": "Ana"}, "p3": {}},
        "schemaVersion": 1,
        "libraryVersion": "2.7.2",
    }
    argmap = loads(json.dumps(document))
    assert [claim.authors for claim in argmap.claims] == [("Ana",), ("Ana",), ("p3",)]
    again = json.loads(dumps(argmap, format="arguebuf"))
    assert again["participants"] == document["participants"]
    assert [again["nodes"][name]["atom"] for name in "abc"] == [
        node["atom"] for node in document["nodes"].values()
    ]


def test_a_document_that_is_only_begun_is_an_empty_map() -> None:
    core = {"id": "d1", "title": "", "version": "0.2", "analyst_name": "A"}
    begun = {"edges": [], "metadata": {"core": core}, "nodes": [], "resources": []}
    assert loads(json.dumps(begun)).claims == ()


def test_further_fields_of_edges_come_back() -> None:
    atoms = [{"id": name, "type": "atom", "text": name, "sources": []} for name in "ab"]
    scheme = {"id": "s", "type": "inference", "name": "support"}
    edges = [
        {"id": "e1", "source_id": "a", "target_id": "s", "metadata": {"tool": {"x": 1}}},
        {"id": "e2", "source_id": "s", "target_id": "b"},
    ]
    text = json.dumps({"nodes": [*atoms, scheme], "edges": edges, "resources": []})
    assert json.loads(dumps(loads(text), format="sadface"))["edges"] == edges
    times = {"created": "2020-01-01T00:00:00Z", "updated": "2021-01-01T00:00:00Z"}
    graph: dict[str, dict[str, Any]] = {
        "nodes": {
            "a": {"atom": {"text": "a"}},
            "b": {"atom": {"text": "b"}},
            "s": {"scheme": {"support": "SUPPORT_DEFAULT"}},
        },
        "edges": {
            "e1": {"source": "a", "target": "s", "metadata": times},
            "e2": {"source": "s", "target": "b", "metadata": {}},
        },
    }
    argmap = loads(json.dumps(graph))
    assert json.loads(dumps(argmap, format="arguebuf"))["edges"] == graph["edges"]


def test_arguebuf_of_the_first_files_is_read() -> None:
    """Their schemes have a type; words of others in it make it no SADFace."""
    graph: dict[str, dict[str, Any]] = {
        "nodes": {
            "a": {"atom": {"text": "a"}, "userdata": {"type": "atom"}},
            "b": {"atom": {"text": "b"}},
            "s": {"scheme": {"type": "TYPE_SUPPORT", "argumentationScheme": "SCHEME_SIGN"}},
            "t": {"scheme": {"type": "TYPE_ATTACK"}},
        },
        "edges": {
            name: {"source": name[0], "target": name[1], "metadata": {}}
            for name in ("as", "sb", "bt", "ts")
        },
        "resources": {"core": {"text": "a"}},
    }
    argmap = loads(json.dumps(graph))
    assert [(r.kind, r.id, *r.sources, r.target) for r in argmap.relations] == [
        ("support", "s", "a", "b"),
        ("undercut", "t", "b", "s"),
    ]
    again = json.loads(dumps(argmap, format="arguebuf"))
    assert [node.get("scheme") for node in again["nodes"].values()] == [
        node.get("scheme") for node in graph["nodes"].values()
    ]
