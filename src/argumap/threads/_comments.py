"""Leave out the comments of a markup language, which nobody was meant to read."""

from __future__ import annotations

__all__ = ["without_comments"]


def without_comments(text: str) -> str:
    r"""Return a text without ``<!-- … -->``; the lines keep their numbers. Linear.

    Examples:
        >>> without_comments("Hens<!-- or\ngoats --> lay. <!-- end")
        'Hens\n lay. <!-- end'
    """
    parts = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        parts += [text[at:start], "\n" * text.count("\n", start, end)]
        at = end + 3
    return "".join([*parts, text[at:]])
