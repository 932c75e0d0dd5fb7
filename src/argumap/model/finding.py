"""Findings: what a question found, as data first and a sentence second."""

from __future__ import annotations

from pydantic import Field

from argumap.model._base import Id, Value

__all__ = ["Finding"]


class Finding(Value):
    """One answer to a question: which claims, relations and people, and why, in a sentence.

    Examples:
        >>> finding = Finding(
        ...     query="unsupported",
        ...     kind="no-reason",
        ...     claims=("c1",),
        ...     people=("Ana",),
        ...     reason="Ana gives no reason for c1.",
        ... )
        >>> finding.subject
        'c1'
    """

    query: str = Field(description="Name of the question.")
    kind: str = Field(description="Which of the question's cases this is.")
    claims: tuple[Id, ...] = Field((), description="What it is about; the main one first.")
    relations: tuple[Id, ...] = Field((), description="The relations that show it.")
    people: tuple[str, ...] = Field((), description="Who is concerned.")
    reason: str = Field(description="Why, as a sentence.")

    @property
    def subject(self) -> str | None:
        """The claim that it is about first of all, or None where it is about people alone."""
        return self.claims[0] if self.claims else None
