"""Whether a thread is in the language that the extractors without a language model read."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

from argumap.extraction._cues import MARKERS
from argumap.extraction._draft import words_of

if TYPE_CHECKING:
    from argumap.model import Thread

__all__ = ["english_share", "seems_english"]

# Of threads in English, 40 % of the words and more are words of grammar; of other languages in
# Latin letters under 20 %, most of them alike by chance ("in", "on", "so").
_LEAST = 0.2
_FEW, _ENOUGH = 25, 2000


def english_share(thread: Thread) -> float | None:
    """Return the share of a thread's first words that are English words of grammar.

    Returns:
        The share among the first 2,000 words, or None if there are fewer than 25.

    Examples:
        >>> from argumap import Post, Thread
        >>> post = Post(id="p", text="We should move, because the rent went up. " * 4)
        >>> english_share(Thread(posts=(post,)))
        0.625
        >>> english_share(Thread()) is None
        True
    """
    said = chain.from_iterable(words_of(post.text) for post in thread.posts)
    words = list(islice(said, _ENOUGH))
    if len(words) < _FEW:
        return None
    return sum(word in MARKERS for word in words) / len(words)


def seems_english(thread: Thread) -> bool:
    """Return whether a thread may be in English; of a very short one, that cannot be told.

    Examples:
        >>> from argumap import Post, Thread
        >>> post = Post(id="p", text="Wir sollten umziehen, denn die Miete ist gestiegen. " * 4)
        >>> seems_english(Thread(posts=(post,)))
        False
    """
    share = english_share(thread)
    return share is None or share >= _LEAST
