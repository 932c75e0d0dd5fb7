"""Lines that say who wrote the quote below them: ``On Monday, Ana wrote:``."""

from __future__ import annotations

import re

__all__ = ["ATTRIBUTION", "LONGEST_ATTRIBUTION", "is_attribution", "quoted_author"]

LONGEST_ATTRIBUTION = 300
ATTRIBUTION = re.compile(
    r"""
    (?P<open>[ \t]*(?:on|am|le|el|il|em|op|den|på)\b.{4,200}?
        \b(?:wrote|writes|said|says|schrieb|a[ ]écrit|escribió|ha[ ]scritto|escreveu|schreef|skrev)
        \b[^:]{0,40}:[ \t]*$)
    | (?P<short>[ \t\[>*_]*(?P<who>[^\s:>][^:>]{0,80}?)[*_]*[ \t]+
        (?:wrote|writes|said|says|schrieb|skrev)[*_]*
        (?:[ ](?:on|in|at)\b.{1,80})?:[\]*_]*[ \t]*$)
    | (?P<dated>[ \t>*_]*\d[\d:/.+\-TZ \tAPMGUC]{4,40}[ \t]
        (?P<by>[^\d<>:]{1,80}?)[ \t]*<[^<>]{3,100}>:[ \t]*$)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_IN_ATTRIBUTION = re.compile(
    r"(?:\d{4}|\d[ap]m|[ap]\.?m\.?|\d:\d\d|[+-]\d{4}|\)|\d|,)[ \t]*,?[ \t]+"
    r"(?P<name>[^\d,:;()][^:;()\d]{0,80}?)[ \t]*"
    r"(?:<[^>]*>|\[[^\]]*\]|\([^)]*\))?[ \t]*(?:wrote|writes|said|says|schrieb|a écrit|escribió)\b",
    re.IGNORECASE,
)


def is_attribution(line: str) -> bool:
    """Whether a line says who wrote the quote that follows: ``On Monday, Ana wrote:``."""
    return len(line) <= LONGEST_ATTRIBUTION and ATTRIBUTION.match(line) is not None


def quoted_author(line: str) -> str | None:
    """Return the name in an attribution line, without address.

    Examples:
        >>> quoted_author("On Tue, 2 Jan 2024 at 10:00, Ana Lee <ana@example.org> wrote:")
        'Ana Lee'
        >>> quoted_author("Ben writes:")
        'Ben'
    """
    found = ATTRIBUTION.match(line) if len(line) <= LONGEST_ATTRIBUTION else None
    if found is None:
        return None
    if found["open"]:
        inside = _IN_ATTRIBUTION.search(line)
        name = inside["name"] if inside else ""
    elif found["dated"]:
        name = found["by"]
    else:
        name = re.sub(r"<[^>]*>|\([^)]*\)", "", found["who"])
    name = name.strip(" \t\"'*_[]")
    return name if name and "@" not in name else None
