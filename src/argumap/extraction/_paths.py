"""Where the main links of units lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argumap.extraction._draft import Unit

__all__ = ["leads_to"]

_LONGEST = 100


def leads_to(unit: Unit, goal: Unit) -> bool:
    """Return whether a unit is another one, or bears on it at any depth along main links."""
    for _ in range(_LONGEST):
        if unit is goal:
            return True
        if not unit.links:
            return False
        unit = unit.links[0].target
    return True  # so long a chain is left alone
