"""The command line: a thin layer over the public functions. A command is one file and one line.

Data goes to standard output, talk to standard error. Exit codes:

- 0: done
- 1: argumap could not do it (no engine to draw with, a file cannot be written)
- 2: wrong usage, such as an unknown option, format or query
- 3: the input cannot be read (no such file, broken, nothing that argumap knows), or some threads
  of a corpus ended in an error
- 130: interrupted
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from argumap import __version__
from argumap.cli import (
    convert,
    corpus,
    draw,
    engines,
    evaluate,
    labels,
    map,  # noqa: A004 - the name of the command
    query,
    score,
    store,
    thread,
    train,
)
from argumap.cli.terminal import complain, tell_log
from argumap.errors import (
    ArgumapError,
    ModelError,
    ParseError,
    QuestionError,
    UnknownNameError,
)

__all__ = ["app", "main"]

app = typer.Typer(
    name="argumap",
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # its tracebacks would print the thread's text
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 done, 1 could not do it, 2 wrong usage, 3 unreadable input, "
    "130 interrupted.",
)
for _command in (
    map.map_,
    query.query,
    evaluate.evaluate,
    draw.draw,
    convert.convert,
    thread.thread,
    score.score,
    train.train,
    engines.engines,
):
    app.command(_command.__name__.rstrip("_"))(_command)
for _group in (corpus.app, store.app, labels.app):
    app.add_typer(_group)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"argumap {__version__}")
        raise typer.Exit


@app.callback()
def argumap(
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Turn a discussion thread into an argument map, draw it, and ask which claims lack support."""


def main() -> None:
    """Run the command line; every error of argumap is told in words, without a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Curly quotes and dashes must not fail on a terminal with another encoding.
            stream.reconfigure(errors="replace")
    tell_log()
    try:
        app()
    except ArgumapError as fault:
        complain(str(fault))
        sys.exit(_exit_code(fault))
    except OSError as fault:
        complain(f"{fault.filename or 'standard output'}: {fault.strerror or fault}")
        sys.exit(1)


def _exit_code(fault: ArgumapError) -> int:
    if isinstance(fault, UnknownNameError | QuestionError):
        return 2
    return 3 if isinstance(fault, ParseError | ModelError) else 1
