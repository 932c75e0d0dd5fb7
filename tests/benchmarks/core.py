"""Time the core on maps of growing size, and what an import costs.

Run: ``python tests/benchmarks/core.py``.

Each row is the best of a few runs in one process. `per claim` must not grow from row to row: every
one of these is linear. `of bare` compares loading with Pydantic's own ``model_validate_json`` of
the same bytes, in the same run.
"""

from __future__ import annotations

import argparse
import gc
import random
import subprocess
import sys
import time
from typing import TYPE_CHECKING, TypeVar

from argumap import (
    ArgumentMap,
    MapBuilder,
    claim_graph,
    contested_claims,
    dumps,
    loads,
    main_claims,
    to_networkx,
    unsupported_claims,
)

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


def grown(claims: int, seed: int = 1) -> ArgumentMap:
    """Return a map grown like a discussion: each claim after the first hundredth answers one."""
    rng = random.Random(seed)
    builder = MapBuilder(f"{claims} claims")
    ids: list[str] = []
    for number in range(claims):
        words = " ".join(rng.choices(WORDS, k=12)).capitalize()
        claim = builder.claim(f"{words} ({number}).", author=f"author {number % 50}")
        if number > claims // 100:
            target = ids[rng.randrange(max(0, number - 64), number)]
            relate = builder.support if rng.random() < 0.6 else builder.rebuttal
            relate(claim, target)
        ids.append(claim)
    return builder.build()


WORDS = ("because", "evidence", "cost", "school", "energy", "public", "health", "risk", "study")


def best(work: Callable[[], T], runs: int = 3) -> tuple[float, T]:
    """Return the least CPU seconds of a few runs, and the result."""
    least = float("inf")
    for _ in range(runs):
        gc.collect()
        start = time.process_time()
        result = work()
        least = min(least, time.process_time() - start)
    return least, result


def import_milliseconds(statement: str) -> float:
    """Return the least milliseconds that a statement takes in a fresh interpreter."""
    code = f"import time; t = time.perf_counter(); {statement}; print(time.perf_counter() - t)"
    runs = [
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout)
        for _ in range(7)
    ]
    return min(runs) * 1000


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 10_000, 100_000])
    print(f"{'claims':>8}  {'task':<20} {'seconds':>8} {'µs per claim':>13}")
    for size in parser.parse_args().sizes:
        measure(size)
    print("\nmilliseconds to import, best of 7")
    for statement in (
        "import argumap",
        "from argumap import ArgumentMap",
        "import networkx, pydantic",
    ):
        print(f"{import_milliseconds(statement):8.1f}  {statement}")


def measure(size: int) -> None:
    """Print the rows of one size."""

    def row(task: str, seconds: float, remark: str = "") -> None:
        per_claim = seconds / size * 1e6
        print(f"{size:8}  {task:<20} {seconds:8.4f} {per_claim:13.2f} {remark}")

    seconds, argmap = best(lambda: grown(size), runs=1)
    row("build and validate", seconds)
    seconds, text = best(lambda: dumps(argmap))
    row("dumps", seconds)
    seconds, again = best(lambda: loads(text))
    bare, _ = best(lambda: ArgumentMap.model_validate_json(text))
    row("loads", seconds, f"{seconds / bare:.2f} of bare")
    if again != argmap:
        raise SystemExit("the round trip changed the map")
    for task, work in (
        ("to_networkx", to_networkx),
        ("claim_graph", claim_graph),
        ("unsupported_claims", unsupported_claims),
        ("contested_claims", contested_claims),
        ("main_claims", main_claims),
    ):
        seconds, _ = best(lambda work=work: work(argmap))  # type: ignore[misc]
        row(task, seconds)


if __name__ == "__main__":
    main()
