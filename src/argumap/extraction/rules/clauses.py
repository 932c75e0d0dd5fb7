"""A sentence that holds several propositions is several units."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from argumap.extraction._cues import has_verb, starts_clause
from argumap.extraction._draft import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.extraction._draft import Draft

__all__ = ["cut_clauses"]

_TOKEN = re.compile(
    r"[^\W_]+(?:['’.\-/][^\W_]+)*(?:['’](?=\W))?|--+|[—–;:(),]|(?<=\s)-(?=\s)|\.\.+|…|[^\w\s]"
)
_CONJUNCTIONS = {"and", "but", "so", "or", "yet", "nor"}
_SUBORDINATORS = {
    "because",
    "although",
    "though",
    "whereas",
    "since",
    "while",
    "as",
    "cause",
    "cuz",
    "bc",
}
_DASHES = {"—", "–", "-"}
# A sentence that opens with one of these is one proposition as far as its first comma.
_IFS = {"if", "when", "unless", "once", "whenever"}
_CONDITIONS = {
    "if",
    "when",
    "unless",
    "once",
    "until",
    "whenever",
    "after",
    "before",
    "suppose",
    "as",
    "assuming",
    "with",
    "for",
    "in",
}
_OPENING_SUBORDINATORS = {
    "because",
    "although",
    "though",
    "while",
    "whereas",
    "since",
    "even",
    "as",
    "given",
}
_LEAST_WORDS = 3
# How far to look for the verb of a clause. Longer clauses have one before.
_LOOK_AHEAD = 16


class Token(NamedTuple):
    """A word or mark of a sentence, with its place in the post."""

    text: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.text[0].isalnum()


def cut_clauses(draft: Draft) -> None:
    """Cut units at the joints where a proposition ends and another one begins."""
    for post in draft.posts:
        post.units = [part for unit in post.units for part in _cut(unit)]


def _cut(unit: Unit) -> Iterator[Unit]:
    tokens = [
        Token(m[0].lower().replace("’", "'"), unit.start + m.start(), unit.start + m.end())
        for m in _TOKEN.finditer(unit.text)
    ]
    cuts = list(_cuts(tokens))
    if not cuts:
        yield unit
        return
    starts = [0, *cuts]
    ends = [*cuts, len(tokens)]
    for number, (first, last) in enumerate(zip(starts, ends, strict=True)):
        while (
            first < last
            and not tokens[first].is_word
            and tokens[first].text not in {'"', "“", "'", "*", "[", "<", "`"}
        ):
            first += 1  # noqa: PLW2901
        end = tokens[last - 1].end if last < len(tokens) else unit.end
        while (
            last > first
            and number < len(cuts)
            and tokens[last - 1].text in {",", ";", ":", "(", "-", "—", "–", "--", "---"}
        ):
            last -= 1  # noqa: PLW2901
            end = tokens[last - 1].end
        if first >= last:
            continue
        start = tokens[first].start if number else unit.start
        bracketed = number > 0 and tokens[starts[number]].text == "("
        yield Unit(
            unit.post,
            start,
            end,
            unit.text[start - unit.start : end - unit.start],
            unit.sentence,
            unit.block,
            bracketed=bracketed,
            is_head=number == 0,
            joint=tokens[starts[number]].text if number else "",
        )


def _cuts(tokens: list[Token]) -> Iterator[int]:
    """Yield the numbers of the tokens at which a new clause begins, its joint included."""
    begin = 0
    depth = 0
    for number, token in enumerate(tokens):
        text = token.text
        if text == "(":
            depth += number > 0
        elif text == ")":
            depth = max(0, depth - 1)
            continue
        if depth and text != "(":
            continue
        if number > begin and _is_cut(tokens, begin, number):
            yield number
            begin = number


def _is_cut(tokens: list[Token], begin: int, number: int) -> bool:
    token = tokens[number].text
    following = [t.text for t in tokens[number + 1 : number + 1 + _LOOK_AHEAD]]
    left = [t.text for t in tokens[begin:number] if t.is_word]
    if len(left) < _LEAST_WORDS or not (has_verb(left[-60:]) or "agree" in left):
        return False
    conditional = bool(_IFS.intersection(left[:4]))
    if token in {";", "--", *_DASHES} or token.startswith("--"):
        return _is_clause(following, tokens, number + 1)
    if token == ":":
        return _is_clause(following, tokens, number + 1)
    if token == "(":
        return _closes_well(tokens, number)
    if token == ",":
        return not (
            conditional and following and following[0] not in {"but", "because", "so"}
        ) and _is_comma_cut(left, following, tokens, number)
    previous = tokens[number - 1].text
    if previous in {",", "(", ";", ":", *_DASHES} or previous.startswith("--"):
        return False  # the mark before was looked at with this word after it
    if token in {"but", "because", "so", "although", "though", "whereas"}:
        return _is_clause(following, tokens, number + 1)
    if token in {"and", "since", "as"}:
        return (
            bool(following)
            and following[0] in _PRONOUNS
            and _is_clause(following, tokens, number + 1)
        )
    return False


_MODALS = {"would", "should", "will", "shouldn't", "won't", "wouldn't", "must"}
_PRONOUNS = {
    "i", "you", "he", "she", "it", "we", "they", "there", "it's", "i'm", "you're", "they're", "we're",
    "that's", "there's", "he's", "she's", "i've", "i'd", "i'll", "you'll", "we'll", "they'll", "this", "that",
}  # fmt: skip


def _is_comma_cut(left: list[str], following: list[str], tokens: list[Token], number: int) -> bool:
    if not following:
        return False
    word = following[0]
    if word in _CONJUNCTIONS or word in _SUBORDINATORS or word == "even":
        rest = following[1:]
        if word == "though" and (not rest or not rest[0][0].isalnum()):
            return False
        if left[0] in {"if", "when", "unless"} and word in {"and", "or"}:
            return False
        if word == "and" and rest and rest[0] in _MODALS:
            return _is_clause(rest, tokens, number + 2)
        if word in {"and", "or", "nor", "as", "since", "even"}:
            return starts_clause(_words(rest)) and _is_clause(rest, tokens, number + 2)
        return _is_clause(rest, tokens, number + 2)
    if word in {"however", "therefore", "thus", "hence"} or following[:2] == ["which", "means"]:
        return _is_clause(following[1:], tokens, number + 2)
    if left[0] in _OPENING_SUBORDINATORS:
        return word in _SUBJECT_STARTS and _is_clause(following, tokens, number + 1)
    if left[0] in _CONDITIONS or "if" in left[:4] or "when" in left[:4]:
        return False
    return word in _SUBJECT_STARTS and has_verb(_words(following)[:6]) and len(left) > 3


_SUBJECT_STARTS = _PRONOUNS | {
    "the",
    "a",
    "my",
    "your",
    "their",
    "our",
    "people",
    "lots",
    "these",
    "those",
    "most",
    "many",
    "some",
}


def _words(texts: list[str]) -> list[str]:
    return [text for text in texts if text[0].isalnum()]


def _is_clause(following: list[str], tokens: list[Token], start: int) -> bool:
    """Return whether what follows a joint is a clause of some length."""
    stop = next(
        (
            n
            for n, text in enumerate(following)
            if text in {";", ":", "(", ")", "—", "–"} or text.startswith("--")
        ),
        len(following),
    )
    words = _words(following[:stop])
    return len(words) >= _LEAST_WORDS and has_verb(words)


def _closes_well(tokens: list[Token], number: int) -> bool:
    """Return whether a bracket holds a clause of its own and ends the clause before it."""
    inside: list[str] = []
    for place in range(number + 1, min(len(tokens), number + 80)):
        text = tokens[place].text
        if text == ")":
            after = tokens[place + 1].text if place + 1 < len(tokens) else "."
            ends = not after[0].isalnum() or after in _CONJUNCTIONS
            opens = starts_clause(inside) or inside[:1] in (["though"], ["although"], ["because"])
            return ends and len(inside) > 3 and opens and has_verb(inside)
        if text == "(":
            return False
        if text[0].isalnum():
            inside.append(text)
    return False
