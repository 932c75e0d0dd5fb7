"""What a model is asked for: the shape of its answers, published to it as JSON Schema.

An answer is read item by item, so that one bad item does not spoil the rest.
"""

from __future__ import annotations

import json
import re
from typing import Literal, TypeVar

from pydantic import BaseModel, Field, JsonValue, ValidationError

__all__ = [
    "ClaimsAnswer",
    "FoundClaim",
    "FoundRelation",
    "FoundRestatement",
    "FoundStance",
    "RelationsAnswer",
    "ReviewAnswer",
    "UnreadableAnswerError",
    "Verdict",
    "read_items",
    "read_object",
]

I = TypeVar("I", bound=BaseModel)  # noqa: E741


class FoundClaim(BaseModel):
    """A claim or premise, by the units in which it stands."""

    units: list[str] = Field(min_length=1, max_length=50, description="Ids of successive units.")
    part: str | None = Field(
        None, description="The exact words within the units, when it is less than all of them."
    )
    kind: Literal["claim", "premise"] = Field(
        "claim", description="A point of the author's own, or a reason for or against one."
    )
    stance: Literal["asserts", "concedes", "quotes"] = Field(
        "asserts", description="Puts it forward, grants it against his own side, only reports it."
    )


class ClaimsAnswer(BaseModel):
    """The claims and premises of a thread."""

    claims: list[FoundClaim]


class FoundRelation(BaseModel):
    """What bears on what."""

    id: str = Field(min_length=1, max_length=100, description="r1, r2, …")
    kind: Literal["support", "rebuttal", "undercut"]
    sources: list[str] = Field(
        min_length=1,
        max_length=20,
        description="Ids of claims; several only for premises of a support that need each other.",
    )
    target: str = Field(
        description="Id of a claim; for an undercut the id of a relation, or of the claim that is "
        "the reason."
    )
    cue: str | None = Field(None, description="The exact words that show it, if there are any.")


class FoundStance(BaseModel):
    """Agreement or denial in so many words, without a reason of its own."""

    unit: str = Field(description="Id of the unit that says so.")
    part: str | None = Field(None, description="The exact words within the unit, when it is less.")
    stance: Literal["endorses", "concedes", "denies"]
    claim: str = Field(description="Id of the claim that it is about.")


class FoundRestatement(BaseModel):
    """A claim that says what an earlier claim says."""

    claim: str = Field(description="Id of the later claim.")
    same_as: str = Field(description="Id of the earlier claim.")


class RelationsAnswer(BaseModel):
    """How the claims of a thread bear on each other."""

    relations: list[FoundRelation]
    stances: list[FoundStance] = Field(default_factory=list)
    restatements: list[FoundRestatement] = Field(default_factory=list)


class Verdict(BaseModel):
    """What is right about a proposal."""

    item: str = Field(description="Id of the proposal.")
    verdict: Literal["keep", "drop", "support", "rebuttal"] = Field(
        description="Keep or drop it; or, of a relation, which kind it really is."
    )


class ReviewAnswer(BaseModel):
    """Verdicts on proposals."""

    verdicts: list[Verdict]


class UnreadableAnswerError(ValueError):
    """An answer is not an object of the shape that was asked for."""


def read_object(text: str, shape: type[BaseModel]) -> dict[str, list[JsonValue]]:
    """Return the lists of an answer, whatever stands around the JSON.

    Raises:
        UnreadableAnswerError: There is no JSON object, or a list that must be there is not.

    Examples:
        >>> read_object('Here it is: {"claims": []}', ClaimsAnswer)
        {'claims': []}
    """
    found = re.search(r"\{.*\}", text, re.DOTALL)
    if found is None:
        raise UnreadableAnswerError("the answer holds no JSON object")
    try:
        value = json.loads(found[0])
    except (ValueError, RecursionError) as fault:
        raise UnreadableAnswerError(f"the answer is not JSON: {fault}") from None
    if not isinstance(value, dict):  # pragma: no cover # a match begins with a brace
        raise UnreadableAnswerError("the answer is not a JSON object")
    lists: dict[str, list[JsonValue]] = {}
    for name, field in shape.model_fields.items():
        items = value.get(name, None if field.is_required() else [])
        if not isinstance(items, list):
            raise UnreadableAnswerError(f"the answer has no list {name!r}")
        lists[name] = items
    return lists


def read_items(
    items: list[JsonValue], shape: type[I], name: str
) -> tuple[list[tuple[str, I]], list[tuple[str, JsonValue, str]]]:
    """Return the items of a list that have the right shape, and the others with what is wrong.

    Each comes with its place, such as ``claims[3]``, counted from 0.
    """
    good: list[tuple[str, I]] = []
    bad: list[tuple[str, JsonValue, str]] = []
    for number, item in enumerate(items):
        place = f"{name}[{number}]"
        try:
            good.append((place, shape.model_validate(item)))
        except ValidationError as fault:
            faults = fault.errors(include_url=False, include_context=False, include_input=False)
            told = "; ".join(
                f"{'.'.join(map(str, each['loc'])) or 'item'}: {each['msg'].lower()}"
                for each in faults[:5]
            )
            bad.append((place, item, told))
    return good, bad
