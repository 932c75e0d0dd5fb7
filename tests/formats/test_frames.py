"""Maps as data frames and as Parquet: all of a map is in the nodes, whatever library holds them."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings

from argumap import ArgumentMap, FormatParseError, MapBuilder, MissingExtraError, UnknownNameError
from argumap.formats import from_frame, read_parquet, to_frames, to_tables, write_parquet
from strategies import maps

if TYPE_CHECKING:
    from pathlib import Path

LIBRARIES = ["pandas", "polars", "pyarrow"]
needs_arrow = pytest.mark.skipif(
    importlib.util.find_spec("pyarrow") is None, reason="PyArrow is not here"
)


@pytest.fixture(scope="module", params=LIBRARIES)
def library(request: pytest.FixtureRequest) -> Any:
    pytest.importorskip(request.param)
    return request.param


@settings(max_examples=40)
@given(argmap=maps())
@example(argmap=ArgumentMap())
def test_a_map_comes_back_from_its_nodes(library: Any, argmap: ArgumentMap) -> None:
    assert from_frame(to_frames(argmap, library).nodes) == argmap


@needs_arrow
@settings(max_examples=20)
@given(argmap=maps())
def test_a_map_comes_back_from_parquet(
    tmp_path_factory: pytest.TempPathFactory, argmap: ArgumentMap
) -> None:
    folder = tmp_path_factory.mktemp("tables") / "map"
    write_parquet(argmap, folder)
    assert read_parquet(folder) == read_parquet(folder / "nodes.parquet") == argmap


def _weather() -> ArgumentMap:
    builder = MapBuilder("Weather")
    wet = builder.claim("It is wet.", author="Ana", confidence=0.5)
    rain, dew = builder.claim("It rained."), builder.claim("There was dew.")
    builder.undercut(dew, builder.support(rain, dew, wet))
    return builder.build()


def test_the_columns_are_typed_and_the_edges_those_of_the_graph(library: Any) -> None:
    nodes, edges = to_frames(_weather(), library)
    assert list(nodes.columns if library != "pyarrow" else nodes.column_names) == [
        *("kind", "id", "text", "sources", "target", "authors"),
        *("component", "scheme", "confidence", "more"),
    ]
    assert nodes["confidence"][1] == 0.5 or nodes["confidence"][1].as_py() == 0.5
    assert [len(sources) for sources in nodes["sources"]] == [0, 0, 0, 0, 2, 1]
    assert len(edges) == len(to_tables(_weather()).edges) == 5


def test_a_frame_that_somebody_changed_is_read_as_it_is_now() -> None:
    pytest.importorskip("pandas")
    nodes = to_frames(_weather(), "pandas").nodes
    nodes.loc[nodes["id"] == "c2", "text"] = "It poured."
    changed = from_frame(nodes)
    assert changed.claim("c2").text == "It poured."
    assert changed.claims[::2] == _weather().claims[::2]


def test_rows_by_hand_are_a_map() -> None:
    rows = [
        {"kind": "claim", "id": "a", "text": "A.", "authors": ["Ana", "Ben"]},
        {"kind": "claim", "id": "b", "text": "B.", "confidence": float("nan")},
        {"kind": "rebuttal", "id": "r", "text": None, "sources": ["b"], "target": "a"},
    ]
    argmap = from_frame(rows)
    assert argmap.authors == ("Ana", "Ben")
    assert argmap.rebuttals[0].target == "a"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([{"kind": "claim", "name": "a"}], "there is no column id, text"),
        ([{"kind": "idea", "id": "a", "text": ""}], "line 1: there is no kind 'idea' of row"),
        (
            [{"kind": "support", "id": "r", "text": "", "sources": []}],
            "a support needs an id, sources",
        ),
    ],
)
def test_a_fault_of_a_row_is_named(rows: list[dict[str, Any]], words: str) -> None:
    with pytest.raises(FormatParseError) as caught:
        from_frame(rows)
    assert words in str(caught.value)


@needs_arrow
def test_a_file_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(FormatParseError, match="there is no such file"):
        read_parquet(tmp_path / "none.parquet")
    (tmp_path / "nodes.parquet").write_text("no Parquet", encoding="utf-8")
    with pytest.raises(FormatParseError, match="not Parquet"):
        read_parquet(tmp_path)


def test_a_library_that_is_not_there_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pandas", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'argumap\[frames\]'"):
        to_frames(_weather(), "pandas")
    with pytest.raises(UnknownNameError, match="no library of data frames is called 'panda'"):
        to_frames(_weather(), "panda")  # type: ignore[arg-type]
