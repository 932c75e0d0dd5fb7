"""What a person types into a search field, as a question that SQLite's full-text search takes."""

from __future__ import annotations

import re

__all__ = ["match_expression"]


def match_expression(words: str) -> str:
    """Return the FTS5 expression for some words.

    All words must occur, in any order; "words in quotes" must stand together; ``wo*`` stands for
    any word that begins so. Nothing else has a meaning, so no text is a wrong question.

    Returns:
        The expression; ``""`` when there is nothing to look for.

    Examples:
        >>> match_expression('solar "too far" bus*')
        '"solar" "too far" "bus"*'
        >>> match_expression("AND (NEAR")
        '"AND" "(NEAR"'
    """
    found = []
    for quoted, bare in _WORD.findall(words):
        text = quoted or bare
        star = "*" if text.endswith("*") and text.strip("*") and not quoted else ""
        text = text.replace('"', "").replace("\0", "")
        if star:
            text = text.rstrip("*")
        # A term of punctuation alone has no words in it: FTS5 would find nothing for the rest too.
        if re.search(r"\w", text):
            found.append(f'"{text}"{star}')
    return " ".join(found)


_WORD = re.compile(r'"([^"]*)"|([^\s"]+)')
