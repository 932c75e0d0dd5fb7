"""Lists: those that have lost their marks, the lines that introduce them, and their numbers."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argumap.threads._lines import Draft, Line

__all__ = ["find_lists"]

# A line that ends with one of these is not finished: what follows completes it.
_OPEN_END = re.compile(
    r"(?:^|[\s(])(?:are|is|was|were|be|like|include|includes|including|as|because|that|following|"
    r"namely|say|e\.?g\.?|i\.?e\.?)$",
    re.IGNORECASE,
)
# A list without marks is over where the writer turns to something else.
_TURN = re.compile(
    r"(?:but|so|however|anyway|anyways|overall|therefore|thus|still|in short|in sum|in any case|"
    r"all in all|that said|having said|on the other hand|i dunno|i don['’]t know|i think|"
    r"i guess|i agree|edit)\b",
    re.IGNORECASE,
)
_FINISHED = (".", "!", "?", ".)", "!)", "?)", ".”", '."', "…", ";", ",")


def find_lists(drafts: list[Draft], lines: list[Line]) -> None:
    """Recognise lists without marks and introductions, and number the lists."""
    _find_bare_lists(drafts, lines)
    _find_intros(drafts, lines)
    _number_lists(drafts)


def _find_bare_lists(drafts: list[Draft], lines: list[Line]) -> None:
    """Recognise lists that have lost their marks: an unfinished line, then finished ones.

    It must be followed at once by two lines or more; the list ends at a blank line, a question
    after statements, a line that turns to something else, and the next unfinished line.
    """
    at = 0
    while at < len(drafts):
        end = _bare_list_end(drafts, lines, at) if _is_open(drafts[at], lines) else at
        if end - at >= 2:
            drafts[at].kind = "intro"
            for item in drafts[at + 1 : end + 1]:
                item.kind, item.depth = "item", 1
        at = max(at + 1, end)


def _is_open(draft: Draft, lines: list[Line]) -> bool:
    line = lines[draft.last].text
    return draft.kind == "text" and (line.endswith(":") or bool(_OPEN_END.search(line[-40:])))


def _bare_list_end(drafts: list[Draft], lines: list[Line], at: int) -> int:
    end = at
    asked = False
    for number in range(at + 1, len(drafts)):
        draft = drafts[number]
        line = lines[draft.first].text
        if draft.kind != "text" or draft.first != drafts[number - 1].last + 1:
            break
        if _is_open(draft, lines) or _TURN.match(line.lstrip("(")):
            break
        question = line.endswith("?")
        if number > at + 1 and question != asked:
            break
        if not line.endswith(_FINISHED):
            break
        asked = question
        end = number
    return end


def _find_intros(drafts: list[Draft], lines: list[Line]) -> None:
    """Recognise the line before a list with marks."""
    for before, item in pairwise(drafts):
        if before.kind == "text" and item.kind == "item" and item.first - before.last <= 2:
            line = lines[before.last].text
            if line.endswith(":") or _OPEN_END.search(line[-40:]):
                before.kind = "intro"


def _number_lists(drafts: list[Draft]) -> None:
    group = -1
    inside = False
    for number, draft in enumerate(drafts):
        opens = draft.kind == "intro"
        if opens or (draft.kind == "item" and not inside):
            group += 1
        inside = draft.kind in {"item", "intro"} or (
            inside and draft.kind == "code" and number + 1 < len(drafts)
        )
        if draft.kind in {"item", "intro"}:
            draft.group = group
