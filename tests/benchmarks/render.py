"""Time pictures of maps of growing size, and what of that is Graphviz's own layout.

Run: ``python tests/benchmarks/render.py``.

`ours` is everything but the layout, of the map drawn whole; `of dot` compares that with the time
that the same Graphviz takes to lay out and draw the map's DOT by itself, in the same run. The
overview is what `draw` makes by default. Seconds are CPU seconds, the best of a few runs.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))

from argumap import draw
from argumap.rendering import diagram
from argumap.rendering.engines import run
from rendering.pictured import random_map

if TYPE_CHECKING:
    from collections.abc import Callable

    from argumap import Diagram


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=[100, 300, 1000, 5000, 20_000])
    sizes = parser.parse_args().sizes
    print(f"first picture in a fresh process: {fresh():.2f} s (wall)")
    print(f"{'claims':>7} {'whole':>8} {'layout':>8} {'ours':>8} {'of dot':>7} {'overview':>9} MB")
    for size in sizes:
        row(size)


def fresh() -> float:
    """Return the wall seconds of a process that draws a small map."""
    code = (
        "import argumap; b = argumap.MapBuilder(); b.support(b.claim('a'), b.claim('b'));"
        "argumap.draw(b.build()).svg"
    )
    return min(wall(code) for _ in range(3))


def wall(code: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - start


def row(size: int) -> None:
    argmap = random_map(size, roots=max(1, size // 40))
    layout = Layouts()
    runs = 3 if size <= 1000 else 1
    whole, spent = min(layout.timed(lambda: draw(argmap, max_claims=None)) for _ in range(runs))
    text = draw(argmap, max_claims=None)
    dot = best(lambda: len(run(text.dot, "svg", engine="embedded", seconds=300)), runs)
    overview = best(lambda: len(draw(argmap).svg), runs)
    ours = whole - spent
    print(
        f"{size:>7} {whole:>8.3f} {spent:>8.3f} {ours:>8.3f} {ours / dot:>6.0%} {overview:>9.3f} "
        f"{len(text.svg) / 1e6:.1f}"
    )


class Layouts:
    """Counts the seconds that pictures spend in Graphviz from now on."""

    def __init__(self) -> None:
        self.seconds = 0.0
        diagram.run = self.run  # type: ignore[assignment, attr-defined]

    def timed(self, drawing: Callable[[], Diagram]) -> tuple[float, float]:
        """Return the seconds that a picture takes, and those of them that are Graphviz's."""
        self.seconds, start = 0.0, time.process_time()
        _ = drawing().svg
        return time.process_time() - start, self.seconds

    def run(self, dot: str, output: str, *, engine: str | None = None) -> bytes:
        start = time.process_time()
        try:
            return run(dot, output, engine=engine, seconds=300)
        finally:
            self.seconds += time.process_time() - start


def best(work: Callable[[], int], runs: int) -> float:
    """Return the least CPU seconds of a few runs."""
    least = float("inf")
    for _ in range(runs):
        start = time.process_time()
        work()
        least = min(least, time.process_time() - start)
    return least


if __name__ == "__main__":
    main()
