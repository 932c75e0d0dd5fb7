"""``argumap convert``: a map from one format to another, and what that would lose."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from argumap.cli.files import check_folder
from argumap.cli.terminal import harmless, progress, say, show
from argumap.errors import (
    FormatParseError,
    LossyConversionWarning,
    UnknownNameError,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from argumap.formats.reduction import Translation

__all__ = ["convert"]


def convert(
    file: Annotated[str, typer.Argument(metavar="IN", help="A map; - is standard input.")],
    output: Annotated[
        str,
        typer.Argument(metavar="OUT", help="File to write; - is standard output, with --to."),
    ],
    from_: Annotated[
        str | None,
        typer.Option("--from", metavar="NAME", help="Format of IN, where its content misleads."),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="NAME", help="Format of OUT, where its ending does not tell."),
    ] = None,
    supports: Annotated[
        str | None,
        typer.Option(
            "--supports",
            metavar="NAME",
            help="First read supports as attacks: general, deductive or necessary.",
        ),
    ] = None,
    lossy: Annotated[
        bool, typer.Option("--lossy", help="Leave out what cannot be carried, and tell what.")
    ] = False,
    report: Annotated[
        bool, typer.Option("--report", help="Only tell what would be lost; write nothing.")
    ] = False,
) -> None:
    """Write a map in another format.

    Without --lossy only if nothing is lost.
    """
    from argumap._files import decode, write_atomically
    from argumap.formats import (
        FORMATS,
        TRANSLATIONS,
        dumps,
        load,
        loads,
        losses,
        supports_as_attacks,
    )

    if supports is not None:
        TRANSLATIONS[supports]  # a slip is told before anything is read
    target = _format_of(output, to)
    if FORMATS[target].dumps is None:
        known = [name for name, format_ in FORMATS.items() if format_.dumps]
        raise UnknownNameError("format to write", target, known)
    if not report:
        check_folder(output)
    with warnings.catch_warnings(record=True) as told, progress(f"converting {file}"):
        warnings.simplefilter("always", LossyConversionWarning)
        if file == "-":
            data = sys.stdin.buffer.read()
            text = decode(data, FormatParseError, source="standard input")
            argmap = loads(text, format=from_, lossy=lossy or report)
        else:
            argmap = load(file, format=from_, lossy=lossy or report)
        if supports is not None:
            argmap = supports_as_attacks(argmap, cast("Translation", supports))
        lost = losses(argmap, format=target)
        written = "" if report else dumps(argmap, format=target, lossy=lossy)
    if report:
        _report(told, lost)
        return
    if output == "-":
        sys.stdout.buffer.write(written.encode())
        sys.stdout.buffer.flush()
    else:
        write_atomically(output, written)
    for warning in told:
        say("\n".join(map(_kept, str(warning.message).splitlines())))
    if output != "-":
        say(f"wrote {output}")


def _report(told: Iterable[warnings.WarningMessage], lost: Iterable[str]) -> None:
    """Show what the reading has lost, and what the writing would lose."""
    for warning in told:
        show("\n".join(map(harmless, str(warning.message).splitlines())))
    for sentence in lost:
        show(harmless(sentence))


def _kept(line: str) -> str:
    body = line.lstrip(" ")
    return " " * (len(line) - len(body)) + harmless(body)


def _format_of(output: str, to: str | None) -> str:
    """Return the name of the format to write."""
    from argumap.formats import FORMATS
    from argumap.rendering import RENDERERS

    if to is not None:
        return FORMATS[to].name
    suffix = Path(output).suffix.lower() if output != "-" else ".json"
    for name, format_ in FORMATS.items():
        if format_.dumps and suffix in format_.suffixes:
            return name
    if not suffix:
        raise typer.BadParameter(
            f"{output!r} has no ending that says what to write; --to names the format",
            param_hint="OUT",
        )
    if suffix[1:] in RENDERERS:
        raise typer.BadParameter(
            f"{suffix} is a picture: argumap draw IN -o {output}", param_hint="OUT"
        )
    endings = [suffix for f in FORMATS.values() if f.dumps for suffix in f.suffixes]
    raise UnknownNameError("format with the file ending", suffix, dict.fromkeys(endings))
