"""The names that argumap promises: all there, documented, in one place, and loaded late."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys

import pytest

import argumap

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
