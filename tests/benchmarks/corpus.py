"""Time a corpus: building, resuming, asking, searching, and a store under kill -9.

Run: ``python tests/benchmarks/corpus.py --threads 50000``. Takes minutes; nothing else should be
at work on the machine.

`bare` is the limit: a process pool that reads the same lines, makes the same maps and writes the
same Parquet files, with nothing watched, nothing synced and nothing resumed. The ratios within one
run are the figures to compare; CPU seconds are those of all processes.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from argumap import Block, Corpus, MapBuilder, Post, Store, Thread, build_corpus
from argumap.corpus._parquet import TableWriter
from argumap.corpus._records import find_extractor, records
from argumap.corpus.shards import plan
from argumap.corpus.tables import map_rows, thread_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.corpus import Shard

CLAIMS = (
    "the town should build a second bridge over the river",
    "the ferry costs less than people think",
    "most of the traffic comes from the new school",
    "a bridge would take ten years to pay for itself",
    "nobody has counted the cars in winter",
    "the old road floods every spring",
    "buses are never on time in the evening",
    "the council promised a study two years ago",
)
OPENINGS = ("I disagree.", "Good point.", "That is not true.", "I agree.", "Well.", "No.")


def generated(number: int) -> Thread:
    """Return a thread of 2 to 9 posts, the same for the same number; marked up, as if read."""
    rng = random.Random(number)
    posts: list[Post] = []
    for place in range(rng.randrange(2, 10)):
        first, second, third = rng.sample(CLAIMS, 3)
        opening = rng.choice(OPENINGS) if place else "What do you think?"
        text = (
            f"{opening} I think {first}, because {second}. However, {third} in case {number}. "
            f"So {rng.choice(CLAIMS)}."
        )
        parent = rng.choice(posts).id if posts else None
        author = f"author {rng.randrange(500)}"
        whole = Block(start=0, end=len(text), kind="text")
        posts.append(
            Post(id=f"p{place + 1}", author=author, parent_id=parent, text=text, blocks=(whole,))
        )
    return Thread(id=f"t{number}", title=f"Case {number}", posts=tuple(posts))


def write_source(path: Path, count: int) -> None:
    """Write threads as JSON Lines."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            file.write(generated(number).model_dump_json(exclude_none=True) + "\n")


@contextmanager
def measured(label: str, threads: int) -> Iterator[dict[str, float]]:
    """Print what a stretch of work takes: wall, CPU of all processes, most memory at once."""
    figures: dict[str, float] = {}
    done = threading.Event()
    peak = [0]

    def watch() -> None:
        while not done.wait(0.5):
            peak[0] = max(peak[0], tree_memory(os.getpid()))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    start, cpu = time.perf_counter(), cpu_seconds()
    yield figures
    figures["wall"] = time.perf_counter() - start
    figures["cpu"] = cpu_seconds() - cpu
    done.set()
    watcher.join()
    figures["memory"] = peak[0] / 2**20
    print(
        f"{label:<34} {figures['wall']:8.1f} s wall {figures['cpu']:8.1f} s CPU "
        f"{figures['cpu'] / threads * 1e3:7.3f} ms per thread {figures['memory']:7.0f} MiB",
        flush=True,
    )


def cpu_seconds() -> float:
    """Return the CPU seconds of this process and of the children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def tree_memory(root: int) -> int:
    """Return the proportional set size of a process and those it started, in bytes."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(entry.name)] = int(fields[1])
    family = {root}
    while more := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= more
    total = 0
    for pid in family:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024
    return total


def bare(extractor: str, out: Path, shard: Shard) -> None:
    """Do what a worker does, and nothing more."""
    made = find_extractor(extractor)
    tables = ("threads", "claims", "mentions", "relations")
    writers = [TableWriter(table, out / f"{shard.digest[:16]}.{table}.parquet") for table in tables]
    for record in records(shard):
        argmap = record.to_map(made)
        row = thread_row(record.source, record.number, record.digest, argmap=argmap)
        rows = map_rows(row[0], argmap)
        for writer, part in zip(writers, ([row], *rows.values()), strict=True):
            writer.add(part)
    for writer in writers:
        writer.__exit__(None, None, None)


