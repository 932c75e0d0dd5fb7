"""What the commands read and write: files, and ``-`` for standard input and output."""

from __future__ import annotations

import errno
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from argumap.cli.terminal import progress, say
from argumap.errors import UnknownNameError

if TYPE_CHECKING:
    from argumap.extraction import Extractor
    from argumap.model import ArgumentMap, Thread

__all__ = [
    "FormatOption",
    "InputArgument",
    "OutputOption",
    "ThreadOption",
    "check_folder",
    "check_outputs",
    "read_map_or_thread",
    "read_thread_file",
    "write_outputs",
]

InputArgument = Annotated[
    str, typer.Argument(metavar="FILE", help="A thread or an argument map; - is standard input.")
]
FormatOption = Annotated[
    str | None,
    typer.Option("--from", metavar="NAME", help="Format of FILE, where its content misleads."),
]
ThreadOption = Annotated[
    str | None,
    typer.Option(
        "--thread",
        metavar="ID",
        help="Which thread, where FILE holds several; 'argumap thread FILE --list' lists them.",
    ),
]
OutputOption = Annotated[
    list[str] | None,
    typer.Option(
        "--output",
        "-o",
        metavar="OUT",
        help="File to write; its ending decides what (.svg .png .dot .json …). May be repeated.",
    ),
]


def read_map_or_thread(
    name: str,
    format_name: str | None,
    *,
    thread: str | None = None,
    extractor: str | Extractor = "trained",
    min_confidence: float = 0.0,
) -> ArgumentMap:
    """Return the map in a file, or the map of the thread in it, or of the one of that id."""
    from argumap.api import map_of_text, open_map

    chosen: dict[str, Any] = {
        "format": format_name,
        "thread": thread,
        "extractor": extractor,
        "min_confidence": min_confidence,
    }
    with progress(f"mapping {name}"):
        if name == "-":
            return map_of_text(sys.stdin.buffer.read(), source="standard input", **chosen)
        return open_map(name, **chosen)


def read_thread_file(
    name: str,
    format_name: str | None,
    *,
    thread: str | None = None,
    strict: bool = True,
    pseudonyms: bool = False,
) -> Thread:
    """Return the thread in a file, or the one of that id where there are several."""
    from argumap.threads import parse_thread, read_thread

    with progress(f"reading {name}"):
        if name == "-":
            return parse_thread(
                sys.stdin.buffer.read(),
                format=format_name,
                source="standard input",
                thread=thread,
                strict=strict,
                pseudonyms=pseudonyms,
            )
        return read_thread(
            name, format=format_name, thread=thread, strict=strict, pseudonyms=pseudonyms
        )


def check_outputs(names: list[str]) -> None:
    """Refuse what cannot be written to, or as, before anything is read.

    Raises:
        UnknownNameError: There is no such file ending.
        OSError: It is a folder, or the folder that it is to be in does not exist.
    """
    for name in names:
        check_folder(name)
        _writer(name)


def check_folder(name: str) -> None:
    """Refuse a file in a folder that does not exist, and a folder, before anything is read.

    Raises:
        FileNotFoundError: There is no such folder.
        IsADirectoryError: It is a folder itself.
    """
    if Path(name).is_dir():
        raise IsADirectoryError(errno.EISDIR, "this is a folder; name a file in it", name)
    folder = Path(name).parent
    if name != "-" and not folder.is_dir():
        raise FileNotFoundError(errno.ENOENT, "there is no such folder", str(folder))


def write_outputs(argmap: ArgumentMap, names: list[str], **drawing: Any) -> None:
    """Write a map to each file, as its ending says. All are made before the first is written.

    Args:
        argmap: The map.
        names: The files.
        drawing: Options of `draw`, for those that are pictures.
    """
    from argumap._files import write_atomically

    made = []
    for name in names:
        kind, ending = _writer(name)
        with progress(f"making {name}"):
            made.append((name, _content(argmap, kind, ending, drawing)))
    for name, content in made:
        if name == "-":
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
        else:
            write_atomically(name, content)
            say(f"wrote {name}")


def _writer(name: str) -> tuple[str, str]:
    """Return what writes a file of that name: ``format`` or ``picture``, and its ending."""
    from argumap.formats import FORMATS
    from argumap.rendering import RENDERERS

    ending = ".json" if name == "-" else Path(name).suffix.lower()
    written = {s: "format" for f in FORMATS.values() if f.dumps for s in f.suffixes}
    written.update({f".{renderer}": "picture" for renderer in RENDERERS})
    if not ending:
        raise typer.BadParameter(
            f"{name!r} has no ending that says what to write, such as .svg or .json",
            param_hint="--output",
        )
    if ending not in written:
        raise UnknownNameError("output file ending", ending, sorted(written))
    return written[ending], ending


def _content(argmap: ArgumentMap, kind: str, ending: str, drawing: dict[str, Any]) -> bytes:
    if kind == "format":
        from argumap.formats import FORMATS, dumps

        chosen = next(f for f in FORMATS.values() if f.dumps and ending in f.suffixes)
        return dumps(argmap, format=chosen.name).encode()
    from argumap.rendering import draw

    return draw(argmap, **drawing).render(ending[1:])
