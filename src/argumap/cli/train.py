"""``argumap train``: train the heads of the trained extractor on annotated threads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from argumap.cli.files import check_folder
from argumap.cli.score import table_text
from argumap.cli.terminal import progress, say, show

if TYPE_CHECKING:
    from argumap.extraction.gold import GoldThread
    from argumap.extraction.train import Sample
    from argumap.extraction.vectors import WordVectors
    from argumap.model import ArgumentMap

__all__ = ["train"]


def train(
    gold: Annotated[
        list[str],
        typer.Argument(metavar="GOLD", help="Annotated threads, JSON Lines or Markdown."),
    ],
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="OUT", help="File to write the weights to."),
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
    vectors: Annotated[
        str | None,
        typer.Option(
            "--vectors",
            metavar="FOLDER",
            help="An encoder (vocab.txt, model.safetensors) whose word vectors tell heads what "
            "words are like; without it they go by words of grammar alone.",
        ),
    ] = None,
    reliability: Annotated[
        bool,
        typer.Option(
            "--reliability",
            help="With --folds, hold each confidence against how often it is right.",
        ),
    ] = False,
    bootstrap: Annotated[
        int,
        typer.Option(
            "--bootstrap", metavar="N", min=0, help="Resample N times, for 95 % intervals."
        ),
    ] = 0,
) -> None:
    """Train the trained extractor on annotated threads.

    The same threads give the same bytes.
    """
    from argumap._files import write_atomically
    from argumap.extraction.gold import read_gold
    from argumap.extraction.scoring import score_map, score_table
    from argumap.extraction.train import Sample
    from argumap.extraction.train import train as fit
    from argumap.extraction.trained.head import dump_heads
    from argumap.extraction.vectors import read_vectors
    from argumap.threads import mark_up

    if output is None and not folds:
        raise typer.BadParameter("nothing is asked for: give --output, --folds or both")
    known = None if vectors is None else read_vectors(vectors)
    if output is not None:
        check_folder(output)
    with progress("reading"):
        samples, more = (
            [Sample(each, mark_up(each.thread)) for name in names for each in read_gold(name)]
            for names in (gold, also or [])
        )
    if folds:
        with progress(f"training and scoring {folds} times"):
            made = _cross_validated(samples, more, folds, known)
        scores = [
            (each.group, score_map(each.argmap, argmap, tasks=each.tasks)) for each, argmap in made
        ]
        row = score_table(scores, resamples=bootstrap)
        show(table_text({f"{folds} folds": row}, intervals=bootstrap > 0))
        if reliability:
            show(_reliability_text(made))
    if output is not None:
        with progress("training"):
            heads = fit(samples, more, vectors=known)
        claims = sum(len(each.gold.argmap.claims) for each in (*samples, *more))
        files = [Path(name).name for name in (*gold, *(also or []))]
        about = {"files": files, "threads": len(samples) + len(more)}
        write_atomically(output, dump_heads(heads, {**about, "units": claims}))
        say(f"wrote {output}")


def _cross_validated(
    samples: list[Sample], more: list[Sample], folds: int, vectors: WordVectors | None
) -> list[tuple[GoldThread, ArgumentMap]]:
    """Return the threads with the maps of extractors that have seen nothing of their kin."""
    from argumap.extraction.gold import families
    from argumap.extraction.train import train as fit
    from argumap.extraction.trained.extractor import TrainedExtractor

    related = families([sample.gold for sample in samples])
    made: list[tuple[GoldThread, ArgumentMap]] = []
    for fold in range(min(folds, len(related))):
        tested = {id(thread) for family in related[fold::folds] for thread in family}
        kin = {mark for family in related[fold::folds] for each in family for mark in each.kin}
        known = [s for s in samples if id(s.gold) not in tested]
        others = [s for s in more if not s.gold.kin & kin]
        extractor = TrainedExtractor(fit(known, others, vectors=vectors))
        made += [
            (sample.gold, extractor.extract(sample.thread))
            for sample in samples
            if id(sample.gold) in tested
        ]
    return made


_BOUNDS = {
    "claim": (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0),
    "component": (0.5, 0.6, 0.7, 0.8, 0.9, 1.0),
    "relation": (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0),
}


def _reliability_text(made: list[tuple[GoldThread, ArgumentMap]]) -> str:
    from argumap.extraction.reliability import judged, kept
    from argumap.extraction.reliability import reliability as table
    from argumap.extraction.scoring import signed_pairs

    rows = [row for gold, argmap in made for row in judged(gold.argmap, argmap)]
    totals = {
        "claim": sum(len(gold.argmap.claims) for gold, _ in made),
        "component": sum(row.what == "component" for row in rows),
        "relation": sum(len(signed_pairs(gold.argmap)) for gold, _ in made),
    }
    lines = []
    for what, bounds in _BOUNDS.items():
        these = [row for row in rows if row.what == what]
        lines += ["", f"{what}: confidence, number, mean confidence, share that is right"]
        for low, high, number, mean, share in table(these, bounds):
            lines.append(f"  {low:.1f}–{high:.1f}  {number:5}  {mean:.2f}  {share:.2f}")
        lines.append(f"{what}: least confidence, precision, recall")
        for least, precision, recall in kept(these, totals[what], (0.0, *bounds[1:-1])):
            lines.append(f"  {least:.1f}  {precision:.2f}  {recall:.2f}")
    return "\n".join(lines)
