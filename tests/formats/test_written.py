"""What the other formats look like, as wholes, and what each of them has of its own."""

from __future__ import annotations

import csv
import io
import json

import networkx as nx
import pytest

from argumap import (
    ArgumentMap,
    Claim,
    FormatParseError,
    LossyConversionWarning,
    MapBuilder,
    NotRepresentableError,
    dumps,
    loads,
)
from argumap.formats import to_tables


@pytest.fixture
def weather() -> ArgumentMap:
    builder = MapBuilder("Weather <today>")
    wet = builder.claim("It is *wet*.", author="Ana", confidence=0.5)
    rain, dew = builder.claim("=It rained.", author="Ben"), builder.claim("There was dew.")
    dry = builder.claim("See http://x.y <b>it</b> is dry.", author="Ana")
    builder.mention(wet, "Ben", "denies")
    linked = builder.support(rain, dew, wet)
    builder.undercut(dry, linked)
    builder.rebuttal(dry, wet)
    return builder.build()


def test_a_report_is_markdown_in_which_nobody_writes_markup(weather: ArgumentMap) -> None:
    assert dumps(weather, format="markdown") == (
        "# Weather &lt;today>\n"
        "\n"
        "4 claims, 1 support, 1 rebuttal, 1 undercut.\n"
        "\n"
        "## Ana\n"
        "\n"
        "- **c1** It is \\*wet\\*. (0.50)\n"
        "  - Ben denies it\n"
        "  - supported by **c2** =It rained. and **c3** There was dew.\n"
        "    - which is undercut by **c4** See http\u200b://x.y &lt;b>it&lt;/b> is dry.\n"
        "  - rebutted by **c4** See http\u200b://x.y &lt;b>it&lt;/b> is dry.\n"
        "- **c4** See http\u200b://x.y &lt;b>it&lt;/b> is dry.\n"
        "\n"
        "## Ben\n"
        "\n"
        "- **c2** =It rained.\n"
        "\n"
        "## By nobody in particular\n"
        "\n"
        "- **c3** There was dew.\n"
        "\n"
        "## Without support\n"
        "\n"
        "- **c2** =It rained. — Ben\n"
        "- **c3** There was dew.\n"
        "- **c4** See http\u200b://x.y &lt;b>it&lt;/b> is dry. — Ana\n"
    )


def test_a_table_has_a_row_for_each_element_and_no_formula(weather: ArgumentMap) -> None:
    rows = list(csv.DictReader(io.StringIO(dumps(weather, format="csv"))))
    assert [(row["kind"], row["id"], row["sources"], row["target"]) for row in rows] == [
        ("map", "", "", ""),
        ("claim", "c1", "", ""),
        ("claim", "c2", "", ""),
        ("claim", "c3", "", ""),
        ("claim", "c4", "", ""),
        ("support", "r1", "c2; c3", "c1"),
        ("undercut", "r2", "c4", "r1"),
        ("rebuttal", "r3", "c4", "c1"),
    ]
    assert rows[2]["text"] == "'=It rained."
    assert rows[1]["confidence"] == "0.5"


def test_a_table_that_a_person_made_is_read() -> None:
    text = "kind,id,text,sources,target\nclaim,a,Yes.,,\nclaim,b,No.,,\nrebuttal,r,,b,a\n"
    argmap = loads(text)
    assert [claim.text for claim in argmap.claims] == ["Yes.", "No."]
    assert argmap.rebuttals[0].source == "b"
    assert argmap.rebuttals[0].origin is None


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("kind,id,text\nclaim,,x", 2, "a claim has no id"),
        ("kind,id,text\nbanana,a,x", 2, "there is no kind 'banana' of row"),
        ("kind,id,text,sources\nsupport,a,,b", 2, "a support needs an id, sources and a target"),
        ("kind,id,text,confidence\nclaim,a,x,high", 2, "confidence 'high' is not a number"),
        ("kind,id,text,more\nclaim,a,x,{", 2, "the cell 'more' is no JSON object"),
        ('kind,id,text\nclaim,a,"x', 2, "not CSV: unexpected end of data"),
        ("kind,name,text\nclaim,a,x", 1, "there is no column id"),
    ],
)
def test_a_fault_of_a_table_is_named_by_its_line(text: str, line: int, words: str) -> None:
    with pytest.raises(FormatParseError, match=words) as caught:
        loads(text, format="csv")
    assert caught.value.line == line


