"""Hacker News: an item of the Algolia API with its children, or items of the Firebase API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap.errors import ThreadParseError
from argumap.model import Post, Thread
from argumap.threads._assemble import assemble
from argumap.threads._fields import Record
from argumap.threads._html import render_html
from argumap.threads._reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.threads._source import Source

__all__ = ["ALGOLIA", "FIREBASE", "read_algolia", "read_firebase"]

_PAGE = "https://news.ycombinator.com/item?id="
_KINDS = frozenset({"story", "comment", "job", "poll", "pollopt"})


def sniff_algolia(source: Source) -> bool:
    """Whether a source is an item with its children, or several of them."""
    value = source.json if isinstance(source.json, dict) else source.sample
    return {"children", "type", "author"} <= set(value)


def read_algolia(source: Source) -> Iterator[Thread]:
    """Yield each item with all that is below it; options of polls are left out with a note."""
    for root in [source.root()] if isinstance(source.json, dict) else source.records():
        yield _item(source, root)


def _item(source: Source, root: Record) -> Thread:
    posts: list[Post] = []
    options = 0
    stack = [root]
    while stack:
        record = stack.pop()
        try:
            if record.text("type") == "pollopt":
                options += 1
            else:
                posts.append(_algolia_post(record, top=record is root))
            children = list(record.records("children"))
        except ThreadParseError as fault:
            source.skip(fault)
            continue
        stack.extend(reversed(children))
    _leave_options(source, options)
    return _thread(source, ALGOLIA.name, posts, root)


def _leave_options(source: Source, count: int) -> None:
    source.left_out("options-left-out", count, "option of a poll", "options of a poll")


def _algolia_post(record: Record, *, top: bool) -> Post:
    author, text = record.text("author"), record.text("text")
    return _post(
        record,
        author=author,
        html=text,
        parent=None if top else record.ident("parent_id"),
        removed=author is None and not text,
        created=("created_at_i", "created_at"),
        score="points",
    )


def sniff_firebase(source: Source) -> bool:
    """Whether the first object is an item."""
    first = source.sample
    if first and "id" not in first and all(isinstance(each, dict) for each in first.values()):
        first = next(iter(first.values()))  # items by their ids
    return str(first.get("type")) in _KINDS and "id" in first and bool({"by", "time"} & set(first))


def read_firebase(source: Source) -> Iterator[Thread]:
    """Yield the threads of a file of items: each story with the comments that are there.

    Children that an item names and the file lacks are counted in `Post.missing_replies`.
    """
    items: dict[str, Record] = {}
    stack = list(source.records() if not isinstance(source.json, dict) else _held(source.root()))
    stack.reverse()
    while stack:
        record = stack.pop()
        try:
            item_id = record.required("id")
            if item_id in items:
                source.note("duplicate-id", f"item {item_id!r} is there twice; the last was kept")
            items[item_id] = record
            # Some programs put the comments themselves where their ids stand.
            stack.extend(reversed(list(_nested(record))))
        except ThreadParseError as fault:
            source.skip(fault)
    threads: dict[str, list[Post]] = {}
    roots: dict[str, str] = {}
    options = 0
    for item_id, record in items.items():
        if record.value.get("type") == "pollopt":
            options += 1
            continue
        try:
            post = _firebase_post(record, items)
        except ThreadParseError as fault:
            source.skip(fault)
            continue
        threads.setdefault(_root(item_id, items, roots), []).append(post)
    _leave_options(source, options)
    for root, posts in threads.items():
        yield _thread(source, FIREBASE.name, _ranked(posts, root, items), items[root])


def _held(root: Record) -> list[Record]:
    """Return the one item of a source, or those that it holds by their ids."""
    return [root] if "id" in root else [root.record(key) for key in root.value if root.value[key]]


def _nested(record: Record) -> Iterator[Record]:
    for number, kid in enumerate(record.values("kids")):
        if isinstance(kid, dict):
            above = {"parent": record.ident("id")}
            pointer = f"{record.pointer}/kids/{number}"
            yield Record({**above, **kid}, record.name, pointer, record.line)


def _kids(record: Record) -> list[str]:
    kids = record.values("kids")
    return [str(kid.get("id") if isinstance(kid, dict) else kid) for kid in kids if kid is not None]


def _firebase_post(record: Record, items: dict[str, Record]) -> Post:
    kids = _kids(record)
    return _post(
        record,
        author=record.text("by"),
        html=record.text("text"),
        parent=record.ident("parent"),
        removed=record.flag("deleted"),
        created=("time",),
        score="score",
        missing=sum(kid not in items for kid in kids),
    )


def _root(item_id: str, items: dict[str, Record], roots: dict[str, str]) -> str:
    """Return the highest item above one that the file holds."""
    path: dict[str, None] = {}
    at = item_id
    while at not in roots and at not in path:
        path[at] = None
        parent = items[at].ident("parent")
        if parent is None or parent not in items:
            break
        at = parent
    root = roots.get(at, at)
    roots.update(dict.fromkeys(path, root))
    return root


def _ranked(posts: list[Post], root: str, items: dict[str, Record]) -> list[Post]:
    """Return the posts in the order in which the site shows them, the rest behind them."""
    waiting = {post.id: post for post in posts}
    ranked: list[Post] = []
    stack = [root]
    while stack:
        post = waiting.pop(stack.pop(), None)
        if post is not None:
            ranked.append(post)
            stack.extend(reversed(_kids(items[post.id])))
    return [*ranked, *waiting.values()]


def _post(
    record: Record,
    *,
    author: str | None,
    html: str | None,
    parent: str | None,
    removed: bool,
    created: tuple[str, ...],
    score: str,
    missing: int = 0,
) -> Post:
    post_id = record.required("id")
    rendered = render_html(html or "")
    return Post(
        id=post_id,
        author=author,
        author_kind="person" if author else "deleted",
        parent_id=parent,
        created_at=record.when(*created),
        title=record.text("title") or None,
        text=rendered.text,
        blocks=rendered.blocks,
        quotes=rendered.quotes,
        links=rendered.links,
        score=record.number(score),
        removed="moderator" if record.flag("dead") else "unknown" if removed else None,
        missing_replies=missing,
        url=_PAGE + post_id,
        where=record.where,
    )


def _thread(source: Source, name: str, posts: list[Post], root: Record) -> Thread:
    root_id = root.required("id")
    if (link := root.text("url")) and posts:
        source.note("link", f"the first post links to {link}", post_id=posts[0].id)
    parent = root.ident("parent") or root.ident("parent_id")
    return assemble(
        source,
        name,
        posts,
        thread_id=root_id,
        title=root.text("title"),
        url=_PAGE + root_id,
        absent_root=parent,
    )


ALGOLIA = Reader(
    name="hn", title="Hacker News item (Algolia)", sniff=sniff_algolia, read=read_algolia
)
FIREBASE = Reader(
    name="hn-firebase",
    title="Hacker News items (Firebase)",
    sniff=sniff_firebase,
    read=read_firebase,
)
