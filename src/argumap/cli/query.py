"""``argumap query``: ask a map a question."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from argumap.cli.files import FormatOption, InputArgument, ThreadOption, read_map_or_thread
from argumap.cli.tables import As, AsOption, claim_columns, claim_lines, written
from argumap.cli.terminal import harmless, line, show, wrapped
from argumap.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from argumap.model import ArgumentMap, Claim, Finding

__all__ = ["query"]


def query(
    file: InputArgument,
    name: Annotated[
        str, typer.Argument(metavar="QUESTION", help="Such as unsupported; 'list' lists them all.")
    ],
    about: Annotated[
        list[str] | None,
        typer.Argument(metavar="ABOUT", help="Ids of claims or names of people it is about."),
    ] = None,
    format_: AsOption = As.TEXT,
    as_of_: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="POST",
            help="Ask the map as it was with that post, or at that time (2026-01-31T12:00).",
        ),
    ] = None,
    from_: FormatOption = None,
    thread: ThreadOption = None,
) -> None:
    """Ask a map a question, such as which claims lack support."""
    from argumap.formats import dumps
    from argumap.model import ArgumentMap
    from argumap.queries import QUERIES

    if name == "list":
        show("\n".join(_questions()))
        return
    asked = QUERIES[name]
    named = about or []
    least = sum(not each.startswith("[") for each in asked.about)
    if not least <= len(named) <= len(asked.about):
        usage = " ".join(["argumap query FILE", name, *asked.about])
        wanted = _amount(least, len(asked.about))
        raise typer.BadParameter(
            f"{len(named)} given, where {name} asks about {wanted}: {usage}", param_hint="ABOUT"
        )
    argmap = read_map_or_thread(file, from_, thread=thread)
    if as_of_ is not None:
        argmap = _as_of(argmap, as_of_)
    answer = asked.ask(argmap, *named)
    if isinstance(answer, ArgumentMap):
        if format_ is As.JSON:
            show(dumps(answer))
            return
        answer = answer.claims
    rows, lines = _told(argmap, answer)
    if not answer and asked.why_none is not None:
        lines = [wrapped(harmless(asked.why_none(argmap, *named)), indent=2)]
    show(written(f"{asked.title} {asked.count(answer)}", rows, lines, format_))


def _amount(least: int, most: int) -> str:
    if most == 0:
        return "the whole map"
    return str(most) if least == most else f"{least} or {most}"


def _questions() -> list[str]:
    from argumap.queries import QUERIES

    names = {f"{name} {' '.join(each.about)}".rstrip(): each for name, each in QUERIES.items()}
    width = max(map(len, names))
    return [f"{name:<{width}}  {each.title}" for name, each in names.items()]


_POST = "post, and no time such as 2026-01-31T12:00,"


def _as_of(argmap: ArgumentMap, moment: str) -> ArgumentMap:
    from argumap.graph import as_of

    posts = [post.id for post in argmap.thread.posts] if argmap.thread else []
    if moment not in posts:
        try:
            time = datetime.fromisoformat(moment)
        except ValueError:
            raise UnknownNameError(_POST, moment, posts) from None
        return as_of(argmap, time if time.tzinfo else time.replace(tzinfo=UTC))
    return as_of(argmap, moment)


def _told(
    argmap: ArgumentMap, answer: Sequence[Claim] | Sequence[Finding]
) -> tuple[list[dict[str, object]], list[str]]:
    """Return an answer as rows and as lines."""
    from argumap.model import Claim

    rows: list[dict[str, object]] = []
    lines: list[str] = []
    for each in answer:
        if isinstance(each, Claim):
            rows.append(claim_columns(argmap, each))
            lines += claim_lines(argmap, each)
            continue
        # A person's position is about many claims: the words of one of them would mislead.
        subject = argmap.claim(each.claims[0]) if each.claims and each.kind != "position" else None
        found = each.model_dump(mode="json", include={"kind", "claims", "relations", "people"})
        row: dict[str, object] = {"reason": each.reason, **found}
        rows.append({**row, **claim_columns(argmap, subject)} if subject else row)
        if subject:
            lines += claim_lines(argmap, subject, each.reason)
            lines += _others(argmap, each)
        else:
            lines.append(wrapped(harmless(each.reason), indent=2))
    return rows, lines


_MOST = 6


def _others(argmap: ArgumentMap, finding: Finding) -> list[str]:
    """Return a line with the words of each other claim that is named, if they are few."""
    others = finding.claims[1:]
    if len(others) > _MOST:
        return []
    return [f"        {line(f'{one}: {argmap.claim(one).text}', indent=8)}" for one in others]
