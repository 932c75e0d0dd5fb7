"""Quotes that a source marks otherwise than by lines: their blocks, cut out of the others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from argumap.model import Block, Quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.model import Post

__all__ = ["quoted_to_the_end", "with_known_quotes"]

_TO_THE_END = re.compile(r"^>>>(?=\s*\S)", re.MULTILINE)


def quoted_to_the_end(text: str) -> tuple[Quote, ...]:
    r"""Return the quote that three marks begin in the chats of Slack and Discord, if there is one.

    Examples:
        >>> [(quote.start, quote.end) for quote in quoted_to_the_end("So:\n>>> Hens\nare calm.")]
        [(4, 22)]
    """
    found = _TO_THE_END.search(text)
    return (Quote(start=found.start(), end=len(text.rstrip())),) if found else ()


def with_known_quotes(post: Post, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks of a post with those that its known quotes are cut out of them."""
    cut: list[Block] = []
    for quote in sorted(post.quotes, key=lambda quote: (quote.start, -quote.end)):
        # Of quotes in quotes, the outer one is the block.
        if not cut or quote.start >= cut[-1].end:
            cut.append(Block(kind="quote", start=quote.start, end=quote.end, depth=quote.depth))
    rest: list[Block] = []
    at = 0
    for block in blocks:
        start = block.start
        while at < len(cut) and cut[at].start < block.end:
            rest.extend(_piece(block, post.text, start, cut[at].start))
            start = max(start, cut[at].end)
            if start >= block.end:
                break
            at += 1
        rest.extend(_piece(block, post.text, start, block.end))
    return tuple(sorted((*cut, *rest), key=lambda block: block.start))


def _piece(block: Block, text: str, start: int, end: int) -> Iterator[Block]:
    """Yield the part of a block that stands between two places, without blanks around it."""
    held = text[start:end].strip()
    if held:
        start = text.index(held[0], start)
        yield block.replace(start=start, end=start + len(held))
