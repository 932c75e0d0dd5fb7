"""Relations: what supports a claim, what rebuts it, what undercuts an inference."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, JsonValue

from argumap.model._base import Confidence, Id, Value
from argumap.model.claim import Origin

__all__ = ["Rebuttal", "Relation", "Support", "Undercut"]


class _Relation(Value):
    kind: str  # first, so that it comes first in JSON; each class narrows it
    id: Id = Field(description="Unique among the claims and relations of a map.")
    confidence: Confidence | None = Field(None, description="How sure it is that this holds.")
    origin: Origin | None = Field(None, description="What made it, and the words it went by.")
    extra: dict[str, JsonValue] | None = Field(
        None, description="Fields of other formats that have no place elsewhere."
    )

    def __hash__(self) -> int:
        return hash(self.id)


class Support(_Relation):
    """Premises given for a conclusion, read jointly.

    Several premises in one support are linked: none of them is a reason without the others.
    Reasons that each stand alone are separate supports.

    Examples:
        >>> Support(id="s1", premises=("c2", "c3"), conclusion="c1").sources
        ('c2', 'c3')
    """

    kind: Literal["support"] = "support"
    premises: tuple[Id, ...] = Field(min_length=1, description="Ids of claims.")
    conclusion: Id = Field(description="Id of a claim.")
    scheme: str | None = Field(None, description="Pattern of the inference (Walton).")

    @property
    def sources(self) -> tuple[str, ...]:
        """The claims that give the reason: the premises."""
        return self.premises

    @property
    def target(self) -> str:
        """What the reason is about: the conclusion."""
        return self.conclusion


class Rebuttal(_Relation):
    """A claim given as a reason against another claim.

    Examples:
        >>> Rebuttal(id="r1", source="c2", target="c1").sources
        ('c2',)
    """

    kind: Literal["rebuttal"] = "rebuttal"
    source: Id = Field(description="Id of a claim.")
    target: Id = Field(description="Id of a claim.")

    @property
    def sources(self) -> tuple[str, ...]:
        """The claims that give the reason: the source alone."""
        return (self.source,)


class Undercut(_Relation):
    """A claim given as a reason against an inference: its target is a relation.

    Examples:
        >>> Undercut(id="u1", source="c4", target="s1").target
        's1'
    """

    kind: Literal["undercut"] = "undercut"
    source: Id = Field(description="Id of a claim.")
    target: Id = Field(description="Id of a relation.")

    @property
    def sources(self) -> tuple[str, ...]:
        """The claims that give the reason: the source alone."""
        return (self.source,)


Relation = Annotated[Support | Rebuttal | Undercut, Field(discriminator="kind")]
