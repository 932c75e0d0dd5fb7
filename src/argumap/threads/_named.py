"""Posts in a text that names their authors: ids, and parents found by quote, address or order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from argumap.model import Block, Inference, Post, Where
from argumap.threads._assemble import BY_NAME, BY_QUOTE
from argumap.threads._markup import mark_up_posts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

__all__ = ["Turn", "posts_of_turns"]

_ADDRESSED = re.compile(r"\s*@?(?P<name>\w[\w .'’-]{0,39}?)\s*[,:]\s|\s*@(?P<at>[\w.-]+)")


@dataclass(frozen=True)
class Turn:
    """What somebody said, as the text has it.

    Attributes:
        author: The name, or None.
        text: The words.
        line: The line at which they begin.
        created_at: When it was said.
        machine: Whether the words are those of the program, such as a picture's place.
        removed: Whether the words were taken back.
    """

    author: str | None
    text: str
    line: int
    created_at: datetime | None = None
    machine: bool = False
    removed: bool = False


def posts_of_turns(turns: Sequence[Turn], *, by_order: float = 0.5) -> tuple[Post, ...]:
    """Return the turns as posts, marked up, each with the post that it most likely answers.

    That is the post that it quotes first; else the latest post of the person whom it addresses at
    its beginning; else the post before it.

    Args:
        turns: The turns.
        by_order: Confidence that a turn answers the one before it. The default lies between what
            was found in a forum without branches (.64) and in a busy chat (.29).
    """
    posts = mark_up_posts(
        [
            Post(
                id=f"p{number}",
                author=turn.author,
                created_at=turn.created_at,
                text=turn.text,
                blocks=_machine(turn.text) if turn.machine else (),
                removed="author" if turn.removed else None,
                where=Where(line=turn.line),
            )
            for number, turn in enumerate(turns, 1)
        ]
    )
    latest: dict[str, str] = {}
    linked = []
    for number, post in enumerate(posts):
        if number:
            parent, inference = _parent(post, posts[number - 1].id, latest, by_order)
            post = post.replace(parent_id=parent, parent_inference=inference)  # noqa: PLW2901
        linked.append(post)
        if post.author is not None:
            latest[post.author.casefold()] = post.id
    return tuple(linked)


def _machine(text: str) -> tuple[Block, ...]:
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    return (Block(kind="boilerplate", start=start, end=end),) if start < end else ()


def _parent(
    post: Post, before: str, latest: dict[str, str], by_order: float
) -> tuple[str, Inference]:
    for quote in post.quotes:
        if quote.source is not None:
            return quote.source.post_id, Inference(basis="quote", confidence=BY_QUOTE)
        if quote.author is not None and quote.author.casefold() in latest:
            found = latest[quote.author.casefold()]
            return found, Inference(basis="quote", confidence=BY_QUOTE)
    own = (post.author or "").casefold()
    if addressed := _ADDRESSED.match(post.text[:80]):
        name = (addressed["name"] or addressed["at"]).casefold()
        if name in latest and name != own:
            return latest[name], Inference(basis="cue", confidence=BY_NAME)
    return before, Inference(basis="order", confidence=by_order)
