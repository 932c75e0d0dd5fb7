"""What is shown on a terminal: colours, progress, and text of strangers made harmless."""

from __future__ import annotations

import logging
import os
import shutil
import sys
import textwrap
import unicodedata
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.model import Claim

__all__ = [
    "bold",
    "complain",
    "count",
    "dim",
    "harmless",
    "line",
    "orange",
    "progress",
    "say",
    "show",
    "tell_log",
    "who",
    "wrapped",
]


def harmless(text: str) -> str:
    r"""Return a stranger's text on one line, without what would steer a terminal.

    Control characters and characters that turn the direction of writing are left out; white space
    is folded.

    Examples:
        >>> harmless("red: \x1b[31mred\x1b[0m\nnext")
        'red: [31mred[0m next'
    """
    folded = " ".join(text.split())
    return "".join(
        char
        for char in folded
        if unicodedata.category(char) not in {"Cc", "Cs"} and char not in _DIRECTION
    )


_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def line(text: str, *, indent: int) -> str:
    """Return a text on one line, cut off where the terminal ends."""
    width = max(min(shutil.get_terminal_size((88, 24)).columns, 100) - indent, 30)
    text = harmless(text)
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def wrapped(text: str, *, indent: int, hanging: int | None = None) -> str:
    """Return a text folded to the width of the terminal (88 columns where there is none)."""
    width = min(shutil.get_terminal_size((88, 24)).columns, 100)
    return textwrap.fill(
        text,
        width=max(width, indent + 30),
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent if hanging is None else hanging),
        break_on_hyphens=False,
    )


def count(number: int, word: str) -> str:
    """Return a number with its word, in the plural where it is due.

    Examples:
        >>> count(1, "post"), count(12000, "post")
        ('1 post', '12,000 posts')
    """
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def show(text: str = "") -> None:
    """Print data on standard output."""
    typer.echo(text, color=_colour(sys.stdout))


def say(text: str) -> None:
    """Print talk on standard error."""
    typer.echo(text, err=True, color=_colour(sys.stderr))


def tell_log() -> None:
    """Print on standard error what long work logs: the disk it needs, how far it is.

    How far an extraction is goes to a terminal only.
    """
    for name in ("argumap.threads", *(["argumap.extraction"] if sys.stderr.isatty() else [])):
        logger = logging.getLogger(name)
        logger.setLevel(logging.INFO)
        logger.addHandler(_Teller())


class _Teller(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        say(harmless(record.getMessage()))


def complain(text: str) -> None:
    """Print an error on standard error."""
    say(typer.style("error: ", fg="red", bold=True) + "\n".join(map(_kept_lines, text.split("\n"))))


def _kept_lines(line: str) -> str:
    """Make a line harmless but keep its indentation."""
    body = line.lstrip(" ")
    return " " * (len(line) - len(body)) + harmless(body)


def bold(text: str) -> str:
    """Return a text in bold where there is colour."""
    return typer.style(text, bold=True)


def dim(text: str) -> str:
    """Return a text in a quiet tone where there is colour."""
    return typer.style(text, dim=True)


def orange(text: str) -> str:
    """Return a text in the tone of rebuttals where there is colour."""
    return typer.style(text, fg="yellow")


def _colour(stream: IO[str]) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR")


def who(claim: Claim) -> str:
    """Return who says a claim: those who assert or endorse it, else who does what with it.

    Examples:
        >>> from argumap import Claim, Mention
        >>> who(Claim(id="c1", text="It rained.", mentions=(Mention(author="Ana"),)))
        'Ana'
        >>> conceded = Mention(author="Ben", stance="concedes")
        >>> who(Claim(id="c1", text="It rained.", mentions=(conceded,)))
        'Ben concedes'
    """
    names = claim.authors or tuple(
        f"{mention.author} {mention.stance}" for mention in claim.mentions if mention.author
    )
    return ", ".join(harmless(name) for name in dict.fromkeys(names)) or "unknown author"


@contextmanager
def progress(doing: str) -> Iterator[None]:
    """Tell on a terminal what takes so long; say nothing elsewhere."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    console = Console(stderr=True, no_color=bool(os.environ.get("NO_COLOR")))
    with console.status(harmless(doing)):
        yield
