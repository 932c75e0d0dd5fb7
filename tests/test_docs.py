"""The docs name what there is: every public name, every command, every link leads somewhere."""

from __future__ import annotations

import importlib.util
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


def test_the_api_page_is_what_the_docstrings_say(repository: Path) -> None:
    path = repository / "docs" / "api_page.py"
    spec = importlib.util.spec_from_file_location("api_page", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    written = (repository / "docs" / "reference" / "api.md").read_text(encoding="utf-8")
    assert written == module.page(), "run: python docs/api_page.py"


def test_each_command_is_documented(repository: Path) -> None:
    from typer.main import get_command

    from argumap.cli import app

    page = (repository / "docs" / "reference" / "command-line.md").read_text(encoding="utf-8")
    names = list(get_command(app).commands)  # type: ignore[attr-defined]
    assert names
    assert [name for name in names if f"`argumap {name}" not in page] == []


def test_each_link_in_the_docs_leads_somewhere(repository: Path) -> None:
    pages = [repository / "README.md", *sorted((repository / "docs").rglob("*.md"))]
    broken = [
        f"{page.relative_to(repository)}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)\s#]+)[^)]*\)", page.read_text(encoding="utf-8"))
        if not re.match(r"[a-z]+:", target) and not (page.parent / target).exists()
    ]
    assert broken == []


@pytest.mark.parametrize("top", ["work", "root"])
def test_no_path_of_a_machine_is_in_the_tree(repository: Path, top: str) -> None:
    folders = ("src", "docs", "examples")
    files = [p for folder in folders for p in (repository / folder).rglob("*") if p.is_file()]
    named = [
        path.relative_to(repository)
        for path in files
        if path.suffix in {".py", ".md", ".json", ".js", ".css", ".toml", ".ipynb", ".dot", ".svg"}
        and f"/{top}/" in path.read_text(encoding="utf-8")
    ]
    assert named == []
