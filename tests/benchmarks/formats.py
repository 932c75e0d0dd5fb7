"""Read and write maps of 1,000 and 10,000 claims in each format, with ``--all`` of 100,000.

By hand: ``python tests/benchmarks/formats.py [--all] [FORMAT …]``.

The column "read / JSON" is the time of a format as a multiple of that of argumap's own JSON in
the same run; for JSON itself the line above gives it as a multiple of Pydantic's bare
``model_validate_json`` of the same bytes. Where Arguebuf is installed (``ARGUEBUF`` names a Python
that has it), it reads the same files, in a process of its own and for a minute at most; it passes
over what argumap keeps in them beyond the format's own words, which is a quarter of the bytes.
"""

from __future__ import annotations

import os
import subprocess
import sys
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
                timeout=60,
            )
        except subprocess.TimeoutExpired:
            return "arguebuf: not within 60 s"
        except subprocess.CalledProcessError as fault:
            return f"arguebuf: {fault.stderr.strip().splitlines()[-1][:60]}"
    spent, atoms = done.stdout.split()
    return f"arguebuf: {megabytes / float(spent):.1f} MB/s, {atoms} claims"


def main() -> None:
    """Print the table."""
    warnings.simplefilter("ignore")
    wanted = [name for name in sys.argv[1:] if name != "--all"] or list(FORMATS)
    for size in (1000, 100_000 if "--all" in sys.argv else 10_000):
        argmap = made(size)
        text = dumps(argmap)
        bare = seconds(partial(ArgumentMap.model_validate_json, text))
        base = seconds(partial(loads, text))
        print(f"{size:,} claims; JSON is read in {base / bare:.2f} of Pydantic's own time")
        print(f"{'format':10} {'MB':>7} {'read MB/s':>10} {'written MB/s':>13} {'read / JSON':>12}")
        for name in wanted:
            format_ = FORMATS[name]
            if format_.dumps is None:
                continue
            times = 3 if size < 100_000 else 1
            written = dumps(argmap, format=name, lossy=True)
            megabytes = len(written.encode()) / 1e6
            write = seconds(partial(dumps, argmap, format=name, lossy=True), times)
            line = f"{name:10} {megabytes:7.2f} "
            if format_.loads:
                read = seconds(partial(loads, written, format=name), times)
                line += f"{megabytes / read:10.1f} {megabytes / write:13.1f} {read / base:12.2f}"
            else:
                line += f"{'':10} {megabytes / write:13.1f} {'':12}"
            beside = arguebuf(written, ITS[name], megabytes) if name in ITS else ""
            print(f"{line}  {beside}".rstrip(), flush=True)


if __name__ == "__main__":
    main()
