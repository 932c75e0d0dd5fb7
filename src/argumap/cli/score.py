"""``argumap score``: how well extracted maps fit annotated ones."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from argumap.cli.extractors import (
    BaseUrlOption,
    CacheOption,
    ExtractorOption,
    MaxCostOption,
    MinConfidenceOption,
    ModelOption,
    WeightsOption,
    choose_extractor,
)
from argumap.cli.terminal import progress, show

if TYPE_CHECKING:
    from collections.abc import Callable

    from argumap.extraction import Extractor
    from argumap.extraction.gold import GoldThread
    from argumap.extraction.scoring import Score
    from argumap.model import ArgumentMap

__all__ = ["score", "table_text"]

_Row = dict[str, tuple[float, float, float] | None]


def score(
    gold: Annotated[
        str, typer.Argument(metavar="GOLD", help="Annotated threads, JSON Lines or Markdown.")
    ],
    predicted: Annotated[
        str | None,
        typer.Argument(
            metavar="[PREDICTED]",
            help="Annotation to score, of the same threads in the same format; without it, an "
            "extractor is run.",
        ),
    ] = None,
    extractor: ExtractorOption = None,
    weights: WeightsOption = None,
    model: ModelOption = None,
    base_url: BaseUrlOption = None,
    max_cost: MaxCostOption = None,
    cache: CacheOption = None,
    bootstrap: Annotated[
        int,
        typer.Option(
            "--bootstrap",
            metavar="N",
            min=0,
            help="Resample N times, by opening post, for 95 % intervals.",
        ),
    ] = 0,
    min_confidence: MinConfidenceOption = 0.0,
    by_source: Annotated[
        bool, typer.Option("--by-source", help="A line for each source in the file too.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON instead of a table.")] = False,
) -> None:
    """Score extracted maps against annotated ones."""
    from argumap.extraction.gold import read_gold
    from argumap.extraction.scoring import score_map, score_table

    threads = read_gold(gold)
    if predicted is None:
        chosen = choose_extractor(
            extractor,
            weights=weights,
            model=model,
            base_url=base_url,
            max_cost=max_cost,
            cache=cache,
        )
        map_of = _extracting(chosen, min_confidence)
    else:
        found = {each.id: each.argmap for each in read_gold(predicted)}
        map_of = _given(found)
    rows: dict[str, list[tuple[str, Score]]] = {}
    with progress(f"scoring {gold}"):
        for each in threads:
            scored = score_map(each.argmap, map_of(each), tasks=each.tasks)
            rows.setdefault("all", []).append((each.group, scored))
            if by_source:
                rows.setdefault(each.source, []).append((each.group, scored))
    table = {name: score_table(pairs, resamples=bootstrap) for name, pairs in rows.items()}
    show(_json(table) if as_json else table_text(table, intervals=bootstrap > 0))


def _extracting(
    extractor: str | Extractor, min_confidence: float
) -> Callable[[GoldThread], ArgumentMap]:
    from argumap.api import extract

    def map_of(gold: GoldThread) -> ArgumentMap:
        return extract(gold.thread, extractor=extractor, min_confidence=min_confidence)

    return map_of


def _given(found: dict[str, ArgumentMap]) -> Callable[[GoldThread], ArgumentMap]:
    from argumap.model import ArgumentMap

    def map_of(gold: GoldThread) -> ArgumentMap:
        # An annotated thread without a prediction is scored as an empty map.
        return found.get(gold.id) or ArgumentMap()

    return map_of


def _json(table: dict[str, _Row]) -> str:
    return json.dumps(
        {
            name: {
                measure: None
                if value is None
                else {"value": value[0], "low": value[1], "high": value[2]}
                for measure, value in row.items()
            }
            for name, row in table.items()
        },
        indent=1,
        ensure_ascii=False,
    )


def table_text(table: dict[str, _Row], *, intervals: bool) -> str:
    """Return a table of measures as text, with or without their intervals."""
    measures = list(next(iter(table.values()), {}))
    cells = [["", *measures]]
    for name, row in table.items():
        cells.append([name, *(_cell(row[measure], intervals=intervals) for measure in measures)])
    widths = [max(len(line[column]) for line in cells) for column in range(len(cells[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in cells
    )


def _cell(value: tuple[float, float, float] | None, *, intervals: bool) -> str:
    if value is None:
        return "-"
    if not intervals:
        return f"{value[0]:.3f}"
    return f"{value[0]:.3f} ({value[1]:.2f}–{value[2]:.2f})"
