"""Discourse: the JSON of a topic, or posts of a topic, one a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from argumap.errors import ThreadParseError
from argumap.model import Post, Thread
from argumap.threads._assemble import assemble
from argumap.threads._html import Rendered, render_html
from argumap.threads._reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from argumap.threads._fields import Record
    from argumap.threads._source import Source

__all__ = ["READER", "read", "sniff"]

_LIKE = 2
_SMALL_ACTION = 3


def sniff(source: Source) -> bool:
    """Whether a source is a topic, a post, or a folder of posts."""
    if source.is_folder:
        files = [each for name, each in source.files.items() if name.endswith(".json")]
        return bool(files) and all(_is_known(each.json) for each in files[:3])
    value = source.json
    listed = isinstance(value, dict) and _is_post(next(iter(_latest(value)), None))
    return listed or _is_known(value) or _is_known(source.sample)


def read(source: Source) -> Iterator[Thread]:
    """Yield the topics.

    A post answers the post that the site names; where it names none, the one that it quotes first;
    else the first post of the topic.
    """
    topics: list[Record] = []
    posts: list[Record] = []
    for record in _records(source):
        (topics if "post_stream" in record else posts).append(record)
    for topic in topics:
        yield _topic(source, topic)
    yield from _topics(source, posts)


def _topic(source: Source, root: Record) -> Thread:
    stream = root.record("post_stream")
    posts = list(stream.records("posts"))
    there = {post.ident("id") for post in posts}
    missing = sum(str(number) not in there for number in stream.values("stream"))
    if missing:
        source.note(
            "posts-missing",
            f"{missing} of {missing + len(posts)} posts of the topic are not in the file; a "
            "topic's JSON holds 20, more with ?print=true",
        )
    return _thread(source, posts, root.ident("id"), root.text("title"))


def _records(source: Source) -> Iterator[Record]:
    """Yield the posts and topics of a source."""
    if source.is_folder:
        for name, file in source.files.items():
            if name.endswith(".json"):
                if file.json is None:
                    source.skip(file.broken_json())
                else:
                    yield from _records(file)
    elif isinstance(source.json, dict):
        root = source.root()
        yield from root.records("latest_posts") if "latest_posts" in root else [root]
    else:
        yield from source.records()


def _latest(value: dict[str, Any]) -> list[Any]:
    """Return the posts in an answer of ``/posts.json``."""
    found = value.get("latest_posts")
    return found if isinstance(found, list) else []


def _is_known(value: Any) -> bool:
    return _is_post(value) or (isinstance(value, dict) and "post_stream" in value)


def _is_post(value: Any) -> bool:
    return isinstance(value, dict) and "cooked" in value and "post_number" in value


def _topics(source: Source, posts: Iterable[Record]) -> Iterator[Thread]:
    topics: dict[str | None, list[Record]] = {}
    for post in posts:
        topics.setdefault(post.ident("topic_id"), []).append(post)
    for topic, own in topics.items():
        title = next((post.text("topic_title") for post in own if "topic_title" in post), None)
        yield _thread(source, own, topic, title)


def _thread(
    source: Source, records: Sequence[Record], topic: str | None, title: str | None
) -> Thread:
    posts: list[Post] = []
    quoted: dict[tuple[str, int], str] = {}
    dropped: set[str] = set()
    for record in records:
        try:
            if record.number("post_type") == _SMALL_ACTION:
                dropped.add(record.required("post_number"))
                continue
            cooked, raw = record.text("cooked"), record.text("raw")
            rendered = render_html(cooked) if cooked else Rendered(raw or "", (), (), ())
            post = _post(record, rendered)
        except ThreadParseError as fault:
            source.skip(fault)
            continue
        posts.append(post)
        for start, named in rendered.quoted_posts.items():
            other, _, number = named.rpartition("/")
            if not other or other == topic:
                quoted[post.id, start] = number
    source.notices_left_out(len(dropped))
    # Who answers a notice such as "closed" answers nobody.
    posts = [p.replace(parent_id=None) if p.parent_id in dropped else p for p in posts]
    posts.sort(key=lambda post: int(post.id) if post.id.isdigit() else 0)
    ids = {post.id for post in posts}
    return assemble(
        source,
        READER.name,
        posts,
        thread_id=topic,
        title=title,
        infer="first" if "1" in ids else "before",
        quoted_posts=quoted,
    )


def _post(record: Record, rendered: Rendered) -> Post:
    number = record.required("post_number")
    reply_to = record.ident("reply_to_post_number")
    author = record.text("username")
    version = record.number("version")
    edited = version is not None and version > 1
    gone = record.flag("user_deleted") or record.when("deleted_at") is not None
    # Of a hidden post, visitors are shown a notice instead.
    gone = gone or record.flag("cooked_hidden")
    likes = next(
        (a.number("count") for a in record.records("actions_summary") if a.number("id") == _LIKE),
        None,
    )
    return Post(
        id=number,
        author=author or None,
        author_kind="person" if author else "deleted",
        # A post may not answer itself, though a moved one can say so.
        parent_id=reply_to if reply_to != number else None,
        created_at=record.when("created_at"),
        edited_at=record.when("updated_at") if edited else None,
        text="" if gone else rendered.text,
        blocks=() if gone else rendered.blocks,
        quotes=() if gone else rendered.quotes,
        links=() if gone else rendered.links,
        score=likes,
        removed="author" if record.flag("user_deleted") else "moderator" if gone else None,
        where=record.where,
    )


READER = Reader(name="discourse", title="Discourse topic or posts (JSON)", sniff=sniff, read=read)
