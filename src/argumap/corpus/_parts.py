"""The files of a finished shard: its parts of the tables, and the report that says it is done."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

from argumap import __version__
from argumap._files import write_atomically
from argumap.corpus.shards import Lines, Shard
from argumap.corpus.tables import TABLES, VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = [
    "Settings",
    "ShardReport",
    "commit",
    "finished",
    "forget",
    "part_name",
    "read_report",
    "remove_all_but",
]


@dataclass(frozen=True)
class Settings:
    """What the content of the tables depends on, besides the input.

    Attributes:
        extractor: Name of an extractor, or the import path of one (``package.module:attribute``).
        format: Name of the reader for files that are not JSON Lines; by default their content
            decides.
        maps: Whether the maps are kept whole, in the table ``maps``.
    """

    extractor: str = "trained"
    format: str | None = None
    maps: bool = False

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables that are written."""
        return tuple(table for table in TABLES if table != "maps" or self.maps)


@dataclass(frozen=True)
class ShardReport:
    """What became of a shard.

    Attributes:
        name: Name of its parts of the tables: a digest of the input, the settings and the version
            of argumap, so that a part that is there is one that need not be made again.
        shard: The piece of the input.
        rows: Number of rows by table.
        errors: Number of records that ended in an error, by the name of the error.
        resumed: Whether it was found finished.
    """

    name: str
    shard: Shard
    rows: dict[str, int]
    errors: dict[str, int] = field(default_factory=dict)
    resumed: bool = False


def part_name(shard: Shard, settings: Settings) -> str:
    """Return the name of the parts of a shard."""
    facts = [VERSION, __version__, asdict(settings), shard.digest]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:20]


def finished(out: Path, shard: Shard, settings: Settings) -> ShardReport | None:
    """Return the report of a shard if all of it is there, else None."""
    name = part_name(shard, settings)
    report = read_report(out, name)
    if report is None:
        return None
    if report.shard != shard:
        # The same content stands elsewhere: lines before it have changed, or the folder has moved.
        report = replace(report, shard=shard)
        _write_report(out, report)
    there = all((out / table / f"{name}.parquet").is_file() for table in settings.tables)
    return report if there else None


def read_report(out: Path, name: str) -> ShardReport | None:
    """Return the report of a shard, or None if there is none."""
    try:
        facts = json.loads((out / "shards" / f"{name}.json").read_bytes())
        lines = facts["shard"]["lines"]
        facts["shard"]["lines"] = Lines(**lines) if lines else None
        facts["shard"]["paths"] = tuple(facts["shard"]["paths"])
        shard = Shard(**facts.pop("shard"))
        return ShardReport(shard=shard, resumed=True, **facts)
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def _write_report(out: Path, report: ShardReport) -> None:
    facts = asdict(report)
    del facts["resumed"]
    (out / "shards").mkdir(exist_ok=True)
    write_atomically(out / "shards" / f"{report.name}.json", json.dumps(facts, indent=1) + "\n")
    _sync(out / "shards")


def commit(out: Path, report: ShardReport, written: dict[str, Path]) -> None:
    """Put the parts of a shard in their places, then the report that says that they are there."""
    for table, path in written.items():
        folder = out / table
        folder.mkdir(exist_ok=True)
        path.replace(folder / f"{report.name}.parquet")
        _sync(folder)
    _write_report(out, report)


def _sync(folder: Path) -> None:
    """Make the names in a folder durable, where the system has a way to."""
    with suppress(OSError):  # Windows cannot open a folder
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def remove_all_but(out: Path, names: Iterable[str], staged: Iterable[str]) -> None:
    """Remove the parts of other shards, other staged files, and whatever was left aside."""
    kept = {*names, *staged}
    for folder in (*TABLES, "shards", "input"):
        for path in (out / folder).glob("*"):
            if path.stem not in kept:
                path.unlink(missing_ok=True)
    for path in (out / "aside").glob("*"):
        path.unlink(missing_ok=True)
    with suppress(OSError):
        (out / "aside").rmdir()


def forget(out: Path, report: ShardReport) -> None:
    """Take back that a shard is finished, so that it is made again."""
    (out / "shards" / f"{report.name}.json").unlink(missing_ok=True)
