"""Lines that say who wrote the quote below them: ``On Monday, Ana wrote:``."""

from __future__ import annotations

import re

__all__ = [
    "ATTRIBUTION",
    "ATTRIBUTION_ENDS",
    "LONGEST_ATTRIBUTION",
    "is_attribution",
    "is_full_attribution",
    "quoted_author",
]

LONGEST_ATTRIBUTION = 300
# Nearly all other lines end otherwise: they need not be held against the pattern.
ATTRIBUTION_ENDS = (":", "：", "]", "*", "_", "<=-")
_VERB = (
    r"(?:wrote|writes|said|says|schrieb|a[ ]écrit|escribió|ha[ ]scritto|escreveu|schreef|skrev|"
    r"napisał(?:\(a\)|a)?|pisze|napsala?(?:\(a\))?|napísala?(?:\(a\))?|kirjoitti|(?:ezt[ ])?írta|"
    r"a[ ]scris|написала?|пишет|написав|έγραψε|yazdı|写道|寫道|のメッセージ|님이[ ]작성)"
)
_ADDRESS = r"<[^<>\s]{1,60}@[^<>\s]{1,80}>"
ATTRIBUTION = re.compile(
    rf"""
    (?P<open>[ \t]*(?:on|am|le|el|il|em|op|den|på|in[ ](?:article|message|news|reply))\b.{{4,220}}?
        (?:\b{_VERB})[^:]{{0,40}}[:：][ \t]*$)
    | (?P<short>[ \t\[>*_]*(?P<who>[^\s:>][^:<>]{{0,80}}?(?:[ \t]*<[^<>\s]{{3,100}}>)?)[*_]*[ \t]+
        (?:wrote|writes|said|says|schrieb|skrev)[*_]*
        (?:[ ](?:on|in|at|am|um|den|the)\b.{{1,80}})?:[\]*_]*[ \t]*$)
    | (?P<address>[ \t>*_]*(?P<by>[^<>]{{1,140}}?)[ \t]*[("]?{_ADDRESS}[)"]?
        (?:[ \t\[(][^<>]{{0,50}})?[:：][ \t]*$)
    | (?P<named>[ \t]*-=>[ \t](?:quoting|on)\b.{{1,120}}<=-[ \t]*$)
    | (?P<dated>[ \t>*_]*\d[\d:/.+\-TZ \tAPMGUC]{{4,40}}[ \t]
        (?P<by_dated>[^\d<>:]{{1,80}}?)[ \t]*<[^<>]{{3,100}}>:[ \t]*$)
    | (?P<other>(?=[^\d]{{0,200}}\d).{{2,220}}?(?:\b|(?<=[>\d])){_VERB}
        (?:[^:]|:(?=\d)){{0,40}}[:：][ \t]*$)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_IN_ATTRIBUTION = re.compile(
    rf"(?:\d{{4}}|\d[ap]m|[ap]\.?m\.?|\d:\d\d|[+-]\d{{4}}|\)|\d|,|>)[ \t]*,?[ \t]+"
    rf"(?P<name>[^\d,:;()<>][^:;()<>\d]{{0,80}}?)[ \t]*"
    rf"(?:<[^>]*>|\[[^\]]*\]|\([^)]*\))?[ \t]*{_VERB}",
    re.IGNORECASE,
)
# German, Dutch and Swedish put the name last.
_BEHIND_VERB = re.compile(
    r"\b(?:schrieb|schreef|skrev)[ \t]+(?P<name>[^\d<>:]{1,80}?)[ \t]*(?:<[^<>]*>)?[ \t]*:[ \t]*$",
    re.IGNORECASE,
)
# Others put it first: "Ben kirjoitti 2.1.2023:".
_NAME_FIRST = re.compile(
    rf"[ \t]*(?P<name>[^\d<>:,;]{{1,60}}?)[ \t]+(?:<[^<>]*>|{_VERB})", re.IGNORECASE
)
_FULL = (re.compile(_ADDRESS), re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)"), re.compile(r"\d:\d\d"))
_HOUR = re.compile(r"(?:[ap]\.?m\.?|uhr|h|[A-Z]{3,4}[+-]\d+)[ \t]*,?[ \t]+", re.IGNORECASE)
_QUOTING = re.compile(
    r"(?:quoting|citando|zitat von|quoting message from|от|from)[ \t]+", re.IGNORECASE
)


def is_attribution(line: str) -> bool:
    """Whether a line says who wrote the quote that follows: ``On Monday, Ana wrote:``."""
    if len(line) > LONGEST_ATTRIBUTION or not line.rstrip(" \t").endswith(ATTRIBUTION_ENDS):
        return False
    return ATTRIBUTION.match(line) is not None


def is_full_attribution(line: str) -> bool:
    """Whether only a program writes such a line: it has an address, a year and a time."""
    return is_attribution(line) and all(part.search(line) for part in _FULL)


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
    if found["open"] or found["other"]:
        first = _NAME_FIRST.match(line) if found["other"] else None
        inside = first or _BEHIND_VERB.search(line) or _IN_ATTRIBUTION.search(line)
        name = _HOUR.sub("", inside["name"]) if inside else ""
    elif found["dated"]:
        name = found["by_dated"]
    elif found["address"]:
        # What stands behind the last number: "3 янв. 2023 г. в 10:00, Ana".
        name = _QUOTING.sub("", re.split(r"\d|, ", found["by"])[-1])
    elif found["named"]:
        inside = re.search(r"quoting[ \t]+(.{1,60}?)[ \t]+to\b", line, re.IGNORECASE)
        name = inside[1] if inside else ""
    else:
        name = re.sub(r"<[^>]*>|\([^)]*\)", "", found["who"])
    name = name.strip(" \t\"'*_[]，")
    return name if name and "@" not in name else None
