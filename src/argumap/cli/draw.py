"""``argumap draw``: a picture of a map."""

from __future__ import annotations

from typing import Annotated

import typer

from argumap.cli.files import (
    FormatOption,
    InputArgument,
    check_outputs,
    read_map_or_thread,
    write_outputs,
)

__all__ = ["draw"]


def draw(
    file: InputArgument,
    output: Annotated[
        list[str],
        typer.Option(
            "--output",
            "-o",
            metavar="OUT",
            help="File to write; its ending decides what (.svg .png .dot …). May be repeated.",
        ),
    ],
    from_: FormatOption = None,
) -> None:
    """Draw the argument map in a file, or that of the thread in it."""
    check_outputs(output)
    write_outputs(read_map_or_thread(file, from_), output)
