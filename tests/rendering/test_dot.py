"""Maps as DOT: what Graphviz reads in it is what the map says."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings

from argumap import ArgumentMap, to_dot, to_graphviz
from argumap.rendering.dot import layout_dot
from argumap.rendering.engines import run
from rendering.pictured import grammar, hostile_map, scene_of, scripts
from strategies import maps

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

SVG = "{http://www.w3.org/2000/svg}"
ENGINES = [
    "embedded",
    pytest.param(
        "system",
        marks=[
            pytest.mark.dot,
            pytest.mark.skipif(shutil.which("dot") is None, reason="no Graphviz here"),
        ],
    ),
]


def check_reads(argmap: ArgumentMap, engine: str) -> None:
    """Check that Graphviz finds the cards of the map and their words, and nothing else."""
    scene = scene_of(argmap)
    drawn = ET.fromstring(run(to_dot(argmap), "svg", engine=engine))  # noqa: S314 # Graphviz's
    nodes = [group for group in drawn.iter(f"{SVG}g") if group.get("class") == "node"]
    edges = [group for group in drawn.iter(f"{SVG}g") if group.get("class") == "edge"]
    assert len(nodes) == len(scene.cards) + len(scene.dots)
    assert len(edges) == len(scene.ties)
    lines = {
        node.findtext(f"{SVG}title"): ["".join(text.itertext()) for text in node.iter(f"{SVG}text")]
        for node in nodes
    }
    for card in scene.cards:
        read = [" ".join(line.split()) for line in lines[card.name]]
        assert read == [" ".join(line.split()) for line in (card.heading, *card.lines)]
    assert not list(drawn.iter(f"{SVG}a"))
    assert not list(drawn.iter(f"{SVG}image"))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("argmap", [grammar(), scripts(), hostile_map(), ArgumentMap()])
def test_graphviz_reads_what_the_map_says(argmap: ArgumentMap, engine: str) -> None:
    check_reads(argmap, engine)


@given(maps())
@settings(max_examples=40)
def test_graphviz_reads_what_any_map_says(argmap: ArgumentMap) -> None:
    check_reads(argmap, "embedded")


@given(maps())
@settings(max_examples=50)
def test_the_layout_is_told_no_word_of_anybody(argmap: ArgumentMap) -> None:
    names = re.compile(r"[ned]\d+")
    for line in layout_dot(scene_of(argmap)).splitlines()[2:-1]:
        assert names.match(line)
        assert re.fullmatch(r"[\w\[\]=.>-]+(?: (?:weight|height|width|arrow\w+)=[\w.]+\]?)*", line)


def test_dot_of_a_map(snapshot: SnapshotAssertion) -> None:
    assert to_dot(grammar()) == snapshot


def test_the_graphviz_package_takes_it() -> None:
    source = to_graphviz(grammar())
    assert type(source).__module__.startswith("graphviz")
    assert source.source == to_dot(grammar())
