"""Measure how much of a thread is recovered from bare text: chains of posts with their truth.

Run: ``python tests/benchmarks/bare_text.py CHAINS``, where CHAINS has one JSON object a line: the
``text``, its ``posts`` (``id``, ``parent``, ``lines`` from first to last) and its ``quotes``
(``line``).
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from argumap import parse_thread


@dataclass(frozen=True)
class Measure:
    """What was found in the chains.

    Attributes:
        chains: How many there are.
        exact: In how many all posts and parents are right, and none too many.
        starts: Posts that were begun at a quote, and how many of these do begin there.
        lines: Lines that were taken for quoted, how many of these are, and how many there are.
        formats: Which readers the chains were taken by where the content decides.
    """

    chains: int
    exact: int
    starts: tuple[int, int]
    lines: tuple[int, int, int]
    formats: dict[str, int]

    def __str__(self) -> str:
        begun, right = self.starts
        found, true, there = self.lines
        return (
            f"{self.chains} chains, read as {self.formats}\n"
            f"posts begun at a quote: {right} of {begun} right ({right / max(begun, 1):.3f})\n"
            f"quoted lines: precision {true / max(found, 1):.3f}, "
            f"recall {true / max(there, 1):.3f}\n"
            f"whole chains: {self.exact} ({self.exact / max(self.chains, 1):.3f})"
        )


def measure(path: Path) -> Measure:
    """Return what is found in the chains of a file."""
    exact = begun = right = found = true = there = 0
    formats: Counter[str] = Counter()
    rows = [json.loads(row) for row in path.read_text("utf-8").splitlines()]
    for row in rows:
        formats[parse_thread(row["text"]).format or ""] += 1
        thread = parse_thread(row["text"], format="plain")
        wanted = _parents(row)
        at = {post.id: post.where.line for post in thread.posts if post.where}
        exact += wanted == {at[p.id]: at.get(p.parent_id or "") for p in thread.posts}
        starts = [
            at[post.id]
            for post in thread.posts
            if post.start_inference and post.start_inference.basis == "quote"
        ]
        begun += len(starts)
        right += sum(line in wanted for line in starts)
        quoted = {
            (at[post.id] or 0) + post.text.count("\n", 0, quote.start)
            for post in thread.posts
            for quote in post.quotes
        }
        gold = {quote["line"] for quote in row["quotes"]}
        found, true, there = found + len(quoted), true + len(quoted & gold), there + len(gold)
    return Measure(len(rows), exact, (begun, right), (found, true, there), dict(formats))


def _parents(row: dict[str, Any]) -> dict[int, int | None]:
    """Return the first line of each post, with that of the post that it answers."""
    first = {post["id"]: post["lines"][0] for post in row["posts"]}
    return {first[post["id"]]: first.get(post["parent"]) for post in row["posts"]}


def main() -> None:
    """Print the measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("chains", type=Path)
    print(measure(parser.parse_args().chains))


if __name__ == "__main__":
    main()
