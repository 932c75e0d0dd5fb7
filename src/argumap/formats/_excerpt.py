"""Errors that show the line and point at the place."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from argumap.errors import ParseError

__all__ = ["fault_at"]

P = TypeVar("P", bound="ParseError")

_WIDTH = 90


def fault_at(
    error: type[P],
    message: str,
    text: str,
    offset: int,
    *,
    source: str | None = None,
    hint: str | None = None,
) -> P:
    r"""Return an error about a place in a text, with the line and a caret under the place.

    Args:
        error: The class of the error.
        message: What is wrong, in words.
        text: The whole text.
        offset: Where it is wrong, in code points.
        source: Name of the file.
        hint: What to do.

    Examples:
        >>> from argumap.errors import FormatParseError
        >>> print(fault_at(FormatParseError, "no such arrow", "[A]: yes\n  ~ [B]", 11))
        line 2:3: no such arrow
            ~ [B]
            ^
    """
    offset = min(offset, len(text))
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    column = offset - start
    # A window of a long line; what does not print, or prints wide, must not move the caret.
    first = max(0, column - _WIDTH // 2)
    shown = text[start + first : end if end != -1 else len(text)][:_WIDTH]
    shown = "".join(c if c.isprintable() else " " for c in shown)
    indent = len(shown) - len(shown.lstrip(" "))
    lines = [f"  {shown[indent:]}", "  " + " " * (column - first - indent) + "^"]
    if hint:
        lines.append(hint)
    return error(
        message,
        source=source,
        line=text.count("\n", 0, offset) + 1,
        column=column + 1,
        hint="\n  ".join(lines),
    )
