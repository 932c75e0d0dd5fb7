"""A sentence that holds several propositions is several units."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from argumap.extraction._cues import has_verb, starts_clause
from argumap.extraction._draft import Unit
from argumap.extraction._lexicon import phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from argumap.extraction._draft import Draft

__all__ = ["Token", "cut_clauses", "rule_cuts", "split_at", "tokens_of"]

_TOKEN = re.compile(
    r"[^\W_]+(?:['’.\-/][^\W_]+)*(?:['’](?=\W))?|--+|[—–;:(),]|(?<=\s)-(?=\s)|\.\.+|…|[^\w\s]"
)
_PRONOUNS = phrases("clauses", "pronouns")
_OWN_SUBJECTS = _PRONOUNS | phrases("clauses", "determiners")
_MODALS = phrases("clauses", "modals")
_COORDINATORS = phrases("clauses", "coordinators")
_SUBORDINATORS = phrases("clauses", "subordinators")
_JOINERS = _COORDINATORS | _SUBORDINATORS | {"even"}
_ADVERBS = phrases("clauses", "adverbs")
_CONDITIONS = phrases("clauses", "conditions")
_PREPOSITIONS = phrases("clauses", "prepositions")
_TIMES, _PERFECT = phrases("clauses", "times"), phrases("clauses", "perfect")
_FRONTED = phrases("clauses", "fronted")
# These join clauses without a comma too; the others join words as often.
_PLAIN_JOINERS = frozenset({"but", "because", "so", "although", "though", "whereas"})
_PLAIN_WITH_PRONOUN = frozenset({"and", "as"})
_PLAIN = _PLAIN_JOINERS | _PLAIN_WITH_PRONOUN | {"since"}
# After these a subject is asked for: "rent and heating" are no two clauses.
_WITH_SUBJECT = frozenset({"and", "or", "nor", "as", "since", "even"})
# Marks that may part two clauses, beside dashes; and those that end one, whatever follows.
_JOINTS = frozenset({",", ";", ":", "("})
_ENDS = frozenset({";", ":", "(", ")"})
_BRACKET_OPENERS = frozenset({"though", "although", "because"})

_LEAST_WORDS = 3
# How far to look for the verb of a clause, and for the end of a bracket.
_LOOK_AHEAD = 16
_LOOK_BEHIND = 60
_LONGEST_BRACKET = 80
# A clause that a mere comma joins shows its verb soon.
_VERB_WITHIN = 6


class Token(NamedTuple):
    """A word or mark of a sentence, with its place in the post."""

    text: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether it is a word or number."""
        return self.text[0].isalnum()

    @property
    def is_joint(self) -> bool:
        """Whether it is a mark that may part two clauses."""
        return self.text in _JOINTS or self.is_dash

    @property
    def is_dash(self) -> bool:
        """Whether it is a dash of any kind."""
        return self.text[0] in "—–-" and not self.text.strip("—–-")


def cut_clauses(draft: Draft) -> None:
    """Cut units at the joints where a proposition ends and another one begins."""
    for post in draft.posts:
        parts: list[Unit] = []
        for unit in post.units:
            tokens = tokens_of(unit)
            parts.extend(split_at(unit, tokens, list(rule_cuts(tokens))))
        post.units = parts


def tokens_of(unit: Unit) -> list[Token]:
    """Return the words and marks of a unit, in lower case, with straight apostrophes."""
    return [
        Token(m[0].lower().replace("’", "'"), unit.start + m.start(), unit.start + m.end())
        for m in _TOKEN.finditer(unit.text)
    ]


def split_at(unit: Unit, tokens: Sequence[Token], cuts: Sequence[int]) -> Iterator[Unit]:
    """Yield the parts of a unit that is cut before some of its tokens, without their joints."""
    if not cuts:
        yield unit
        return
    for number, (first, last) in enumerate(zip([0, *cuts], [*cuts, len(tokens)], strict=True)):
        joint = tokens[first].text if number else ""
        begin, stop = first, last
        while begin < stop and number and (tokens[begin].is_joint or tokens[begin].text in ").!?"):
            begin += 1
        while stop > begin and last < len(tokens) and tokens[stop - 1].is_joint:
            stop -= 1
        stop = _without_end_of_bracket(tokens, begin, stop)
        if begin == stop:
            continue
        start = tokens[begin].start if number else unit.start
        end = tokens[stop - 1].end if stop < len(tokens) else unit.end
        yield Unit(
            unit.post,
            start,
            end,
            unit.text[start - unit.start : end - unit.start],
            unit.sentence,
            unit.block,
            is_head=number == 0,
            joint=joint,
        )


def _without_end_of_bracket(tokens: Sequence[Token], begin: int, stop: int) -> int:
    """Return where a part stops before the end of a bracket that began before it, if it ends so."""
    depth = 0
    for number in range(begin, stop):
        depth += (tokens[number].text == "(") - (tokens[number].text == ")")
        if depth < 0:
            return stop if any(token.is_word for token in tokens[number:stop]) else number
    return stop


