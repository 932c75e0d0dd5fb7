"""Writes ``docs/reference/api.md`` from the docstrings. Run: ``python docs/api_page.py``."""

import inspect
import re
from pathlib import Path

import argumap

PAGE = Path(__file__).parent / "reference" / "api.md"

HEAD = """\
# The API

Everything public is in the one namespace `argumap`. Names load when they are first used, so
importing argumap costs next to nothing. `help(argumap.extract)` shows the whole of what this page
has the first line of. This page is written from the docstrings by `python docs/api_page.py`.
"""


def page() -> str:
    """Return the page."""
    groups = _groups()
    errors = [n for n in argumap.__all__ if n.endswith(("Error", "Warning"))]
    parts = [HEAD]
    for title, names in groups.items():
        parts.append(f"## {title}\n")
        parts += _rows(names if title != "Errors" else errors)
        parts.append("")
    return "\n".join(parts).rstrip() + "\n"


def _groups() -> dict[str, list[str]]:
    """Return the names of each group in the docstring of the package."""
    groups: dict[str, list[str]] = {}
    title = ""
    for line in (argumap.__doc__ or "").splitlines():
        if re.fullmatch(r"[A-Z][\w ]*:", line):
            title = line[:-1]
            groups[title] = []
        elif title and line.startswith("    "):
            groups[title] += re.findall(r"`(\w+)`", line)
    return groups


def _rows(names: list[str]) -> list[str]:
    rows = ["| name | what it is |", "|---|---|"]
    for name in names:
        value = getattr(argumap, name)
        signature = _signature(value) if inspect.isfunction(value) else ""
        first = (inspect.getdoc(value) or "").partition("\n\n")[0].replace("\n", " ")
        if not inspect.isclass(value) and not inspect.isfunction(value):
            first = "A support, a rebuttal or an undercut."
        rows.append(f"| `{name}{signature}` | {first.replace('|', chr(92) + '|')} |")
    return rows


def _signature(function: object) -> str:
    parameters = inspect.signature(function).parameters  # type: ignore[arg-type]
    shown = []
    keyword_only = False
    for parameter in parameters.values():
        name = parameter.name
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY and not keyword_only:
            keyword_only = True
            shown.append("*")
        if parameter.kind is inspect.Parameter.VAR_POSITIONAL:
            keyword_only = True
            name = f"*{name}"
        shown.append(name if parameter.default is inspect.Parameter.empty else f"{name}=…")
    return f"({', '.join(shown)})"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
