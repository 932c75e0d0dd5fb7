"""Threads for the tests of a corpus, made and not collected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap import Post, Thread

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["thread", "write_jsonl"]


def thread(number: int, *, title: str | None = None) -> Thread:
    """Return a small thread that differs from the others."""
    posts = (
        Post(id="p1", author="Ana", text=f"Town {number} needs a bridge. The old one is closed."),
        Post(id="p2", author="Ben", parent_id="p1", text="A ferry is enough! It costs less."),
        Post(id="p3", author=f"Cy {number % 7}", parent_id="p2", text="In winter it freezes."),
    )
    return Thread(id=f"t{number}", title=title or f"Bridge {number}", posts=posts[: 1 + number % 3])


def write_jsonl(path: Path, threads: Iterable[Thread | str]) -> Path:
    """Write threads, and lines that are none, as JSON Lines."""
    lines = [
        each if isinstance(each, str) else each.model_dump_json(exclude_none=True)
        for each in threads
    ]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path
