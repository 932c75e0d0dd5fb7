"""Time what the client adds to a model's latency at 32 requests in flight, and what imports cost.

Run: ``python tests/benchmarks/llm.py``.

The model is the loopback server of the tests, in a process of its own, which answers after a given
time with answers that fit the thread: this measures the way to a model, not the model.
`added` is the wall time beyond latency x requests / 32, for each request; `cpu` the processor time
of this process for each request. The last rows are the bare client of the protocol in the same run,
without any of our own work.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from argumap import LLMExtractor, Post, Thread
from argumap.threads import mark_up
from extraction.llm.answers import CLAIMS, RELATIONS, by_stage
from extraction.llm.stub_server import Reply, Request, StubServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

IN_FLIGHT = 32


def library(number: int) -> Thread:
    """A short thread that the scripted answers fit; each is another one."""
    opening = (
        "I think the library should open on Sundays, because people who work all week cannot "
        "come otherwise. It would cost a bit more, I grant that."
    )
    texts = (
        opening,
        "Exactly! My sister is a nurse and has not borrowed a book in three years.",
        "One nurse proves nothing. And staff is short, so nobody could open.",
    )
    posts = tuple(
        Post(
            id=f"{number}-{rank}",
            author=f"author {rank}",
            parent_id=f"{number}-{rank - 1}" if rank else None,
            text=text,
        )
        for rank, text in enumerate(texts)
    )
    return mark_up(Thread(id=str(number), posts=posts))


@contextmanager
def server(latency: float) -> Iterator[str]:
    """Run the stub in another process, so that its work is not ours."""
    command = [sys.executable, __file__, "--serve", str(latency)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()


def serve(latency: float) -> None:
    good = by_stage()

    def answer(request: Request) -> Reply:
        return Reply(good(request), wait=latency)

    with StubServer(answer) as stub:
        print(stub.url, flush=True)
        threading.Event().wait()


def timed(work: Callable[[], int], latency: float) -> tuple[float, float]:
    """Return the milliseconds of wall time added to each request, and those of processor time."""
    wall, cpu = time.perf_counter(), time.process_time()
    requests = work()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return 1e3 * (wall - requests / IN_FLIGHT * latency) / requests, 1e3 * cpu / requests


def extract_all(url: str, threads: list[Thread]) -> int:
    extractor = LLMExtractor("stub", base_url=url, concurrency=IN_FLIGHT)
    done = list(extractor.extract_many(threads))
    assert all(extraction.error is None for extraction in done)
    return sum(extraction.usage.requests for extraction in done)


def ask_bare(url: str, count: int) -> int:
    """Send requests of the same size by the client of the protocol alone."""
    from openai import AsyncOpenAI

    question = json.dumps(CLAIMS) + json.dumps(RELATIONS)
    # The words by which the stub knows what is asked for, and as much text as a prompt has.
    prompt = "You mark the claims in it.\n\n" + "word " * 900

    async def run() -> None:
        slots = asyncio.Semaphore(IN_FLIGHT)
        async with AsyncOpenAI(base_url=url, api_key="none") as client:

            async def one() -> None:
                async with slots:
                    await client.chat.completions.create(
                        model="stub",
                        messages=[
                            {"role": "system", "content": prompt},
                            {"role": "user", "content": question},
                        ],
                    )

            await asyncio.gather(*(one() for _ in range(count)))

    asyncio.run(run())
    return count


def import_milliseconds(statement: str) -> float:
    """Return the least milliseconds of processor time that a statement takes in a new process."""
    code = f"import time; t = time.process_time(); {statement}; print(time.process_time() - t)"
    command = [sys.executable, "-c", code]
    runs = [float(subprocess.check_output(command, text=True)) for _ in range(5)]
    return 1e3 * min(runs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--serve", type=float, help=argparse.SUPPRESS)
    parser.add_argument("--threads", type=int, default=160)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    if arguments.serve is not None:
        serve(arguments.serve)
        return
    threads = [library(number) for number in range(arguments.threads)]
    for latency in (0.1, 0.5):
        with server(latency) as url:
            extract_all(url, threads[:8])
            for name, work in (
                ("LLMExtractor", lambda: extract_all(url, threads)),
                ("bare client", lambda: ask_bare(url, 2 * len(threads))),
            ):
                rounds = [timed(work, latency) for _ in range(arguments.rounds)]
                added, cpu = min(rounds)
                print(
                    f"{name:14} latency {1e3 * latency:4.0f} ms  {2 * len(threads)} requests  "
                    f"added {added:5.2f} ms  cpu {cpu:5.2f} ms"
                )
    for statement in (
        "import argumap",
        "import argumap.extraction",
        "import argumap.extraction.llm",
        "import argumap.extraction.llm.running",
    ):
        print(f"{statement:40} {import_milliseconds(statement):7.1f} ms of processor time")


if __name__ == "__main__":
    main()
