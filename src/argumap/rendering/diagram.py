"""`draw` a map, and what comes of it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from argumap._files import write_atomically
from argumap._registry import Registry
from argumap.errors import LayoutLimitError, RenderError
from argumap.rendering.dot import layout_dot, scene_dot
from argumap.rendering.engines import ENGINES, run
from argumap.rendering.facts import Facts, gather
from argumap.rendering.html import scene_page
from argumap.rendering.layout import Layout, read_layout
from argumap.rendering.mermaid import MOST_CHARACTERS, MOST_TIES, scene_mermaid
from argumap.rendering.outline import outline
from argumap.rendering.packing import arrange, page_size
from argumap.rendering.pdf import to_pdf
from argumap.rendering.png import rasterise
from argumap.rendering.routing import route
from argumap.rendering.scene import Direction, Scene, from_the_left, make_scene
from argumap.rendering.selection import Selection, overview, vicinity
from argumap.rendering.style import THEMES
from argumap.rendering.svg import scene_svg

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Container, Iterable

    import graphviz

    from argumap.model import ArgumentMap, Claim

__all__ = ["RENDERERS", "Diagram", "draw", "to_dot", "to_graphviz"]

DEFAULT_MOST = 300
_DIRECTIONS: tuple[Direction, ...] = ("BT", "RL")
# Laying out both ways to choose takes twice the time; a map this large is broad, not deep.
_MOST_TRIED_BOTH_WAYS = 1000
_RANKDIRS: Registry[tuple[Direction, ...]] = Registry(
    "direction", {"auto": _DIRECTIONS, "BT": ("BT",), "RL": ("RL",)}
)
_GROUPS: Registry[bool] = Registry("grouping", {"author": True})


class Diagram:
    """A drawn map: made by `draw`. Nothing is laid out before a picture is asked for.

    Attributes:
        argmap: The whole map.
    """

    def __init__(self, argmap: ArgumentMap, options: Options) -> None:
        self.argmap = argmap
        self._options = options

    @cached_property
    def _facts(self) -> Facts:
        return gather(self.argmap)

    @cached_property
    def _selection(self) -> Selection:
        return self._select(self._options.max_claims)

    def _select(self, most: int | None) -> Selection:
        """Return what is drawn when at most so many cards may be."""
        argmap, around = self.argmap, self._options.around
        if around is not None:
            selection = vicinity(argmap, around, self._options.depth)
            if most is not None and len(selection.claims) > most:
                raise LayoutLimitError(
                    f"{len(selection.claims):,} claims are within {self._options.depth} steps of "
                    f"{around!r}, and max_claims is {most:,}; ask for a smaller depth"
                )
            return selection
        if most is None or len(argmap.claims) <= most:
            return Selection(frozenset(self._facts.places))
        return overview(argmap, self._facts, most)

    def _scene(self, direction: Direction, selection: Selection | None = None) -> Scene:
        return make_scene(
            self.argmap,
            self._facts,
            selection or self._selection,
            direction,
            highlight=self._options.highlight,
            grouped=self._options.grouped,
        )

    @cached_property
    def _laid_out(self) -> tuple[Scene, Layout]:
        """The better of the two directions: the one that fits a smaller page on its side."""
        directions = self._options.directions
        if len(self._selection.claims) > _MOST_TRIED_BOTH_WAYS:
            directions = directions[-1:]
        upright = self._scene("BT")
        scenes = [upright if way == "BT" else from_the_left(upright) for way in directions]
        made = [self._lay_out(scene) for scene in scenes]
        scene, layout = min(made, key=lambda pair: page_size(pair[1].width, pair[1].height))
        return scene, route(scene, layout)

    def _lay_out(self, scene: Scene) -> tuple[Scene, Layout]:
        layout = Layout(0, 0, {}, {})
        if scene.ties or scene.groups:
            answer = run(layout_dot(scene), "json0", engine=self._options.engine)
            layout = read_layout(answer, scene)
        return scene, arrange(scene, layout)

    @cached_property
    def svg(self) -> str:
        """The picture as SVG.

        Raises:
            EngineNotFoundError: No Graphviz works here.
            LayoutLimitError: The layout takes too long or too much memory.
        """
        return scene_svg(*self._laid_out, THEMES[self._options.theme])

    @cached_property
    def dot(self) -> str:
        """The map as DOT, for Graphviz's own tools; needs no engine."""
        return scene_dot(self._scene(self._options.directions[0]))

    @cached_property
    def outline(self) -> str:
        """The whole map as indented text, for readers without sight; needs no engine."""
        return outline(self.argmap, self._facts)

    @cached_property
    def mermaid(self) -> str:
        """The map as a Mermaid flowchart; needs no engine.

        Pages that draw Mermaid refuse more than 500 lines and 50 000 characters, so of a map that
        is larger it is an overview.

        Raises:
            LayoutLimitError: What was asked for is larger than that, and no overview of it exists.
        """
        most = self._options.max_claims or DEFAULT_MOST
        while True:
            scene = self._scene(self._options.directions[-1], self._select(most))
            text = scene_mermaid(scene)
            if len(text) <= MOST_CHARACTERS and len(scene.ties) <= MOST_TIES:
                return text
            most = min(most, len(scene.cards)) * 3 // 4

    @cached_property
    def html(self) -> str:
        """The interactive page: one file with the picture, the thread and the outline."""
        scene, _ = self._laid_out
        return scene_page(
            self.argmap,
            self._facts,
            self._selection,
            scene,
            svg=self.svg,
            theme=self._options.theme,
        )

    @cached_property
    def pdf(self) -> bytes:
        """The picture as PDF, on a page of its size.

        Raises:
            MissingExtraError: The optional part that makes PDF is not installed.
        """
        scene, _ = self._laid_out
        return to_pdf(self.svg, title=scene.title or "Argument map", description=scene.counts)

    def png(self, *, scale: float | None = None) -> bytes:
        """Return the picture as PNG.

        Args:
            scale: Pixels for each CSS pixel; by default what `draw` was told.

        Raises:
            LayoutLimitError: The picture would have more than 50 million pixels at that scale.
        """
        return rasterise(self.svg, self._options.scale if scale is None else scale)

    def render(self, name: str) -> bytes:
        """Return the picture in a format of `RENDERERS`.

        Raises:
            UnknownNameError: There is no such format.
        """
        return RENDERERS[name](self)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the picture to a file, whole or not at all; its ending decides the format.

        Raises:
            UnknownNameError: Nothing is drawn as files of that ending.
            OSError: The file cannot be written; it is then as it was before.
        """
        write_atomically(path, self.render(Path(path).suffix.lower().removeprefix(".")))

    def show(self, *, height: int = 640) -> Frame:
        """Return the interactive page as a value that a notebook shows in a frame of its own.

        Scripts run in that frame, cut off from the notebook. Outside of notebooks, save the page
        with ``save("map.html")`` and open it.

        Args:
            height: Of the frame, in CSS pixels.
        """
        return Frame(self.html, height)

    def _repr_mimebundle_(
        self, include: Container[str] | None = None, exclude: Container[str] | None = None
    ) -> dict[str, str]:
        """Return what a notebook shows: picture and outline; without an engine the outline."""
        bundle = {"text/plain": self.outline}
        # A notebook shows nothing at all of a value whose repr raises.
        with suppress(RenderError):
            bundle["image/svg+xml"] = self.svg
        return {
            kind: shown
            for kind, shown in bundle.items()
            if (not include or kind in include) and (not exclude or kind not in exclude)
        }

    def __repr__(self) -> str:
        return f"Diagram of {self.argmap!r}"


@dataclass(frozen=True)
class Frame:
    """A page in a frame, for notebooks."""

    html: str
    height: int

    def _repr_html_(self) -> str:
        # Without ``allow-same-origin`` what runs in the frame reaches nothing outside of it.
        return (
            f'<iframe srcdoc="{escape(self.html)}" sandbox="allow-scripts" title="Argument map"'
            f' width="100%" height="{self.height}" style="border:1px solid #d0d7de"></iframe>'
        )

    def __repr__(self) -> str:
        return f"Frame({len(self.html):,} characters, {self.height} pixels high)"


RENDERERS: Registry[Callable[[Diagram], bytes]] = Registry(
    "picture format",
    {
        "svg": lambda diagram: diagram.svg.encode(),
        "png": lambda diagram: diagram.png(),
        "pdf": lambda diagram: diagram.pdf,
        "html": lambda diagram: diagram.html.encode(),
        "dot": lambda diagram: diagram.dot.encode(),
        "mmd": lambda diagram: diagram.mermaid.encode(),
        "txt": lambda diagram: diagram.outline.encode(),
    },
)


@dataclass(frozen=True)
class Options:
    """What `draw` was told, checked."""

    directions: tuple[Direction, ...]
    grouped: bool
    highlight: frozenset[str]
    max_claims: int | None
    around: str | None
    depth: int
    theme: str
    scale: float | None
    engine: str | None


def draw(
    argmap: ArgumentMap,
    *,
    rankdir: str = "auto",
    group_by: str | None = None,
    highlight: Iterable[Claim | str] = (),
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
        highlight: Claims, or their ids, to draw a ring around; the answer to a question, say.
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
    if max_claims is not None and max_claims < _LEAST:
        raise RenderError(f"max_claims is {max_claims}, and {_LEAST} is the least that makes sense")
    if depth < 0:
        raise RenderError(f"depth is {depth}, and cannot be less than 0")
    if engine not in {None, "auto"}:
        _ = ENGINES[str(engine)]
    _ = THEMES[theme]
    ids = [claim if isinstance(claim, str) else claim.id for claim in highlight]
    for claim_id in (*ids, *([] if around is None else [around])):
        argmap.claim(claim_id)
    options = Options(
        directions=_RANKDIRS[rankdir],
        grouped=group_by is not None and _GROUPS[group_by],
        highlight=frozenset(ids) | ({around} if around is not None else set()),
        max_claims=max_claims,
        around=around,
        depth=depth,
        theme=theme,
        scale=scale,
        engine=engine,
    )
    return Diagram(argmap, options)


# With fewer cards an overview cannot hold a claim, its two folds and what is elsewhere.
_LEAST = 5


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
