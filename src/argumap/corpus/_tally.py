"""What a build counts and tells while it is at work."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from argumap.corpus._parts import finished, forget, part_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from argumap.corpus._parts import Settings, ShardReport
    from argumap.corpus.shards import Shard

__all__ = ["BuildReport", "Progress", "Tally"]


@dataclass(frozen=True)
class Progress:
    """How far a build has come.

    Attributes:
        threads: Records done, those included that were found done.
        errors: How many of them ended in an error.
        share: Share of the input that is done, by bytes, in [0, 1]; None when the input is read
            from one large file to its end, so that nobody knows.
        rate: Records a second, those not counted that were found done.
        left: Seconds that the rest will take; None where nothing is known.
    """

    threads: int
    errors: int
    share: float | None
    rate: float
    left: float | None


@dataclass(frozen=True)
class BuildReport:
    """What became of an input.

    Attributes:
        threads: Number of records: rows of the table ``threads``.
        errors: Number of records that ended in an error, by the name of the error.
        rows: Number of rows by table.
        shards: Number of shards.
        resumed: How many of them were found finished.
    """

    threads: int
    errors: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    shards: int = 0
    resumed: int = 0


class Tally:
    """Counts what is done, and tells it."""

    def __init__(self, total: int, progress: Callable[[Progress], None] | None) -> None:
        self.names: list[str] = []
        self.staged: list[str] = []
        self._reports: dict[str, ShardReport] = {}
        self._running: dict[str, int] = {}
        self._total: int | None = total
        self._progress = progress
        self._start = time.monotonic()

    def noting(self, shards: Iterator[Shard], settings: Settings) -> Iterator[Shard]:
        """Pass on the shards, and note what there is, in order."""
        for shard in shards:
            self.names.append(part_name(shard, settings))
            if shard.lines is not None and shard.lines.source is not None:
                self.staged.append(Path(shard.paths[0]).stem)
                self._total = None  # how much is still to come shows at the end
            yield shard

    def skipping(
        self, shards: Iterable[Shard], out: Path, settings: Settings, *, retry_errors: bool
    ) -> Iterator[Shard]:
        """Pass on the shards that are not finished."""
        for shard in shards:
            report = finished(out, shard, settings)
            if report is not None and report.errors and retry_errors:
                forget(out, report)
                report = None
            if report is None:
                yield shard
            else:
                self.add(report)

    def add(self, report: ShardReport) -> None:
        """Count a finished shard."""
        self._running.pop(report.shard.digest, None)
        self._reports[report.name] = report
        self.tell()

    def running(self, shard: Shard, done: int) -> None:
        """Note how many records of a shard are done. Called from any thread."""
        self._running[shard.digest] = done

    def tell(self) -> None:
        """Tell how far it has come."""
        if self._progress is None:
            return
        reports = self._reports.values()
        new = [report for report in reports if not report.resumed]
        running = sum(list(self._running.values()))
        elapsed = max(time.monotonic() - self._start, 1e-9)
        done = sum(report.shard.size for report in reports)
        worked = sum(report.shard.size for report in new)
        self._progress(
            Progress(
                threads=sum(report.rows["threads"] for report in reports) + running,
                errors=sum(sum(report.errors.values()) for report in reports),
                share=done / self._total if self._total else None,
                rate=(sum(report.rows["threads"] for report in new) + running) / elapsed,
                left=elapsed / worked * (self._total - done) if worked and self._total else None,
            )
        )

    def report(self) -> BuildReport:
        """Return what became of the input."""
        reports = [self._reports[name] for name in self.names]
        errors = sum((Counter(report.errors) for report in reports), Counter[str]())
        rows = Counter[str]()
        for report in reports:
            rows.update(report.rows)  # unlike a sum of counters, it keeps the tables without rows
        return BuildReport(
            threads=rows["threads"],
            errors=dict(sorted(errors.items())),
            rows=dict(rows),
            shards=len(reports),
            resumed=sum(report.resumed for report in reports),
        )