def test_tables_for_data_frames_have_all_nodes_and_edges(weather: ArgumentMap) -> None:
    tables = to_tables(weather)
    assert [row["id"] for row in tables.nodes] == ["c1", "c2", "c3", "c4", "r1", "r2", "r3"]
    assert len({tuple(row) for row in tables.nodes}) == 1  # the same columns in each
    assert len(tables.edges) == 7


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_networkx_reads_kinds_and_roles(name: str, weather: ArgumentMap) -> None:
    text = dumps(weather, format=name)
    graph = (
        nx.parse_graphml(text)
        if name == "graphml"
        else nx.read_gexf(io.BytesIO(text.encode()), version="1.2draft")
    )
    assert graph.nodes["c1"]["text"] == "It is *wet*."
    assert graph.nodes["c1"]["confidence"] == 0.5
    assert graph.nodes["r2"]["kind"] == "undercut"
    assert graph.edges["c2", "r1"]["role"] == "premise"


def test_a_graph_of_others_is_read_where_its_edges_say_what_they_are() -> None:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_node("a", label="Yes.", weight=3)
    graph.add_node("b", text="No.")
    graph.add_edge("b", "a", relation="attack")
    argmap = loads("\n".join(nx.generate_graphml(graph)))
    assert [claim.text for claim in argmap.claims] == ["Yes.", "No."]
    assert argmap.claims[0].extra == {"graphml": {"label": "Yes.", "weight": "3"}}
    assert [(r.source, r.target) for r in argmap.rebuttals] == [("b", "a")]
    graph.edges["b", "a"]["relation"] = "likes"
    del graph.nodes["a"]["weight"]
    graph.add_edge("a", "b")
    text = "\n".join(nx.generate_graphml(graph))
    with pytest.raises(NotRepresentableError) as caught:
        loads(text)
    assert caught.value.constructs == (
        "the edge from 'a' to 'b' does not say what it is: known are support and attack",
        "the edge from 'b' to 'a' is of the kind 'likes': known are support and attack",
    )
    with pytest.warns(LossyConversionWarning):
        assert [claim.id for claim in loads(text, lossy=True).claims] == ["a", "b"]


def test_what_others_say_of_edges_and_relations_comes_back() -> None:
    graph: nx.DiGraph[str] = nx.DiGraph(name="debate")
    graph.add_node("a", text="Yes.", kind="statement")
    graph.add_node("b", text="No.", kind="Statement")
    graph.add_node("s", type="RA", text="why", colour="red")
    graph.add_node("t", type="CA")
    graph.add_edge("a", "b", kind="support", weight=0.5)
    graph.add_edge("b", "s")
    graph.add_edge("s", "a")
    graph.add_edge("b", "t")
    graph.add_edge("t", "s")
    argmap = loads("\n".join(nx.generate_graphml(graph)))
    assert [(r.kind, *r.sources, r.target) for r in argmap.relations] == [
        ("support", "b", "a"),
        ("undercut", "b", "s"),
        ("support", "a", "b"),
    ]
    assert [r.extra for r in argmap.relations] == [
        {"graphml": {"type": "RA", "text": "why", "colour": "red"}},
        {"graphml": {"type": "CA"}},
        {"graphml": {"weight": "0.5"}},
    ]
    for name in ("graphml", "gexf"):
        assert loads(dumps(argmap, format=name)) == argmap


def test_what_is_unsaid_is_what_the_file_says_it_is() -> None:
    graphml = """<graphml><key id="k" for="edge" attr.name="kind"><default>attack</default></key>
        <graph><node id="a"/><node id="b"/><edge source="a" target="b"/></graph></graphml>"""
    gexf = """<gexf><meta><creator>Somebody</creator></meta><graph>
        <attributes class="edge"><attribute id="0" title="kind"><default>attack</default>
        </attribute></attributes><nodes><node id="a" label="A"/><node id="b"/></nodes>
        <edges><edge source="a" target="b" weight="2"/></edges></graph></gexf>"""
    for name, text in (("graphml", graphml), ("gexf", gexf)):
        argmap = loads(text)
        assert [(r.source, r.target) for r in argmap.rebuttals] == [("a", "b")]
        assert loads(dumps(argmap, format=name)) == argmap
    assert argmap.extra == {"gexf": {"creator": "Somebody"}}
    assert argmap.rebuttals[0].extra == {"gexf": {"weight": "2"}}


