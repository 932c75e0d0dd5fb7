"""A real Dask scheduler with two workers on loopback: the same bytes as the local pool."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from argumap.corpus import build_corpus
from argumap.errors import CorpusError
from corpus.material import thread, write_jsonl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MODULE = [sys.executable, "-W", "ignore", "-m"]


@pytest.fixture(scope="module")
def cluster(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Start a scheduler and two workers; give its address and the processes of the workers."""
    folder = tmp_path_factory.mktemp("cluster")
    # The workers must find the extractors, as on a cluster they must find everything.
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    place = folder / "scheduler.json"
    command = ["distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    quiet = ["--no-dashboard", "--scheduler-file", str(place)]
    processes = [subprocess.Popen([*_MODULE, *command, *quiet], stderr=subprocess.DEVNULL)]
    try:
        while not place.exists() or not place.read_text():
            time.sleep(0.1)
        for number in range(2):
            worker = ["distributed.cli.dask_worker", "--scheduler-file", str(place), "--no-nanny"]
            own = ["--nthreads", "1", "--no-dashboard", "--local-directory"]
            processes.append(
                subprocess.Popen(
                    [*_MODULE, *worker, *own, str(folder / f"worker{number}")],
                    stderr=subprocess.DEVNULL,
                    env=environment,
                )
            )
        address = place.read_text().split('"address": "')[1].split('"')[0]
        yield address, processes[1:]
    finally:
        for process in reversed(processes):
            process.kill()
            process.wait()


def test_a_cluster_writes_what_the_local_pool_writes(
    tmp_path: Path,
    content: Callable[[Path], dict[str, bytes]],
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
) -> None:
    poison = {7: "os._exit", 23: "raise"}
    source = write_jsonl(tmp_path / "t.jsonl", [thread(n, title=poison.get(n)) for n in range(40)])
    extractor = "corpus.extractors:Poisoned"
    here = build_corpus(source, tmp_path / "here", extractor=extractor, workers=2, shard_size=5)
    there = build_corpus(
        source, tmp_path / "there", extractor=extractor, scheduler=cluster[0], shard_size=5
    )
    assert there == here
    assert there.errors == {"ValueError": 1, "WorkerDied": 1}
    assert content(tmp_path / "there") == content(tmp_path / "here")


def test_a_worker_that_is_lost_costs_nothing(
    tmp_path: Path,
    content: Callable[[Path], dict[str, bytes]],
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
) -> None:
    source = write_jsonl(tmp_path / "t.jsonl", map(thread, range(100)))
    extractor = "corpus.extractors:Sentences"
    address, workers = cluster

    def kill_one(_: object) -> None:
        if list((tmp_path / "there").glob("shards/*")):
            workers[0].kill()

    build_corpus(
        source,
        tmp_path / "there",
        extractor=extractor,
        scheduler=address,
        shard_size=5,
        progress=kill_one,
    )
    assert workers[0].poll() is not None
    build_corpus(source, tmp_path / "here", extractor=extractor, workers=1, shard_size=5)
    assert content(tmp_path / "there") == content(tmp_path / "here")


def test_a_scheduler_that_is_not_there_is_told_in_words(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "t.jsonl", [thread(0)])
    with pytest.raises(CorpusError, match=r"scheduler tcp://127\.0\.0\.1:1 cannot be reached"):
        build_corpus(source, tmp_path / "out", scheduler="tcp://127.0.0.1:1")
