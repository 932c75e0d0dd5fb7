"""Show a part of a thread to a model: numbered, framed, and without what could steer it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from pydantic_ai.framing import register_tag, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from argumap.extraction.llm.chunks import Chunk
    from argumap.extraction.llm.grounding import GroundedClaim
    from argumap.extraction.llm.units import NumberedThread, Unit

__all__ = ["show_thread"]

_POST = register_tag("forum_post")
_LONGEST_NAME = 60


def show_thread(
    numbered: NumberedThread, chunk: Chunk, claims: Mapping[str, GroundedClaim] | None = None
) -> str:
    """Return the posts of a chunk in frames, each unit on one line with its number.

    Nothing in a post can close its frame or open another, and nothing of the thread but text and
    the names of authors is shown: no ids, links or paths. Quotations are shown as the numbers of
    what they repeat.

    Args:
        numbered: The thread.
        chunk: What to show of it.
        claims: Claims by id, to be shown below the units in which they begin.
    """
    below: dict[str, list[tuple[str, GroundedClaim]]] = {}
    for claim_id, claim in (claims or {}).items():
        below.setdefault(claim.unit, []).append((claim_id, claim))
    frames = []
    for post, units, is_context in _by_post(chunk):
        shown = numbered.thread.posts[post]
        parent = numbered.parents[post]
        lines = "\n".join(_lines(numbered, post, units, below))
        attributes = {
            "n": str(post + 1),
            "author": None if shown.author is None else _shown(shown.author)[:_LONGEST_NAME],
            "answers": None if parent is None else str(parent + 1),
            "context": "yes" if is_context else None,
        }
        frames.append(wrap(_POST, f"\n{lines}\n", **attributes))
    return "\n".join(frames)


def _by_post(chunk: Chunk) -> Iterator[tuple[int, list[Unit], bool]]:
    """Yield the units of each post: first those that are context, then those that are asked for."""
    parts: dict[tuple[int, bool], list[Unit]] = {}
    for units, is_context in ((chunk.context, True), (chunk.own, False)):
        for unit in units:
            parts.setdefault((unit.post, not is_context), []).append(unit)
    for post, is_own in sorted(parts):
        yield post, parts[post, is_own], not is_own


def _lines(
    numbered: NumberedThread,
    post: int,
    units: list[Unit],
    below: Mapping[str, list[tuple[str, GroundedClaim]]],
) -> Iterator[str]:
    quotes = list(numbered.quotes[post])
    text = numbered.thread.posts[post].text
    for unit in units:
        while quotes and quotes[0].start < unit.start:
            yield _reference(quotes.pop(0).units)
        yield f"[{unit.id}] {_shown(numbered.text(unit))}"
        for claim_id, claim in below.get(unit.id, ()):
            whole = (claim.start, claim.end) == (unit.start, unit.end)
            words = "" if whole else f' = "{_shown(text[claim.start : claim.end])}"'
            yield f"    {claim_id}{words}"
    for quote in quotes:
        yield _reference(quote.units)


def _reference(units: tuple[str, ...]) -> str:
    return f"(quotes {', '.join(units)})" if units else "(quotes words that are not in this thread)"


def _shown(text: str) -> str:
    """Return a stranger's text on one line, without signs that cannot be seen.

    Invisible signs can carry instructions that no reader notices, and ``<|`` begins the marks with
    which models are told who speaks.
    """
    seen = "".join(
        char
        for char in " ".join(text.split())
        if unicodedata.category(char) not in {"Cc", "Cf", "Co", "Cs", "Cn"}
    )
    return seen.replace("<|", "< |")
