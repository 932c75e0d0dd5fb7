"""``argumap labels``: labels without the text that they are about, and with it again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from argumap.cli.files import check_folder
from argumap.cli.terminal import progress, say
from argumap.errors import ParseError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from argumap.model import Post

__all__ = ["app"]

app = typer.Typer(
    name="labels",
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Part annotated threads from their text, and join them again.",
)

_Output = Annotated[
    str, typer.Option("--output", "-o", metavar="OUT", help="File to write, JSON Lines.")
]


@app.command()
def join(
    labels: Annotated[str, typer.Argument(metavar="LABELS", help="Labels without text.")],
    data: Annotated[str, typer.Argument(metavar="DATA", help="Folder of the threads.")],
    output: _Output,
) -> None:
    """Join labels with the threads that they are about."""
    from argumap._files import write_atomically
    from argumap.extraction.standoff import join_texts

    check_folder(output)
    threads: dict[str, dict[str, dict[str, Post]]] = {}
    documents = []
    with progress(f"reading {data}"):
        for row in _rows(labels):
            source = row["source"]
            if source not in threads:
                threads[source] = dict(_threads(Path(data) / source))
            documents.append(join_texts(row, threads[source].get(row["thread"], {})))
    write_atomically(output, _lines(documents))
    say(f"wrote {output}")


@app.command()
def part(
    documents: Annotated[
        list[str],
        typer.Argument(
            metavar="GOLD",
            help="Annotated threads with the keys source (a file in the folder of threads), thread "
            "and post_ids (the ids there).",
        ),
    ],
    output: _Output,
) -> None:
    """Write labels without the text that they are about."""
    from argumap._files import write_atomically
    from argumap.extraction.standoff import stand_off

    check_folder(output)
    rows = [stand_off(row) for name in documents for row in _rows(name)]
    write_atomically(output, _lines(sorted(rows, key=lambda row: str(row["id"]))))
    say(f"wrote {output}")


def _rows(name: str) -> Iterator[dict[str, Any]]:
    from argumap._files import read_text

    for number, line in enumerate(read_text(name, ParseError).split("\n"), start=1):
        if line.strip():
            try:
                row = json.loads(line)
                _ = row["source"], row["thread"], row["posts"], row["units"], row["relations"]
            except (ValueError, KeyError, TypeError) as error:
                what = f"lacks {error}" if isinstance(error, KeyError) else str(error)
                raise ParseError(f"not labels: {what}", source=name, line=number) from error
            yield row


def _threads(path: Path) -> Iterator[tuple[str, dict[str, Post]]]:
    """Yield the threads of a file with their posts by id; it may be a gold file, too."""
    from argumap.extraction.gold import read_gold
    from argumap.threads import read_threads

    if path.suffix == ".jsonl":
        for gold in read_gold(path):
            yield gold.id, {post.id: post for post in gold.thread.posts}
        return
    for thread in read_threads(path):
        yield thread.id or "", {post.id: post for post in thread.posts}


def _lines(rows: list[Mapping[str, Any]] | list[dict[str, Any]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
