"""Numbers and words as they stand in SVG."""

from __future__ import annotations

from xml.sax.saxutils import escape

from argumap.rendering.labels import is_right_to_left

__all__ = ["number", "written"]


def number(value: float) -> str:
    """Return a number with at most two decimals, none where it has none."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def written(
    line: str, left: float, right: float, *, leftwards: bool | None = None
) -> tuple[str, str]:
    """Return a line of text as it is written, and where it begins.

    A line of a text that is read from the right is set to the right, and marked as such by the
    characters that Unicode has for it: CSS would do, but rasterisers do not read it.

    Args:
        line: The line.
        left: Where it begins if it is read from the left.
        right: Where it begins if it is read from the right.
        leftwards: Whether the text of which it is a line is read from the right; by default the
            line is the whole text.
    """
    alone = is_right_to_left(line)
    if alone if leftwards is None else leftwards:
        return f"\u202b{escape(line)}\u202c", f'x="{number(right)}" text-anchor="end"'
    # Rasterisers would go by the first letter of the line.
    words = f"\u202a{escape(line)}\u202c" if alone else escape(line)
    return words, f'x="{number(left)}"'
