"""The engines: which is taken, what they cannot do, and what is said when none works."""

from __future__ import annotations

import itertools
import shutil
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

import argumap
from argumap import EngineNotFoundError, LayoutLimitError, RenderError, UnknownNameError, draw
from argumap.rendering.dot import layout_dot
from argumap.rendering.engines import ENGINES, run
from rendering.pictured import grammar, random_map, scene_of

if TYPE_CHECKING:
    from pathlib import Path

needs_dot = [
    pytest.mark.dot,
    pytest.mark.skipif(shutil.which("dot") is None, reason="no Graphviz here"),
]


def test_the_embedded_engine_is_taken_first() -> None:
    assert next(iter(ENGINES)) == "embedded"
    assert ENGINES["embedded"].version().split(".")[0].isdigit()


@pytest.mark.parametrize("engine", ["embedded", pytest.param("system", marks=needs_dot)])
def test_each_engine_draws(engine: str) -> None:
    assert draw(grammar(), engine=engine).svg.count('class="claim') == 8


def test_an_unknown_engine_is_told_at_once() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'embedded'"):
        draw(grammar(), engine="embeded")


def test_the_environment_chooses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARGUMAP_ENGINE", "system")
    monkeypatch.setenv("ARGUMAP_DOT", "/no/such/program")
    with pytest.raises(EngineNotFoundError, match="ARGUMAP_DOT='/no/such/program' is no program"):
        _ = draw(grammar()).svg
    assert draw(grammar(), engine="embedded").svg.startswith("<svg")


def test_where_nothing_works_one_error_says_what_was_tried(tmp_path: Path) -> None:
    # Packages that cannot be imported, as on a machine for which they are not built.
    (tmp_path / "wasmtime.py").write_text("raise OSError('no build for this machine')")
    program = (
        "import argumap\n"
        "builder = argumap.MapBuilder()\n"
        "builder.support(builder.claim('One.'), builder.claim('Two.'))\n"
        "argmap = builder.build()\n"
        "assert argumap.to_dot(argmap).startswith('digraph')\n"
        "assert argumap.draw(argmap)._repr_mimebundle_().keys() == {'text/plain'}\n"
        "try:\n"
        "    argumap.draw(argmap).svg\n"
        "except argumap.EngineNotFoundError as fault:\n"
        "    print(fault)\n"
        "    print([name for name, _ in fault.tried])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(tmp_path), "PATH": str(tmp_path)},
    )
    assert "no build for this machine" in done.stdout
    assert "no `dot` on the path; ARGUMAP_DOT is not set" in done.stdout
    assert "['embedded', 'system']" in done.stdout


@pytest.mark.parametrize("engine", ["embedded", pytest.param("system", marks=needs_dot)])
def test_what_graphviz_refuses_is_an_error(engine: str) -> None:
    with pytest.raises(RenderError, match=r"syntax error|Failed to parse"):
        run("digraph {", "json0", engine=engine)


@pytest.mark.parametrize("engine", ["embedded", pytest.param("system", marks=needs_dot)])
def test_a_layout_that_takes_too_long_is_stopped(engine: str) -> None:
    dot = layout_dot(scene_of(random_map(3000)))
    with pytest.raises(LayoutLimitError, match=r"longer than 0\.2 seconds; draw less"):
        run(dot, "json0", engine=engine, seconds=0.2)


def test_a_layout_that_is_too_deep_is_an_error_and_no_crash() -> None:
    dot = "digraph{" + "\n".join(f"n{number}->n{number + 1}" for number in range(60_000)) + "}"
    with pytest.raises(LayoutLimitError, match="too deep"):
        run(dot, "json0", engine="embedded")
    assert draw(grammar(), engine="embedded").svg.startswith("<svg")


def test_a_chain_of_ten_thousand_claims_is_drawn() -> None:
    builder = argumap.MapBuilder()
    claims = [builder.claim("And so on.") for _ in range(10_000)]
    for reason, claim in itertools.pairwise(claims):
        builder.support(reason, claim)
    dot = layout_dot(scene_of(builder.build()))
    assert run(dot, "json0", engine="embedded").count(b'"name": "n') == 10_000


def test_threads_do_not_disturb_one_another() -> None:
    dot = layout_dot(scene_of(random_map(100)))
    answers: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: answers.append(run(dot, "json0", engine="embedded")))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 8
    assert len(set(answers)) == 1


def test_the_embedded_engine_sees_no_file() -> None:
    secret = __file__
    answer = run(f'digraph{{n0[image="{secret}" label=""]}}', "svg", engine="embedded")
    assert b"<image" not in answer
