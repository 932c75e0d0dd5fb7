"""``argumap query``: ask a map a question."""

from __future__ import annotations

import csv
import io
import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from argumap.cli.files import FormatOption, InputArgument, read_map_or_thread
from argumap.cli.terminal import dim, harmless, show, who, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from argumap.model import ArgumentMap, Claim

__all__ = ["query"]


class As(StrEnum):
    """How the answer is written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


def query(
    file: InputArgument,
    name: Annotated[str, typer.Argument(help="The question: unsupported, contested, main.")],
    format_: Annotated[As, typer.Option("--format", help="How to write the answer.")] = As.TEXT,
    from_: FormatOption = None,
) -> None:
    """Ask a map a question, such as which claims lack support."""
    from argumap._registry import Registry
    from argumap.queries import contested_claims, main_claims, unsupported_claims

    asked = Registry(
        "query",
        {"unsupported": unsupported_claims, "contested": contested_claims, "main": main_claims},
    )[name]
    argmap = read_map_or_thread(file, from_)
    show(_written(argmap, asked(argmap), format_))


def _written(argmap: ArgumentMap, claims: Sequence[Claim], written_as: As) -> str:
    rows = [_row(claim) for claim in claims]
    if written_as is As.JSON:
        return json.dumps(rows, ensure_ascii=False, indent=1)
    if written_as is As.CSV:
        text = io.StringIO()
        writer = csv.DictWriter(text, _COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return text.getvalue().rstrip("\n")
    lines = [f"{len(claims)} of {len(argmap.claims)} claims"]
    for claim in claims:
        lines += [
            f"  {dim(harmless(claim.id))} {who(claim)}",
            wrapped(f"“{harmless(claim.quote or claim.text)}”", indent=6),
        ]
    return "\n".join(lines)


_COLUMNS = ("id", "authors", "text", "quote", "post_id", "start", "end")


def _row(claim: Claim) -> dict[str, object]:
    span = next((m.span for m in claim.mentions if m.span is not None), None)
    return {
        "id": claim.id,
        "authors": ", ".join(claim.authors),
        "text": claim.text,
        "quote": claim.quote,
        "post_id": span.post_id if span else None,
        "start": span.start if span else None,
        "end": span.end if span else None,
    }
