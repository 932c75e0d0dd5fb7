"""Extractors that worker processes load by import path: a plain one, and one that is poisoned."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

from argumap import ArgumentMap, Claim, Mention, Rebuttal, Span, Support, Thread

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Marking", "Poisoned", "Sentences"]


class Sentences:
    """Every sentence is a claim; the first of a reply rebuts the first of the post before it."""

    def extract(self, thread: Thread) -> ArgumentMap:
        """Return the map of a thread."""
        claims: list[Claim] = []
        relations: list[Support | Rebuttal] = []
        first: dict[str, str] = {}
        for post in thread.posts:
            for found in re.finditer(r"[^.!?]+[.!?]", post.text):
                span = Span(post_id=post.id, start=found.start(), end=found.end())
                claim = Claim(
                    id=f"c{len(claims) + 1}",
                    text=found[0].strip(),
                    mentions=(Mention(author=post.author, span=span, quote=found[0]),),
                    confidence=0.5,
                )
                claims.append(claim)
                if post.id not in first:
                    first[post.id] = claim.id
                    if post.parent_id in first:
                        relations.append(
                            Rebuttal(
                                id=f"r{len(relations) + 1}",
                                source=claim.id,
                                target=first[post.parent_id],
                            )
                        )
                else:
                    relations.append(
                        Support(
                            id=f"r{len(relations) + 1}",
                            premises=(claim.id,),
                            conclusion=first[post.id],
                        )
                    )
        return ArgumentMap(
            title=thread.title, claims=tuple(claims), relations=tuple(relations), thread=thread
        )


class Poisoned(Sentences):
    """Does what the title of a thread says, if that is one of the known poisons."""

    def extract(self, thread: Thread) -> ArgumentMap:
        """Return the map of a thread, or do harm."""
        if poison := _POISONS.get(thread.title or ""):
            poison()
        return super().extract(thread)


class Marking(Poisoned):
    """Leaves a byte in a file for every thread that it is given, then does as it is told."""

    def extract(self, thread: Thread) -> ArgumentMap:
        """Return the map of a thread."""
        with Path(os.environ["ARGUMAP_TEST_MARKS"], thread.id or "").open("ab") as file:
            file.write(b"x")
        return super().extract(thread)


def _fail() -> None:
    raise ValueError("poison")


def _exit() -> None:
    raise SystemExit(3)


def _loop() -> None:
    while True:
        pass


def _eat() -> None:
    bytearray(10 * 2**30)


def _eat_slowly() -> None:
    hoard = []
    while True:
        hoard.append(bytearray(2**20))


def _recurse() -> None:
    _recurse()


_POISONS: dict[str, Callable[[], None]] = {
    "raise": _fail,
    "exit": _exit,
    "os._exit": lambda: os._exit(5),
    "kill": lambda: os.kill(os.getpid(), 9),
    "loop": _loop,
    "sleep": lambda: time.sleep(1000),
    "eat": _eat,
    "eat slowly": _eat_slowly,
    "recurse": _recurse,
}
