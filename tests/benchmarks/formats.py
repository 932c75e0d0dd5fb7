"""Read and write maps of 1,000 and 10,000 claims in each format, with ``--all`` of 100,000.

By hand: ``python tests/benchmarks/formats.py``.

The last column is the time of a format as a multiple of that of argumap's own JSON in the same
run; for JSON itself, of Pydantic's bare ``model_validate_json`` of the same bytes.
"""

from __future__ import annotations

import sys
import time
import warnings
from functools import partial
from typing import TYPE_CHECKING

from argumap import ArgumentMap, MapBuilder, dumps, loads
from argumap.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable


def made(size: int) -> ArgumentMap:
    """Return a tree of claims, every third a rebuttal."""
    builder = MapBuilder("Benchmark")
    ids: list[str] = []
    for number in range(size):
        text = f"Claim {number} says something that is about as long as claims in threads are."
        ids.append(builder.claim(text, author=f"Author {number % 50}", confidence=0.5))
        if number:
            join = builder.support if number % 3 else builder.rebuttal
            join(ids[number], ids[(number - 1) // 4])
    return builder.build()


def seconds(call: Callable[[], object]) -> float:
    """Return the processor time of the fastest of three calls."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        call()
        best = min(best, time.process_time() - start)
    return best


def main() -> None:
    """Print the table."""
    warnings.simplefilter("ignore")
    for size in (1000, 100_000 if "--all" in sys.argv else 10_000):
        argmap = made(size)
        text = dumps(argmap)
        bare = seconds(partial(ArgumentMap.model_validate_json, text))
        base = seconds(partial(loads, text))
        print(f"{size:,} claims; JSON is read in {base / bare:.2f} of Pydantic's own time")
        print(f"{'format':10} {'MB':>7} {'read MB/s':>10} {'written MB/s':>13} {'read / JSON':>12}")
        for name, format_ in FORMATS.items():
            if format_.dumps is None:
                continue
            written = dumps(argmap, format=name, lossy=True)
            megabytes = len(written.encode()) / 1e6
            write = seconds(partial(dumps, argmap, format=name, lossy=True))
            line = f"{name:10} {megabytes:7.2f} "
            if format_.loads:
                read = seconds(partial(loads, written, format=name))
                line += f"{megabytes / read:10.1f} {megabytes / write:13.1f} {read / base:12.2f}"
            else:
                line += f"{'':10} {megabytes / write:13.1f}"
            print(line)


if __name__ == "__main__":
    main()
