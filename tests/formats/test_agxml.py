"""The XML of the Microtexts: units and their words, kinds of edges, and undercuts of edges."""

from __future__ import annotations

import pytest

from argumap import ArgumentMap, FormatParseError, NotRepresentableError, loads

FINES = """\
<?xml version='1.0' encoding='UTF-8'?>
<!DOCTYPE arggraph SYSTEM "arggraph.dtd">
<arggraph id="micro_x001" topic_id="dogs_fines" stance="pro">
  <edu id="e1"><![CDATA[Fines should rise & soon,]]></edu>
  <edu id="e2"><![CDATA[for dogs foul the street]]></edu>
  <edu id="e3"><![CDATA[and their owners do not care.]]></edu>
  <edu id="e4"><![CDATA[Of course somebody has to catch them,]]></edu>
  <edu id="e5"><![CDATA[but wardens can.]]></edu>
  <edu id="e6"><![CDATA[Hm.]]></edu>
  <edu id="e7"><![CDATA[So: higher fines!]]></edu>
  <joint id="j1"/>
  <adu id="a1" type="pro"/>
  <adu id="a2" type="pro"/>
  <adu id="a3" type="opp"/>
  <adu id="a4" type="pro"/>
  <edge id="c1" src="e1" trg="a1" type="seg"/>
  <edge id="c2" src="e3" trg="j1" type="seg"/>
  <edge id="c3" src="e2" trg="j1" type="seg"/>
  <edge id="c4" src="j1" trg="a2" type="seg"/>
  <edge id="c5" src="e4" trg="a3" type="seg"/>
  <edge id="c6" src="e5" trg="a4" type="seg"/>
  <edge id="c7" src="e7" trg="a1" type="seg"/>
  <edge id="c8" src="a2" trg="a1" type="sup"/>
  <edge id="c9" src="a3" trg="c8" type="und"/>
  <edge id="c10" src="a4" trg="c9" type="und"/>
  <edge id="c11" src="a4" trg="a3" type="reb"/>
  <edge id="c12" src="a4" trg="c8" type="add"/>
</arggraph>
"""


def _lines(argmap: ArgumentMap) -> list[str]:
    arrows = {"support": "=>", "rebuttal": "=/>", "undercut": "=x>"}
    return [f"{r.id}: {', '.join(r.sources)} {arrows[r.kind]} {r.target}" for r in argmap.relations]


def test_a_file_becomes_a_map() -> None:
    argmap = loads(FINES)
    assert [(claim.id, claim.text) for claim in argmap.claims] == [
        ("a1", "Fines should rise & soon,"),
        ("a2", "for dogs foul the street and their owners do not care."),
        ("a3", "Of course somebody has to catch them,"),
        ("a4", "but wardens can."),
    ]
    assert _lines(argmap) == [
        "c8: a2, a4 => a1",
        "c9: a3 =x> c8",
        "c10: a4 =x> c9",
        "c11: a4 =/> a3",
    ]


def test_what_a_map_has_no_fields_for_is_kept() -> None:
    argmap = loads(FINES)
    assert argmap.extra == {
        "agxml": {
            "id": "micro_x001",
            "topic_id": "dogs_fines",
            "stance": "pro",
            "edus": {"e6": "Hm."},
        }
    }
    assert argmap.claim("a3").extra == {"agxml": {"type": "opp"}}


def test_a_claim_that_is_made_twice_is_one_with_both_quotes() -> None:
    quotes = [mention.quote for mention in loads(FINES).claim("a1").mentions]
    assert quotes == ["Fines should rise & soon,", "So: higher fines!"]


def _graph(*edges: str) -> str:
    lines = [f'<edge id="c{n}" {edge}/>' for n, edge in enumerate(edges, start=1)]
    units = "".join(f'<adu id="a{n}" type="pro"/>' for n in (1, 2, 3))
    return f"<arggraph id='x'><edu id='e1'>One.</edu>{units}{''.join(lines)}</arggraph>"


def test_a_support_by_example_has_a_scheme() -> None:
    argmap = loads(_graph('src="a1" trg="a2" type="exa"'))
    assert argmap.supports[0].scheme == "example"


def test_an_undercut_of_an_added_source_strikes_its_support() -> None:
    argmap = loads(
        _graph(
            'src="a3" trg="c2" type="und"',
            'src="a2" trg="c3" type="add"',
            'src="a1" trg="a3" type="sup"',
        )
    )
    assert _lines(argmap) == ["c3: a1, a2 => a3", "c1: a3 =x> c3"]


def test_an_attack_of_two_together_is_one_of_each() -> None:
    argmap = loads(_graph('src="a1" trg="a3" type="reb"', 'src="a2" trg="c1" type="add"'))
    assert _lines(argmap) == ["c1: a1 =/> a3", "r1: a2 =/> a3"]
    assert all(r.extra == {"agxml": {"part_of": "c1"}} for r in argmap.relations)


def test_a_support_of_itself_has_no_place() -> None:
    with pytest.raises(NotRepresentableError, match="concludes its premise"):
        loads(_graph('src="a1" trg="a1" type="sup"'))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (_graph('src="a1" trg="a9" type="sup"'), "edge 'c1' names 'a9'"),
        (_graph('src="e1" trg="a1" type="sup"'), "edge 'c1' names 'e1'"),
        (_graph('src="a1" trg="a2" type="likes"'), "edge 'c1' has the type 'likes'"),
        (
            _graph('src="a1" trg="c2" type="add"', 'src="a1" trg="c1" type="add"'),
            "added to itself, in a circle",
        ),
        ("<arggraph><adu/></arggraph>", "there is adu without an id"),
        ("<arggraph><edu id='a'/><adu id='a'/></arggraph>", "two elements have the id 'a'"),
        ("<arggraph><edu>", "not XML"),
        ("<html><arggraph/></html>", "the root is 'html'"),
        (
            "<!DOCTYPE arggraph [<!ENTITY a 'b'>]>" + _graph(),
            "declares entities or a document type of its own",
        ),
    ],
)
def test_a_fault_is_named(text: str, words: str) -> None:
    with pytest.raises(FormatParseError) as caught:
        loads(text, format="agxml")
    assert words in str(caught.value)
