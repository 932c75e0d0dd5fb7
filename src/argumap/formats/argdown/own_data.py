"""What the data of an element says of a claim: its id, confidence, mentions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from argumap.model import Claim, Mention, Span

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["OWN_DATA", "DataError", "in_words", "split"]

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


def split(data: Any, texts: Mapping[str, str]) -> tuple[dict[str, Any], Any]:
    """Part an element's data into the fields of a claim, and the rest.

    Args:
        data: The data.
        texts: The texts of the thread's posts, from which the quotes of spans are taken.

    Raises:
        ValueError: What is said of the claim cannot be. So do `TypeError` and `AttributeError`.
    """
    if not isinstance(data, dict):
        return {}, data
    fields = {key: data[key] for key in ("confidence", "component") if key in data}
    if fields:
        Claim(id="c", text="", **fields)  # what is wrong with it is somebody's slip
    if "mentions" in data:
        fields["mentions"] = tuple(_mention(each, texts) for each in data["mentions"])
    return fields, {key: value for key, value in data.items() if key not in OWN_DATA}


def _mention(fields: dict[str, Any], texts: Mapping[str, str]) -> Mention:
    """Return a mention, whose place stands in an outline as ``at: [p1, 0, 14]``."""
    at = fields.get("at")
    if at is None:
        return Mention.model_validate(fields)
    post_id, start, end = at
    rest = {key: value for key, value in fields.items() if key != "at"}
    rest["span"] = span = Span(post_id=post_id, start=start, end=end)
    if span.post_id in texts:
        rest.setdefault("quote", texts[span.post_id][span.start : span.end])
    return Mention.model_validate(rest)


def in_words(fault: Exception) -> str:
    """Say what is wrong with data."""
    if not isinstance(fault, ValidationError):
        return str(fault)
    first = fault.errors(include_url=False, include_context=False)[0]
    name = "".join(f"{part}: " for part in first["loc"])
    return f"{name}{first['msg'].removeprefix('Value error, ')}, found {first['input']!r:.60}"