def test_a_second_graph_in_a_file_is_told() -> None:
    graph = '<graph><node id="a"/></graph>'
    with pytest.raises(NotRepresentableError, match="1 graphs after the first one"):
        loads(f"<graphml>{graph}{graph}</graphml>")


DRAWN = """\
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
<key for="node" id="d0"/><key for="edge" id="d1"/>
<graph edgedefault="directed" id="G">
 <node id="s1" yfiles.foldertype="group">
  <data key="d0"><y:GroupNode><y:NodeLabel>Streets</y:NodeLabel></y:GroupNode></data>
  <graph id="s1:">{nodes}</graph>
 </node>{edges}
</graph></graphml>
"""


def _drawn(names: str, *edges: tuple[str, str, str, str]) -> str:
    nodes = "".join(
        f'<node id="{name}"><data key="d0"><y:ShapeNode><y:Fill color="#FFFFFF"/>'
        f"<y:NodeLabel>&lt;html&gt;Title {name} &lt;/html&gt;</y:NodeLabel>"
        f"<y:NodeLabel>&lt;html&gt;It&amp;#x20;is&lt;br&gt;{name}.&lt;/html&gt;</y:NodeLabel>"
        "</y:ShapeNode></data></node>"
        for name in names
    )
    lines = "".join(
        f'<edge source="{source}" target="{target}"><data key="d1"><y:PolyLineEdge>'
        f'<y:LineStyle color="{colour}"/><y:Arrows source="{arrow}" target="standard"/>'
        "</y:PolyLineEdge></data></edge>"
        for source, target, colour, arrow in edges
    )
    return DRAWN.format(nodes=nodes, edges=lines)


def test_what_argdown_says_by_colours_is_read() -> None:
    argmap = loads(
        _drawn(
            "abcd",
            ("b", "a", "#00ff00", "none"),
            ("c", "b", "#551A8B", "none"),
            ("d", "a", "#ff0000", "none"),
            ("c", "d", "#ff0000", "diamond"),
        )
    )
    assert [(claim.id, claim.text) for claim in argmap.claims] == [
        (name, f"It is {name}.") for name in "abcd"
    ]
    assert argmap.claims[0].extra == {
        "graphml": {"label": "It is a.", "title": "Title a", "group": "s1"}
    }
    assert argmap.extra == {"graphml": {"groups": {"s1": "Streets"}}}
    assert [(r.kind, r.id, *r.sources, r.target) for r in argmap.relations] == [
        ("support", "r1", "b", "a"),
        ("rebuttal", "r2", "d", "a"),
        ("rebuttal", "r3", "c", "d"),
        ("rebuttal", "r4", "d", "c"),
        ("undercut", "r5", "c", "r1"),
    ]


def _box(name: str, shape: str, label: str) -> str:
    return (
        f'<node id="{name}"><data key="d5"/><data key="d0"><y:ShapeNode>'
        f'<y:NodeLabel>{label}</y:NodeLabel><y:Shape type="{shape}"/></y:ShapeNode></data></node>'
    )


def _line(source: str, target: str, kind: str = "line", label: str = "") -> str:
    return (
        f'<edge source="{source}" target="{target}"><data key="d1"><y:PolyLineEdge>'
        f'<y:LineStyle color="#000000" type="{kind}"/><y:Arrows source="none" target="standard"/>'
        f"<y:EdgeLabel>{label}</y:EdgeLabel></y:PolyLineEdge></data></edge>"
    )


def test_what_carneades_says_by_shapes_is_read() -> None:
    text = DRAWN.format(
        nodes="".join(_box(f"n{n}", "rectangle", f"Statement {n}") for n in range(1, 5))
        + _box("n5", "roundrectangle", "a1: from sign")
        + _box("n6", "roundrectangle", "a2")
        + _box("n7", "hexagon", "i1: PE"),
        edges=_line("n1", "n5", label="minor")
        + _line("n2", "n5")
        + _line("n5", "n3", label="1.00")
        + _line("n4", "n5", "dashed")
        + _line("n6", "n4")
        + _line("n3", "n6", "dashed")
        + _line("n2", "n7")
        + _line("n4", "n7"),
    )
    argmap = loads(text)
    assert [claim.id for claim in argmap.claims] == ["n1", "n2", "n3", "n4"]
    assert [(r.kind, r.id, r.sources, r.target) for r in argmap.relations] == [
        ("support", "n5", ("n1", "n2"), "n3"),
        ("undercut", "n5~1", ("n4",), "n5"),
        ("rebuttal", "n6~1", ("n3",), "n4"),  # its argument has no premises: it joins nothing
        ("rebuttal", "r1", ("n2",), "n4"),
        ("rebuttal", "r2", ("n4",), "n2"),
    ]
    support = argmap.supports[0]
    assert support.scheme == "from sign"
    assert support.extra == {
        "graphml": {"label": "a1: from sign", "roles": "n1: minor", "weight": "1.00"}
    }
    assert argmap.extra is not None
    assert argmap.extra["graphml"]["arguments"] == {  # type: ignore[index,call-overload]
        "n6": {"kind": "support", "label": "a2", "conclusion": "n4"}
    }
    assert loads(dumps(argmap, format="graphml")) == argmap