def rule_cuts(tokens: Sequence[Token]) -> Iterator[int]:
    """Yield the numbers of the tokens at which a new clause begins, its joint included."""
    begin = 0
    depth = 0
    for number, token in enumerate(tokens):
        if token.text == ")":
            depth = max(0, depth - 1)
        elif token.text == "(":
            depth += number > 0  # a bracket around the whole sentence is none
        if depth and token.text != "(":
            continue
        if number > begin and _is_cut(tokens, begin, number):
            yield number
            begin = number


def _is_cut(  # noqa: PLR0911 - one return for each kind of joint
    tokens: Sequence[Token], begin: int, number: int
) -> bool:
    token = tokens[number]
    # Most tokens are words that join nothing: they are told apart first.
    if token.is_word and token.text not in _PLAIN:
        return False
    left = [t.text for t in tokens[max(begin, number - _LOOK_BEHIND) : number] if t.is_word]
    if len(left) < _LEAST_WORDS or not (has_verb(left) or "agree" in left):
        return False
    right = tokens[number + 1 : number + 1 + _LOOK_AHEAD]
    conditional = not _CONDITIONS.isdisjoint(t.text for t in tokens[begin : min(number, begin + 4)])
    if token.text in {";", ":"} or token.is_dash:
        return _is_clause(right)
    if token.text == "(":
        return _is_aside(tokens, number)
    if token.text == ",":
        return _comma_cuts(left, right, conditional=conditional)
    if tokens[number - 1].is_joint:
        return False  # that mark was looked at, with this word after it
    if token.text in _PLAIN_JOINERS:
        return _follows(token.text, right)
    if conditional:
        return False
    if token.text == "since":
        of_time = left[-1] in _TIMES or not _PERFECT.isdisjoint(left)
        return not of_time and _is_clause(right)
    is_pronoun = bool(right) and right[0].text in _PRONOUNS
    return token.text in _PLAIN_WITH_PRONOUN and is_pronoun and _is_clause(right)


def _comma_cuts(left: Sequence[str], right: Sequence[Token], *, conditional: bool) -> bool:
    """Return whether a clause ends at a comma."""
    if not right or (conditional and right[0].text not in {"but", "because", "so"}):
        return False
    word, rest = right[0].text, right[1:]
    if word in _JOINERS:
        return _is_joined(word, rest)
    if word in _ADVERBS or (word == "which" and rest and rest[0].text == "means"):
        return _is_clause(rest)
    if word not in _OWN_SUBJECTS:
        return False
    if left[0] in _FRONTED:
        return _is_clause(right)
    words = _words_to(right, _JOINTS)
    spliced = len(left) > _LEAST_WORDS <= len(words) and has_verb(words[:_VERB_WITHIN])
    return spliced and left[0] not in _PREPOSITIONS


def _is_joined(word: str, rest: Sequence[Token]) -> bool:
    """Return whether a comma and a conjunction join a clause."""
    if word == "though" and not (rest and rest[0].is_word):
        return False  # "…, though."
    if word in _WITH_SUBJECT and not (word == "and" and rest and rest[0].text in _MODALS):
        words = [t.text for t in rest if t.is_word]
        return (
            starts_clause(words)
            or (word == "and" and not has_verb(words[:1]) and has_verb(words[:_VERB_WITHIN]))
        ) and _is_clause(rest)
    return _follows(word, rest)


def _follows(word: str, rest: Sequence[Token]) -> bool:
    """Return whether a clause follows a conjunction: after "because", whatever its verb is."""
    if word == "because" and rest and rest[0].text != "of":
        return len(_words_to(rest, _ENDS)) >= _LEAST_WORDS
    return _is_clause(rest)


def _is_clause(right: Sequence[Token]) -> bool:
    """Return whether what follows a joint is a clause of some length."""
    words = _words_to(right, _ENDS)
    return len(words) >= _LEAST_WORDS and has_verb(words)


def _words_to(right: Sequence[Token], marks: frozenset[str]) -> list[str]:
    """Return the words before the first dash or one of some marks."""
    words: list[str] = []
    for token in right:
        if token.text in marks or token.is_dash:
            break
        if token.is_word:
            words.append(token.text)
    return words


def _is_aside(tokens: Sequence[Token], number: int) -> bool:
    """Return whether a bracket holds a clause of its own and ends the clause before it."""
    inside: list[str] = []
    for place in range(number + 1, min(len(tokens), number + _LONGEST_BRACKET)):
        token = tokens[place]
        if token.text == ")":
            after = tokens[place + 1] if place + 1 < len(tokens) else None
            ends = after is None or not after.is_word or after.text in _COORDINATORS
            opens = starts_clause(inside) or (bool(inside) and inside[0] in _BRACKET_OPENERS)
            return ends and len(inside) > _LEAST_WORDS and opens and has_verb(inside)
        if token.text == "(":
            return False
        if token.is_word:
            inside.append(token.text)
    return False
