"""What all forms of Reddit data have in common: one comment or submission as a post."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Literal

from argumap.model import Block, Post, Quote

if TYPE_CHECKING:
    from argumap.threads._fields import Record

__all__ = ["base36", "post_of", "unescaped"]

_BOTS = frozenset({"automoderator", "deltabot", "remindmebot", "sneakpeekbot", "autotldr"})
# With or without a reason, such as "in response to a copyright notice".
_REMOVED = re.compile(r"\[ ?removed by reddit\b[^\[\]\n]{0,100}\]", re.IGNORECASE)
_RAW_QUOTE = re.compile(r"^ {0,3}>", re.MULTILINE)


def post_of(record: Record, kind: str, parent: str | None = None, missing: int = 0) -> Post:
    """Return a comment (``t1``) or submission (``t3``) as a post.

    Args:
        record: The fields, as every form of Reddit data has them.
        kind: ``t1`` or ``t3``.
        parent: The post above it in the tree, for captures that leave `parent_id` out.
        missing: Replies to it that the source leaves out.

    Raises:
        ThreadParseError: A field is of a wrong type, or the id is missing.
    """
    post_id = record.ident("name") or f"{kind}_{record.required('id')}"
    text, removed = _text(record, "body" if kind == "t1" else "selftext")
    author = record.text("author")
    gone = author in {None, "", "[deleted]", "[removed]"}
    bot = not gone and author is not None and author.lower() in _BOTS
    permalink = record.text("permalink")
    edited = record.value.get("edited")
    blocks, quotes, text = _crosspost(record, text)
    return Post(
        id=post_id,
        author=None if gone else author,
        author_kind="deleted" if gone else "bot" if bot else "person",
        parent_id=(_parent(record) or parent) if kind == "t1" else None,
        created_at=record.when("created_utc", "created"),
        edited_at=None if edited is None or isinstance(edited, bool) else record.when("edited"),
        title=unescaped(record.text("title") or "") or None,
        text=text,
        blocks=blocks,
        quotes=quotes,
        score=record.number("score"),
        removed=removed,
        missing_replies=missing,
        url=f"https://www.reddit.com{permalink}" if permalink else None,
        where=record.where,
    )


def unescaped(text: str) -> str:
    """Return Markdown as its author wrote it.

    Reddit escapes ``<``, ``>`` and ``&`` unless it was asked not to. Text in which a quote mark
    stands as itself is not escaped.
    """
    if "&" not in text or _RAW_QUOTE.search(text):
        return text
    return html.unescape(text)


def _parent(record: Record) -> str | None:
    found = record.value.get("parent_id")
    # Very old dumps have the number that the base-36 id stands for.
    if isinstance(found, int) and not isinstance(found, bool):
        return f"t1_{base36(found)}"
    return record.ident("parent_id")


def base36(number: int) -> str:
    """Return a number as Reddit writes ids."""
    digits = ""
    number = abs(number)
    while number:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits or "0"


def _text(record: Record, key: str) -> tuple[str, Literal["author", "moderator", "unknown"] | None]:
    text = record.text(key) or ""
    if text.strip() == "[deleted]":
        return "", "author"
    if text.strip() == "[removed]" or _REMOVED.fullmatch(text.strip()):
        by = record.text("removed_by_category") if "removed_by_category" in record else None
        return "", "author" if by in {"deleted", "author"} else "moderator"
    return unescaped(text).strip(), None


def _crosspost(record: Record, text: str) -> tuple[tuple[Block, ...], tuple[Quote, ...], str]:
    """Return the text of the post that a crosspost shows, as a quote."""
    first = next(record.records("crosspost_parent_list"), None)
    if text or first is None:
        return (), (), text
    shown = unescaped(first.text("selftext") or "").strip()
    if not shown:
        return (), (), text
    block = Block(kind="quote", start=0, end=len(shown), depth=1)
    return (block,), (Quote(start=0, end=len(shown), author=first.text("author")),), shown
