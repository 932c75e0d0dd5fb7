"""SVG to PNG, with fonts that come along, so that the picture is the same everywhere."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from argumap.errors import LayoutLimitError, RenderError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["is_covered", "rasterise", "size_of"]

# Above this the rasteriser asks for more memory than most machines have, and ends the process.
_MOST_PIXELS = 50_000_000
_SIZE = re.compile(r'(?:width|height)="([0-9.]+)"')


def rasterise(svg: str, scale: float | None = None) -> bytes:
    """Return one of our own pictures as PNG.

    Args:
        svg: The picture; it must come from `scene_svg`, since a rasteriser follows links to files.
        scale: Pixels for each CSS pixel; by default 2, or less where the picture is very large.

    Raises:
        RenderError: The scale is not more than 0.
        LayoutLimitError: The picture would have more than 50 million pixels at that scale.
    """
    import resvg_py  # noqa: PLC0415 # only a PNG needs it

    width, height = size_of(svg)
    most = (_MOST_PIXELS / (width * height)) ** 0.5
    if scale is not None and not scale > 0:
        raise RenderError(f"scale is {scale:g}, and has to be more than 0")
    if scale is None:
        scale = min(2.0, most)
    elif scale > most:
        raise LayoutLimitError(
            f"at scale {scale:g} the PNG would have {width * height * scale**2 / 1e6:,.0f} million "
            f"pixels, and 50 million is the most; the largest scale for this picture is {most:.2f}"
        )
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        zoom=scale,
        dpi=96,
        font_files=list(_font_files()),
        skip_system_fonts=is_covered(svg),
        font_family="Liberation Sans",
        sans_serif_family="Liberation Sans",
    )


def size_of(svg: str) -> tuple[float, float]:
    """Return width and height of one of our own pictures, in CSS pixels."""
    width, height = map(float, _SIZE.findall(svg[: svg.index(">")]))
    return width, height


@cache
def _font_files() -> Sequence[str]:
    folder = Path(str(resources.files("argumap.rendering") / "fonts"))
    return [str(folder / f"LiberationSans-{face}.ttf") for face in ("Regular", "Bold")]


def is_covered(text: str) -> bool:
    """Whether the fonts that come along have all letters of a text, nearly enough.

    Where they do not, the fonts of the machine are asked for the rest.
    """
    return text.isascii() or all(
        char <= "\u0513"
        or "\u0591" <= char <= "\u05ea"
        or "\u1e00" <= char <= "\u1ef9"
        or "\u2010" <= char <= "\u203a"
        or char in "€™←→↑↓−≤≥≠"
        for char in set(text)
    )
