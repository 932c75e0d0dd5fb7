"""``argumap corpus``: the maps of many threads as tables, and questions to them."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from argumap.cli.files import OutputOption, check_folder, check_outputs, write_outputs
from argumap.cli.terminal import bold, count, dim, harmless, progress, say, show, wrapped
from argumap.errors import QuestionError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from argumap.corpus import BuildReport, Progress

__all__ = ["app"]

app = typer.Typer(
    name="corpus",
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Make the maps of many threads, and ask them all at once.",
)

_Folder = Annotated[str, typer.Argument(metavar="DIR", help="Folder of the corpus.")]


class As(StrEnum):
    """How the answer is written."""

    TABLE = "table"
    CSV = "csv"


@app.command()
def build(
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE", help="A file of many threads, JSON Lines, or a folder of files."
        ),
    ],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="DIR", help="Folder of the corpus.")
    ],
    workers: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="Processes; by default one for each core."),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(metavar="tcp://…", help="Address of a running Dask scheduler."),
    ] = None,
    extractor: Annotated[
        str, typer.Option(metavar="NAME", help="Extractor: a name, or package.module:attribute.")
    ] = "trained",
    from_: Annotated[
        str | None,
        typer.Option("--from", metavar="NAME", help="Format of SOURCE, where it misleads."),
    ] = None,
    maps: Annotated[bool, typer.Option("--maps", help="Keep the maps whole as well.")] = False,
    shard_size: Annotated[
        int, typer.Option(metavar="N", min=1, help="Threads in a unit of work.")
    ] = 1000,
    seconds: Annotated[
        float, typer.Option(metavar="N", min=0.1, help="Time that one thread may take.")
    ] = 60.0,
    memory: Annotated[
        int, typer.Option(min=64, metavar="MIB", help="Memory that one thread may take.")
    ] = 2048,
    retry_errors: Annotated[
        bool,
        typer.Option(
            "--retry-errors", help="Do the units of work again in which there are errors."
        ),
    ] = False,
) -> None:
    """Make the maps of many threads, and write them as Parquet tables.

    The same command completes what was interrupted, and redoes only what has changed. Exit code 3
    says that there are threads that ended in an error.
    """
    from argumap.corpus import build_corpus

    with _live() as tell:
        report = build_corpus(
            source,
            output,
            extractor=extractor,
            format=from_,
            maps=maps,
            workers=workers,
            scheduler=scheduler,
            shard_size=shard_size,
            seconds=seconds,
            memory=memory * 2**20,
            retry_errors=retry_errors,
            progress=tell,
        )
    for line in _summary(report, output):
        show(line)
    if report.errors:
        raise typer.Exit(3)


@contextmanager
def _live() -> Iterator[Callable[[Progress], None] | None]:
    """Show on a terminal how far it has come."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console

    console = Console(stderr=True, no_color=bool(os.environ.get("NO_COLOR")))
    with console.status("planning") as status:
        yield lambda told: status.update(_told(told))


def _told(told: Progress) -> str:
    parts = [count(told.threads, "thread"), f"{told.rate:,.0f}/s"]
    if told.share is not None:
        parts.insert(0, f"{told.share:.0%}")
    if told.errors:
        parts.append(count(told.errors, "error"))
    if told.left is not None:
        minutes, seconds = divmod(round(told.left), 60)
        hours, minutes = divmod(minutes, 60)
        parts.append(f"{hours}:{minutes:02}:{seconds:02} left")
    return " · ".join(parts)


def _summary(report: BuildReport, folder: str) -> list[str]:
    failed = sum(report.errors.values())
    lines = [
        bold(f"{count(report.threads, 'thread')}, {count(failed, 'error')}"),
        ", ".join(count(report.rows.get(f"{each}s", 0), each) for each in ("claim", "relation")),
        f"{count(report.shards, 'shard')}, {report.resumed} of them done before",
    ]
    lines += [f"  {number:>7,} {name}" for name, number in report.errors.items()]
    if failed:
        lines.append(dim(f"argumap corpus query {folder} errors"))
    return lines


