"""What all forms of GitHub data have in common: an issue, a comment or a review as a post."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap.model import Post
from argumap.threads._comments import without_comments
from argumap.threads._html import Rendered, render_html

if TYPE_CHECKING:
    from argumap.threads._fields import Record
    from argumap.threads._source import Source

__all__ = ["body_of", "login_of", "note_empty_review", "post_of"]


def post_of(
    record: Record,
    post_id: str,
    parent: str | None,
    *,
    title: str | None = None,
    by: Record | None = None,
) -> Post:
    """Return an issue, pull request, discussion, comment or review as a post.

    Args:
        record: The fields, named as in the REST API or as in GraphQL.
        post_id: The id to give it.
        parent: The post that it answers, where the source says so.
        title: Its title.
        by: What names the author, where the object itself does not.

    Raises:
        ThreadParseError: A field is of a wrong type.
    """
    author, bot = login_of(by or record)
    hidden = record.flag("isMinimized") or record.when("deletedAt") is not None
    body = body_of(record)
    return Post(
        id=post_id,
        author=author,
        author_kind="deleted" if author is None else "bot" if bot else "person",
        parent_id=parent,
        created_at=record.when("created_at", "createdAt", "submitted_at", "submittedAt"),
        edited_at=record.when("lastEditedAt"),
        title=title,
        text=body.text,
        blocks=body.blocks,
        quotes=body.quotes,
        links=body.links,
        score=_upvotes(record),
        removed="moderator" if hidden and not body.text else None,
        url=record.text("html_url") or record.text("url"),
        where=record.where,
    )


def note_empty_review(source: Source, post: Post) -> None:
    """Tell that a review without words was left out."""
    who = post.author or "somebody"
    source.note("review-left-out", f"a review by {who} without words was left out")


def login_of(record: Record) -> tuple[str | None, bool]:
    """Return who wrote something, and whether that is a bot; None for an account that is gone."""
    for key in ("user", "author"):
        found = record.value.get(key)
        if isinstance(found, str):
            return found or None, found.endswith("[bot]")
        if isinstance(found, dict):
            user = record.record(key)
            login = user.text("login")
            kind = user.text("type") or user.text("__typename")
            bot = kind == "Bot" or user.flag("is_bot") or (login or "").endswith("[bot]")
            return login or None, bot
    return None, False


def body_of(record: Record) -> Rendered:
    """Return a body without the comments of a template; as text or HTML if that was asked for."""
    said = record.text("body") or record.text("bodyText") or record.text("body_text")
    if said is None and (page := record.text("bodyHTML") or record.text("body_html")):
        return render_html(page)
    return Rendered(without_comments(said or "").strip(), (), (), ())


def _upvotes(record: Record) -> float | None:
    """Return thumbs up, or upvotes of a discussion."""
    if isinstance(record.value.get("reactions"), dict):
        return record.record("reactions").number("+1")
    for group in record.records("reactionGroups"):
        if group.text("content") == "THUMBS_UP":
            return group.record("users").number("totalCount")
    return record.number("upvoteCount")
