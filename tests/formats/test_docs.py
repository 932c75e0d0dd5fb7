"""The page on formats is generated from what the formats say of themselves."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from argumap.formats import FORMATS
from argumap.formats._constructs import CONSTRUCTS
from argumap.formats.jsonld import CONTEXT

if TYPE_CHECKING:
    from pathlib import Path

    from argumap.formats import Format

BEGIN, END = "<!-- generated: {} -->\n", "<!-- end of {} -->\n"


def _formats() -> str:
    lines = ["| name | format | endings | read | written |", "|---|---|---|---|---|"]
    for format_ in FORMATS.values():
        endings = " ".join(f"`{suffix}`" for suffix in format_.suffixes)
        read, written = ("yes" if verb else "" for verb in (format_.loads, format_.dumps))
        lines.append(f"| `{format_.name}` | {format_.title} | {endings} | {read} | {written} |")
    return "\n".join(lines) + "\n"


def _cell(format_: Format, construct: str) -> str:
    if construct in format_.carries:
        return "yes"
    return "kept" if construct in format_.keeps else "—"


def _matrix() -> str:
    written = [format_ for format_ in FORMATS.values() if format_.dumps]
    names = [f"`{format_.name}`" for format_ in written]
    lines = [f"| | {' | '.join(names)} |", "|---" * (len(names) + 1) + "|"]
    for construct in CONSTRUCTS:
        cells = " | ".join(_cell(format_, construct.name) for format_ in written)
        lines.append(f"| {construct.name}: {construct.meaning} | {cells} |")
    return "\n".join(lines) + "\n"


def test_the_tables_are_those_of_the_code(repository: Path) -> None:
    path = repository / "docs" / "reference" / "formats.md"
    page = path.read_text(encoding="utf-8")
    for name, table in (("formats", _formats()), ("matrix", _matrix())):
        before, _, rest = page.partition(BEGIN.format(name))
        _, _, after = rest.partition(END.format(name))
        page = f"{before}{BEGIN.format(name)}{table}{END.format(name)}{after}"
    if "RECORD" in os.environ:
        path.write_text(page, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == page, "write anew: RECORD=1 pytest tests/formats"


def test_the_published_context_is_that_of_the_code(repository: Path) -> None:
    path = repository / "docs" / "reference" / "argumap-context.jsonld"
    text = json.dumps({"@context": CONTEXT}, indent=2) + "\n"
    if "RECORD" in os.environ:
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text, "write anew: RECORD=1 pytest tests/formats"


def test_every_format_has_a_section(repository: Path) -> None:
    page = (repository / "docs" / "reference" / "formats.md").read_text(encoding="utf-8")
    assert [name for name in FORMATS if f"`{name}`" not in page.split("## ", 2)[2]] == []
