"""What an evaluation says of the claims: standings, sets that stand together, strengths."""

from __future__ import annotations

from itertools import product
from math import prod
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from argumap.errors import UnknownNameError
from argumap.model._base import Id, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "Acceptance",
    "Contributions",
    "Extensions",
    "Labelling",
    "Ranking",
    "Standing",
    "Strengths",
]

Standing = Literal["accepted", "rejected", "undecided"]


class Labelling(Value):
    """A standing for every claim at once.

    Examples:
        >>> standings = {"c1": "rejected", "c2": "accepted"}
        >>> labelling = Labelling(
        ...     semantics="grounded",
        ...     support="evidential",
        ...     standings=standings,
        ...     rejected_by={"c1": "r1"},
        ... )
        >>> labelling["c1"], labelling.accepted, labelling.rejected_by["c1"]
        ('rejected', ('c2',), 'r1')
    """

    semantics: str = Field(description="By which rules, such as 'grounded'.")
    support: str = Field(description="How support was read, such as 'evidential'.")
    standings: dict[Id, Standing] = Field(description="The standing of each claim, in map order.")
    rejected_by: dict[Id, Id | None] = Field(
        description="For each rejected claim the first rebuttal that strikes it, whose source is "
        "accepted; None where no rebuttal does and it is rejected for lack of live support (or, "
        "read as deductive or necessary, because what it stands or falls with is rejected)."
    )

    def __getitem__(self, claim_id: str) -> Standing:
        try:
            return self.standings[claim_id]
        except KeyError:
            raise UnknownNameError("claim", claim_id, self.standings) from None

    @property
    def accepted(self) -> tuple[str, ...]:
        """The accepted claims, in map order."""
        return self._with("accepted")

    @property
    def rejected(self) -> tuple[str, ...]:
        """The rejected claims, in map order."""
        return self._with("rejected")

    @property
    def undecided(self) -> tuple[str, ...]:
        """The undecided claims, in map order."""
        return self._with("undecided")

    def rows(self) -> list[dict[str, str | None]]:
        """Return a row for each claim, as pandas and CSV writers take them."""
        return [
            {"claim": claim_id, "standing": standing, "rejected_by": self.rejected_by.get(claim_id)}
            for claim_id, standing in self.standings.items()
        ]

    def _with(self, wanted: Standing) -> tuple[str, ...]:
        return tuple(c for c, standing in self.standings.items() if standing == wanted)

    def __repr__(self) -> str:
        counts = (
            f"{sum(s == standing for s in self.standings.values())} {standing}"
            for standing in ("accepted", "rejected", "undecided")
        )
        return f"Labelling({self.semantics}, {self.support}: {', '.join(counts)})"

    __str__ = __repr__


class Extensions(Value):
    """All the sets of claims that can stand together, by the rules of one semantics.

    They are kept in factors: what belongs to every set, and for each tangle of claims that has
    nothing to do with the others the alternatives there. Ten tangles of two alternatives are
    twenty sets to keep and 1024 to count.

    Examples:
        >>> preferred = Extensions(
        ...     semantics="preferred",
        ...     support="ignore",
        ...     order=("c1", "c2", "c3"),
        ...     common=("c3",),
        ...     choices=((("c1",), ("c2",)),),
        ... )
        >>> list(preferred)
        [('c1', 'c3'), ('c2', 'c3')]
        >>> preferred.count, preferred.skeptical, preferred.credulous
        (2, ('c3',), ('c1', 'c2', 'c3'))
    """

    semantics: str = Field(description="By which rules, such as 'preferred'.")
    support: str = Field(description="How support was read, such as 'evidential'.")
    order: tuple[Id, ...] = Field(description="All claims, in map order.")
    common: tuple[Id, ...] = Field(description="The claims in every set, as far as they are fixed.")
    choices: tuple[tuple[tuple[Id, ...], ...], ...] = Field(
        (), description="For each tangle its alternatives; none at all where nothing can stand."
    )
    unsolved: tuple[tuple[Id, ...], ...] = Field(
        (), description="The tangles left undecided when the time was up; no set speaks of them."
    )

    @property
    def count(self) -> int:
        """How many sets there are; 0 says that none exists."""
        return prod(len(choice) for choice in self.choices)

    @property
    def is_complete(self) -> bool:
        """Whether everything was solved in time."""
        return not self.unsolved

    def __iter__(self) -> Iterator[tuple[str, ...]]:  # type: ignore[override]
        """Yield each set, its claims in map order."""
        place = {claim_id: i for i, claim_id in enumerate(self.order)}
        for chosen in product(*self.choices):
            members = [*self.common, *(c for alternative in chosen for c in alternative)]
            yield tuple(sorted(members, key=place.__getitem__))

    @property
    def credulous(self) -> tuple[str, ...]:
        """The claims in at least one set, in map order; nothing where no set exists."""
        if not self.count:
            return ()
        found = {*self.common, *(c for choice in self.choices for each in choice for c in each)}
        return tuple(claim_id for claim_id in self.order if claim_id in found)

    @property
    def skeptical(self) -> tuple[str, ...]:
        """The claims in every set, in map order; nothing where no set exists.

        Logic would have it that with no set every claim is in all of them. That helps nobody, so
        nothing is listed; `count` tells the two cases apart.
        """
        if not self.count:
            return ()
        found = set(self.common)
        for first, *others in self.choices:
            found |= set(first).intersection(*others)
        return tuple(claim_id for claim_id in self.order if claim_id in found)

    def rows(self) -> list[dict[str, str | bool]]:
        """Return a row for each claim, as pandas and CSV writers take them."""
        some, every = set(self.credulous), set(self.skeptical)
        return [{"claim": c, "credulous": c in some, "skeptical": c in every} for c in self.order]

    def __repr__(self) -> str:
        left = f", {len(self.unsolved)} tangles unsolved" if self.unsolved else ""
        return f"Extensions({self.semantics}, {self.support}: {self.count}{left})"

    __str__ = __repr__


