"""Argdown: argument maps as text that people write by hand (https://argdown.org).

The whole language is read, as the official parser (2.0) reads it. What is written is read back
equal by that parser; what Argdown has no words for stands in a comment at the end.
"""

from __future__ import annotations

import json
import re

from argumap.errors import FormatParseError
from argumap.formats._constructs import ALL
from argumap.formats._excerpt import fault_at
from argumap.formats._format import Format, UnplacedError
from argumap.formats._remainder import put_back, take
from argumap.formats.argdown.own_data import DataError
from argumap.formats.argdown.parser import parse
from argumap.formats.argdown.reading import to_map
from argumap.formats.argdown.writing import write
from argumap.model import ArgumentMap, Thread, pause_gc

__all__ = ["FORMAT", "dumps", "loads", "sniff"]

_KEPT = re.compile(r"\n/\* argumap: (\{.*\}) \*/\s*\Z", re.DOTALL)

# Relations to titled elements, and premises with a line under them: hardly anything else has those.
_TELLING = re.compile(
    r"^[ \t]+(?:\+>|->|<?[+-]|><|_>|<_|_) ?(?:\[[^\]\n]+\]|<[^>\n]+>)(?::[ \t]|[ \t]*(?:$|\{|#))"
    r"|^\(\d+\) .*\n(?:\(\d+\) .*\n)*--",
    re.MULTILINE,
)
# How a block begins, and a line that is a definition.
_BLOCK = re.compile(r"\[[^\]\n]+\](?!\()|<[^>\n]+>|\(\d+\) |#+ |=== *$|\* |\d+\. ", re.MULTILINE)
_DEFINITION = re.compile(r"^\[[^\]\n]+\]:[ \t]+(?!\w+://)\S", re.MULTILINE)
_COMMENT = re.compile(r"<!--.*?-->|/\*.*?(?:\*/|\Z)|//[^\n]*", re.DOTALL)


def sniff(text: str) -> bool:
    """Whether a text looks like Argdown: relations to titles, premises, or titles in each block.

    A log of a chat has names or times in brackets too, but line by line, and no relations.
    """
    head = _COMMENT.sub("", text[:20_000])
    start = head.lstrip()
    if start.startswith(("{", "[{", '["', "[[", "<?", "<!")) or re.match(r"<\w+[ >]\s*<", start):
        return False
    if _TELLING.search(head):
        return True
    blocks = [block for block in re.split(r"\n[ \t]*\n", head.strip("\n")) if block.strip()]
    defined = [len(_DEFINITION.findall(block)) for block in blocks]
    return (
        any(defined) and max(defined) == 1 and all(_BLOCK.match(block.strip()) for block in blocks)
    )


def loads(text: str, source: str | None = None) -> ArgumentMap:
    """Read a map.

    Raises:
        FormatParseError: It is not Argdown; line, column and a caret show where.
        ModelError: The parts of the map do not fit together.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    kept = _KEPT.search(text)
    if kept is None and (begun := text.rfind("\n/* argumap: {")) >= 0 and "*/" not in text[begun:]:
        message = "the comment in which argumap keeps the rest of the map does not end"
        hint = "the file looks cut off; without that comment it can be read, but for what it holds"
        raise fault_at(FormatParseError, message, text, begun + 1, source=source, hint=hint)
    if kept is None:
        with pause_gc():
            argmap, unplaced = to_map(parse(text, source))
        return _placed(argmap, unplaced)
    try:
        data = json.loads(kept[1])
    except (ValueError, RecursionError):
        message = "the comment in which argumap keeps the rest of the map is broken"
        raise fault_at(
            FormatParseError, message, text, kept.start() + 1, source=source, hint="delete it"
        ) from None
    try:
        with pause_gc():
            document = parse(text[: kept.start() + 1], source)
            shown, unplaced = to_map(document, _thread(data), ours=True)
    except DataError as fault:
        raise fault_at(FormatParseError, str(fault), text, fault.offset, source=source) from None
    return _placed(put_back(shown, data, source=source), unplaced)


def _placed(argmap: ArgumentMap, unplaced: list[str]) -> ArgumentMap:
    if unplaced:
        raise UnplacedError(argmap, unplaced)
    return argmap


def _thread(data: object) -> Thread | None:
    fields = data.get("thread") if isinstance(data, dict) else None
    try:
        return Thread.model_validate(fields) if fields is not None else None
    except ValueError:
        return None  # put_back says what is wrong


def dumps(argmap: ArgumentMap) -> str:
    """Write a map: an outline, and what it does not show in a comment at the end."""
    text = write(argmap)
    with pause_gc():
        seen, _ = to_map(parse(text), argmap.thread)
    if seen != argmap:
        # No "*/" inside, and none of the separators at which JavaScript ends a line.
        kept = take(argmap, seen).to_text()
        kept = kept.replace("*/", "*\\/").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
        text += f"\n/* argumap: {kept} */\n"
    return text


_KEPT_ALONE = frozenset(
    {
        "undercuts of rebuttals",
        "undercuts of undercuts",
        "ids",
        "relation ids",
        "stances",
        "authors",
        "quotes",
        "spans",
        "bare mentions",
        "components",
        "component confidence",
        "confidence",
        "origin",
        "extra",
        "thread",
    }
)

FORMAT = Format(
    name="argdown",
    title="Argdown",
    suffixes=(".argdown", ".ad"),
    sniff=sniff,
    loads=loads,
    dumps=dumps,
    carries=ALL - _KEPT_ALONE,
    keeps=_KEPT_ALONE,
)
