"""The docs name what there is: every public name, every command, every link leads somewhere."""

from __future__ import annotations

import importlib.util
import re
from typing import TYPE_CHECKING, Any

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


def _pages(repository: Path) -> list[Path]:
    return [*sorted(repository.glob("*.md")), *sorted((repository / "docs").rglob("*.md"))]


def _anchors(page: Path) -> set[str]:
    """Return what the headings of a page are called in an address, as GitHub makes it of them."""
    text = re.sub(
        r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL
    )
    headings = re.findall(r"^#+ (.*)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_each_link_in_the_docs_leads_somewhere(repository: Path) -> None:
    broken = []
    for page in _pages(repository):
        for target in re.findall(r"\]\(([^)\s]+)[^)]*\)", page.read_text(encoding="utf-8")):
            if re.match(r"[a-z]+:", target):
                continue
            name, _, anchor = target.partition("#")
            to = page.parent / name if name else page
            if not to.exists() or (anchor and anchor not in _anchors(to)):
                broken.append(f"{page.relative_to(repository)}: {target}")
    assert broken == []


def test_the_glossary_is_in_alphabetical_order(repository: Path) -> None:
    page = (repository / "docs" / "glossary.md").read_text(encoding="utf-8")
    terms = re.findall(r"^\*\*([^*]+)\*\*\n: ", page, flags=re.MULTILINE)
    assert len(terms) > 30
    assert terms == sorted(set(terms), key=str.lower)


def test_each_option_in_the_docs_is_one_of_its_command(repository: Path) -> None:
    from typer.main import get_command

    from argumap.cli import app

    commands: dict[str, Any] = dict(get_command(app).commands)  # type: ignore[attr-defined]
    seen, wrong = 0, []
    for page in _pages(repository):
        text = page.read_text(encoding="utf-8")
        for line in re.findall(r"\bargumap ((?:[a-z]+ )+[^`\n#|]*)", text):
            words = line.split()
            command = commands.get(words.pop(0))
            while words and words[0] in getattr(command, "commands", {}):
                command = getattr(command, "commands", {})[words.pop(0)]
            if command is None:
                continue
            known = {name for each in command.params for name in each.opts} | {"--help", "-h"}
            options = re.findall(r"(?<!\S)--?[a-z][a-z-]*", line)
            seen += len(options)
            if not known.issuperset(options):
                wrong.append(f"{page.relative_to(repository)}: argumap {line}")
    assert wrong == []
    assert seen > 40


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
