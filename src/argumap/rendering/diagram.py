"""What comes of drawing a map: pictures and texts in many formats, each made when asked for."""

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
from argumap.rendering.engines import run
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
    from collections.abc import Callable, Container

    from argumap.model import ArgumentMap, Labelling

__all__ = ["DEFAULT_MOST", "RENDERERS", "Diagram", "Frame", "Options"]

DEFAULT_MOST = 300
# Laying out both ways to choose takes twice the time; a map this large is broad, not deep.
_MOST_TRIED_BOTH_WAYS = 1000


@dataclass(frozen=True)
class Options:
    """What `draw` was told, checked."""

    directions: tuple[Direction, ...]
    grouped: bool
    highlight: frozenset[str]
    labelling: Labelling | None
    max_claims: int | None
    around: str | None
    depth: int
    theme: str
    scale: float | None
    engine: str | None


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
        return gather(self.argmap, self._options.labelling)

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
            RenderError: The scale is not more than 0.
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
