"""A map as tables of nodes and edges: rows, data frames (pandas, Polars, PyArrow), Parquet.

The table of nodes alone holds the whole map; that of edges says the same once more, for tools
that want a list of edges.
"""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from argumap.errors import FormatParseError, MissingExtraError, UnknownNameError
from argumap.formats._cells import list_cell, listed
from argumap.formats.table import COLUMNS, from_rows, to_rows
from argumap.model import Support

if TYPE_CHECKING:
    import os

    from argumap.model import ArgumentMap

    Library = Literal["pandas", "polars", "pyarrow"]

__all__ = [
    "Frames",
    "Tables",
    "from_frame",
    "read_parquet",
    "to_frames",
    "to_tables",
    "write_parquet",
]

_LISTS = ("sources", "authors")
_FILES = ("nodes.parquet", "edges.parquet")


class Tables(NamedTuple):
    """The nodes and the edges of a map, as rows of plain values.

    Attributes:
        nodes: A row for each claim and each relation, in map order: ``id``, ``kind``, ``text``,
            ``author`` (the first), ``authors``, ``confidence``, ``scheme``.
        edges: A row for each edge of `to_networkx`: ``source``, ``target``, ``role``.
    """

    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]


def to_tables(argmap: ArgumentMap) -> Tables:
    """Return a map as two tables, for data frames of any library.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> wet, rain = builder.claim("It is wet."), builder.claim("It rained.", author="Ana")
        >>> reason = builder.support(rain, wet)
        >>> tables = to_tables(builder.build())
        >>> [(row["id"], row["kind"], row["author"]) for row in tables.nodes]
        [('c1', 'claim', None), ('c2', 'claim', 'Ana'), ('r1', 'support', None)]
        >>> tables.edges[0]
        {'source': 'c2', 'target': 'r1', 'role': 'premise'}

        With pandas installed, ``pandas.DataFrame(tables.nodes).to_parquet("nodes.parquet")``.
    """
    nodes: list[dict[str, Any]] = [
        {
            "id": claim.id,
            "kind": "claim",
            "text": claim.text,
            "author": next(iter(claim.authors), None),
            "authors": list(claim.authors),
            "confidence": claim.confidence,
            "scheme": None,
        }
        for claim in argmap.claims
    ]
    edges: list[dict[str, Any]] = []
    for relation in argmap.relations:
        is_support = isinstance(relation, Support)
        nodes.append(
            {
                "id": relation.id,
                "kind": relation.kind,
                "text": None,
                "author": None,
                "authors": [],
                "confidence": relation.confidence,
                "scheme": relation.scheme if isinstance(relation, Support) else None,
            }
        )
        into, out = ("premise", "conclusion") if is_support else ("source", "target")
        edges += [
            {"source": source, "target": relation.id, "role": into} for source in relation.sources
        ]
        edges.append({"source": relation.id, "target": relation.target, "role": out})
    return Tables(nodes, edges)


class Frames(NamedTuple):
    """The nodes and the edges of a map, as frames.

    Attributes:
        nodes: A row for the map itself, each claim and each relation, in map order, with the
            columns of the CSV format: ``kind``, ``id``, ``text``, ``sources`` (a list), ``target``,
            ``authors`` (a list), ``component``, ``scheme``, ``confidence`` and ``more``, which is
            JSON for all else.
        edges: A row for each edge of `to_networkx`: ``source``, ``target``, ``role``.
    """

    nodes: Any
    edges: Any


def to_frames(argmap: ArgumentMap, library: Library = "pandas") -> Frames:
    """Return a map as two frames.

    Args:
        argmap: The map.
        library: The library whose frames they are to be; it must be installed.

    Raises:
        MissingExtraError: The library is not installed.
        UnknownNameError: There is no such library.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> wet, rain = builder.claim("It is wet."), builder.claim("It rained.", author="Ana")
        >>> reason = builder.support(rain, wet)
        >>> frames = to_frames(builder.build(), "pyarrow")
        >>> frames.nodes.column("sources").to_pylist()
        [[], [], [], ['c2']]
        >>> from_frame(frames.nodes) == builder.build()
        True
    """
    nodes = [_typed(row) for row in to_rows(argmap)]
    edges = to_tables(argmap).edges
    if library == "pyarrow":
        return Frames(*_arrow(nodes, edges))
    if library == "polars":
        polars = _need("polars")
        return Frames(*(polars.from_arrow(table) for table in _arrow(nodes, edges)))
    if library == "pandas":
        pandas = _need("pandas")
        columns = ["source", "target", "role"]
        return Frames(
            pandas.DataFrame(nodes, columns=list(COLUMNS)), pandas.DataFrame(edges, columns=columns)
        )
    raise UnknownNameError("library of data frames", library, ("pandas", "polars", "pyarrow"))


