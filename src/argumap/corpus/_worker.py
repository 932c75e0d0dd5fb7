"""A child process, seen from the process that started it: watched, and killed when it is stuck."""

from __future__ import annotations

import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
import time
import weakref
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from argumap.corpus._child import OUT_OF_MEMORY, Hello
from argumap.errors import CorpusError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO

    from argumap.corpus._child import Job
    from argumap.corpus._parts import ShardReport

__all__ = ["Limits", "Worker", "WorkerLost"]

_START = 120.0
"""Seconds that a process may take to import everything, on a busy machine."""

_RUN = "from argumap.corpus._child import main; main()"

_FINAL = frozenset({"ready", "done", "failed", "gone"})

_LOOK = 0.2
"""Seconds between two looks at whether the work is still wanted."""


@dataclass(frozen=True)
class Limits:
    """What one record may cost before it is given up.

    Attributes:
        seconds: Time by the clock.
        memory: Bytes; heeded on Linux only.
    """

    seconds: float = 60.0
    memory: int = 2 * 2**30


class WorkerLost(Exception):  # noqa: N818  # not an error to a user: it is told as a record's row
    """The process died, or was killed because it was stuck.

    Attributes:
        error: Name of what happened: ``TimeLimit``, ``MemoryLimit`` or ``WorkerDied``.
        message: The same in words.
    """

    def __init__(self, error: str, message: str) -> None:
        self.error = error
        self.message = message
        super().__init__(message)


class Worker:
    """A process that works on one shard after another."""

    def __init__(self, extractor: str, limits: Limits) -> None:
        self.key = (extractor, limits)
        self._limits = limits
        # The modules of the user's own extractor are found where this process finds them.
        code = f"import sys; sys.path[:] = {sys.path!r}\n{_RUN}"
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONHASHSEED": "0"},
            start_new_session=True,  # so that what it starts itself can be ended with it
        )
        self._replies: queue.SimpleQueue[tuple[Any, ...]] = queue.SimpleQueue()
        reader = threading.Thread(
            target=_listen, args=(self._process.stdout, self._replies), daemon=True
        )
        reader.start()
        self.stop = weakref.finalize(self, _stop, self._process, reader)
        self._send(Hello(extractor, limits.memory))
        try:
            self._await(_START, None)
        except WorkerLost as lost:
            raise CorpusError(f"a worker process cannot start: it {lost}") from None
        except BaseException:
            self.stop()
            raise

    def work(self, job: Job, beat: Callable[[int], None] | None) -> ShardReport:
        """Have a shard worked on.

        Args:
            job: The shard.
            beat: Called every now and then with the number of records done. What it raises ends
                the work.

        Raises:
            WorkerLost: The process is no more.
            ArgumapError: The shard cannot be worked on.
        """
        self._send(job)
        report: ShardReport = self._await(self._limits.seconds, beat)
        return report

    def _send(self, order: object) -> None:
        stdin = self._process.stdin
        if stdin is None:
            return
        with suppress(BrokenPipeError):  # it is told by the end of the replies
            pickle.dump(order, stdin)
            stdin.flush()

    def _await(self, limit: float, beat: Callable[[int], None] | None) -> Any:
        """Return the final reply; kill the process when it makes no progress."""
        ticks, done, since = -1, 0, time.monotonic()
        while True:
            try:
                kind, *facts = self._replies.get(timeout=_LOOK)
            except queue.Empty:
                kind, facts = "silence", []
            if kind in _FINAL:
                return self._final(kind, facts)
            if kind == "beat" and facts[0] != ticks:
                (ticks, done), since = facts, time.monotonic()
            if beat is not None:
                beat(done)
            if time.monotonic() - since > limit:
                self.stop()
                raise WorkerLost("TimeLimit", f"took more than {limit:g} s")

    def _final(self, kind: str, facts: list[Any]) -> Any:
        if kind == "gone":
            raise self._lost()
        if kind == "failed":
            [why] = facts
            raise why if isinstance(why, OSError) else CorpusError(str(why))
        return facts[0] if facts else None

    def _lost(self) -> WorkerLost:
        code = self._process.wait()
        self.stop()
        if code == OUT_OF_MEMORY:
            limit = self._limits.memory / 2**20
            return WorkerLost("MemoryLimit", f"needed more than {limit:,.0f} MiB of memory")
        if code < 0:
            with suppress(ValueError):
                return WorkerLost("WorkerDied", f"killed its process: {signal.Signals(-code).name}")
        return WorkerLost("WorkerDied", f"ended its process with exit code {code}")


def _listen(stdout: IO[bytes], replies: queue.SimpleQueue[tuple[Any, ...]]) -> None:
    with suppress(EOFError, OSError, ValueError, pickle.UnpicklingError):
        while True:
            replies.put(pickle.load(stdout))  # noqa: S301  # from the process that we started
    replies.put(("gone",))


def _stop(process: subprocess.Popen[bytes], reader: threading.Thread) -> None:
    with suppress(OSError, AttributeError):  # it is gone; no process groups on Windows
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()
    reader.join()  # the pipe ends with the last process that holds it
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
