"""GreaterWrong: the saved HTML page of an article and its comments."""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from argumap.model import Post
from argumap.threads._assemble import assemble
from argumap.threads._html import parsable, render_html
from argumap.threads._reader import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.model import Thread
    from argumap.threads._source import Source

__all__ = ["READER", "read", "sniff"]


def sniff(source: Source) -> bool:
    """Whether a source is a page with such comments."""
    if source.page_title is None or source.size > source.limit or not source.is_on_disk:
        return False
    data = source.data
    return b"comment-thread" in data and b"comment-meta" in data and b"comment-body" in data


def read(source: Source) -> Iterator[Thread]:
    """Yield the thread of the page; a comment answers the one that its list stands under."""
    page = _Page()
    page.feed(parsable(source.text))
    page.close()
    posts = []
    for number, found in enumerate(page.found, 1):
        rendered = render_html("".join(found.html))
        author = "".join(found.author).strip() or None
        posts.append(
            Post(
                id=f"p{number}",
                author=author,
                author_kind="person" if author else "deleted",
                parent_id=None if found.parent is None else f"p{found.parent}",
                text=rendered.text,
                blocks=rendered.blocks,
                quotes=rendered.quotes,
                links=rendered.links,
            )
        )
    source.note("article-left-out", "the article of the page is left out; its comments are read")
    yield assemble(source, READER.name, posts, title=source.page_title)


class _Found:
    """A comment, as far as it was seen."""

    def __init__(self, parent: int | None) -> None:
        self.parent = parent
        self.author: list[str] = []
        self.html: list[str] = []


class _Page(HTMLParser):
    """Collects the comments: author, HTML, number of the comment above."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[_Found] = []
        self._lists: list[int | None] = []
        self._uls: list[bool] = []
        self._above: int | None = None
        self._body = 0
        self._naming = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = set((dict(attrs).get("class") or "").split())
        if self._body:
            self._body += tag == "div"
            self.found[-1].html.append(self.get_starttag_text() or "")
        elif tag == "ul":
            self._uls.append("comment-thread" in classes)
            if self._uls[-1]:
                self._lists.append(self._above)
        elif tag == "div" and "comment" in classes and self._lists:
            self.found.append(_Found(self._lists[-1]))
            self._above = len(self.found)
        elif tag == "a" and "author" in classes and self.found and not self.found[-1].author:
            self._naming = True
        elif tag == "div" and "comment-body" in classes and self.found:
            self._body = 1

    def handle_endtag(self, tag: str) -> None:
        if self._body:
            self._body -= tag == "div"
            if self._body:
                self.found[-1].html.append(f"</{tag}>")
        elif tag == "a":
            self._naming = False
        elif tag == "ul" and self._uls and self._uls.pop():
            self._above = self._lists.pop()

    def handle_data(self, data: str) -> None:
        if self._body:
            self.found[-1].html.append(escape(data, quote=False))
        elif self._naming:
            self.found[-1].author.append(data)


READER = Reader(name="greaterwrong", title="GreaterWrong page (HTML)", sniff=sniff, read=read)
