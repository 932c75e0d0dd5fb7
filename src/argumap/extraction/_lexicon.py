"""Words and patterns from ``lexicon.toml``, beside this file."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

__all__ = ["alternatives", "pattern", "phrases"]


@cache
def _tables() -> dict[str, dict[str, Any]]:
    text = resources.files("argumap.extraction").joinpath("lexicon.toml").read_text("utf-8")
    return tomllib.loads(text)


def phrases(table: str, *keys: str) -> frozenset[str]:
    """Return the words and phrases of one or more lists of a table.

    Examples:
        >>> "even so" in phrases("connectives", "contrast")
        True
    """
    found = (word for key in keys for word in _tables()[table][key].split(","))
    return frozenset(" ".join(word.split()) for word in found)


def pattern(table: str, key: str) -> re.Pattern[str]:
    """Return one pattern that matches where any of a list of patterns does.

    Examples:
        >>> bool(pattern("undercuts", "cues").search("That is beside  the point."))
        True
    """
    return re.compile("|".join(f"(?:{each})" for each in alternatives(table, key)), re.IGNORECASE)


def alternatives(table: str, key: str) -> list[str]:
    """Return a list of patterns, in which each space has come to stand for any white space."""
    return [each.replace(" ?", r"\s*").replace(" ", r"\s+") for each in _tables()[table][key]]
