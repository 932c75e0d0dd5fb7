"""Read one of our values from JSON, with errors that point at the place."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from argumap.model._base import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic_core import ErrorDetails

    from argumap.errors import ParseError

__all__ = ["cut_off_hint", "parse_json", "pointer", "whole_escapes"]

V = TypeVar("V", bound=Value)


def parse_json(
    kind: type[V], text: str, error: type[ParseError], *, source: str | None = None
) -> V:
    """Return the value of that kind which a JSON text holds.

    Where a tool has cut a character in half, as some cut an emoji, U+FFFD stands for it: half a
    character cannot be written to any file. No offset changes by that.

    Args:
        kind: The class of the value.
        text: The JSON.
        error: The class of error to raise.
        source: Name of the file, for the error.

    Raises:
        ParseError: As `error`: the text is not JSON (line and column), or a field is missing,
            unknown or of a wrong type (JSON Pointer; all of them are told at once).
        ModelError: The parts of the value do not fit together.
    """
    try:
        return kind.model_validate_json(text)
    except ValidationError as fault:
        faults = fault.errors(include_url=False, include_context=False)
    if faults[0]["type"] == "json_invalid":
        whole = whole_escapes(text)
        if whole != text:
            return parse_json(kind, whole, error, source=source)
        raise _not_json(text, str(faults[0]["msg"]), error, source)
    told = [f"{pointer(each['loc']) or '/'}: {_in_words(each)}" for each in faults[:20]]
    if len(faults) > 20:
        told.append(f"and {len(faults) - 20} more")
    message = _in_words(faults[0]) if len(told) == 1 else "\n  - ".join(["", *told])
    raise error(
        f"this is not a valid {kind.__name__}: {message}",
        source=source,
        pointer=pointer(faults[0]["loc"]) if len(told) == 1 else None,
    )


def _not_json(text: str, message: str, error: type[ParseError], source: str | None) -> ParseError:
    """Say where a text stops being JSON; the standard library's parser knows line and column.

    Where that parser finds nothing wrong, Pydantic's own message tells what is.
    """
    if "recursion" in message:
        return error("not JSON that can be read here: it is nested too deeply", source=source)
    try:
        json.loads(text)
    except json.JSONDecodeError as fault:
        return error(
            f"not JSON: {fault.msg}",
            source=source,
            line=fault.lineno,
            column=fault.colno,
            hint=cut_off_hint(fault),
        )
    except ValueError as fault:  # a number of thousands of digits
        return error(f"not JSON: {fault}", source=source)
    return error(f"not JSON that can be read here: {message}", source=source)


# An escape in a string; in its group, half of a pair of surrogates without the other half.
_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)


def whole_escapes(text: str) -> str:
    r"""Return a JSON text in which U+FFFD stands for each escape that is half a character.

    Examples:
        >>> whole_escapes(r'"cut \ud83d, whole \ud83d\ude00, no escape \\ud83d"')
        '"cut \\ufffd, whole \\ud83d\\ude00, no escape \\\\ud83d"'
    """
    if "\\ud" not in text and "\\uD" not in text:
        return text
    return _ESCAPE.sub(lambda match: r"\ufffd" if match[1] else match[0], text)


def cut_off_hint(fault: json.JSONDecodeError) -> str | None:
    """Return a hint where JSON stops because the text does, None elsewhere."""
    at_the_end = fault.pos >= len(fault.doc.rstrip())
    cut_off = at_the_end or fault.msg.startswith("Unterminated")
    return "the file looks cut off" if cut_off else None


def pointer(location: Sequence[int | str]) -> str:
    """Return a Pydantic location as a JSON Pointer (RFC 6901).

    Examples:
        >>> pointer(("claims", 3, "text"))
        '/claims/3/text'
    """
    return "".join(f"/{str(p).replace('~', '~0').replace('/', '~1')}" for p in location)


def _in_words(fault: ErrorDetails) -> str:
    found = fault["input"]
    shown = "" if isinstance(found, dict | list) else f", found {json.dumps(found)[:60]}"
    if fault["type"] == "extra_forbidden":
        return "there is no field of that name"
    message = str(fault["msg"])
    return f"{message[:1].lower()}{message[1:]}{shown}"
