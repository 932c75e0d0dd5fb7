"""StackExchange: questions with answers and comments, as the API gives them."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from argumap.errors import ThreadParseError
from argumap.model import Inference, Post, Thread
from argumap.threads._assemble import assemble
from argumap.threads._html import Rendered, render_html
from argumap.threads._reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from argumap.threads._fields import Record
    from argumap.threads._source import Source

__all__ = ["READER", "answered_by_name", "read", "sniff"]

_NAMED = re.compile(r"@(?P<name>[\w.-]+)")
# Not measured, but higher than elsewhere: the site sends the comment to that person.
_BY_NAME = 0.8


def sniff(source: Source) -> bool:
    """Whether a source is an answer of the API that holds questions, answers or comments."""
    value = source.json
    if isinstance(value, dict) and isinstance(value.get("items"), list):
        first = next(iter(value["items"]), None)
        return "quota_remaining" in value or (isinstance(first, dict) and _is_one(first))
    return _is_one(value if isinstance(value, dict) else source.sample)


def _is_one(value: Mapping[str, Any]) -> bool:
    asked = {"question_id", "title", "owner"} <= set(value)
    return asked or {"owner", "post_id", "comment_id"} <= set(value)


def read(source: Source) -> Iterator[Thread]:
    """Yield the questions. Answers answer the question, comments the post they stand under.

    A comment that begins with ``@name`` answers the latest comment of that name above it. Answers
    and comments that come without their question are put together by the post they belong to.
    """
    apart: dict[str, list[Post]] = {}
    bare = others = 0
    for record in _items(source):
        try:
            bare += "body" not in record and "body_markdown" not in record
            if "answer_id" in record and "question_id" in record:
                question = f"q{record.required('question_id')}"
                name = f"a{record.required('answer_id')}"
                own = [_post(record, name, question), *_comments(source, record, name)]
                apart.setdefault(question, []).extend(own)
            elif "question_id" in record:
                yield _thread(source, record)
            elif "comment_id" in record:
                above = record.required("post_id")
                post = _post(record, f"c{record.required('comment_id')}", above)
                apart.setdefault(above, []).append(post)
            else:
                others += 1
        except ThreadParseError as fault:
            source.skip(fault)
    if bare:
        told = f"{bare} posts come without their text; ask the API with filter=withbody"
        source.note("text-missing", told)
    if others:
        source.note("items-left-out", f"{others} items are no question, answer or comment")
    for above, posts in apart.items():
        yield assemble(
            source,
            READER.name,
            answered_by_name(posts),
            thread_id=above,
            absent_root=above,
        )


def _items(source: Source) -> Iterator[Record]:
    if not isinstance(source.json, dict):
        yield from source.records()
        return
    root = source.root()
    if root.flag("has_more"):
        source.note("more-pages", "the API has more pages of this answer (has_more)")
    yield from root.records("items") if "items" in root else [root]


def _thread(source: Source, question: Record) -> Thread:
    number = question.required("question_id")
    title = html.unescape(question.text("title") or "")
    posts = [_post(question, f"q{number}", None, title=title or None)]
    posts += _comments(source, question, f"q{number}")
    for answer in question.records("answers"):
        try:
            name = f"a{answer.required('answer_id')}"
            posts.append(_post(answer, name, f"q{number}"))
        except ThreadParseError as fault:
            source.skip(fault)
            continue
        posts += _comments(source, answer, name)
    return assemble(
        source,
        READER.name,
        posts,
        thread_id=number,
        title=title,
        url=question.text("link"),
    )


def answered_by_name(comments: Iterable[Post]) -> list[Post]:
    """Return the comments under a post; one that begins with ``@name`` answers that person's."""
    linked: list[Post] = []
    latest: dict[str, str] = {}
    for post in comments:
        named = _NAMED.match(post.text)
        to = latest.get(_short(named["name"])) if named else None
        inference = Inference(basis="cue", confidence=_BY_NAME)
        linked.append(post.replace(parent_id=to, parent_inference=inference) if to else post)
        if post.author:
            latest[_short(post.author)] = post.id
    return linked


def _comments(source: Source, record: Record, above: str) -> list[Post]:
    comments: list[Post] = []
    for comment in record.records("comments"):
        try:
            comments.append(_post(comment, f"c{comment.required('comment_id')}", above))
        except ThreadParseError as fault:
            source.skip(fault)
    return answered_by_name(comments)


def _short(name: str) -> str:
    """Return a name as the site compares it after ``@``: without spaces and case."""
    return "".join(name.split()).casefold()


def _post(record: Record, post_id: str, parent: str | None, *, title: str | None = None) -> Post:
    owner = record.record("owner")
    author = html.unescape(owner.text("display_name") or "") or None
    gone = author is None or owner.text("user_type") == "does_not_exist"
    rendered = _rendered(record)
    return Post(
        id=post_id,
        author=author,
        author_kind="deleted" if gone else "person",
        parent_id=parent,
        created_at=record.when("creation_date"),
        edited_at=record.when("last_edit_date"),
        title=title,
        text=rendered.text,
        blocks=rendered.blocks,
        quotes=rendered.quotes,
        links=rendered.links,
        score=record.number("score"),
        url=record.text("link") or None,
        where=record.where,
    )


def _rendered(record: Record) -> Rendered:
    markdown = record.text("body_markdown")
    if markdown is not None:
        return Rendered(html.unescape(markdown).replace("\r\n", "\n").strip(), (), (), ())
    return render_html(record.text("body") or "")


READER = Reader(name="stackexchange", title="StackExchange questions (API)", sniff=sniff, read=read)
