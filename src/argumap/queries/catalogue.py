"""The questions by name: what the command line offers. A question is a function and a line."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from argumap._registry import Registry
from argumap.graph.parts import around, between
from argumap.queries.alike import near_duplicates
from argumap.queries.circles import circular_reasoning
from argumap.queries.debate import (
    concessions,
    contested,
    self_contradictions,
    unanswered_rebuttals,
)
from argumap.queries.hinges import cruxes, load_bearing, smallest_sets, what_holds
from argumap.queries.lacking import lacking_support, unsupported
from argumap.queries.paths import chains, for_and_against
from argumap.queries.people import common_ground, disagreements, positions
from argumap.queries.support import main_claims
from argumap.queries.why import explain, turning_points

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from argumap.model import ArgumentMap, Claim, Finding

    Answer = tuple[Claim, ...] | tuple[Finding, ...] | ArgumentMap

__all__ = ["QUERIES", "Query"]


@dataclass(frozen=True)
class Query:
    """A question to a map.

    Attributes:
        title: The question in words.
        ask: The function that answers it: takes the map, and ids where `about` says so.
        about: What must be named beside the map, in order; those in brackets may be left out.
        aside: Kinds of findings that the title does not ask about, in words that follow a number.
        why_none: Says why nothing was found, given what `ask` was given; None where the title does.
    """

    title: str
    ask: Callable[..., Answer]
    about: tuple[str, ...] = ()
    aside: Mapping[str, str] = field(default_factory=dict)
    why_none: Callable[..., str] | None = None

    def count(self, answer: Sequence[Claim] | Sequence[Finding]) -> str:
        """Return how many answers there are to what the title asks, and how many beside it.

        Examples:
            >>> QUERIES["unanswered"].count(())
            'None found'
        """
        beside = dict.fromkeys(self.aside, 0)
        for each in answer:
            kind = getattr(each, "kind", None)
            if kind in beside:
                beside[kind] += 1
        told = f"{len(answer) - sum(beside.values()) or 'None'} found"
        for kind, number in beside.items():
            if number:
                told += f", apart from {number} {self.aside[kind]}"
        return told


QUERIES: Registry[Query] = Registry(
    "query",
    {
        "main": Query("What is it all about?", main_claims),
        "unsupported": Query("Which claims have no reason given for them?", unsupported),
        "lacking-support": Query("Which claims lack support, and in which way?", lacking_support),
        "contested": Query(
            "Which claims are rebutted, and by whom?",
            contested,
            aside={"weighed": "with points that only their holders weigh"},
        ),
        "unanswered": Query(
            "Which rebuttals did nobody answer?",
            unanswered_rebuttals,
            aside={"own": "raised or granted by the struck side itself"},
        ),
        "concessions": Query("Who grants what to the other side?", concessions),
        "contradictions": Query("Who contradicts himself, or thinks again?", self_contradictions),
        "common-ground": Query("What do people agree on?", common_ground),
        "disagreements": Query("What do people disagree on?", disagreements),
        "positions": Query("Where does each person stand?", positions),
        "circles": Query("Where does the reasoning go in a circle?", circular_reasoning),
        "near-duplicates": Query("Which claims say nearly the same?", near_duplicates),
        "turning-points": Query("Which posts turned a main claim?", turning_points),
        "load-bearing": Query("Which premises bring most down if they fall?", load_bearing),
        "cruxes": Query(
            "Whose fall would turn the main claim?", cruxes, ("[CLAIM]",), why_none=what_holds
        ),
        "explain": Query("Why does a claim stand or fall?", explain, ("CLAIM",)),
        "for-and-against": Query(
            "What speaks for a claim, what against it?", for_and_against, ("CLAIM",)
        ),
        "defeat": Query(
            "What is the least, up to three claims, that would defeat a claim?",
            smallest_sets,
            ("CLAIM",),
            why_none=partial(what_holds, aim="defeat"),
        ),
        "defend": Query(
            "What is the least, up to three claims, that would defend a claim?",
            partial(smallest_sets, aim="defend"),
            ("CLAIM",),
            why_none=partial(what_holds, aim="defend"),
        ),
        "chains": Query("How does one claim bear on another?", chains, ("CLAIM", "CLAIM")),
        "around": Query("What is near a claim?", around, ("CLAIM",)),
        "between": Query("What do some people argue over?", between, ("PERSON", "PERSON")),
    },
)
