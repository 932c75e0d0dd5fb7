"""Whether a thread is in the language that the extractors without a language model read."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

from argumap.extraction._cues import MARKERS
from argumap.extraction._draft import words_of

if TYPE_CHECKING:
    from argumap.model import Thread

__all__ = ["seems_english"]

# Of threads in English, 40 % of the words and more are words of grammar; of other languages in
# Latin letters under 20 %, most of them alike by chance ("in", "on", "so").
_LEAST = 0.2
_FEW, _ENOUGH = 25, 2000


def seems_english(thread: Thread) -> bool:
    """Return whether a thread may be in English, by its first 2,000 words.

    Of fewer than 25 words that cannot be told: they may be.

    Examples:
        >>> from argumap import Post, Thread
        >>> post = Post(id="p", text="Wir sollten umziehen, denn die Miete ist gestiegen. " * 4)
        >>> seems_english(Thread(posts=(post,)))
        False
        >>> seems_english(Thread())
        True
    """
    said = chain.from_iterable(words_of(post.text) for post in thread.posts)
    words = list(islice(said, _ENOUGH))
    return len(words) < _FEW or sum(word in MARKERS for word in words) >= _LEAST * len(words)
