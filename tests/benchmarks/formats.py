"""Read and write maps of some thousand claims in each format.

By hand: ``python tests/benchmarks/formats.py [FORMAT …] [--claims SIZE …]``.

The row "pydantic" is the limit: ``model_validate_json`` and ``model_dump_json`` of the bytes of
argumap's own JSON. The column "read / limit" is the time of a format as a multiple of the former,
in the same run. Where Arguebuf is installed (``ARGUEBUF`` names a Python that has it), it reads
the same files, in a process of its own, unless they have more claims than ``--peer`` says; it
passes over what argumap keeps in them beyond the format's own words, which is a quarter of the
bytes.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
import time
import warnings
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from argumap import ArgumentMap, MapBuilder, dumps, loads
from argumap.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

ARGUEBUF = """
import sys, time, warnings
warnings.simplefilter("ignore")
import arguebuf
path = sys.argv[1]
start = time.process_time()
graph = arguebuf.load.file(path)
print(time.process_time() - start, len(graph.atom_nodes))
"""
# What Arguebuf reads of it, by the ending that it goes by.
ITS = {"aif": ".json", "arguebuf": ".json"}


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


def seconds(call: Callable[[], object], times: int = 3) -> float:
    """Return the processor time of the fastest of some calls."""
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        call()
        best = min(best, time.process_time() - start)
    return best


def arguebuf(text: str, suffix: str, megabytes: float) -> str:
    """Return what Arguebuf makes of a text, in words."""
    python = os.environ.get("ARGUEBUF")
    if python is None:
        return ""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"map{suffix}"
        path.write_text(text, encoding="utf-8")
        try:
            done = subprocess.run(
                [python, "-c", ARGUEBUF, str(path)],
                capture_output=True,
                check=True,
                encoding="utf-8",
                timeout=120,
            )
        except subprocess.TimeoutExpired:
            return "arguebuf: not within 120 s"
        except subprocess.CalledProcessError as fault:
            return f"arguebuf: {fault.stderr.strip().splitlines()[-1][:60]}"
    spent, atoms = done.stdout.split()
    return f"arguebuf: {megabytes / float(spent):.1f} MB/s, {atoms} claims"


def measure(argmap: ArgumentMap, wanted: list[str], peer: int) -> None:
    """Print the rows of one map."""
    size = len(argmap.claims)
    times = 3 if size < 100_000 else 1
    text = dumps(argmap)
    limit = seconds(partial(ArgumentMap.model_validate_json, text), times)
    megabytes = len(text.encode()) / 1e6
    print(f"{size:,} claims")
    print(f"{'format':10} {'MB':>7} {'read MB/s':>10} {'written MB/s':>13} {'read / limit':>13}")
    write = seconds(argmap.model_dump_json, times)
    row = f"{'pydantic':10} {megabytes:7.2f} {megabytes / limit:10.1f} {megabytes / write:13.1f}"
    print(f"{row} {1:13.2f}")
    for name in wanted:
        format_ = FORMATS[name]
        if format_.dumps is None:
            continue
        written = dumps(argmap, format=name, lossy=True)
        megabytes = len(written.encode()) / 1e6
        write = seconds(partial(dumps, argmap, format=name, lossy=True), times)
        read, ratio = f"{'':10}", ""
        if format_.loads:
            spent = seconds(partial(loads, written, format=name), times)
            read, ratio = f"{megabytes / spent:10.1f}", f"{spent / limit:.2f}"
        beside = ""
        if name in ITS:
            beside = f"arguebuf: not asked beyond {peer:,} claims"
            if size <= peer:
                beside = arguebuf(written, ITS[name], megabytes)
        row = f"{name:10} {megabytes:7.2f} {read} {megabytes / write:13.1f} {ratio:>13}  {beside}"
        print(row.rstrip(), flush=True)


def main() -> None:
    """Print the table."""
    warnings.simplefilter("ignore")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("formats", nargs="*", metavar="FORMAT", help="all of them by default")
    parser.add_argument("--claims", nargs="+", type=int, default=[1_000, 10_000], metavar="SIZE")
    parser.add_argument("--peer", type=int, default=10_000, metavar="SIZE")
    asked = parser.parse_args()
    for size in asked.claims:
        measure(made(size), asked.formats or list(FORMATS), asked.peer)


if __name__ == "__main__":
    main()
