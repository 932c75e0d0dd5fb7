"""A loopback server that speaks the OpenAI protocol and says what it is told to say.

It shows that the protocol is kept on a real wire by the real client. It shows nothing about how
well any model reads a thread.
"""

from __future__ import annotations

import json
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

__all__ = ["Reply", "Request", "StubServer"]


@dataclass(frozen=True)
class Request:
    """What the client sent."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def texts(self) -> list[tuple[str, str]]:
        """The messages as pairs of role and text."""
        return [
            (message["role"], _text(message["content"]))
            for message in (self.body.get("messages") or self.body.get("input") or [])
        ]

    @property
    def prompt(self) -> str:
        """What the model is told to do."""
        return self.body.get("instructions") or self.texts[0][1]

    @property
    def stage(self) -> str:
        """Which of the prompts it is."""
        for stage, words in (
            ("claims", "mark the claims"),
            ("relations", "how they bear on each other."),
            ("review", "check proposals"),
        ):
            if words in self.prompt.split("\n\n")[0]:
                return stage
        raise AssertionError(self.prompt[:200])

    @property
    def question(self) -> str:
        """The first thing that the user says."""
        return next(text for role, text in self.texts if role == "user")


def _text(content: Any) -> str:
    if isinstance(content, str):
        return content
    return "".join(part["text"] for part in content)


@dataclass(frozen=True)
class Reply:
    """What the server answers: an object of a model, or any bytes."""

    content: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    finish: str = "stop"
    wait: float = 0.0
    drip: float = 0.0  # seconds between single bytes
    usage: tuple[int, int] | None = (500, 80)

    @property
    def text(self) -> str:
        return self.content if isinstance(self.content, str) else json.dumps(self.content)


class StubServer:
    """Answers each request by calling a function with it; a context manager."""

    def __init__(self, answer: Callable[[Request], Any]) -> None:
        self._answer = answer
        self.requests: list[Request] = []
        self.most_at_once = 0
        self._at_once = 0
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _reply(self, request: Request) -> Reply:
        with self._lock:
            self.requests.append(request)
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            answer = self._answer(request)
            reply = answer if isinstance(answer, Reply) else Reply(answer)
            time.sleep(reply.wait)
            return reply
        finally:
            with self._lock:
                self._at_once -= 1

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        stub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_POST(self) -> None:
                length = int(self.headers["content-length"])
                body = json.loads(self.rfile.read(length))
                headers = {name.lower(): value for name, value in self.headers.items()}
                reply = stub._reply(Request(self.path, headers, body))
                data = reply.raw if reply.raw is not None else _envelope(self.path, body, reply)
                headers = {"content-type": "application/json", **reply.headers}
                with suppress(BrokenPipeError, ConnectionResetError):
                    self.send_response(reply.status)
                    for name, value in headers.items():
                        self.send_header(name, value)
                    self.send_header("content-length", str(len(data)))
                    self.end_headers()
                    self._send(data, reply.drip)

            def _send(self, data: bytes, drip: float) -> None:
                if not drip:
                    self.wfile.write(data)
                    return
                for byte in data:
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                    time.sleep(drip)

            def log_message(self, *_arguments: Any) -> None:
                """Say nothing."""

        return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, *_arguments: Any) -> None:
        """A client that has given up is no error of the server."""


def _envelope(path: str, body: dict[str, Any], reply: Reply) -> bytes:
    if reply.status != 200:
        return json.dumps({"error": {"message": reply.text, "type": "stub"}}).encode()
    make = _response if path.endswith("/responses") else _completion
    return json.dumps(make(body["model"], reply)).encode()


def _completion(model: str, reply: Reply) -> dict[str, Any]:
    message = {"role": "assistant", "content": reply.text}
    document: dict[str, Any] = {
        "id": "stub",
        "object": "chat.completion",
        "created": 1,
        "model": model,
        "choices": [{"index": 0, "finish_reason": reply.finish, "message": message}],
    }
    if reply.usage:
        given, made = reply.usage
        document["usage"] = {
            "prompt_tokens": given,
            "completion_tokens": made,
            "total_tokens": given + made,
        }
    return document


def _response(model: str, reply: Reply) -> dict[str, Any]:
    cut_off = reply.finish == "length"
    content = [{"type": "output_text", "text": reply.text, "annotations": []}]
    document: dict[str, Any] = {
        "id": "stub",
        "object": "response",
        "created_at": 1,
        "model": model,
        "status": "incomplete" if cut_off else "completed",
        "incomplete_details": {"reason": "max_output_tokens"} if cut_off else None,
        "error": None,
        "instructions": None,
        "metadata": {},
        "parallel_tool_calls": False,
        "temperature": None,
        "top_p": None,
        "tool_choice": "auto",
        "tools": [],
        "output": [
            {
                "type": "message",
                "id": "m",
                "status": "completed",
                "role": "assistant",
                "content": content,
            }
        ],
    }
    if reply.usage:
        given, made = reply.usage
        document["usage"] = {
            "input_tokens": given,
            "input_tokens_details": {"cached_tokens": 0},
            "output_tokens": made,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": given + made,
        }
    return document
