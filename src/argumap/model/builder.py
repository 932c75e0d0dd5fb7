"""Make a map by hand, in a script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from argumap.errors import ModelError, UnknownNameError
from argumap.model.argument_map import ArgumentMap
from argumap.model.claim import Claim, Mention, Origin
from argumap.model.relation import Rebuttal, Support, Undercut

if TYPE_CHECKING:
    from argumap.model.thread import Thread

__all__ = ["MapBuilder"]

_BY_HAND = Origin(maker="hand")


class MapBuilder:
    """Collects claims and relations, and builds the map.

    Every method returns the id of what it added, which the next ones take.

    Examples:
        >>> builder = MapBuilder("Should we move?")
        >>> move = builder.claim("We should move.", author="Ana")
        >>> rent = builder.claim("The rent went up.", author="Ana")
        >>> far = builder.claim("The new place is far.", author="Ben")
        >>> reason = builder.support(rent, move)
        >>> builder.rebuttal(far, move)
        'r2'
        >>> builder.build()
        ArgumentMap('Should we move?': 3 claims, 1 support, 1 rebuttal, 0 undercuts)
    """

    def __init__(self, title: str | None = None, *, thread: Thread | None = None) -> None:
        self._title = title
        self._thread = thread
        self._claims: dict[str, Claim] = {}
        self._relations: list[Support | Rebuttal | Undercut] = []

    def claim(
        self,
        text: str,
        *,
        author: str | None = None,
        id: str | None = None,  # noqa: A002
        confidence: float | None = None,
    ) -> str:
        """Add a claim, and return its id (``c1``, ``c2``, … unless one is given)."""
        claim_id = id if id is not None else self._free_id("c", len(self._claims) + 1)
        mentions = () if author is None else (Mention(author=author),)
        self._add(
            Claim(id=claim_id, text=text, mentions=mentions, confidence=confidence, origin=_BY_HAND)
        )
        return claim_id

    def mention(
        self,
        claim_id: str,
        author: str,
        stance: Literal["asserts", "endorses", "concedes", "denies", "quotes"] = "endorses",
    ) -> None:
        """Say that somebody else takes a stance on a claim that was added before.

        Raises:
            UnknownNameError: There is no such claim yet.
        """
        if claim_id not in self._claims:
            raise UnknownNameError("claim", claim_id, self._claims)
        claim = self._claims[claim_id]
        more = (*claim.mentions, Mention(author=author, stance=stance))
        self._claims[claim_id] = claim.replace(mentions=more)

    def support(self, *premises_and_conclusion: str, confidence: float | None = None) -> str:
        """Add a support: the last id is the conclusion, those before it its linked premises.

        Reasons that stand each alone are separate supports: call this once for each.

        Raises:
            ModelError: There is no premise.
        """
        if len(premises_and_conclusion) < 2:
            raise ModelError("support", ["it needs a premise, then the conclusion"])
        *premises, conclusion = premises_and_conclusion
        return self._relate(
            Support(
                id=self._next_id(),
                premises=tuple(premises),
                conclusion=conclusion,
                confidence=confidence,
                origin=_BY_HAND,
            )
        )

    def rebuttal(self, source: str, target: str, *, confidence: float | None = None) -> str:
        """Add a claim as a reason against another claim."""
        return self._relate(
            Rebuttal(
                id=self._next_id(),
                source=source,
                target=target,
                confidence=confidence,
                origin=_BY_HAND,
            )
        )

    def undercut(self, source: str, target: str, *, confidence: float | None = None) -> str:
        """Add a claim as a reason against a relation that was added before."""
        return self._relate(
            Undercut(
                id=self._next_id(),
                source=source,
                target=target,
                confidence=confidence,
                origin=_BY_HAND,
            )
        )

    def build(self) -> ArgumentMap:
        """Return the map.

        Raises:
            ModelError: The parts do not fit together; every problem is told at once.
        """
        return ArgumentMap(
            title=self._title,
            claims=tuple(self._claims.values()),
            relations=tuple(self._relations),
            thread=self._thread,
        )

    def _relate(self, relation: Support | Rebuttal | Undercut) -> str:
        self._relations.append(relation)
        return relation.id

    def _next_id(self) -> str:
        return self._free_id("r", len(self._relations) + 1)

    def _free_id(self, letter: str, number: int) -> str:
        while f"{letter}{number}" in self._claims:
            number += 1
        return f"{letter}{number}"

    def _add(self, claim: Claim) -> None:
        if claim.id in self._claims:
            raise ModelError("argument map", [f"two claims have the id {claim.id!r}"])
        self._claims[claim.id] = claim
