"""`draw` a map, and what comes of it."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from argumap._files import write_atomically
from argumap._registry import Registry
from argumap.errors import RenderError
from argumap.rendering.dot import layout_dot, scene_dot
from argumap.rendering.engines import ENGINES, run
from argumap.rendering.layout import Layout, read_layout
from argumap.rendering.packing import arrange, page_size
from argumap.rendering.png import rasterise
from argumap.rendering.scene import Direction, Scene, make_scene
from argumap.rendering.style import THEMES
from argumap.rendering.svg import scene_svg

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Container

    import graphviz

    from argumap.model import ArgumentMap

__all__ = ["RENDERERS", "Diagram", "draw", "to_dot", "to_graphviz"]

_DIRECTIONS: tuple[Direction, ...] = ("BT", "RL")


class Diagram:
    """A drawn map. Nothing is laid out before a picture is asked for.

    Args:
        argmap: The map.
        engine: Which Graphviz lays it out: ``"embedded"``, ``"system"``, ``"auto"``, or None for
            what the environment variable ``ARGUMAP_ENGINE`` says.
        theme: Name of the colours, one of `THEMES`.

    Raises:
        UnknownNameError: There is no such engine or theme.
    """

    def __init__(
        self, argmap: ArgumentMap, *, engine: str | None = None, theme: str = "auto"
    ) -> None:
        if engine not in {None, "auto"}:
            _ = ENGINES[str(engine)]
        self.argmap = argmap
        self._theme = THEMES[theme]
        self._engine = engine

    @cached_property
    def _laid_out(self) -> tuple[Scene, Layout]:
        """The better of the two directions: the one that fits a smaller page on its side."""
        both = [self._lay_out(direction) for direction in _DIRECTIONS]
        return min(both, key=lambda pair: page_size(pair[1].width, pair[1].height))

    def _lay_out(self, direction: Direction) -> tuple[Scene, Layout]:
        scene = make_scene(self.argmap, direction)
        layout = Layout(0, 0, {}, {})
        if scene.ties:
            layout = read_layout(run(layout_dot(scene), "json0", engine=self._engine), scene)
        return scene, arrange(scene, layout)

    @cached_property
    def svg(self) -> str:
        """The picture as SVG.

        Raises:
            EngineNotFoundError: No Graphviz works here.
            LayoutLimitError: The layout takes too long or too much memory.
        """
        return scene_svg(*self._laid_out, self._theme)

    @cached_property
    def dot(self) -> str:
        """The map as DOT, for Graphviz's own tools; needs no engine."""
        return to_dot(self.argmap)

    def png(self, *, scale: float | None = None) -> bytes:
        """Return the picture as PNG.

        Args:
            scale: Pixels for each CSS pixel; by default 2, or less where the picture is very large.

        Raises:
            LayoutLimitError: The picture would have more than 50 million pixels at that scale.
        """
        return rasterise(self.svg, scale)

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

    def _repr_mimebundle_(
        self, include: Container[str] | None = None, exclude: Container[str] | None = None
    ) -> dict[str, str]:
        """Return what a notebook shows: the picture; where nothing can draw it, words alone."""
        bundle = {"text/plain": repr(self)}
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


RENDERERS: Registry[Callable[[Diagram], bytes]] = Registry(
    "picture format",
    {
        "svg": lambda diagram: diagram.svg.encode(),
        "png": lambda diagram: diagram.png(),
        "dot": lambda diagram: diagram.dot.encode(),
    },
)


def draw(argmap: ArgumentMap, *, engine: str | None = None, theme: str = "auto") -> Diagram:
    """Return a diagram of a map.

    Args:
        argmap: The map.
        engine: Which Graphviz lays it out: ``"embedded"``, ``"system"``, or ``"auto"`` for the
            first that works. By default what the environment variable ``ARGUMAP_ENGINE`` says,
            else ``"auto"``.
        theme: ``"auto"`` follows the reader's screen, ``"light"`` and ``"dark"`` do not.

    Raises:
        UnknownNameError: There is no such engine or theme.

    Examples:
        >>> from argumap import MapBuilder, draw
        >>> builder = MapBuilder("Why is the street wet?")
        >>> wet, rain = builder.claim("The street is wet."), builder.claim("It rained.")
        >>> reason = builder.support(rain, wet)
        >>> draw(builder.build()).svg[:4]
        '<svg'
    """
    return Diagram(argmap, engine=engine, theme=theme)


def to_dot(argmap: ArgumentMap) -> str:
    """Return a map as DOT that any Graphviz from 2.43 on draws well. Needs no engine.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> wet = builder.claim("The street is wet.")
        >>> print(to_dot(builder.build()).splitlines()[0])
        digraph argumap {
    """
    return scene_dot(make_scene(argmap))


def to_graphviz(argmap: ArgumentMap) -> graphviz.Source:
    """Return a map as a `graphviz.Source`, the graphviz package's own kind of value.

    The package's ``render`` and ``pipe`` need the ``dot`` program; `draw` does not.
    """
    import graphviz  # noqa: PLC0415 # only this function needs it

    return graphviz.Source(to_dot(argmap))
