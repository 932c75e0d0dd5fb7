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
            help="Cross-validate: train on all but one part, score on that. Threads that share a "
            "post or a source stay together.",
        ),
    ] = 0,
    also: Annotated[
        list[str] | None,
        typer.Option(
            "--also",
            metavar="GOLD",
            help="More annotated threads to train on, not to be scored; those that share a post "
            "or a source with what is scored are left out. May be repeated.",
        ),
    ] = None,
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

    with progress("reading"):
        samples, more = (
            [Sample(each, mark_up(each.thread)) for name in names for each in read_gold(name)]
            for names in (gold, also or [])
        )
    if folds:
        with progress(f"training and scoring {folds} times"):
            scores = _cross_validated(samples, more, folds)
        row = score_table(scores, resamples=bootstrap)
        show(table_text({f"{folds} folds": row}, intervals=bootstrap > 0))
    if output is not None:
        with progress("training"):
            heads = fit([*samples, *more])
        claims = sum(len(each.gold.argmap.claims) for each in (*samples, *more))
        files = [Path(name).name for name in (*gold, *(also or []))]
        about = {"files": files, "threads": len(samples) + len(more)}
        write_atomically(output, dump_heads(heads, {**about, "units": claims}))
        say(f"wrote {output}")


def _cross_validated(
    samples: list[Sample], more: list[Sample], folds: int
) -> list[tuple[str, Score]]:
    from argumap.extraction.gold import families
    from argumap.extraction.scoring import score_map
    from argumap.extraction.train import train as fit
    from argumap.extraction.trained.extractor import TrainedExtractor

    related = families([sample.gold for sample in samples])
    scores: list[tuple[str, Score]] = []
    for fold in range(min(folds, len(related))):
        tested = {id(thread) for family in related[fold::folds] for thread in family}
        kin = {mark for family in related[fold::folds] for each in family for mark in each.kin}
        known = [s for s in samples if id(s.gold) not in tested]
        extractor = TrainedExtractor(fit([*known, *(s for s in more if not s.gold.kin & kin)]))
        for sample in samples:
            if id(sample.gold) in tested:
                argmap = extractor.extract(sample.thread)
                score = score_map(sample.gold.argmap, argmap, tasks=sample.gold.tasks)
                scores.append((sample.gold.group, score))
    return scores
