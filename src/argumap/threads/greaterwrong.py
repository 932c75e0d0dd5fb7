"""GreaterWrong: the saved HTML page of an article and its comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap.threads._assemble import assemble
from argumap.threads._fields import moment
from argumap.threads._page import classes_of, found_in
from argumap.threads._reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from argumap.model import Thread
    from argumap.threads._page import Found, Part
    from argumap.threads._source import Source

__all__ = ["READER", "read", "sniff"]


def sniff(source: Source) -> bool:
    """Whether a source is a page with such comments."""
    if source.page_title is None or source.size > source.limit:
        return False
    data = source.data
    return b"comment-thread" in data and b"comment-meta" in data and b"comment-body" in data


def read(source: Source) -> Iterator[Thread]:
    """Yield the thread of the page; a comment answers the one that its list stands under.

    The article is the first post, where the page holds it. Pages that show the comments in order
    of time say in a link whom each answers.
    """
    article, comments = found_in(source.text, _part)
    posts = []
    if article.html:
        article.id = "article"
        posts.append(article.post(None))
    else:
        source.note("root-missing", "the article is not in the page")
    top = article.id
    for number, each in enumerate(comments, 1):
        each.id = (each.id or f"p{number}").removeprefix("comment-")
    for each in comments:
        parent = each.answers or (each.above.id if each.above else top)
        posts.append(each.post(parent))
    title = posts[0].title if posts else None
    yield assemble(source, READER.name, posts, title=title or source.page_title)


def _part(tag: str, given: Mapping[str, str], at: Found) -> Part | None:
    classes = classes_of(given)
    if tag == "li" and "comment-item" in classes:
        return "comment"
    at.removed = at.removed or "deleted-comment" in classes
    if "comment-parent-link" in classes:
        at.answers = given.get("href", "").rpartition("#comment-")[2] or None
    if "date" in classes and given.get("data-js-date", "").isdecimal():
        at.time = at.time or moment(int(given["data-js-date"]) / 1000)
    if "author" in classes:
        return "author"
    if ("post-body" if at.is_article else "comment-body") in classes:
        return "body"
    return "title" if "post-title" in classes and at.is_article else None


READER = Reader(name="greaterwrong", title="GreaterWrong page (HTML)", sniff=sniff, read=read)
