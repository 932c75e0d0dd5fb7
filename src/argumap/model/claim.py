"""Claims: what somebody puts forward, who said it where, and in which way."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, JsonValue

from argumap.model._base import Confidence, Id, Value
from argumap.model.thread import Span

__all__ = ["Claim", "Mention", "Origin"]


class Origin(Value):
    """What made an element of a map, and why."""

    maker: str = Field(description="Extractor, format or person, such as 'rules' or 'hand'.")
    rule: str | None = Field(None, description="The rule or trained head that decided.")
    cues: tuple[str, ...] = Field((), description="The words that it went by, in order.")


class Mention(Value):
    """One place where somebody takes a stance on a claim.

    Examples:
        >>> Mention(author="Ben", stance="endorses", quote="I completely agree.").stance
        'endorses'
    """

    author: str | None = Field(None, description="Who; None when unknown.")
    stance: Literal["asserts", "endorses", "concedes", "denies", "quotes"] = Field(
        "asserts",
        description="Puts it forward, agrees with it, grants it against his own side, denies it, "
        "or only repeats it.",
    )
    span: Span | None = Field(None, description="Where; None when the place is not known.")
    quote: str | None = Field(None, description="The words, exactly as they stand there.")


class Claim(Value):
    """A proposition that somebody puts forward. Premise and conclusion are roles of claims.

    A claim that several people state is one claim with several mentions.

    Examples:
        >>> Claim(id="c1", text="It rained.").text
        'It rained.'
    """

    id: Id = Field(description="Unique among the claims and relations of a map.")
    text: str = Field(description="The proposition, readable on its own.")
    mentions: tuple[Mention, ...] = Field((), description="Who said it where, in text order.")
    component: Literal["claim", "premise"] | None = Field(
        None,
        description="How its first author offers it: as a point of his own, or as a reason for or "
        "against one (the argument component type of the annotated corpora).",
    )
    confidence: Confidence | None = Field(None, description="How sure it is that this is one.")
    component_confidence: Confidence | None = Field(
        None, description="How sure it is that the component is the right one of the two."
    )
    origin: Origin | None = Field(None, description="What made it.")
    extra: dict[str, JsonValue] | None = Field(
        None, description="Fields of other formats that have no place elsewhere."
    )

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def authors(self) -> tuple[str, ...]:
        """Who asserts or endorses it, in order, each once.

        Examples:
            >>> mentions = (Mention(author="Ana"), Mention(author="Ben", stance="denies"))
            >>> Claim(id="c1", text="It rained.", mentions=mentions).authors
            ('Ana',)
        """
        found = [
            mention.author
            for mention in self.mentions
            if mention.author is not None and mention.stance in {"asserts", "endorses"}
        ]
        return tuple(dict.fromkeys(found)) if len(found) > 1 else tuple(found)

    @property
    def quote(self) -> str | None:
        """The words of the first mention that has any."""
        return next((m.quote for m in self.mentions if m.quote is not None), None)
