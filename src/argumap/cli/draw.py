"""``argumap draw``: a picture of a map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from argumap.cli.files import (
    FormatOption,
    InputArgument,
    ThreadOption,
    check_outputs,
    read_map_or_thread,
    write_outputs,
)
from argumap.cli.terminal import say
from argumap.errors import UnknownNameError

if TYPE_CHECKING:
    from argumap.model import ArgumentMap, Labelling

__all__ = ["draw"]


def draw(
    file: InputArgument,
    output: Annotated[
        list[str],
        typer.Option(
            "--output",
            "-o",
            metavar="OUT",
            help="File to write; its ending decides what (.svg .png .pdf .html .dot .mmd .txt). "
            "May be repeated.",
        ),
    ],
    rankdir: Annotated[
        str,
        typer.Option(
            metavar="BT|RL|auto",
            help="BT: main claim on top; RL: at the left; auto: what fits better.",
        ),
    ] = "auto",
    group_by: Annotated[
        str | None, typer.Option(metavar="author", help="Frame what each author says.")
    ] = None,
    highlight: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CLAIM", help="Draw a ring around a claim, by its id. May be repeated."
        ),
    ] = None,
    labelling: Annotated[
        str | None,
        typer.Option(
            metavar="SEMANTICS",
            help="Colour the claims by what stands: grounded, or the first way to take sides by "
            "another semantics.",
        ),
    ] = None,
    max_claims: Annotated[
        str,
        typer.Option(
            metavar="N", help="Most cards on the picture; of more, an overview. all: no limit."
        ),
    ] = "300",
    around: Annotated[
        str | None, typer.Option(metavar="CLAIM", help="Draw only what is near this claim.")
    ] = None,
    depth: Annotated[
        int, typer.Option(metavar="N", min=0, help="How many relations away is still near.")
    ] = 2,
    theme: Annotated[
        str,
        typer.Option(metavar="light|dark|auto", help="Colours; auto follows the reader's screen."),
    ] = "auto",
    scale: Annotated[
        float | None,
        typer.Option(
            metavar="N", help="Size of a PNG: 1 is that of the SVG, 2 (the default) twice that."
        ),
    ] = None,
    engine: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Graphviz to use: embedded, system or auto; 'argumap engines' tells which work.",
        ),
    ] = None,
    from_: FormatOption = None,
    thread: ThreadOption = None,
) -> None:
    """Draw the argument map in a file, or that of the thread in it."""
    check_outputs(output)
    most = _number(max_claims)
    argmap = read_map_or_thread(file, from_, thread=thread)
    write_outputs(
        argmap,
        output,
        labelling=None if labelling is None else _labelling(argmap, labelling),
        rankdir=rankdir,
        group_by=group_by,
        highlight=highlight or (),
        max_claims=most,
        around=around,
        depth=depth,
        theme=theme,
        scale=scale,
        engine=engine,
    )


def _labelling(argmap: ArgumentMap, semantics: Any) -> Labelling | None:
    """Return the first labelling by a semantics, and say whether there are others."""
    from argumap.semantics import labellings

    found = labellings(argmap, semantics)
    first = next(found, None)
    if first is None:
        say(f"no {semantics} labelling exists: nothing is coloured")
    elif next(found, None) is not None:
        say(f"the first of several {semantics} labellings is drawn")
    return first


def _number(text: str) -> int | None:
    if text == "all":
        return None
    if not text.isdecimal():
        raise UnknownNameError("number of claims", text, ["all", "a whole number"])
    return int(text)
