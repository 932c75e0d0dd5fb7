"""Quotes between tags, as forums write them: ``[quote="ana, post:2"]`` … ``[/quote]``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["quote_tags", "tagged_author"]

_TAG = re.compile(r"\[(?P<end>/?)quote(?P<given>[=\s][^\[\]\n]{0,300})?\]", re.IGNORECASE)
# [quote="ana, post:2, topic:3"], [quote=ana;123], [quote author=ana link=…], [quote name="ana" …]
_AUTHOR = re.compile(
    r"\s*(?:(?:author|name|user)?\s*=)?\s*(?:\"(?P<quoted>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>.*))"
)
_BEHIND_NAME = re.compile(r"[,;]|\s+(?:link|date|post|time|timestamp|url)\s*=", re.IGNORECASE)


def quote_tags(lines: Sequence[str]) -> dict[int, int]:
    """Return how deep the lines between tags are quoted; 0 for a line that is nothing but tags.

    Tags without their other one are text.

    Examples:
        >>> quote_tags(["[quote=ana]", "Hens?", "[/quote]", "No."])
        {0: 0, 1: 1, 2: 0}
    """
    opened: list[int] = []
    changes: dict[int, int] = {}
    for number, line in enumerate(lines):
        if "quote" not in line and "QUOTE" not in line:
            continue
        for tag in _TAG.finditer(line):
            if not tag["end"]:
                opened.append(number)
            elif opened:
                first = opened.pop()
                changes[first] = changes.get(first, 0) + 1
                changes[number] = changes.get(number, 0) - 1
    if not changes:
        return {}
    depths: dict[int, int] = {}
    depth = 0
    for number, line in enumerate(lines):
        before, depth = depth, depth + changes.get(number, 0)
        if number in changes and not _TAG.sub("", line).strip():
            depths[number] = 0
        elif highest := max(before, depth, 1 if number in changes else 0):
            depths[number] = highest
    return depths


def tagged_author(line: str) -> str | None:
    """Return who is quoted, as the tag that opens a quote has it.

    Examples:
        >>> tagged_author('[quote="ana, post:2, topic:22"]')
        'ana'
    """
    tag = _TAG.match(line.strip())
    found = _AUTHOR.match(tag["given"] or "") if tag and not tag["end"] else None
    if found is None:
        return None
    name = found["quoted"] or found["single"] or found["bare"] or ""
    return _BEHIND_NAME.split(name, maxsplit=1)[0].strip() or None