def test_a_line_that_says_nothing_is_told() -> None:
    with pytest.raises(NotRepresentableError, match="from 'a' to 'b' does not say what it is"):
        loads(_drawn("ab", ("a", "b", "#000000", "none")))


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_xml_with_entities_is_refused(name: str) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>'
    with pytest.raises(FormatParseError, match="entities or a document type of its own"):
        loads(f'<?xml version="1.0"?>\n{bomb}<{name}>&b;</{name}>', format=name)


ICCMA = {
    "apx": "arg(a). arg(b).\n% a comment\natt( a , b ).\natt(b,a).",
    "tgf": "a\nb some words\n#\na b\nb a\n",
    "af": "# made by hand\np af 2\n# 1 a\n# 2 b\n1 2\n2 1\n",
}


@pytest.mark.parametrize("name", ICCMA)
def test_a_framework_is_read(name: str) -> None:
    argmap = loads(ICCMA[name])
    assert [claim.id for claim in argmap.claims] == ["a", "b"]
    assert [(r.source, r.target) for r in argmap.rebuttals] == [("a", "b"), ("b", "a")]


@pytest.mark.parametrize(
    ("name", "text", "line", "words"),
    [
        ("apx", "arg(a).\natt(a,b).", 2, "there is no argument 'b'"),
        ("apx", "arg(a).\nargh(b).", 2, r"expected: arg\(a\)"),
        ("apx", "arg(a,b).", 1, "arg names one argument, att two"),
        ("tgf", "a\nb\n", 2, "there is no line with # alone"),
        ("tgf", "a x\na y\n#\n", 2, "argument 'a' is there twice"),
        ("tgf", "a\n#\na\n", 3, "expected: two arguments"),
        ("af", "1 2\n", 1, "expected: p af and the number of arguments"),
        ("af", "p af 2\n1 3\n", 2, "expected: two numbers from 1 to 2"),
        ("af", "p af 999999999\n", 1, "more than are read at once"),
    ],
)
def test_a_fault_of_a_framework_is_shown(name: str, text: str, line: int, words: str) -> None:
    with pytest.raises(FormatParseError, match=words) as caught:
        loads(text, format=name)
    assert caught.value.line == line
    assert "^" in str(caught.value)


@pytest.mark.parametrize(
    ("name", "text"),
    [("apx", "arg(a). att(a,a)."), ("tgf", "a\n#\na a\n"), ("af", "p af 1\n# 1 a\n1 1\n")],
)
def test_an_argument_may_attack_itself(name: str, text: str) -> None:
    argmap = loads(text, format=name)
    assert [(r.source, r.target) for r in argmap.rebuttals] == [("a", "a")]
    assert loads(dumps(argmap, format=name), format=name) == argmap


def test_linked_data_leads_nowhere_but_to_itself() -> None:
    argmap = ArgumentMap(claims=(Claim(id="../x y#", text="</script>"),))
    document = json.loads(dumps(argmap, format="jsonld"))
    assert document["claims"] == [
        {"id": "#..%2Fx%20y%23", "type": "Claim", "identifier": "../x y#", "text": "</script>"}
    ]
    assert isinstance(document["@context"], dict)


def test_linked_data_has_the_parts_in_their_roles(weather: ArgumentMap) -> None:
    with pytest.warns(UserWarning, match="jsonld leaves out:"):
        document = json.loads(dumps(weather, format="jsonld", lossy=True))
    support, undercut, rebuttal = document["relations"]
    assert (support["premise"], support["conclusion"]) == (["#c2", "#c3"], "#c1")
    assert (undercut["type"], undercut["target"]) == (["Attack", "Undercut"], "#r1")
    assert rebuttal["target"] == "#c1"
    assert {key for element in document["claims"] for key in element} <= set(document["@context"])
