"""A reply bears on the post that it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap.extraction._draft import Link

if TYPE_CHECKING:
    from argumap.extraction._draft import Draft

__all__ = ["link_replies"]


def link_replies(draft: Draft) -> None:
    """Link the first unit of a reply to the first unit of the post that it answers."""
    for post in draft.posts:
        if post.parent is None or not post.units:
            continue
        parent = draft.posts[post.parent]
        if parent.units:
            post.units[0].links.append(Link(parent.units[0], "rebuttal", "replies"))
