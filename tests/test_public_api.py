"""The names that argumap promises: all there, documented, in one place, and loaded late."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

import argumap

if TYPE_CHECKING:
    from pathlib import Path

PUBLIC = [name for name in argumap.__all__ if name != "__version__"]


@pytest.mark.parametrize("name", PUBLIC)
def test_each_public_name_is_there_and_documented(name: str) -> None:
    value = getattr(argumap, name)
    assert name == "Relation" or inspect.getdoc(value)


def test_the_lists_of_names_agree() -> None:
    assert set(PUBLIC) == set(argumap._HOME_OF)
    assert sorted(argumap.__all__) == argumap.__all__
    described = argumap.__doc__ or ""
    errors = {name for name in PUBLIC if name.endswith(("Error", "Warning"))} - {"ArgumapError"}
    assert [name for name in PUBLIC if name not in errors and f"`{name}`" not in described] == []


def test_each_error_is_in_the_tree_that_the_docstring_draws() -> None:
    import argumap.errors

    tree = argumap.errors.__doc__ or ""
    for name in argumap.errors.__all__:
        value = getattr(argumap.errors, name)
        if isinstance(value, type):
            assert name in tree
            assert issubclass(value, argumap.ArgumapError | Warning)
            assert hasattr(argumap, name)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonesuch'"):
        _ = argumap.nonesuch


READ = r"an ArgumentMap is wanted, not a str: load\(\) reads"
MAKE = r"an ArgumentMap is wanted, not a Thread: extract\(\) makes"


@pytest.mark.parametrize(("given", "message"), [("map.json", READ), (argumap.Thread(), MAKE)])
def test_what_is_no_map_is_named_with_the_way_to_make_one(
    given: Any, message: str, tmp_path: Path
) -> None:
    for verb in (
        *(argumap.draw, argumap.dumps, argumap.to_networkx, argumap.claim_graph, argumap.strengths),
        *(argumap.unsupported_claims, argumap.contested_claims, argumap.main_claims),
        *(argumap.grounded_labelling, argumap.lacking_support, argumap.extensions),
        *(lambda m: argumap.explain(m, "c1"), lambda m: argumap.dump(m, tmp_path / "map.json")),
    ):
        with pytest.raises(TypeError, match=message):
            verb(given)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("thread.txt", r"not a str: read_thread\(\) reads one"),
        (argumap.ArgumentMap(), r"not an ArgumentMap: a map holds its own in .thread"),
    ],
)
def test_what_is_no_thread_is_named_with_the_way_to_one(
    given: Any, message: str, tmp_path: Path
) -> None:
    for verb in (
        *(argumap.extract, argumap.mark_up),
        lambda t: argumap.dump_thread(t, tmp_path / "thread.json"),
    ):
        with pytest.raises(TypeError, match=f"a Thread is wanted, {message}"):
            verb(given)
    assert list(tmp_path.iterdir()) == []


def test_wrong_values_of_arguments_are_named() -> None:
    builder = argumap.MapBuilder()
    claim = builder.claim("It rained.")
    argmap = builder.build()
    with pytest.raises(argumap.UnknownNameError, match="known: defeat, defend"):
        argumap.smallest_sets(argmap, claim, "win")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="depth is -1"):
        argumap.around(argmap, claim, -1)
    with pytest.raises(argumap.UnknownNameError, match="no claim is called Claim"):
        argumap.explain(argmap, argmap.claims[0])  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="a str is wanted, not bytes"):
        argumap.loads(b"{}")  # type: ignore[arg-type]


def test_one_claim_may_be_highlighted_by_itself() -> None:
    builder = argumap.MapBuilder()
    claim = builder.claim("It rained.", id="rain")
    argmap = builder.build()
    of_all = argumap.draw(argmap, highlight=[claim]).svg
    assert "highlighted" in of_all
    (finding,) = argumap.lacking_support(argmap)
    for each in (claim, argmap.claims[0], finding):
        assert argumap.draw(argmap, highlight=each).svg == of_all


def _loaded_by(code: str) -> set[str]:
    """Return which heavy packages a fresh interpreter has loaded after running some code."""
    probe = (
        f"import sys, json\n{code}\n"
        "heavy = ['pydantic', 'networkx', 'graphviz', 'wasmtime', 'resvg_py', 'sentencex', 'typer',"
        " 'rich', 'numpy', 'argumap.extraction', 'argumap.rendering', 'argumap.threads']\n"
        "print(json.dumps([name for name in heavy if name in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


def test_importing_argumap_loads_nothing_heavy() -> None:
    assert _loaded_by("import argumap") == set()


def test_loading_a_map_loads_the_models_only() -> None:
    code = 'from argumap import loads; loads(\'{"version": "argumap-map/1"}\')'
    assert _loaded_by(code) == {"pydantic"}


def test_asking_for_help_loads_the_command_line_only() -> None:
    code = (
        "sys.argv = ['argumap', '--help']\nfrom argumap.cli import main\n"
        "import io, contextlib\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit): main()"
    )
    assert _loaded_by(code) <= {"typer", "rich"}
