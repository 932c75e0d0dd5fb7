"""`draw` a map: the options, and what they may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap._registry import Registry
from argumap.errors import RenderError, UnknownNameError
from argumap.model import Claim, Finding, expect_map
from argumap.rendering.diagram import DEFAULT_MOST, Diagram, Options
from argumap.rendering.engines import ENGINES
from argumap.rendering.style import THEMES

if TYPE_CHECKING:
    from collections.abc import Iterable

    import graphviz

    from argumap.model import ArgumentMap, Labelling
    from argumap.rendering.scene import Direction

__all__ = ["draw", "to_dot", "to_graphviz"]

_RANKDIRS: Registry[tuple[Direction, ...]] = Registry(
    "direction", {"auto": ("BT", "RL"), "BT": ("BT",), "RL": ("RL",)}
)
_GROUPS: Registry[bool] = Registry("grouping", {"author": True})
# With fewer cards an overview cannot hold a claim, its two folds and what is elsewhere.
_LEAST = 5


def draw(
    argmap: ArgumentMap,
    *,
    rankdir: str = "auto",
    group_by: str | None = None,
    highlight: Iterable[Claim | Finding | str] | Claim | Finding | str = (),
    labelling: Labelling | None = None,
    max_claims: int | None = DEFAULT_MOST,
    around: str | None = None,
    depth: int = 2,
    theme: str = "auto",
    scale: float | None = None,
    engine: str | None = None,
) -> Diagram:
    """Return a diagram of a map.

    Args:
        argmap: The map.
        rankdir: ``"BT"`` puts the main claim on top, ``"RL"`` at the left; ``"auto"`` tries both
            and takes the one that shows the map larger.
        group_by: ``"author"`` puts a frame around what each author says first.
        highlight: What to draw a ring around: a claim, its id, a finding (which stands for the
            claims that it names), or several of these, such as the answer to a question.
        labelling: What to colour the claims by: their standings, such as `grounded_labelling`
            gives. Each card then also has a mark and a word. Claims that the labelling does not
            speak of stay as they are.
        max_claims: Most cards on the picture, or None for no limit. Of a larger map the overview
            is drawn: what matters most, and cards that say how many claims they hold.
        around: Id of a claim: only what is near it is drawn.
        depth: How many relations away from that claim is still near.
        theme: ``"auto"`` follows the reader's screen, ``"light"`` and ``"dark"`` do not.
        scale: Size of a PNG, in its pixels for each CSS pixel; by default 2, or less where the
            picture is very large.
        engine: Which Graphviz lays the picture out: ``"embedded"``, ``"system"``, or ``"auto"``
            for the first that works. By default what the environment variable ``ARGUMAP_ENGINE``
            says, else ``"auto"``.

    Raises:
        UnknownNameError: There is no such direction, grouping, claim, theme or engine.
        RenderError: `max_claims` or `depth` is too small a number.

    Examples:
        >>> from argumap import MapBuilder, draw
        >>> builder = MapBuilder("Why is the street wet?")
        >>> wet, rain = builder.claim("The street is wet."), builder.claim("It rained.")
        >>> reason = builder.support(rain, wet)
        >>> draw(builder.build()).svg[:4]
        '<svg'
    """
    expect_map(argmap)
    if max_claims is not None and max_claims < _LEAST:
        raise RenderError(f"max_claims is {max_claims}, and {_LEAST} is the least that makes sense")
    if depth < 0:
        raise RenderError(f"depth is {depth}, and cannot be less than 0")
    if engine is not None and engine not in {*ENGINES, "auto"}:
        raise UnknownNameError("engine", engine, ["auto", *ENGINES])
    _ = THEMES[theme]
    ringed = (highlight,) if isinstance(highlight, Claim | Finding | str) else highlight
    ids = [claim_id for each in ringed for claim_id in _claim_ids(each)]
    labelled = labelling.standings if labelling is not None else ()
    for claim_id in (*ids, *labelled, *([] if around is None else [around])):
        argmap.claim(claim_id)
    options = Options(
        directions=_RANKDIRS[rankdir],
        grouped=group_by is not None and _GROUPS[group_by],
        highlight=frozenset(ids) | ({around} if around is not None else set()),
        labelling=labelling,
        max_claims=max_claims,
        around=around,
        depth=depth,
        theme=theme,
        scale=scale,
        engine=engine,
    )
    return Diagram(argmap, options)


def _claim_ids(highlighted: Claim | Finding | str) -> tuple[str, ...]:
    if isinstance(highlighted, str):
        return (highlighted,)
    return (highlighted.id,) if isinstance(highlighted, Claim) else highlighted.claims


def to_dot(argmap: ArgumentMap) -> str:
    """Return a map as DOT that any Graphviz from 2.43 on draws well. Needs no engine.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> wet = builder.claim("The street is wet.")
        >>> print(to_dot(builder.build()).splitlines()[0])
        digraph argumap {
    """
    return draw(argmap, max_claims=None).dot


def to_graphviz(argmap: ArgumentMap) -> graphviz.Source:
    """Return a map as a `graphviz.Source`, the graphviz package's own kind of value.

    The package's ``render`` and ``pipe`` need the ``dot`` program; `draw` does not.
    """
    import graphviz  # noqa: PLC0415 # only this function needs it

    return graphviz.Source(to_dot(argmap))
