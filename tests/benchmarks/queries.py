"""Time questions and evaluations beside plain lists that do the bare minimum.

Run: ``python tests/benchmarks/queries.py [SIZE]...``.

Each row is the best of a few runs in one process, after the map's index, its wiring and the order
of that were made, which have rows of their own. `lists` is the time of the shortest loop over lists
of numbers that has the same answer, with nothing named, explained or validated; `ratio` is how many
times that the question takes.
"""

from __future__ import annotations

import argparse
import gc
import random
import time
from typing import TYPE_CHECKING, TypeVar

from argumap import (
    ArgumentMap,
    Claim,
    Rebuttal,
    Support,
    Undercut,
    circular_reasoning,
    contested_claims,
    contributions,
    cruxes,
    extensions,
    grounded_labelling,
    lacking_support,
    load_bearing,
    main_claims,
    near_duplicates,
    strengths,
    unanswered_rebuttals,
    unsupported_claims,
)
from argumap.graph.components import order_of
from argumap.model import pause_gc

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


def grown(claims: int, seed: int = 1) -> ArgumentMap:
    """Return a map grown like a discussion, with links across and mutual rebuttals."""
    rng = random.Random(seed)
    made: list[tuple[int, int]] = []
    for number in range(max(1, claims // 100), claims):
        near = number - 1 - rng.randrange(min(number, 64))
        made.append((number, near if rng.random() < 0.5 else rng.randrange(number)))
    for _ in range(claims // 20):
        one, other = rng.randrange(claims), rng.randrange(claims)
        if one != other:
            made.append((one, other))
    relations: list[Support | Rebuttal] = [
        Support(id=f"r{n}", premises=(f"c{source}",), conclusion=f"c{target}")
        if rng.random() < 0.6
        else Rebuttal(id=f"r{n}", source=f"c{source}", target=f"c{target}")
        for n, (source, target) in enumerate(made)
    ]
    for n in range(claims // 200):
        one, other = rng.sample(range(claims), 2)
        relations.append(Rebuttal(id=f"m{n}", source=f"c{one}", target=f"c{other}"))
        relations.append(Rebuttal(id=f"w{n}", source=f"c{other}", target=f"c{one}"))
    texts = (" ".join(rng.choices(WORDS, k=12)) + f" ({n})." for n in range(claims))
    return ArgumentMap(
        claims=tuple(Claim(id=f"c{n}", text=text) for n, text in enumerate(texts)),
        relations=tuple(relations),
    )


def knotted(argmap: ArgumentMap, seed: int = 2) -> ArgumentMap:
    """Return a map with a second premise in every tenth support and undercuts of a twentieth."""
    rng = random.Random(seed)
    size = len(argmap.claims)
    relations: list[Support | Rebuttal | Undercut] = []
    undercuts: list[Undercut] = []
    for n, relation in enumerate(argmap.relations):
        other = f"c{rng.randrange(size)}"
        if n % 10 == 0 and isinstance(relation, Support) and other not in {*relation.premises}:
            if other != relation.conclusion:
                linked = (*relation.premises, other)
                relation = Support(  # noqa: PLW2901 # the same, with a premise more
                    id=relation.id, premises=linked, conclusion=relation.conclusion
                )
        elif n % 20 == 1:
            undercuts.append(Undercut(id=f"u{n}", source=other, target=relation.id))
        relations.append(relation)
    return ArgumentMap(claims=argmap.claims, relations=(*relations, *undercuts))


WORDS = [f"word{n}" for n in range(5_000)]


def best(work: Callable[[], T], runs: int = 3) -> tuple[float, T]:
    """Return the least CPU seconds of a few runs, and the result."""
    least = float("inf")
    for _ in range(runs):
        gc.collect()
        start = time.process_time()
        result = work()
        least = min(least, time.process_time() - start)
    return least, result


class Lists:
    """The same map as bare lists, and the bare answers."""

    def __init__(self, argmap: ArgumentMap) -> None:
        index = argmap.index
        self.size = len(index.claim_ids)
        self.supporters: list[list[int]] = [[] for _ in range(self.size)]
        self.attackers: list[list[int]] = [[] for _ in range(self.size)]
        for kind, (source, *_), target in zip(
            index.kinds, index.sources, index.targets, strict=True
        ):
            (self.supporters if kind == "support" else self.attackers)[target].append(source)

    def unsupported(self) -> int:
        return sum(not each for each in self.supporters)

    def grounded(self) -> list[int]:
        attacked: list[list[int]] = [[] for _ in range(self.size)]
        left = [len(each) for each in self.attackers]
        for target, each in enumerate(self.attackers):
            for source in each:
                attacked[source].append(target)
        label = [0] * self.size
        queue = [n for n in range(self.size) if not left[n]]
        for n in queue:
            label[n] = 1
        while queue:
            for target in attacked[queue.pop()]:
                if label[target]:
                    continue
                label[target] = 2
                for other in attacked[target]:
                    left[other] -= 1
                    if not left[other] and not label[other]:
                        label[other] = 1
                        queue.append(other)
        return label

    def dfquad_sweep(self) -> list[float]:
        """One sweep over all claims: what a map without circles needs in the right order."""
        strength = [0.5] * self.size
        for n in range(self.size - 1, -1, -1):
            against = in_favour = 1.0
            for a in self.attackers[n]:
                against *= 1 - strength[a]
            for s in self.supporters[n]:
                in_favour *= 1 - strength[s]
            strength[n] = 0.5 + 0.5 * (against - in_favour)
        return strength


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 10_000, 100_000])
    print(f"{'claims':>8}  {'task':<28} {'seconds':>8} {'lists':>8} {'ratio':>6}")
    for size in parser.parse_args().sizes:
        measure(size)


def measure(size: int) -> None:
    """Print the rows of one size."""
    with pause_gc():
        argmap = grown(size)

    def row(task: str, work: Callable[[], object], lists: float | None = None) -> None:
        seconds, _ = best(work)
        beside = f"{lists:8.4f} {seconds / lists:6.1f}" if lists else ""
        print(f"{size:8}  {task:<28} {seconds:8.4f} {beside}", flush=True)

    start = time.process_time()
    _ = argmap.index
    print(f"{size:8}  {'index':<28} {time.process_time() - start:8.4f}")
    start = time.process_time()
    _ = argmap.index.wiring
    print(f"{size:8}  {'wiring, once for all':<28} {time.process_time() - start:8.4f}")
    start = time.process_time()
    order_of(argmap.index.wiring)
    print(f"{size:8}  {'order, once for all':<28} {time.process_time() - start:8.4f}")
    lists = Lists(argmap)
    unsupported, _ = best(lists.unsupported)
    grounded, labels = best(lists.grounded)
    sweep, _ = best(lists.dfquad_sweep)
    row("unsupported_claims", lambda: unsupported_claims(argmap), unsupported)
    row("contested_claims", lambda: contested_claims(argmap), unsupported)
    row(
        "grounded, supports ignored", lambda: grounded_labelling(argmap, support="ignore"), grounded
    )
    row("grounded, evidential", lambda: grounded_labelling(argmap), grounded)
    with pause_gc():
        linked = knotted(argmap)
        order_of(linked.index.wiring)
    row("grounded, linked and undercut", lambda: grounded_labelling(linked), grounded)
    row("preferred, evidential", lambda: extensions(argmap, "preferred"), grounded)
    row("df-quad", lambda: strengths(argmap), sweep)
    row("df-quad, linked and undercut", lambda: strengths(linked), sweep)
    row("quadratic-energy", lambda: strengths(argmap, "quadratic-energy"), sweep)
    top = main_claims(argmap)[0].id
    row("gradient of all claims", lambda: contributions(argmap, top), sweep)
    above = main_claims(linked)[0].id
    row("gradient, linked and undercut", lambda: contributions(linked, above), sweep)
    for question in (
        circular_reasoning,
        main_claims,
        lacking_support,
        unanswered_rebuttals,
        cruxes,
        load_bearing,
        near_duplicates,
    ):
        row(question.__name__, lambda question=question: question(argmap))  # type: ignore[misc]
    accepted = set(grounded_labelling(argmap, support="ignore").accepted)
    if accepted != {argmap.claims[n].id for n in range(size) if labels[n] == 1}:
        raise SystemExit("the lists have another answer")


if __name__ == "__main__":
    main()