class Acceptance(Value):
    """Which claims are in some and which are in all of the sets that can stand together.

    Examples:
        >>> found = Acceptance(
        ...     semantics="preferred",
        ...     support="ignore",
        ...     exists=True,
        ...     credulous=("c1", "c2"),
        ...     skeptical=("c2",),
        ... )
        >>> found.rows()[0]
        {'claim': 'c1', 'skeptical': False}
    """

    semantics: str = Field(description="By which rules, such as 'preferred'.")
    support: str = Field(description="How support was read, such as 'evidential'.")
    exists: bool = Field(description="Whether there is any set; if not, no claim is listed.")
    credulous: tuple[Id, ...] = Field(description="The claims in at least one set, in map order.")
    skeptical: tuple[Id, ...] = Field(description="The claims in every set, in map order.")
    unsolved: tuple[tuple[Id, ...], ...] = Field(
        (), description="The tangles left undecided when the time was up; their claims are missing."
    )

    def rows(self) -> list[dict[str, str | bool]]:
        """Return a row for each claim in some set, as pandas and CSV writers take them."""
        every = set(self.skeptical)
        return [{"claim": c, "skeptical": c in every} for c in self.credulous]


class Strengths(Value):
    """How strong each claim is, from 0 to 1.

    Examples:
        >>> strengths = Strengths(
        ...     semantics="df-quad",
        ...     values={"c1": 0.75},
        ...     converged=True,
        ...     iterations=0,
        ...     residual=0.0,
        ... )
        >>> strengths["c1"]
        0.75
    """

    semantics: str = Field(description="By which rules, such as 'df-quad'.")
    values: dict[Id, float] = Field(description="The strength of each claim, in map order.")
    converged: bool = Field(description="Whether the circles settled.")
    iterations: int = Field(description="Most sweeps that any circle took; 0 without circles.")
    residual: float = Field(description="Largest change that one more sweep would make.")

    def __getitem__(self, claim_id: str) -> float:
        try:
            return self.values[claim_id]
        except KeyError:
            raise UnknownNameError("claim", claim_id, self.values) from None

    def rows(self) -> list[dict[str, str | float]]:
        """Return a row for each claim, as pandas and CSV writers take them."""
        return [{"claim": claim_id, "strength": value} for claim_id, value in self.values.items()]

    def __repr__(self) -> str:
        settled = "" if self.converged else ", not converged"
        return f"Strengths({self.semantics}: {len(self.values)} claims{settled})"

    __str__ = __repr__


class Ranking(Value):
    """The claims in tiers, the most acceptable first.

    Examples:
        >>> ranking = Ranking(semantics="categoriser", tiers=(("c2",), ("c1", "c3")))
        >>> ranking["c2"], ranking["c3"]
        (1, 2)
    """

    semantics: str = Field(description="By which rules, such as 'categoriser'.")
    tiers: tuple[tuple[Id, ...], ...] = Field(
        description="The claims, the best tier first; equals are in one tier, in map order."
    )

    def __getitem__(self, claim_id: str) -> int:
        for place, tier in enumerate(self.tiers, start=1):
            if claim_id in tier:
                return place
        raise UnknownNameError("claim", claim_id, [c for tier in self.tiers for c in tier])

    def rows(self) -> list[dict[str, str | int]]:
        """Return a row for each claim, the best first, as pandas and CSV writers take them."""
        return [
            {"claim": claim_id, "tier": place}
            for place, tier in enumerate(self.tiers, start=1)
            for claim_id in tier
        ]

    def __repr__(self) -> str:
        claims = sum(map(len, self.tiers))
        return f"Ranking({self.semantics}: {claims} claims in {len(self.tiers)} tiers)"

    __str__ = __repr__


class Contributions(Value):
    """What each claim contributes to the strength of another.

    Examples:
        >>> found = Contributions(
        ...     topic="c1", how="removal", semantics="df-quad", values={"c2": -0.1, "c3": 0.2}
        ... )
        >>> found.ranked()
        [('c3', 0.2), ('c2', -0.1)]
    """

    topic: Id = Field(description="The claim whose strength is explained.")
    how: str = Field(description="Kind of contribution, such as 'removal'.")
    semantics: str = Field(description="By which rules, such as 'df-quad'.")
    values: dict[Id, float] = Field(description="For each other claim, in map order.")
    errors: dict[Id, float] = Field(
        default_factory=dict, description="Standard errors, where the values are averages."
    )

    def ranked(self) -> list[tuple[str, float]]:
        """Return the claims with what they contribute, the greatest effect first."""
        return sorted(self.values.items(), key=lambda each: -abs(each[1]))

    def rows(self) -> list[dict[str, str | float | None]]:
        """Return a row for each claim, as pandas and CSV writers take them."""
        return [
            {"claim": claim_id, "contribution": value, "error": self.errors.get(claim_id)}
            for claim_id, value in self.values.items()
        ]
