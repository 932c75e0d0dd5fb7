"""Answers as text, JSON, CSV and Markdown: rows of what was asked, with the words it rests on."""

from __future__ import annotations

import csv
import io
import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from argumap.cli.terminal import bold, dim, harmless, who, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from argumap.model import ArgumentMap, Claim

    Row = dict[str, object]

__all__ = ["As", "AsOption", "claim_columns", "claim_lines", "written"]


class As(StrEnum):
    """How an answer is written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"


AsOption = Annotated[As, typer.Option("--format", help="How to write the answer.")]


def claim_columns(argmap: ArgumentMap, claim: Claim) -> Row:
    """Return who says a claim where, in which words."""
    span = next((m.span for m in claim.mentions if m.span is not None), None)
    thread = argmap.thread
    return {
        "id": claim.id,
        "authors": ", ".join(claim.authors),
        "text": claim.text,
        "quote": claim.quote,
        "post_id": span.post_id if span else None,
        "start": span.start if span else None,
        "end": span.end if span else None,
        "url": thread.post(span.post_id).url if span and thread else None,
    }


def claim_lines(argmap: ArgumentMap, claim: Claim, remark: str = "") -> list[str]:
    """Return a claim as lines for a terminal: id and author, its words, a remark, its place."""
    row = claim_columns(argmap, claim)
    place = row["url"] or (f"in {row['post_id']}" if row["post_id"] else "")
    lines = [f"  {dim(harmless(claim.id))} {who(claim)} {dim(harmless(str(place)))}".rstrip()]
    lines.append(wrapped(f"“{harmless(claim.quote or claim.text)}”", indent=6))
    if remark:
        lines.append(wrapped(harmless(remark), indent=6))
    return lines


def written(title: str, rows: Sequence[Row], lines: Sequence[str], written_as: As) -> str:
    """Return an answer as it was asked for: the lines as text, else the rows."""
    if written_as is As.JSON:
        return json.dumps(rows, ensure_ascii=False, indent=1)
    if written_as is As.CSV:
        return _as_csv(rows)
    if written_as is As.MARKDOWN:
        return _as_markdown(title, rows)
    return "\n".join([bold(title), *lines])


def _as_csv(rows: Sequence[Row]) -> str:
    text = io.StringIO()
    columns = list(rows[0]) if rows else ["id"]
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({column: _cell(value) for column, value in row.items()})
    return text.getvalue().rstrip("\n")


def _cell(value: object) -> object:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    # A spreadsheet would take a stranger's text that begins so for a formula.
    if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return f"'{value}"
    return value


def _as_markdown(title: str, rows: Sequence[Row]) -> str:
    lines = [f"## {title}", ""]
    for row in rows:
        remark = str(row.get("reason") or row.get("standing") or "")
        words = _plain(str(row.get("quote") or row.get("text") or ""))
        author = _plain(str(row.get("authors") or ""))
        head = f"- **{_plain(str(row.get('id') or row.get('people') or ''))}**"
        lines.append(f"{head} {author}: {_plain(remark)}" if author else f"{head} {_plain(remark)}")
        if words:
            lines.append(f"  > {words}")
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Return a stranger's text on one line, without what Markdown or HTML would act on."""
    return "".join(f"\\{char}" if char in "\\`*_{}[]<>#|!~&" else char for char in harmless(text))
