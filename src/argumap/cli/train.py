"""``argumap train``: train the heads of the trained extractor on annotated threads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from argumap.cli.score import table_text
from argumap.cli.terminal import progress, say, show

if TYPE_CHECKING:
    from argumap.extraction.scoring import Score
    from argumap.extraction.train import Sample

__all__ = ["train"]


def train(
    gold: Annotated[
        list[str],
        typer.Argument(metavar="GOLD...", help="Annotated threads, JSON Lines or Markdown."),
    ],
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="OUT", help="File for the weights.")
    ] = None,
    folds: Annotated[
        int,
        typer.Option(
            "--folds",
            min=0,
            metavar="N",
            help="Cross-validate: train on all but one part, score on that. Threads with the same "
            "opening post stay together.",
        ),
    ] = 0,
    bootstrap: Annotated[
        int, typer.Option("--bootstrap", metavar="N", min=0, help="Resamplings for intervals.")
    ] = 0,
) -> None:
    """Train the heads of the trained extractor; the same threads give the same bytes."""
    from argumap._files import write_atomically
    from argumap.extraction.gold import read_gold
    from argumap.extraction.scoring import score_table
    from argumap.extraction.train import Sample
    from argumap.extraction.train import train as fit
    from argumap.extraction.trained.head import dump_heads
    from argumap.threads import mark_up

    threads = [each for name in gold for each in read_gold(name)]
    with progress("reading"):
        samples = [Sample(each, mark_up(each.thread)) for each in threads]
    if folds:
        with progress(f"training and scoring {folds} times"):
            scores = _cross_validated(samples, folds)
        row = score_table(scores, resamples=bootstrap)
        show(table_text({f"{folds} folds": row}, intervals=bootstrap > 0))
    if output is not None:
        with progress("training"):
            heads = fit(samples)
        claims = sum(len(each.argmap.claims) for each in threads)
        about = {"files": [Path(name).name for name in gold], "threads": len(threads)}
        write_atomically(output, dump_heads(heads, {**about, "units": claims}))
        say(f"wrote {output}")


def _cross_validated(samples: list[Sample], folds: int) -> list[tuple[str, Score]]:
    from argumap.extraction.scoring import score_map
    from argumap.extraction.train import train as fit
    from argumap.extraction.trained.extractor import TrainedExtractor

    groups = sorted({sample.gold.group for sample in samples})
    fold_of = {group: number % folds for number, group in enumerate(groups)}
    scores: list[tuple[str, Score]] = []
    for fold in range(min(folds, len(groups))):
        heads = fit([s for s in samples if fold_of[s.gold.group] != fold])
        extractor = TrainedExtractor(heads)
        for sample in samples:
            if fold_of[sample.gold.group] == fold:
                argmap = extractor.extract(sample.thread)
                score = score_map(sample.gold.argmap, argmap, tasks=sample.gold.tasks)
                scores.append((sample.gold.group, score))
    return scores
