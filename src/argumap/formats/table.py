"""CSV: a row for each claim and each relation."""

from __future__ import annotations

import csv
import io
import json
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from argumap.errors import FormatParseError
from argumap.formats._cells import clean, list_cell, listed, shown_names
from argumap.formats._constructs import ALL
from argumap.formats._format import Format
from argumap.formats._json import as_format_errors
from argumap.formats._remainder import put_back, take
from argumap.model import ArgumentMap, Claim, Mention, Rebuttal, Support, Undercut, pause_gc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = [
    "COLUMNS",
    "FORMAT",
    "dumps",
    "from_rows",
    "loads",
    "sniff",
    "to_rows",
]

AnyRelation = Support | Rebuttal | Undercut
COLUMNS = (
    "kind",
    "id",
    "text",
    "sources",
    "target",
    "authors",
    "component",
    "scheme",
    "confidence",
    "more",
)
_OF_THE_MAP = ("title", "shown_title", "extra", "shown", "thread")
_KINDS = ("map", "claim", "support", "rebuttal", "undercut")


def sniff(text: str) -> bool:
    """Whether a text looks like this table: by its first line."""
    return re.match(r"\ufeff?kind,id,text\b", text) is not None


def dumps(argmap: ArgumentMap) -> str:
    """Write a map as CSV; what has no column stands as JSON in the last.

    A cell that a spreadsheet would run as a formula begins with an apostrophe.
    """
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([_guarded(row[name]) for name in COLUMNS] for row in to_rows(argmap))
    return file.getvalue()


def to_rows(argmap: ArgumentMap) -> list[dict[str, str]]:
    """Return the rows of a map: of the map itself, of each claim, of each relation."""
    names = shown_names(argmap)
    rows = [_row("map", "", argmap.title)]
    rows += [
        _row(
            "claim",
            names[claim.id],
            claim.text,
            authors=list_cell(claim.authors),
            component=claim.component,
            confidence=claim.confidence,
        )
        for claim in argmap.claims
    ]
    rows += [
        _row(
            relation.kind,
            names[relation.id],
            None,
            sources=list_cell(names[source] for source in relation.sources),
            target=names[relation.target],
            scheme=relation.scheme if isinstance(relation, Support) else None,
            confidence=relation.confidence,
        )
        for relation in argmap.relations
    ]
    seen = from_rows(enumerate(rows), None)
    if seen != argmap:
        remainder = take(argmap, seen, names).to_json()
        rest = {key: remainder[key] for key in _OF_THE_MAP if key in remainder}
        more = [rest, *remainder["claims"].values(), *remainder["relations"]]
        for row, fields in zip(rows, more, strict=True):
            row["more"] = json.dumps(fields)
    return rows


def loads(text: str, source: str | None = None) -> ArgumentMap:
    """Read a map.

    Raises:
        FormatParseError: A column is missing, a row is of no kind, a cell is not what it should be.
        ModelError: The parts of the map do not fit together.
    """
    return from_rows(list(_rows(text, source)), source)


def from_rows(rows: Iterable[tuple[int, dict[str, str]]], source: str | None) -> ArgumentMap:
    """Return the map of rows, each with its line."""
    title: str | None = None
    claims: list[Claim] = []
    relations: list[AnyRelation] = []
    kept: dict[str, Any] = {"claims": {}, "relations": []}
    with as_format_errors(source), pause_gc():
        for line, row in rows:
            more = _more(row, line, source)
            if row["kind"] == "map":
                title = row["text"] or None
                kept |= more or {}
            elif row["kind"] == "claim":
                claims.append(_claim(row, line, source))
                if more is not None:
                    kept["claims"][row["id"]] = more
            elif row["kind"] in _KINDS:
                relations.append(_relation(row, line, source))
                if more is not None:
                    kept["relations"].append(more)
            else:
                raise FormatParseError(
                    f"there is no kind {row['kind']!r} of row",
                    source=source,
                    line=line,
                    hint=f"known: {', '.join(_KINDS)}",
                )
        shown = ArgumentMap(title=title, claims=tuple(claims), relations=tuple(relations))
        is_ours = kept["claims"] or kept["relations"] or len(kept) > 2
        return put_back(shown, kept, source=source) if is_ours else shown


