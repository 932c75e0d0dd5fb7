"""Numbers and words as they stand in SVG."""

from __future__ import annotations

from xml.sax.saxutils import escape

from argumap.rendering.labels import is_right_to_left

__all__ = ["number", "written"]


def number(value: float) -> str:
    """Return a number with at most two decimals, none where it has none."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def written(text: str, left: float, right: float) -> tuple[str, str]:
    """Return a line of text as it is written, and where it begins.

    A line of a script that is read from the right is set to the right, and marked as such by the
    characters that Unicode has for it: CSS would do, but rasterisers do not read it.
    """
    if is_right_to_left(text):
        return f"\u202b{escape(text)}\u202c", f'x="{number(right)}" text-anchor="end"'
    return escape(text), f'x="{number(left)}"'
