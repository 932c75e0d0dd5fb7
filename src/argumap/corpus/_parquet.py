"""Rows to Parquet files. The one place that needs pyarrow."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Self

from argumap import __version__
from argumap.corpus.tables import TABLES, VERSION
from argumap.errors import MissingExtraError

if TYPE_CHECKING:
    from pathlib import Path

    from argumap.corpus.tables import Row

__all__ = ["TableWriter", "need_pyarrow"]

_BATCH = 50_000
"""The rows that are held in memory before they are written."""


def need_pyarrow() -> Any:
    """Return pyarrow.

    Raises:
        MissingExtraError: It is not installed.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415
        import pyarrow.parquet  # noqa: PLC0415
    except ImportError:
        raise MissingExtraError("corpus", "a corpus of maps") from None
    return pa


def schema(table: str) -> Any:
    """Return the pyarrow schema of a table, with the meaning of each column."""
    pa = need_pyarrow()
    types = {
        "string": pa.string(),
        "int32": pa.int32(),
        "int64": pa.int64(),
        "double": pa.float64(),
        "timestamp": pa.timestamp("us"),  # with a zone, DuckDB would need pytz
        "strings": pa.list_(pa.string()),
    }
    return pa.schema(
        [pa.field(c.name, types[c.type], metadata={"meaning": c.meaning}) for c in TABLES[table]],
        metadata={"argumap.corpus": VERSION, "argumap": __version__},
    )


class TableWriter:
    """Writes the rows of one table to a new Parquet file; what it holds in memory is bounded."""

    def __init__(self, table: str, path: Path) -> None:
        pa = need_pyarrow()
        self._schema = schema(table)
        self._file = path.open("wb")
        self._parquet = pa.parquet.ParquetWriter(self._file, self._schema, compression="zstd")
        self._rows: list[Row] = []
        self.count = 0

    def add(self, rows: list[Row]) -> None:
        """Add rows, in the order of the columns."""
        self._rows += rows
        if len(self._rows) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        pa = need_pyarrow()
        columns: Any = zip(*self._rows, strict=True)
        arrays = [
            pa.array(column, field.type)
            for column, field in zip(columns, self._schema, strict=True)
        ]
        self._parquet.write_batch(pa.RecordBatch.from_arrays(arrays, schema=self._schema))
        self.count += len(self._rows)
        self._rows = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            if self._rows and kind is None:
                self._flush()
            self._parquet.close()
            self._file.flush()
            os.fsync(self._file.fileno())
        finally:
            self._file.close()