def fingerprint(folder: Path) -> str:
    """Return a digest of all parts of a corpus."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*/*.parquet")):
        digest.update(f"{path.parent.name}/{path.name}".encode() + path.read_bytes())
    return digest.hexdigest()


def measure_building(folder: Path, extractor: str, threads: int, workers: int) -> None:
    """Compare a build with the bare pool."""
    source = folder / "threads.jsonl"
    print(
        f"{threads} threads, {source.stat().st_size / 1e6:.0f} MB, {workers} workers, {extractor}"
    )
    (folder / "bare").mkdir()
    with measured("bare process pool", threads) as limit:
        shards = [
            shard for shard in plan(folder, [source.name], 1000) if not isinstance(shard, str)
        ]
        with ProcessPoolExecutor(workers) as pool:
            list(pool.map(partial(bare, extractor, folder / "bare"), shards))
    with measured("build", threads) as ours:
        report = build_corpus(source, folder / "once", extractor=extractor, workers=workers)
    print(
        f"build / bare: {ours['wall'] / limit['wall']:.2f} of wall, "
        f"{ours['cpu'] / limit['cpu']:.2f} of CPU; {report.rows}, {report.errors}"
    )
    with measured("nothing to do", threads):
        build_corpus(source, folder / "once", extractor=extractor, workers=workers)
    size = sum(path.stat().st_size for path in (folder / "once").glob("*/*.parquet"))
    print(f"tables: {size / 1e6:.1f} MB, {size / threads:.0f} bytes per thread")


def measure_kills(folder: Path, extractor: str, workers: int, seconds: float) -> None:
    """Kill a build ten times at random, then let it end."""
    source, out = folder / "threads.jsonl", folder / "killed"
    code = (
        f"import sys; sys.path[:] = {sys.path!r}\n"
        "from argumap import build_corpus\n"
        f"build_corpus({str(source)!r}, {str(out)!r}, extractor={extractor!r}, workers={workers})"
    )
    rng = random.Random(7)
    for _ in range(10):
        with subprocess.Popen([sys.executable, "-c", code]) as process:
            # Past the start of the processes, and ten such stretches are about half of a run.
            begun = time.time()
            while process.poll() is None and not _worked_on(out, begun):
                time.sleep(0.1)
            time.sleep(rng.uniform(0, seconds / 10))
            process.send_signal(signal.SIGKILL)
        print(f"  killed with {len(list(out.glob('shards/*')))} shards done", flush=True)
    report = build_corpus(source, out, extractor=extractor, workers=workers)
    same = fingerprint(out) == fingerprint(folder / "once")
    keys = Corpus(out).sql("SELECT count(*), count(DISTINCT thread) FROM threads").fetchall()
    print(f"killed ten times: same bytes {same}, rows and distinct threads {keys}, {report.errors}")


def _worked_on(out: Path, since: float) -> bool:
    """Whether a record of a shard was done after a moment."""
    try:
        return any(path.stat().st_mtime > since for path in out.glob("aside/*.spool"))
    except FileNotFoundError:  # a shard was finished between the two looks
        return True


def measure_questions(folder: Path) -> None:
    """Ask, and search."""
    start = time.perf_counter()
    corpus = Corpus(folder / "once")
    opened = time.perf_counter() - start
    [(claims,)] = corpus.table("claims").count("*").fetchall()
    print(f"open: {opened:.2f} s; {claims} claims")
    for name in ("unsupported", "contested", "unanswered", "authors"):
        times = []
        for _ in range(3):
            start = time.perf_counter()
            [(count,)] = corpus.query(name).count("*").fetchall()
            times.append(time.perf_counter() - start)
        start = time.perf_counter()
        corpus.query(name).to_arrow_table()
        fetched = time.perf_counter() - start
        print(f"{name}: {count} rows, counted in {min(times):.3f} s, fetched in {fetched:.2f} s")
    with measured("search index", claims):
        corpus.search("bridge")
    for words in ("floods spring", '"case 777"', "ferry costs 4711", "winte* cars"):
        times = []
        for _ in range(5):
            start = time.perf_counter()
            hits = corpus.search(words)
            times.append(time.perf_counter() - start)
        print(f"search {words!r}: {len(hits)} hits in {min(times) * 1e3:.0f} ms")
    size = (folder / "once" / "search.sqlite").stat().st_size
    print(f"index: {size / 1e6:.0f} MB")


def measure_store(folder: Path) -> None:
    """Put 1000 maps of 100 claims, killed 20 times amid writes."""
    path = folder / "maps.sqlite"
    code = (
        f"import sys; sys.path[:] = {sys.path!r}\n"
        "from benchmarks.corpus import hundred\nfrom argumap import Store\n"
        f"store = Store({str(path)!r})\n"
        "for number in range(int(sys.argv[1]), 1000):\n"
        "    print(store.put(hundred(number), key=str(number)), flush=True)\n"
    )
    rng = random.Random(3)
    acknowledged: list[str] = []
    kills = 0
    start = time.perf_counter()
    while len(acknowledged) < 1000:
        command = [sys.executable, "-c", code, str(len(acknowledged))]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            if process.stdout is None:
                return
            lines = iter(process.stdout)
            for line in lines:
                acknowledged.append(line.strip())
                if kills < 20 and rng.random() < 0.03:
                    time.sleep(rng.uniform(0, 0.01))
                    process.send_signal(signal.SIGKILL)
                    kills += 1
                    break
            acknowledged += [line.strip() for line in lines if line.endswith("\n")]
    with Store(path) as store:
        kept = {found.key for found in store.list()}
        times = []
        for words in ("number 77", "claim 4*", '"claim 99"'):
            begin = time.perf_counter()
            store.search(words)
            times.append((time.perf_counter() - begin) * 1e3)
        begin = time.perf_counter()
        unsupported = len(store.unsupported())
        asked = time.perf_counter() - begin
    lost = set(acknowledged) - kept
    check = sqlite3.connect(path).execute("PRAGMA integrity_check").fetchall()
    print(
        f"store: {unsupported} claims in {time.perf_counter() - start:.1f} s, {kills} kills, "
        f"{len(lost)} lost, integrity {check}, searches {[f'{each:.0f} ms' for each in times]}, "
        f"unsupported in {asked:.2f} s, {path.stat().st_size / 1e6:.0f} MB"
    )


def hundred(number: int) -> object:
    """Return a map of a hundred claims."""
    builder = MapBuilder(f"Map {number}")
    for each in range(100):
        builder.claim(f"number {number} claim {each} {CLAIMS[each % 8]}", author=f"author {each}")
    return builder.build()


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=5000)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--extractor", default="corpus.extractors:Sentences")
    options = parser.parse_args()
    # For the workers too; and this file must not hide the package of tests that has its name.
    sys.path[0] = str(Path(__file__).parents[1])
    print(f"load at the start: {os.getloadavg()}")
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_source(folder / "threads.jsonl", options.threads)
        start = time.perf_counter()
        measure_building(folder, options.extractor, options.threads, options.workers)
        seconds = (time.perf_counter() - start) / 2
        shutil.rmtree(folder / "bare")
        measure_kills(folder, options.extractor, options.workers, seconds)
        measure_questions(folder)
        measure_store(folder)
    print(f"load at the end: {os.getloadavg()}")


if __name__ == "__main__":
    main()
