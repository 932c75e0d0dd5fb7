"""ForumMagnum (LessWrong, EA Forum, Alignment Forum): comments as its GraphQL API gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from argumap.errors import ThreadParseError
from argumap.model import Post, Thread
from argumap.threads._assemble import assemble
from argumap.threads._fields import Record
from argumap.threads._html import Rendered, render_html
from argumap.threads._reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from argumap.threads._source import Source

__all__ = ["READER", "in_order", "post_of", "read", "sniff"]


_BELOW = ("comments", "children", "latestChildren")


def sniff(source: Source) -> bool:
    """Whether a source is an answer with comments or posts of such a forum, or a list of them."""
    value = source.json
    if '"_id"' not in source.head:
        return False
    if isinstance(value, list) or not value:
        return _is_one(source.sample)
    held = value.get("data", value) if isinstance(value, dict) else None
    return isinstance(held, dict) and next(_found(Record(held)), None) is not None


def read(source: Source) -> Iterator[Thread]:
    """Yield the discussion of each post; comments in order of time.

    The article itself is there if the query asked for it too, as ``post``.
    """
    threads: dict[str, list[Post]] = {}
    titles: dict[str, str | None] = {}
    apart: list[Post] = []
    for record in _records(source):
        try:
            post, thread_id = post_of(record)
            if "parentCommentId" in record and record.ident("postId") is None:
                apart.append(post)
                continue
        except ThreadParseError as fault:
            source.skip(fault)
            continue
        threads.setdefault(thread_id, []).append(post)
        titles[thread_id] = titles.get(thread_id) or post.title
    if apart:
        # The query did not ask for the article of a comment.
        only = next(iter(threads)) if len(threads) == 1 else "comments"
        held = {post.id for post in threads.setdefault(only, [])}
        titles.setdefault(only, None)
        above = only if only in held else None
        threads[only] += [p if p.parent_id else p.replace(parent_id=above) for p in apart]
    for thread_id, posts in threads.items():
        yield assemble(
            source,
            READER.name,
            in_order(posts, thread_id),
            thread_id=thread_id,
            title=titles[thread_id],
            absent_root=thread_id,
        )


def in_order(posts: Iterable[Post], root: str) -> list[Post]:
    """Return the article, then the comments in order of time."""
    return sorted(
        posts,
        key=lambda post: (
            post.id != root,
            post.created_at.timestamp() if post.created_at else 0.0,
        ),
    )


def _is_one(value: Mapping[str, Any]) -> bool:
    known = "parentCommentId" in value or "postedAt" in value
    return known and isinstance(value.get("_id"), str)


def _records(source: Source) -> Iterator[Record]:
    if isinstance(source.json, dict):
        yield from _found(source.root())
    else:
        yield from source.records()


def _found(record: Record) -> Iterator[Record]:
    """Yield the articles and comments in an object, at any depth."""
    stack = [record]
    while stack:
        at = stack.pop()
        held: Iterable[str] = at.value
        if _is_one(at.value):
            yield at
            # What else it holds are outlines of its article and of the comment above.
            held = [key for key in _BELOW if key in at.value]
        below: list[Record] = []
        for key in held:
            value = at.value[key]
            for number, each in enumerate(value if isinstance(value, list) else [value]):
                if isinstance(each, dict):
                    pointer = f"{at.pointer}/{key}"
                    pointer += f"/{number}" if isinstance(value, list) else ""
                    below.append(Record(each, at.name, pointer))
        stack.extend(reversed(below))


def post_of(record: Record) -> tuple[Post, str]:
    """Return a comment or an article, and the id of the article."""
    post_id = record.required("_id")
    article = record.ident("postId")
    thread_id = article or post_id
    user = record.record("user")
    author = user.text("displayName") or user.text("username") or user.text("slug")
    if author is None and isinstance(record.value.get("author"), str):
        author = record.text("author") or None
    deleted = record.flag("deleted") or record.flag("deletedPublic")
    rendered = Rendered("", (), (), ()) if deleted else _rendered(record)
    edited = record.when("lastEditedAt")
    created = record.when("postedAt", "createdAt")
    return (
        Post(
            id=post_id,
            author=author,
            author_kind="person" if author else "deleted",
            # A comment at the top answers the article.
            parent_id=record.ident("parentCommentId") or article,
            created_at=created,
            edited_at=edited if edited != created else None,
            title=record.text("title"),
            text=rendered.text,
            blocks=rendered.blocks,
            quotes=rendered.quotes,
            links=rendered.links,
            score=record.number("baseScore"),
            removed="unknown" if deleted else None,
            retracted=record.flag("retracted"),
            url=record.text("pageUrl"),
            where=record.where,
        ),
        thread_id,
    )


def _rendered(record: Record) -> Rendered:
    contents = record.record("contents")
    html = record.text("htmlBody") or contents.text("html")
    if html:
        return render_html(html)
    text = contents.text("markdown") or contents.text("plaintextMainText")
    return Rendered((text or "").strip(), (), (), ())


READER = Reader(
    name="forummagnum",
    title="LessWrong, EA Forum (ForumMagnum GraphQL)",
    sniff=sniff,
    read=read,
)
