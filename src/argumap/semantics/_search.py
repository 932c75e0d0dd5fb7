"""Search for the models of a small program: choose, let it have its consequences, step back."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from argumap.graph.components import reversed_lists, strong_components
from argumap.semantics.well_founded import least

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from argumap.semantics.program import Program

__all__ = ["Clock", "GaveUpError", "OutOfTimeError", "Search", "founded", "in_order"]

TRUE, FALSE, OPEN = 1, -1, 0


class GaveUpError(Exception):
    """The search took more choices than it may. Internal: it never leaves the package."""


class OutOfTimeError(Exception):
    """The time is up. Internal: it never leaves the package."""


class Clock:
    """How much time is left, if it is limited."""

    def __init__(self, seconds: float | None) -> None:
        self._end = None if seconds is None else time.monotonic() + seconds

    def left(self) -> float | None:
        """Return the seconds left, not less than 0; None without a limit."""
        return None if self._end is None else max(0.0, self._end - time.monotonic())

    def check(self) -> None:
        """Raise when the time is up.

        Raises:
            OutOfTimeError: It is.
        """
        if self._end is not None and time.monotonic() > self._end:
            raise OutOfTimeError


class Search:
    """The sets of nodes that obey the rules of a program.

    Args:
        program: The program.
        clock: When to stop.
        choices: How many choices to make before giving up.
        implied: For a node that cannot hold without another, that other.
        guessed: Whether a node may fail to hold although its rule says that it holds.
    """

    def __init__(
        self,
        program: Program,
        clock: Clock,
        choices: int,
        *,
        implied: dict[int, int] | None = None,
        guessed: bool = False,
    ) -> None:
        self.value = [OPEN] * program.size
        self._program = program
        self._clock = clock
        self._choices = choices
        self._guessed = guessed
        self._implied = implied or {}
        self._implying = {b: a for a, b in self._implied.items()}
        supports = reversed_lists(program.supporters, program.size)
        attacks = reversed_lists(program.attackers, program.size)
        self._touches = [(*a, *b) for a, b in zip(supports, attacks, strict=True)]
        self._trail: list[int] = []

    def models(
        self, order: Sequence[int], prune: Callable[[list[int]], bool] | None = None
    ) -> Iterator[frozenset[int]]:
        """Yield every model: the nodes that hold.

        Args:
            order: The nodes to choose on, each first to hold, then not to.
            prune: Whether nothing of use can follow from the values so far.
        """
        size = len(self.value)
        rest = [node for node in range(size) if node not in set(order)]
        whole = [*order, *rest]
        # Where the search stands: how long the trail was, which place in the order was chosen.
        path: list[tuple[int, int]] = []
        alive = self._consequences(range(size))
        place = 0
        while True:
            alive = alive and not (prune is not None and prune(self.value))
            if alive:
                while place < size and self.value[whole[place]] != OPEN:
                    place += 1
                if place == size:
                    model = frozenset(n for n in range(size) if self.value[n] == TRUE)
                    if self._is_founded(model):
                        yield model
                    alive = False
                else:
                    self._spend()
                    path.append((len(self._trail), place))
                    node = whole[place]
                    alive = self._assign(node, TRUE if place < len(order) else FALSE)
                    alive = alive and self._consequences((node,))
                    continue
            if not path:
                return
            length, place = path.pop()
            node = whole[place]
            tried = self.value[node]
            while len(self._trail) > length:
                self.value[self._trail.pop()] = OPEN
            # Below the choice before, this is a consequence, not a choice of its own.
            alive = self._assign(node, -tried) and self._consequences((node,))

    def _is_founded(self, model: frozenset[int]) -> bool:
        if self._guessed:
            return founded(self._program, model) == model
        return least(self._program, model) == model

    def _spend(self) -> None:
        self._choices -= 1
        if self._choices < 0:
            raise GaveUpError
        self._clock.check()

    def _assign(self, node: int, value: int) -> bool:
        if self.value[node] == OPEN:
            self.value[node] = value
            self._trail.append(node)
            return True
        return self.value[node] == value

    def _consequences(self, nodes: Sequence[int]) -> bool:
        """Let some nodes' values have all their consequences; return whether they agree."""
        # What to revise: the nodes themselves and those whose rules name them.
        start = len(self._trail)
        for node in nodes:
            if not self._revise(node) or not self._revise_around(node):
                return False
        while start < len(self._trail):
            node = self._trail[start]
            start += 1
            if not self._revise(node) or not self._revise_around(node):
                return False
        return True

    def _revise_around(self, node: int) -> bool:
        value = self.value[node]
        if value == TRUE and node in self._implied and not self._assign(self._implied[node], TRUE):
            return False
        if (
            value == FALSE
            and node in self._implying
            and not self._assign(self._implying[node], FALSE)
        ):
            return False
        return all(map(self._revise, self._touches[node]))

    def _revise(self, node: int) -> bool:  # noqa: C901, PLR0911, PLR0912 # the hot spot, and a table
        """Draw what follows from one node's rule, in both directions."""
        value, program = self.value, self._program
        need = program.need[node]
        holding, open_supporters = 0, []
        for supporter in program.supporters[node]:
            if value[supporter] == TRUE:
                holding += 1
            elif value[supporter] == OPEN:
                open_supporters.append(supporter)
        attacked, open_attackers = False, []
        for attacker in program.attackers[node]:
            if value[attacker] == TRUE:
                attacked = True
            elif value[attacker] == OPEN:
                open_attackers.append(attacker)
        possible = holding + len(open_supporters) >= need
        if attacked or not possible:
            return self._assign(node, FALSE)
        if value[node] == TRUE:
            if not all(self._assign(attacker, FALSE) for attacker in open_attackers):
                return False
            tight = holding < need and holding + len(open_supporters) == need
            return not tight or all(self._assign(s, TRUE) for s in open_supporters)
        if self._guessed:
            return True
        if holding >= need and not open_attackers:
            return self._assign(node, TRUE)
        if value[node] == FALSE:
            if holding >= need and len(open_attackers) == 1:
                return self._assign(open_attackers[0], TRUE)
            if not open_attackers and holding == need - 1:
                return all(self._assign(s, FALSE) for s in open_supporters)
        return True


def founded(program: Program, members: frozenset[int]) -> frozenset[int]:
    """Return those of some nodes that have enough supporters among them, not in a circle."""
    missing = {node: program.need[node] for node in members}
    supports = reversed_lists(program.supporters, program.size)
    ready = [node for node in members if missing[node] <= 0]
    found = set(ready)
    while ready:
        for node in supports[ready.pop()]:
            if node in missing and node not in found:
                missing[node] -= 1
                if missing[node] <= 0:
                    found.add(node)
                    ready.append(node)
    return frozenset(found)


def in_order(program: Program) -> list[int]:
    """Return the nodes so that what decides comes before what depends on it, as far as it can."""
    before = [(*s, *a) for s, a in zip(program.supporters, program.attackers, strict=True)]
    return [node for part in strong_components(before) for node in part]
