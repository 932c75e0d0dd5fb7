"""What the words around a clause show: how it bears on another, and whether it is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap.extraction._lexicon import phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "CONCESSION",
    "CONCLUSION",
    "CONNECTIVES",
    "CONTRAST",
    "EXAMPLE",
    "MARKERS",
    "REASON",
    "example_cue",
    "has_verb",
    "starts_clause",
]

MARKERS = (
    phrases("clauses", "starts", "modals", "pronouns", "determiners", "conditions", "subordinators")
    | phrases("verbs", "auxiliaries")
    | phrases("overlap", "stop", "negations")
)
"""Words of grammar and of attitude: what may be a feature by its own name."""

REASON = phrases("connectives", "reason")
CONCLUSION = phrases("connectives", "conclusion")
# "though," with a comma is the one that ends a sentence: "It is far, though."
CONTRAST = phrases("connectives", "contrast") | {"though,"}
CONCESSION = phrases("connectives", "concession")
EXAMPLE = phrases("connectives", "example")
CONNECTIVES = (
    REASON | CONCLUSION | CONTRAST | CONCESSION | EXAMPLE | phrases("connectives", "addition")
)


def _third_person(base: str) -> str:
    if base.endswith(("s", "sh", "ch", "x", "z", "o")):
        return base + "es"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ies"
    return base + "s"


_BASES = phrases("verbs", "bases")
_FINITE = phrases("verbs", "auxiliaries", "past") | {_third_person(base) for base in _BASES}
_SUBJECTS = phrases("clauses", "subjects")
_ADDS = frozenset({"also", "but also", "and also", "plus"})
_ALWAYS_SUBJECTS = frozenset({"i", "we", "they", "he", "she"})
_SINGULAR = frozenset({"it", "this", "that", "which", "who", "one"}) | {
    some + body for some in ("every", "some", "any", "no") for body in ("one", "body", "thing")
}
_STARTS = phrases("clauses", "starts")


def example_cue(leads: Sequence[str]) -> str | None:
    """Return the cue of an example, unless the words add another point.

    Examples:
        >>> example_cue(["and", "for example"]), example_cue(["but also", "eg"])
        ('for example', None)
    """
    if not _ADDS.isdisjoint(leads):
        return None
    return next((lead for lead in leads if lead in EXAMPLE), None)


def has_verb(words: Sequence[str]) -> bool:
    """Return whether a stretch of words seems to hold a finite verb.

    There is no parser here: it looks for auxiliaries, for forms that are hardly ever nouns, and for
    base forms and past forms after a word that is likely to be their subject.

    Examples:
        >>> has_verb(["lots", "of", "work", "is", "irrelevant"])
        True
        >>> has_verb(["the", "state", "of", "the", "work"])
        False
    """
    previous = ""
    for word in words:
        if word in _FINITE or previous in _ALWAYS_SUBJECTS:
            return True
        if previous in _SINGULAR and word.endswith("s"):
            return True
        if word in _BASES and (previous in _SUBJECTS or previous.endswith("s")):
            return True
        if len(word) > 4 and word.endswith("ed") and previous in _SUBJECTS:
            return True
        previous = word
    return False


def starts_clause(words: Sequence[str]) -> bool:
    """Return whether words may open a clause that has a subject of its own.

    Examples:
        >>> starts_clause(["rents", "are", "high"]), starts_clause(["rents", "and", "wages"])
        (True, False)
    """
    return bool(words) and (words[0] in _STARTS or (len(words) > 1 and words[1] in _FINITE))
