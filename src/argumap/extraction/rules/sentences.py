"""Every sentence of the author's own is a unit, to begin with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import sentencex

from argumap.extraction._draft import Draft, DraftPost, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["OWN", "find_sentences"]

# The library takes a run of marks for the middle of a sentence.
_RUN = re.compile(r"(?<=[!?]{2})\s+(?=[^\W_a-z])|(?<=[.!?][)\"”])\s+(?=[A-Z])")
# What the author wrote; quotes, code, signatures and the like are not his argument.
OWN = frozenset({"text", "item", "intro", "heading"})


def find_sentences(draft: Draft) -> None:
    """Cut the author's own blocks into sentences."""
    for post in draft.posts:
        post.units = [
            Unit(post.number, start, end, post.post.text[start:end], sentence, block)
            for sentence, (start, end, block) in enumerate(_sentences(post))
        ]


def _sentences(post: DraftPost) -> Iterator[tuple[int, int, int]]:
    text = post.post.text
    for number, block in enumerate(post.post.blocks):
        if block.kind not in OWN:
            continue
        for found in sentencex.get_sentence_boundaries("en", text[block.start : block.end]):
            start = block.start + found["start_index"]
            end = block.start + found["end_index"]
            words = text[start:end]
            start += len(words) - len(words.lstrip())
            end -= len(words) - len(words.rstrip())
            for cut in _RUN.finditer(text, start, end):
                yield start, cut.start(), number
                start = cut.end()
            if start < end:
                yield start, end, number