@app.command()
def query(
    folder: _Folder,
    name: Annotated[
        str,
        typer.Argument(
            metavar="QUESTION",
            help="The question: unsupported, contested, unanswered, authors, threads, errors.",
        ),
    ],
    where: Annotated[
        str | None, typer.Option(metavar="SQL", help="A condition over the columns of the answer.")
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="OUT", help="File to write: .csv or .parquet."),
    ] = None,
    format_: Annotated[As, typer.Option("--format", help="How to write the answer.")] = As.TABLE,
    limit: Annotated[
        int, typer.Option(metavar="N", min=1, help="Rows of a table that are shown.")
    ] = 20,
) -> None:
    """Ask all maps of a corpus a question."""
    from argumap.corpus import Corpus

    ending = _ending(output)
    if output is not None:
        check_folder(output)
    corpus = Corpus(folder)
    with _answering():
        answer = corpus.query(name, where=where)
        if output is not None:
            with progress(f"asking {folder}"):
                _write(answer, Path(output), ending)
            say(f"wrote {output}")
        elif format_ is As.CSV:
            _stream_csv(answer)
        else:
            _show_table(answer, limit)


@contextmanager
def _answering() -> Iterator[None]:
    """Tell in words what is wrong with a question that shows only when it is answered."""
    import duckdb

    try:
        yield
    except duckdb.Error as fault:
        raise QuestionError(f"DuckDB cannot answer this: {fault}") from None


def _ending(output: str | None) -> str:
    ending = Path(output).suffix.lower() if output is not None else ".csv"
    if ending not in _ENDINGS:
        raise UnknownNameError("output file ending", ending, _ENDINGS)
    return ending


_ENDINGS = (".csv", ".parquet")


def _write(answer: Any, path: Path, ending: str) -> None:
    """Have DuckDB write an answer, whole or not at all."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(dir=path.absolute().parent, prefix=".argumap-") as folder:
        aside = Path(folder) / "answer"
        if ending == ".csv":
            answer.write_csv(str(aside), header=True)
        else:
            answer.write_parquet(str(aside), compression="zstd")
        aside.replace(path)


def _stream_csv(answer: Any) -> None:
    import shutil
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        aside = Path(folder) / "answer.csv"
        answer.write_csv(str(aside), header=True)
        with aside.open(encoding="utf-8", newline="") as text:
            shutil.copyfileobj(text, sys.stdout)


def _show_table(answer: Any, limit: int) -> None:
    """Show the first rows, each column as wide as it needs, and say how many more there are."""
    columns = answer.columns
    [(total,)] = answer.count("*").fetchall()
    rows = [
        ["" if value is None else _short(value) for value in row]
        for row in answer.limit(limit).fetchall()
    ]
    widths = [max(map(len, column)) for column in zip(columns, *rows, strict=True)]
    for number, row in enumerate([columns, *rows]):
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        line = "  ".join(cells).rstrip()
        show(bold(line) if number == 0 else line)
    if total > limit:
        say(f"… and {total - limit:,} more rows; -o OUT.csv or -o OUT.parquet writes them all")


def _short(value: object, limit: int = 60) -> str:
    text = harmless(f"{value:g}" if isinstance(value, float) else str(value))
    return text if len(text) <= limit else text[: limit - 1] + "…"


@app.command()
def search(
    folder: _Folder,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="WORD", help="All must occur; '\"a phrase\"' together, wo* a beginning."
        ),
    ],
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="The most claims to show.")] = 20,
) -> None:
    """Find claims by their words. The first search makes an index."""
    from argumap.corpus import Corpus

    with progress(f"searching {folder}"):
        hits = Corpus(folder).search(" ".join(words), limit=limit)
    if not hits:
        say("nothing found")
    for hit in hits:
        who = harmless(hit.author or "unknown author")
        show(f"{dim(harmless(f'{hit.thread} {hit.id}'))} {who}")
        show(wrapped(harmless(hit.text), indent=4))


@app.command(name="show")
def show_(
    folder: _Folder,
    thread: Annotated[str, typer.Argument(metavar="THREAD", help="Key, as every answer has it.")],
    output: OutputOption = None,
) -> None:
    """Show the claims of one thread, or write its map or picture."""
    from argumap.corpus import Corpus

    outputs = output or []
    check_outputs(outputs)
    with progress(f"opening {thread}"):
        argmap = Corpus(folder).map(thread)
    if not outputs:
        show(bold(harmless(argmap.title or thread)))
        for claim in argmap.claims:
            who = ", ".join(map(harmless, claim.authors)) or "unknown author"
            show(f"  {dim(harmless(claim.id))} {who}")
            show(wrapped(f"“{harmless(claim.quote or claim.text)}”", indent=6))
    write_outputs(argmap, outputs)
