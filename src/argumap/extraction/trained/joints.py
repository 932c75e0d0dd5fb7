"""Where a sentence holds several propositions: its joints, and what speaks for a cut at each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap.extraction._cues import MARKERS, has_verb, starts_clause
from argumap.extraction._lexicon import phrases
from argumap.extraction.rules.clauses import rule_cuts, split_at, tokens_of
from argumap.extraction.trained.head import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from argumap.extraction._draft import Draft, Unit
    from argumap.extraction.rules.clauses import Token
    from argumap.extraction.trained.head import Head

__all__ = ["Joint", "cut_joints", "find_joints"]

# From this probability on a sentence is cut. Low: a unit too small is often dropped by the next
# step, two propositions in one are lost.
_LEAST = 0.38
# The same where clauses mostly part. A reason within its claim would be a claim without a reason:
# what people ask for first.
_LEAST_PARTING = 0.1
_PARTS = "parts=True"

_CONJUNCTIONS = phrases("clauses", "coordinators", "subordinators") | {"even"}
_JOINING = phrases("clauses", "joining")
_MARKERS = MARKERS | _CONJUNCTIONS
# After a comma, where the rules cut too, annotators part at four in five or more of these.
_PARTING = frozenset({"because", "since", "so", "but", "though", "although"})
# Where a sentence begins with one of these, they part at its first comma as often.
_FRONTED = frozenset({"because", "since", "although", "though", "while", "whereas"})
_MARKS = frozenset({"...", "…", "..", ")"})
# How many words to each side are looked at.
_NEAR = 40

Joint = tuple[int, Evidence]
"""The number of the token at which a clause may begin, and what speaks for a cut there."""


def cut_joints(draft: Draft, head: Head) -> None:
    """Cut units at the joints where the head finds that one proposition ends and another begins."""
    for post in draft.posts:
        parts: list[Unit] = []
        for unit in post.units:
            tokens = tokens_of(unit)
            cuts = [
                number
                for number, evidence in find_joints(tokens)
                if head.probability(head.score(evidence))
                > (_LEAST_PARTING if _PARTS in evidence.features else _LEAST)
            ]
            parts.extend(split_at(unit, tokens, cuts))
        post.units = parts


def _parts(tokens: Sequence[Token], number: int) -> bool:
    """Return whether a joint where the rules cut is one of those that mostly part propositions."""
    if tokens[number].text == "because":
        return True
    if tokens[number].text != ",":
        return False
    after = tokens[number + 1].text if number + 1 < len(tokens) else ""
    if after in _PARTING:
        return True
    before = tokens[: min(number, _NEAR)]
    return before[0].text in _FRONTED and all(token.text != "," for token in before)


def find_joints(tokens: Sequence[Token]) -> Iterator[Joint]:
    """Yield the joints of a sentence, in order: marks, words that may join, and what rules cut."""
    ruled = set(rule_cuts(tokens))
    places = [n for n in range(1, len(tokens)) if n in ruled or _may_join(tokens, n)]
    if not places:
        return
    words = [token.text if token.is_word else "" for token in tokens]
    opening = next((_marker(word) for word in words if word), "$")
    depth = 0
    at = 0
    for index, number in enumerate(places):
        while at < number:
            depth += (tokens[at].text == "(") - (tokens[at].text == ")")
            at += 1
        before = places[index - 1] if index else 0
        after = places[index + 1] if index + 1 < len(places) else len(tokens)
        begin = number if tokens[number].is_word else number + 1
        left = _Side(words[max(0, number - _NEAR) : number], words[before:number])
        right = _Side(words[begin : begin + _NEAR], words[begin:after])
        features = list(_features(_mark(tokens[number]), left, right, ruled=number in ruled))
        features += [
            f"opening={opening},mark={_mark(tokens[number])}",
            f"opening={opening}",
            f"joints={min(len(places), 6)}",
            f"last={index + 1 == len(places)},mark={_mark(tokens[number])}",
            f"bracket={depth > 0},mark={_mark(tokens[number])}",
            f"asks={tokens[-1].text == '?'}",
            f"parts={number in ruled and _parts(tokens, number)}",
        ]
        said = (("clause before", left.next_to), ("clause after", right.next_to))
        yield number, Evidence(features, said)


def _may_join(tokens: Sequence[Token], number: int) -> bool:
    token = tokens[number]
    if not token.is_word:
        return token.is_joint or token.text in _MARKS
    # After a mark it is the mark that is the joint.
    before = tokens[number - 1]
    return token.text in _JOINING and before.is_word


def _mark(token: Token) -> str:
    return "word" if token.is_word else "-" if token.is_dash else token.text


class _Side:
    """The words on one side of a joint: all that are near, and those as far as the next joint."""

    def __init__(self, near: Sequence[str], next_to: Sequence[str]) -> None:
        self.near = [word for word in near if word]
        self.next_to = [word for word in next_to if word]


def _features(mark: str, left: _Side, right: _Side, *, ruled: bool) -> Iterator[str]:
    first, second, third = (_marker(word) for word in (*right.near, "$", "$", "$")[:3])
    last_but_one, last = (_marker(word) for word in ("^", "^", *left.near)[-2:])
    clause = right.next_to
    if clause and clause[0] in _CONJUNCTIONS:
        clause = clause[1:]
    verbs = f"{has_verb(left.next_to)} {has_verb(clause)}"
    verbs_near = f"{has_verb(left.near)} {has_verb(right.near)}"
    starts = starts_clause(clause)
    yield f"ruled={ruled}"
    yield f"mark={mark}"
    yield f"mark={mark},ruled={ruled}"
    yield f"next={first}"
    yield f"next={first} {second}"
    yield f"next={first} {second} {third}"
    yield f"next={first},mark={mark}"
    yield f"next={first} {second},mark={mark}"
    yield f"before={last}"
    yield f"before={last_but_one} {last}"
    yield f"before={last},next={first}"
    yield f"verbs={verbs}"
    yield f"verbs={verbs},mark={mark}"
    yield f"verbs={verbs},near={verbs_near}"
    yield f"near={verbs_near}"
    yield f"near={verbs_near},mark={mark}"
    yield f"next={first},verb={verbs.split()[1]},mark={mark}"
    yield f"starts={starts}"
    yield f"starts={starts},mark={mark}"
    yield f"starts={starts},next={first}"
    yield f"words before={_length(len(left.next_to))}"
    yield f"words after={_length(len(right.next_to))}"
    yield f"near before={_length(len(left.near))}"
    yield f"near after={_length(len(right.near))}"
    yield f"shorter={_length(min(len(left.near), len(right.near)))},mark={mark}"
    for word in dict.fromkeys(right.next_to):
        if word in _MARKERS:
            yield f"has={word}"


def _marker(word: str) -> str:
    """Return a word of grammar itself, and of any other word what its ending shows."""
    if word in _MARKERS or word in "^$":
        return word
    return next((f"-{ending}" for ending in ("ing", "ed", "s") if word.endswith(ending)), "-")


def _length(count: int) -> str:
    return next(
        (str(limit) for limit in (0, 1, 2, 3, 4, 5, 6, 8, 10, 14, 20, 30) if count <= limit), "+"
    )
