"""``argumap evaluate``: which claims stand, and how strong they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from argumap.cli.files import FormatOption, InputArgument, ThreadOption, read_map_or_thread
from argumap.cli.tables import As, AsOption, claim_columns, claim_lines, written
from argumap.cli.terminal import count, harmless, show, wrapped
from argumap.errors import UnknownNameError

if TYPE_CHECKING:
    from argumap.model import ArgumentMap, Contributions, Extensions, Labelling, Ranking, Strengths

    Told = tuple[str, list[dict[str, object]], list[str]]

__all__ = ["evaluate"]


def evaluate(
    context: typer.Context,
    file: InputArgument,
    semantics: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="grounded, complete, preferred, stable, semi-stable, ideal or stage; or, for "
            "strengths, df-quad, quadratic-energy, euler, h-categoriser, mlp and their kin; or, "
            "for a ranking, categoriser, discussion-based or burden-based.",
        ),
    ] = "grounded",
    support: Annotated[
        str,
        typer.Option(
            metavar="READING",
            help="How supports are read: evidential, deductive, necessary, general or ignore.",
        ),
    ] = "evidential",
    evidence: Annotated[
        str,
        typer.Option(
            metavar="WHICH",
            help="Which claims need no reason: leaves (those for which none is given) or sourced "
            "(those of them with a link).",
        ),
    ] = "leaves",
    weighed: Annotated[
        str,
        typer.Option(
            metavar="HOW",
            help="Points that people weigh against their own claims: outweighed or count.",
        ),
    ] = "outweighed",
    base: Annotated[
        str,
        typer.Option(
            metavar="SCORE",
            help="Base score of every claim for strengths, from 0 to 1; or confidence: its own.",
        ),
    ] = "0.5",
    contributions_to: Annotated[
        str | None,
        typer.Option(
            metavar="CLAIM", help="Tell what the other claims contribute to this one's strength."
        ),
    ] = None,
    how: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="Contribution by gradient, removal, intrinsic-removal or shapley.",
        ),
    ] = "gradient",
    time_limit: Annotated[
        float | None, typer.Option(metavar="SECONDS", help="When to leave the rest undecided.")
    ] = None,
    format_: AsOption = As.TEXT,
    from_: FormatOption = None,
    thread: ThreadOption = None,
) -> None:
    """Tell which claims stand, or how strong they are.

    By a semantics of your choice; the grounded one is the default.
    """
    from argumap import semantics as by

    known = [*by.EXTENSIONS, *by.STRENGTHS, *by.RANKINGS]
    if semantics not in known:
        raise UnknownNameError("semantics", semantics, known)
    _refuse_idle(context, semantics, contributions=contributions_to is not None)
    score: Any = base if base == "confidence" else _score(base)
    argmap = read_map_or_thread(file, from_, thread=thread)
    chosen: dict[str, Any] = {"support": support, "evidence": evidence, "weighed": weighed}
    if contributions_to is not None:
        by_name: Any = semantics if semantics != "grounded" else "df-quad"
        found = by.contributions(argmap, contributions_to, how, semantics=by_name, base=score)  # type: ignore[arg-type]
        told = _contributions(argmap, found)
    elif semantics in by.STRENGTHS:
        told = _strengths(argmap, by.strengths(argmap, semantics, base=score))  # type: ignore[arg-type]
    elif semantics in by.RANKINGS:
        told = _ranking(argmap, by.ranking(argmap, semantics, base=score))
    elif semantics == "grounded":
        told = _labelling(argmap, by.grounded_labelling(argmap, **chosen))
    else:
        chosen["time_limit"] = time_limit
        told = _extensions(argmap, by.extensions(argmap, semantics, **chosen))  # type: ignore[arg-type]
    show(written(*told, format_))


_OPTIONS = {
    "support": "--support",
    "evidence": "--evidence",
    "weighed": "--weighed",
    "time_limit": "--time-limit",
    "base": "--base",
    "how": "--how",
}


def _refuse_idle(context: typer.Context, semantics: str, *, contributions: bool) -> None:
    """Refuse an option that would change nothing, since it goes with another question."""
    from argumap.semantics import EXTENSIONS

    if contributions:
        asked, heeded = "--contributions-to", {"base", "how"}
    elif semantics in EXTENSIONS:
        asked, heeded = f"--semantics {semantics}", {"support", "evidence", "weighed"}
        heeded |= set() if semantics == "grounded" else {"time_limit"}
    else:
        asked, heeded = f"--semantics {semantics}", {"base"}
    for name, option in _OPTIONS.items():
        source = context.get_parameter_source(name)
        if name not in heeded and source is not None and source.name == "COMMANDLINE":
            raise typer.BadParameter(f"it changes nothing with {asked}", param_hint=option)


def _score(base: str) -> float:
    try:
        score = float(base)
    except ValueError:
        score = -1.0
    if not 0 <= score <= 1:
        raise typer.BadParameter(
            f"{base!r} is neither a number from 0 to 1 nor confidence", param_hint="--base"
        )
    return score


def _contributions(argmap: ArgumentMap, found: Contributions) -> Told:
    rows: list[dict[str, object]] = []
    lines: list[str] = []
    for claim_id, value in found.ranked():
        if value:
            claim = argmap.claim(claim_id)
            rows.append({"contribution": f"{value:.6f}", **claim_columns(argmap, claim)})
            lines += claim_lines(argmap, claim, f"{value:+.3f}")
    title = f"Contributions to {harmless(found.topic)} by {found.how} and {found.semantics}"
    return f"{title}, the greatest first", rows, lines


def _labelling(argmap: ArgumentMap, labelling: Labelling) -> Told:
    counts = ", ".join(
        f"{len(ids)} {standing}"
        for standing, ids in (
            ("accepted", labelling.accepted),
            ("rejected", labelling.rejected),
            ("undecided", labelling.undecided),
        )
    )
    rows: list[dict[str, object]] = []
    lines: list[str] = []
    for claim in argmap.claims:
        standing = labelling[claim.id]
        remark: str = standing
        if standing == "rejected":
            by = labelling.rejected_by[claim.id]
            source = argmap.relation(by).sources[0] if by else None
            remark += f": {source} rebuts it" if source else ": no support of it holds"
        rows.append({"standing": remark, **claim_columns(argmap, claim)})
        lines += claim_lines(argmap, claim, remark)
    return f"{counts}, by {labelling.semantics} semantics", rows, lines


def _extensions(argmap: ArgumentMap, found: Extensions) -> Told:
    some, every = set(found.credulous), set(found.skeptical)
    title = f"{count(found.count, f'{found.semantics} extension')}"
    if not found.is_complete:
        title += f"; {count(len(found.unsolved), 'tangle')} not solved in time"
    rows: list[dict[str, object]] = []
    lines: list[str] = []
    for place, members in zip(range(_MOST), found, strict=False):
        lines.append(wrapped(f"{place + 1}. {harmless(', '.join(members))}", indent=2, hanging=5))
    if found.count > _MOST:
        lines.append(f"  and {found.count - _MOST:,} more")
    for claim in argmap.claims:
        standing = "in all" if claim.id in every else "in some" if claim.id in some else "in none"
        rows.append({"standing": standing, **claim_columns(argmap, claim)})
        lines += claim_lines(argmap, claim, standing)
    return title, rows, lines


_MOST = 20


def _ranking(argmap: ArgumentMap, found: Ranking) -> Told:
    rows: list[dict[str, object]] = []
    lines: list[str] = []
    for place, tier in enumerate(found.tiers, start=1):
        for claim in map(argmap.claim, tier):
            rows.append({"standing": f"tier {place}", **claim_columns(argmap, claim)})
            lines += claim_lines(argmap, claim, f"tier {place}")
    return f"Ranking by {found.semantics}, the best first", rows, lines


def _strengths(argmap: ArgumentMap, found: Strengths) -> Told:
    rows: list[dict[str, object]] = []
    lines: list[str] = []
    for claim in sorted(argmap.claims, key=lambda claim: -found[claim.id]):
        strength = found[claim.id]
        rows.append({"standing": f"{strength:.6f}", **claim_columns(argmap, claim)})
        lines += claim_lines(argmap, claim, f"{strength:.3f}")
    return f"Strengths by {found.semantics}, the strongest first", rows, lines
