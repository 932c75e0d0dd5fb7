"""The same questions put to clingo, for tangles that are too large for the search in Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from argumap.errors import MissingExtraError
from argumap.semantics._exact import Sides, doubled
from argumap.semantics._search import OutOfTimeError
from argumap.semantics.well_founded import least

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from argumap.semantics._search import Clock
    from argumap.semantics.program import Program

__all__ = ["complete", "credulous", "preferred", "require", "stable", "stable_bounds", "stage"]


def require(purpose: str) -> None:
    """Raise where clingo is not installed.

    Raises:
        MissingExtraError: It is not.
    """
    try:
        import clingo  # noqa: F401, PLC0415 # an extra
    except ImportError:
        raise MissingExtraError("solve", purpose) from None


def stable(program: Program, clock: Clock) -> Iterator[Sides]:
    """Yield the stable models."""
    everything = frozenset(range(program.size))
    for model in _Task(program).models(clock):
        yield Sides(model, everything - model)


def complete(program: Program, clock: Clock) -> Iterator[Sides]:
    """Yield the complete labellings."""
    yield from _labellings(program, clock, maximal=False)


def preferred(program: Program, clock: Clock) -> Iterator[Sides]:
    """Yield the complete labellings in which as much as can be is in."""
    yield from _labellings(program, clock, maximal=True)


def credulous(program: Program, clock: Clock) -> frozenset[int]:
    """Return the nodes that hold in some complete labelling, without listing these."""
    # In this mode each further model has something that no earlier one had.
    models = _doubled_task(program, brave=range(program.size)).models(clock)
    return frozenset(node for model in models for node in model if node < program.size)


def stable_bounds(program: Program, clock: Clock) -> tuple[frozenset[int], frozenset[int]] | None:
    """Return what holds in some and what in every stable model; None where there is none."""
    some = list(_Task(program, brave=range(program.size)).models(clock))
    if not some:
        return None
    every = _Task(program, brave=range(program.size), cautious=True).models(clock)
    return frozenset().union(*some), frozenset.intersection(*every)


def _doubled_task(
    program: Program, *, maximise: Iterable[int] = (), brave: Sequence[int] = ()
) -> _Task:
    task = _Task(doubled(program), maximise=maximise, brave=brave)
    for node in range(program.size):
        task.forbid(holding=(node,), failing=(program.size + node,))
    return task


def _labellings(program: Program, clock: Clock, *, maximal: bool) -> Iterator[Sides]:
    size = program.size
    task = _doubled_task(program, maximise=range(size) if maximal else ())
    for model in task.models(clock):
        holds = frozenset(node for node in model if node < size)
        yield Sides(holds, frozenset(n for n in range(size) if size + n not in model))


def stage(program: Program, claims: frozenset[int], clock: Clock) -> list[Sides]:
    """Return the conflict-free sets with the greatest ranges."""
    found = list(stable(program, clock))
    if found:
        return found
    ranges = [
        frozenset(reached) for reached in _Task(program, guessed=True, ranged=claims).ranges(clock)
    ]
    everything = frozenset(range(program.size))
    found = []
    for reached in ranges:
        task = _Task(program, guessed=True, ranged=claims, reaching=reached)
        models = dict.fromkeys(task.models(clock))
        found += [Sides(model, everything - least(program, model)) for model in models]
    return found


class _Task:
    """A program as rules of clingo; node ``n`` is atom ``n + 1``."""

    def __init__(
        self,
        program: Program,
        *,
        maximise: Iterable[int] = (),
        guessed: bool = False,
        ranged: Iterable[int] = (),
        reaching: Iterable[int] | None = None,
        brave: Sequence[int] = (),
        cautious: bool = False,
    ) -> None:
        """Set the task up.

        Args:
            program: The program.
            maximise: Nodes of which as many as can be shall hold.
            guessed: Whether a node may fail to hold although its rule says that it holds.
            ranged: Nodes of which as many as can be shall be in the range of a guess.
            reaching: Ask for all guesses with these in their range instead.
            brave: Nodes of which it is only asked which hold in some model.
            cautious: Ask which of these hold in every model instead.
        """
        import clingo  # noqa: PLC0415 # an extra

        self._size = program.size
        wanted = sorted(maximise)
        maximal = bool(wanted) or (guessed and reaching is None)
        modes = ["--heuristic=Domain", "--enum-mode=domRec"] if maximal else []
        if brave:
            modes = ["--enum-mode=cautious" if cautious else "--enum-mode=brave"]
        self._control: Any = clingo.Control(["0", *modes], logger=lambda *_: None)
        with self._control.backend() as backend:
            # Clingo asks whether something holds in some model only of what has a name.
            names = {n: clingo.Function("node", [clingo.Number(n)]) for n in brave}
            self._node = [backend.add_atom(names.get(n)) for n in range(program.size)]
            hit = self._add_rules(backend, program, self._node, guessed=guessed)
            self._ranged = self._add_range(backend, program, hit, ranged) if guessed else {}
            for atom in [self._node[n] for n in wanted] + list(self._ranged.values()):
                backend.add_heuristic(atom, clingo.backend.HeuristicType.True_, 1, 1, [])
            for n in reaching or ():
                backend.add_rule([], [-self._ranged[n]])

    def _add_rules(
        self, backend: Any, program: Program, node: list[int], *, guessed: bool
    ) -> list[int]:
        """Add the rule of each node; return the atoms that say that a node is attacked."""
        hits = []
        for n in range(program.size):
            hit = backend.add_atom()
            hits.append(hit)
            for attacker in program.attackers[n]:
                backend.add_rule([hit], [node[attacker]])
            enough = self._add_enough(backend, program, n, node)
            backend.add_rule([node[n]], [enough, -hit], choice=guessed)
        return hits

    @staticmethod
    def _add_enough(backend: Any, program: Program, n: int, node: list[int]) -> int:
        """Add the atom that says that a node has enough supporters."""
        enough: int = backend.add_atom()
        supporters = [(node[s], 1) for s in program.supporters[n]]
        backend.add_weight_rule([enough], max(0, program.need[n]), supporters)
        return enough

    def _add_range(
        self, backend: Any, program: Program, hits: list[int], ranged: Iterable[int]
    ) -> dict[int, int]:
        """Add what could be derived beside a set, and so what is in its range."""
        could = [backend.add_atom() for _ in range(program.size)]
        for n in range(program.size):
            enough = self._add_enough(backend, program, n, could)
            backend.add_rule([could[n]], [enough, -hits[n]])
        reached = {}
        for n in sorted(ranged):
            reached[n] = backend.add_atom()
            backend.add_rule([reached[n]], [self._node[n]])
            backend.add_rule([reached[n]], [-could[n]])
        return reached

    def forbid(self, *, holding: Iterable[int], failing: Iterable[int]) -> None:
        """Rule out that some nodes hold while others do not."""
        body = [self._node[n] for n in holding] + [-self._node[n] for n in failing]
        with self._control.backend() as backend:
            backend.add_rule([], body)

    def models(self, clock: Clock) -> Iterator[frozenset[int]]:
        """Yield the sets of nodes that hold."""
        for true in self._solve(clock):
            yield frozenset(n for n in range(self._size) if self._node[n] in true)

    def ranges(self, clock: Clock) -> Iterator[frozenset[int]]:
        """Yield the greatest ranges."""
        for true in self._solve(clock):
            yield frozenset(n for n, atom in self._ranged.items() if atom in true)

    def _solve(self, clock: Clock) -> Iterator[set[int]]:
        clock.check()
        with self._control.solve(yield_=True, async_=True) as handle:
            while True:
                handle.resume()
                left = clock.left()
                if left is not None and not handle.wait(left):
                    handle.cancel()
                    raise OutOfTimeError
                model = handle.model()
                if model is None:
                    return
                yield _true_literals(model, self._all_atoms())

    def _all_atoms(self) -> list[int]:
        return [*self._node, *self._ranged.values()]


def _true_literals(model: Any, atoms: list[int]) -> set[int]:
    return {atom for atom in atoms if model.is_true(atom)}
