"""Maps as indented text and as Mermaid, PDF, and what notebooks and the command line do."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from argumap import ArgumentMap, MissingExtraError, draw, dump, engines
from argumap.rendering.facts import gather
from argumap.rendering.labels import clean
from argumap.rendering.mermaid import MOST_CHARACTERS, MOST_TIES
from argumap.rendering.outline import outline_entries
from rendering.pictured import grammar, hostile_map, random_map, scripts, texts_of
from strategies import maps

if TYPE_CHECKING:
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion


def test_the_outline_as_it_is(snapshot: SnapshotAssertion) -> None:
    assert draw(grammar()).outline == snapshot


@given(maps())
@settings(max_examples=100)
def test_the_outline_has_a_line_for_each_claim(argmap: ArgumentMap) -> None:
    entries = list(outline_entries(argmap, gather(argmap)))
    assert sorted(entry.claim_id for entry in entries) == sorted(c.id for c in argmap.claims)
    text = draw(argmap).outline
    assert len(text.splitlines()) == (argmap.title is not None and argmap.title != "") + (
        2 + len(argmap.claims) if argmap.claims else 1
    )
    for entry in entries:
        assert f"{entry.heading}: {clean(argmap.claim(entry.claim_id).text)}" in text


@given(maps())
@settings(max_examples=100)
def test_the_outline_tells_every_relation_of_every_claim(argmap: ArgumentMap) -> None:
    facts = gather(argmap)
    told = 0
    for entry in outline_entries(argmap, facts):
        told += bool(entry.lead) + (entry.also.count("also ") if entry.also else 0)
    ids = "".join(relation.id for relation in argmap.relations) + "".join(facts.places)
    if "also " not in ids:
        assert told == sum(len(relation.sources) for relation in argmap.relations)


def test_mermaid_as_it_is(snapshot: SnapshotAssertion) -> None:
    assert draw(grammar()).mermaid == snapshot


_NODE = re.compile(r'  [ndf]\d+\["(?P<words>[^"]*)"\]:::(main|alarm|bare|plain)')
_LINES = (
    _NODE,
    re.compile(r'  d\d+\(\(" "\)\):::(pro|con)'),
    re.compile(r"  [ndf]\d+ (-->|---|-\.-x|-\.-) [nd]\d+"),
    re.compile(r"  linkStyle [\d,]+ stroke:#[0-9A-F]{6}"),
    re.compile(r"  classDef \w+ [\w#:,. -]+"),
    re.compile(r"  %% [^{}%]*"),
    re.compile(r"flowchart (BT|RL)"),
    re.compile(r'  nothing\["no claims"\]'),
)


def read_back(words: str) -> list[str]:
    """Return the lines of a label as Mermaid shows them."""
    lines = words.replace("\u2060", "").split("<br/>")
    return [re.sub(r"#(\d+);", lambda number: chr(int(number[1])), line) for line in lines]


def check_is_mermaid(text: str, argmap: ArgumentMap) -> None:
    """Check that a text has no line but those that a flowchart of ours may have."""
    if text.startswith("---\n"):
        front, text = text.removeprefix("---\n").split("\n---\n", 1)
        json.loads(front.removeprefix("title: "))
    found = []
    for line in text.splitlines():
        assert any(form.fullmatch(line) for form in _LINES), line
        node = _NODE.fullmatch(line)
        if node:
            assert not re.search(r"<(?!br/>)|[\\`{}|\[\]]", node["words"])
            found.append(read_back(node["words"]))
    assert found == list(texts_of(draw(argmap, rankdir="RL").svg))


@given(maps())
@settings(max_examples=50)
def test_any_map_is_sound_mermaid(argmap: ArgumentMap) -> None:
    check_is_mermaid(draw(argmap).mermaid, argmap)


@pytest.mark.parametrize("argmap", [hostile_map(), scripts()])
def test_hostile_words_stay_words_in_mermaid(argmap: ArgumentMap) -> None:
    check_is_mermaid(draw(argmap).mermaid, argmap)


def test_frames_and_rings_are_in_mermaid_too() -> None:
    text = draw(grammar(), group_by="author", highlight=["c2"]).mermaid
    assert "\n  style n1 stroke-width:4px\n" in text
    assert '\n  subgraph cluster_1["Ben"]\n    n1\n    n2\n  end\n' in text


def test_mermaid_stays_within_the_limits_of_its_hosts() -> None:
    text = draw(random_map(2000, roots=40), max_claims=None).mermaid
    assert len(text) <= MOST_CHARACTERS
    assert len(re.findall(r"^  \w+ (?:--|-\.)", text, re.MULTILINE)) <= MOST_TIES
    assert re.search(r"%% \d+ of 2 000 claims shown|%% \d+ of 2,000 claims shown", text)


@pytest.mark.parametrize("argmap", [grammar(), hostile_map(), scripts(), ArgumentMap()])
def test_a_pdf_has_one_page_with_words(argmap: ArgumentMap) -> None:
    pytest.importorskip("typst")
    made = draw(argmap).pdf
    assert made.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", made)) == 1
    assert b"/FontFile2" in made
    assert b"/JavaScript" not in made
    assert draw(argmap).pdf == made


def test_without_the_optional_part_a_pdf_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'argumap\[pdf\]'"):
        _ = draw(grammar()).pdf


def test_a_notebook_shows_a_map_and_its_page(tmp_path: Path) -> None:
    nbclient = pytest.importorskip("nbclient")
    nbformat = pytest.importorskip("nbformat")
    pytest.importorskip("ipykernel")
    dump(grammar(), tmp_path / "map.json")
    cells = [
        f"import argumap\nargmap = argumap.load({str(tmp_path / 'map.json')!r})\nargmap",
        "argumap.draw(argmap)",
        "argumap.draw(argmap).show(height=300)",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    nbclient.NotebookClient(notebook, timeout=120).execute()
    shown = [cell.outputs[-1].data for cell in notebook.cells]
    assert shown[0].keys() == {"image/svg+xml", "text/plain"}
    assert shown[0] == shown[1]
    assert shown[0]["text/plain"].startswith("Grammar of relations\n8 claims")
    assert 'sandbox="allow-scripts" title="Argument map"' in shown[2]["text/html"]
    assert 'height="300"' in shown[2]["text/html"]


def test_the_example_notebook_runs_and_is_saved_with_its_pictures(repository: Path) -> None:
    nbclient = pytest.importorskip("nbclient")
    nbformat = pytest.importorskip("nbformat")
    pytest.importorskip("ipykernel")
    saved = nbformat.read(repository / "examples" / "first-map.ipynb", as_version=4)
    kinds = [sorted(out.get("data", {})) for cell in saved.cells for out in cell.get("outputs", ())]
    assert kinds.count(["image/svg+xml", "text/plain"]) == 2
    assert kinds.count(["text/html", "text/plain"]) == 1
    where = {"metadata": {"path": str(repository / "examples")}}
    nbclient.NotebookClient(saved, timeout=120, resources=where).execute()


def test_outside_of_notebooks_a_frame_is_a_short_word() -> None:
    assert repr(draw(grammar()).show()).startswith("Frame(")


def argumap(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "argumap", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=folder,
    )


def test_the_command_line_takes_the_options(tmp_path: Path) -> None:
    dump(random_map(50), tmp_path / "map.json")
    done = argumap(
        *("draw", "map.json", "-o", "m.svg", "-o", "m.html", "-o", "m.txt", "--max-claims", "20"),
        *("--rankdir", "RL", "--highlight", "c1", "--theme", "light"),
        folder=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    svg = (tmp_path / "m.svg").read_text(encoding="utf-8")
    assert "of 50 claims shown" in svg
    assert 'class="ring"' in svg
    assert "prefers-color-scheme" not in svg
    assert (tmp_path / "m.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert (tmp_path / "m.txt").read_text(encoding="utf-8").startswith("50 made-up claims\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--rankdir", "TB"), "no direction is called 'TB'"),
        (("--highlight", "c99"), "no claim is called 'c99'"),
        (("--max-claims", "many"), "known: all, a whole number"),
        (("--engine", "embeded"), "did you mean 'embedded'?"),
    ],
)
def test_a_wrong_option_ends_with_2(
    tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    dump(grammar(), tmp_path / "map.json")
    done = argumap("draw", "map.json", "-o", "m.svg", *arguments, folder=tmp_path)
    assert done.returncode == 2
    assert message in done.stderr
    assert not (tmp_path / "m.svg").exists()


def test_the_engines_of_this_machine_are_told(tmp_path: Path) -> None:
    done = argumap("engines", folder=tmp_path)
    assert done.returncode == 0
    for state in engines():
        assert re.search(
            rf"^{state.name} +(Graphviz [\d.]+|does not work: )", done.stdout, re.MULTILINE
        )
    assert "formats    svg png pdf html dot mmd txt" in done.stdout
