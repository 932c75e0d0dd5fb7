"""What the data of an element says of a claim: its id, confidence, mentions."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from argumap.model import Claim, Mention, Span

__all__ = ["OWN_DATA", "DataError", "in_words", "mention_fields", "split"]

# What an element's data says of a claim; all other data is somebody else's.
OWN_DATA = ("id", "confidence", "component", "mentions")


class DataError(ValueError):
    """The data of an element is not what argumap wrote there, nor a correction of it.

    Attributes:
        offset: Where the element stands.
    """

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


def mention_fields(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a mention, whose place stands in an outline as ``at: [p1, 0, 14]``."""
    rest = {key: value for key, value in fields.items() if key != "at"}
    if (at := fields.get("at")) is not None:
        post_id, start, end = at
        rest["span"] = Span(post_id=post_id, start=start, end=end)
    return rest


def split(data: Any) -> tuple[dict[str, Any], Any]:
    """Part an element's data into what says something of a claim, and the rest.

    Raises:
        ValueError: What is said of the claim cannot be. So do `TypeError` and `AttributeError`.
    """
    if not isinstance(data, dict):
        return {}, data
    own = {key: value for key, value in data.items() if key in OWN_DATA}
    Claim(
        id="c",
        text="",
        confidence=own.get("confidence"),
        component=own.get("component"),
        mentions=tuple(
            Mention.model_validate(mention_fields(fields)) for fields in own.get("mentions", ())
        ),
    )
    return own, {key: value for key, value in data.items() if key not in OWN_DATA}


def in_words(fault: Exception) -> str:
    """Say what is wrong with data."""
    if not isinstance(fault, ValidationError):
        return str(fault)
    first = fault.errors(include_url=False, include_context=False)[0]
    name = "".join(f"{part}: " for part in first["loc"])
    return f"{name}{first['msg'].removeprefix('Value error, ')}, found {first['input']!r:.60}"