def from_frame(nodes: Any) -> ArgumentMap:
    """Return the map of a table of nodes, as `to_frames` gives it, perhaps changed since.

    Args:
        nodes: A frame of pandas or Polars, a PyArrow table, or a list of dicts.

    Raises:
        FormatParseError: A column is missing, or a row is not what it should be (its number is
            told as the line).
        ModelError: The parts of the map do not fit together.
    """
    return _of_rows(nodes, None)


def write_parquet(argmap: ArgumentMap, folder: str | os.PathLike[str]) -> None:
    """Write a map as ``nodes.parquet`` and ``edges.parquet`` in a folder, which is made.

    Raises:
        MissingExtraError: PyArrow is not installed.
        OSError: The files cannot be written.
    """
    _need("pyarrow")
    parquet = _need("pyarrow.parquet")
    Path(folder).mkdir(parents=True, exist_ok=True)
    for table, name in zip(to_frames(argmap, "pyarrow"), _FILES, strict=True):
        parquet.write_table(table, Path(folder) / name, compression="zstd")


def read_parquet(folder: str | os.PathLike[str]) -> ArgumentMap:
    """Read a map that `write_parquet` wrote, from the nodes.

    Args:
        folder: The folder, or the file of nodes itself.

    Raises:
        MissingExtraError: PyArrow is not installed.
        FormatParseError: The file is missing or no Parquet, or its rows are not those of a map.
        ModelError: The parts of the map do not fit together.
    """
    pyarrow = _need("pyarrow")
    parquet = _need("pyarrow.parquet")
    path = Path(folder)
    path = path / _FILES[0] if path.is_dir() else path
    try:
        table = parquet.read_table(path)
    except FileNotFoundError:
        raise FormatParseError("there is no such file", source=str(path)) from None
    except (OSError, pyarrow.ArrowException) as fault:
        raise FormatParseError(f"not Parquet: {fault}", source=str(path)) from None
    return _of_rows(table, str(path))


def _need(module: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError:
        raise MissingExtraError(
            "frames", f"a map as tables of {module.partition('.')[0]}"
        ) from None


def _typed(row: dict[str, str]) -> dict[str, Any]:
    """Return a row of cells as values: lists, a number, and None for what is empty."""
    values: dict[str, Any] = {name: cell or None for name, cell in row.items()}
    values["text"] = row["text"]
    values |= {name: listed(row[name]) for name in _LISTS}
    values["confidence"] = float(row["confidence"]) if row["confidence"] else None
    return values


def _arrow(nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> tuple[Any, Any]:
    pa = _need("pyarrow")
    types = dict.fromkeys(COLUMNS, pa.string()) | dict.fromkeys(_LISTS, pa.list_(pa.string()))
    types["confidence"] = pa.float64()
    ends = dict.fromkeys(("source", "target", "role"), pa.string())
    return (
        pa.Table.from_pylist(nodes, schema=pa.schema(list(types.items()))),
        pa.Table.from_pylist(edges, schema=pa.schema(list(ends.items()))),
    )


def _of_rows(nodes: Any, source: str | None) -> ArgumentMap:
    if hasattr(nodes, "to_pylist"):
        rows = nodes.to_pylist()
    elif hasattr(nodes, "to_dicts"):
        rows = nodes.to_dicts()
    else:
        rows = nodes.to_dict(orient="records") if hasattr(nodes, "to_dict") else list(nodes)
    missing = [name for name in ("kind", "id", "text") if rows and name not in rows[0]]
    if missing:
        raise FormatParseError(f"there is no column {', '.join(missing)}", source=source, line=1)
    return from_rows(((n, _cells(row)) for n, row in enumerate(rows, start=1)), source)


def _cells(row: dict[str, Any]) -> dict[str, str]:
    """Return a row of values as cells; whatever a library has for nothing is an empty one."""
    cells = dict.fromkeys(COLUMNS, "")
    for name, value in row.items():
        if name in _LISTS:
            is_list = value is not None and not isinstance(value, str | float)
            cells[name] = list_cell(map(str, value)) if is_list else str(value or "")
        elif name in COLUMNS and value is not None and value == value:  # noqa: PLR0124 # NaN is not
            cells[name] = repr(float(value)) if name == "confidence" else str(value)
    if isinstance(row.get("more"), dict):
        cells["more"] = json.dumps(row["more"])
    return cells