# --- cells -------------------------------------------------------------------------------------


def _row(kind: str, id_: str, text: str | None, **cells: Any) -> dict[str, str]:
    row = dict.fromkeys(COLUMNS, "")
    row |= {"kind": kind, "id": id_, "text": clean(text or "")}
    row |= {name: clean(str(cell)) for name, cell in cells.items() if cell is not None}
    return row


def _guarded(cell: str) -> str:
    """Return a cell that no spreadsheet runs as a formula."""
    return f"'{cell}" if re.match(r"'*[=+\-@\t]", cell) else cell


def _bare(cell: str) -> str:
    return cell[1:] if re.match(r"'+[=+\-@\t]", cell) else cell


def _rows(text: str, source: str | None) -> Iterator[tuple[int, dict[str, str]]]:
    with _large_cells():
        reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
        try:
            header = next(reader, [])
            missing = [name for name in ("kind", "id", "text") if name not in header]
            if missing:
                names = ", ".join(missing)
                raise FormatParseError(f"there is no column {names}", source=source, line=1)
            for cells in reader:
                if cells:
                    row = dict.fromkeys(COLUMNS, "")
                    row |= dict(zip(header, map(_bare, cells), strict=False))
                    yield reader.line_num, row
        except csv.Error as fault:
            message = f"not CSV: {fault}"
            raise FormatParseError(message, source=source, line=reader.line_num) from None


@contextmanager
def _large_cells() -> Iterator[None]:
    before = csv.field_size_limit(2**30)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _claim(row: dict[str, str], line: int, source: str | None) -> Claim:
    if not row["id"]:
        raise FormatParseError("a claim has no id", source=source, line=line)
    component: Any = row["component"] or None
    return Claim(
        id=row["id"],
        text=row["text"],
        mentions=tuple(Mention(author=author) for author in listed(row["authors"])),
        component=component,
        confidence=_number(row["confidence"], line, source),
    )


def _relation(row: dict[str, str], line: int, source: str | None) -> AnyRelation:
    sources = listed(row["sources"])
    if not row["id"] or not sources or not row["target"]:
        message = f"a {row['kind']} needs an id, sources and a target"
        raise FormatParseError(message, source=source, line=line)
    confidence = _number(row["confidence"], line, source)
    if row["kind"] == "support":
        return Support(
            id=row["id"],
            premises=tuple(sources),
            conclusion=row["target"],
            scheme=row["scheme"] or None,
            confidence=confidence,
        )
    if len(sources) > 1:
        message = f"a {row['kind']} has one source, this has {len(sources)}"
        raise FormatParseError(message, source=source, line=line)
    kind: Any = Rebuttal if row["kind"] == "rebuttal" else Undercut
    relation: AnyRelation = kind(
        id=row["id"], source=sources[0], target=row["target"], confidence=confidence
    )
    return relation


def _number(cell: str, line: int, source: str | None) -> float | None:
    if not cell:
        return None
    try:
        return float(cell)
    except ValueError:
        message = f"confidence {cell!r} is not a number"
        raise FormatParseError(message, source=source, line=line) from None


def _more(row: dict[str, str], line: int, source: str | None) -> dict[str, Any] | None:
    if not row["more"]:
        return None
    try:
        more = json.loads(row["more"])
    except (ValueError, RecursionError):
        more = None
    if not isinstance(more, dict):
        raise FormatParseError("the cell 'more' is no JSON object", source=source, line=line)
    return more


_CARRIED = frozenset(
    {
        "supports",
        "linked premises",
        "undercuts",
        "undercuts of rebuttals",
        "undercuts of undercuts",
        "schemes",
        "claim text",
        "ids",
        "relation ids",
        "authors",
        "components",
        "confidence",
        "title",
    }
)

FORMAT = Format(
    name="csv",
    title="CSV",
    suffixes=(".csv",),
    sniff=sniff,
    loads=loads,
    dumps=dumps,
    carries=_CARRIED,
    keeps=ALL - _CARRIED,
)
