"""``argumap store``: one person's maps in one file."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from argumap.cli.files import (
    FormatOption,
    OutputOption,
    ThreadOption,
    check_outputs,
    read_map_or_thread,
    write_outputs,
)
from argumap.cli.terminal import count, dim, harmless, say, show, wrapped
from argumap.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from argumap.store import Store, StoredClaim

__all__ = ["app"]

app = typer.Typer(
    name="store",
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Keep maps in one file, and search them all.",
)

_Store = Annotated[str, typer.Argument(metavar="STORE", help="The file, such as maps.sqlite.")]
_Key = Annotated[str, typer.Argument(metavar="KEY", help="Key of the map.")]


@app.command()
def put(
    store: _Store,
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE", help="Threads or maps; their names are the keys."),
    ],
    key: Annotated[
        str | None, typer.Option(metavar="KEY", help="Another key, when there is one FILE only.")
    ] = None,
    from_: FormatOption = None,
    thread: ThreadOption = None,
) -> None:
    """Keep the map in each file, or that of the thread in it."""
    from argumap.store import Store

    if key is not None and len(files) > 1:
        raise typer.BadParameter("one key is for one FILE", param_hint="--key")
    if thread is not None and len(files) > 1:
        raise typer.BadParameter("one thread is of one FILE", param_hint="--thread")
    with Store(store) as opened:
        for file in files:
            argmap = read_map_or_thread(file, from_, thread=thread)
            # A name that is not UTF-8 could be no key.
            name = os.fsencode(Path(file).name).decode(errors="replace")
            kept = opened.put(argmap, key=key or name)
            say(f"kept {harmless(kept)}")


@app.command()
def get(store: _Store, key: _Key, output: OutputOption = None) -> None:
    """Write the map that has a key, or its picture.

    By default as JSON to standard output.
    """
    outputs = output or ["-"]
    check_outputs(outputs)
    with _existing(store) as opened:
        write_outputs(opened.get(key), outputs)


@app.command(name="list")
def list_(store: _Store) -> None:
    """Show what maps there are."""
    with _existing(store) as opened:
        for found in opened.list():
            sizes = f"{count(found.claims, 'claim')}, {count(found.relations, 'relation')}"
            title = f"{harmless(found.title)}: " if found.title else ""
            show(f"{dim(harmless(found.key))} {title}{sizes}")


@app.command()
def search(
    store: _Store,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="WORD", help="All must occur; '\"a phrase\"' together, wo* a beginning."
        ),
    ],
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="The most claims to show.")] = 20,
) -> None:
    """Find claims by their words, the best match first."""
    with _existing(store) as opened:
        found = opened.search(" ".join(words), limit=limit)
    _show_claims(found)
    if not found:
        say("nothing found")


@app.command()
def unsupported(store: _Store) -> None:
    """Show the claims of all maps that lack support."""
    with _existing(store) as opened:
        _show_claims(opened.unsupported())


@app.command()
def delete(store: _Store, key: _Key) -> None:
    """Remove the map that has a key."""
    with _existing(store) as opened:
        opened.delete(key)
    say(f"removed {harmless(key)}")


@contextmanager
def _existing(path: str) -> Iterator[Store]:
    """Open a store that is there: a slip of the pen must not make an empty one."""
    from argumap.store import Store

    if not Path(path).exists():
        raise StoreError(f"{path}: there is no such store; argumap store put makes one")
    with Store(path) as store:
        yield store


def _show_claims(claims: Iterable[StoredClaim]) -> None:
    for claim in claims:
        who = harmless(claim.author or "unknown author")
        show(f"{dim(harmless(f'{claim.key} {claim.id}'))} {who}")
        show(wrapped(harmless(claim.text), indent=4))
