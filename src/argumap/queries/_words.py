"""How findings are put into words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from argumap.model import Claim

__all__ = ["holders", "listed", "named", "said_by", "weighing"]


def listed(names: Iterable[str], *, last: str = "and", most: int = 6) -> str:
    """Return names as one reads them out.

    Examples:
        >>> listed(["Ana", "Ben", "Eve"]), listed(["Ana"]), listed([])
        ('Ana, Ben and Eve', 'Ana', 'nobody')
    """
    names = list(names)
    if len(names) > most:
        names = [*names[: most - 1], f"{len(names) - most + 1} others"]
    if len(names) < 2:
        return names[0] if names else "nobody"
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def named(people: Iterable[str]) -> str:
    """Return people as one reads them out; somebody unknown where there is no name."""
    people = list(people)
    return listed(people) if people else "an unknown author"


def said_by(claim: Claim) -> str:
    """Return a claim's id with whose it is, such as ``c3 (Ana)``."""
    people = claim.authors or tuple(holders(claim))
    return f"{claim.id} ({listed(people)})" if people else claim.id


def weighing(points: Iterable[Claim], how: str = "") -> str:
    """Return who weighs which points, such as ``Ana weighs c2 and c3``."""
    points = list(points)
    people = dict.fromkeys(author for point in points for author in holders(point))
    ids = dict.fromkeys(point.id for point in points)
    verb = "weighs" if len(people) == 1 else "weigh"
    return f"{listed(people)} {how}{verb} {listed(ids)}"


def holders(claim: Claim) -> dict[str, None]:
    """Return who puts a claim forward, endorses it or concedes it, in order."""
    held = {"asserts", "endorses", "concedes"}
    return dict.fromkeys([m.author for m in claim.mentions if m.author and m.stance in held])
