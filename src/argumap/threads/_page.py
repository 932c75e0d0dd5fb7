"""Saved pages of forums: the article and the comments, as far as their HTML shows them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Literal

from argumap.model import Post
from argumap.threads._fields import moment
from argumap.threads._html import VOID, parsable, render_html

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

__all__ = ["Found", "Part", "classes_of", "found_in"]

Part = Literal["comment", "author", "body", "title"]
"""What an element of a page is, where it is one of these."""


@dataclass
class Found:
    """The article or a comment, as far as it was seen.

    Attributes:
        above: The comment that it stands under; None at the top.
        id: Its id, where the page has one.
        author: Parts of the name.
        html: Parts of the HTML of its text; empty where the page does not show it.
        title: Parts of the title.
        time: When it was written.
        answers: Id of the comment that it answers, where a link says so.
        removed: Whether it is shown as gone.
        is_article: Whether it is the article.
    """

    above: Found | None = None
    id: str | None = None
    author: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    title: list[str] = field(default_factory=list)
    time: datetime | None = None
    answers: str | None = None
    removed: bool = False
    is_article: bool = False

    def post(self, parent: str | None) -> Post:
        """Return it as a post; it must have an id."""
        rendered = render_html("" if self.removed else "".join(self.html))
        author = " ".join("".join(self.author).split()) or None
        gone = author is None or author == "[deleted]"
        return Post(
            id=self.id or "",
            author=None if gone else author,
            author_kind="deleted" if gone else "person",
            parent_id=parent,
            created_at=self.time,
            title=" ".join("".join(self.title).split()) or None,
            text=rendered.text,
            blocks=rendered.blocks,
            quotes=rendered.quotes,
            links=rendered.links,
            removed="unknown" if self.removed else None,
        )


def found_in(
    html: str, part_of: Callable[[str, Mapping[str, str], Found], Part | None]
) -> tuple[Found, list[Found]]:
    """Return the article of a page and its comments, in the order of the page.

    Args:
        html: The page.
        part_of: Says what an element is, from its tag, its attributes and what it stands in: a
            comment, else the article. It may also set what it learns of that.
    """
    page = _Page(part_of)
    page.feed(parsable(html))
    page.close()
    return page.article, page.comments


def classes_of(given: Mapping[str, str]) -> list[str]:
    """Return the classes of an element."""
    return given.get("class", "").split()


class _Page(HTMLParser):
    """Collects what stands in the parts; an element is open until as many of its tag are closed."""

    def __init__(self, part_of: Callable[[str, Mapping[str, str], Found], Part | None]) -> None:
        super().__init__(convert_charrefs=True)
        self.article = Found(is_article=True)
        self.comments: list[Found] = []
        self._part_of = part_of
        self._open: Counter[str] = Counter()
        self._nested: list[tuple[str, int, Found]] = []
        # The element whose text is taken, and where to: its tag, how many of them were open.
        self._taking: tuple[str, int] | None = None
        self._into: list[str] = []
        self._outside = self._open
        self._raw = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self._open[tag] += 1
        if self._taking is not None:
            if self._raw:
                self._into.append(self.get_starttag_text() or "")
            return
        given = {name: value or "" for name, value in attrs}
        inside = self._nested[-1][2] if self._nested else None
        at = inside or self.article
        part = self._part_of(tag, given, at)
        if tag == "time" and at.time is None and given.get("datetime"):
            at.time = moment(given["datetime"])
        if part == "comment":
            comment = Found(above=inside, id=given.get("id") or None)
            self.comments.append(comment)
            self._nested.append((tag, self._open[tag], comment))
        elif part is not None and tag not in VOID:
            into = {"author": at.author, "title": at.title, "body": at.html}[part]
            if not into:
                self._taking, self._into = (tag, self._open[tag]), into
                self._outside = self._open.copy()
                self._raw = part == "body"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open[tag]:
            return
        if self._taking == (tag, self._open[tag]):
            # List items in it may have no end.
            self._taking, self._open = None, self._outside
        elif self._taking is not None and self._raw:
            self._into.append(f"</{tag}>")
        if self._nested and self._nested[-1][:2] == (tag, self._open[tag]):
            self._nested.pop()
        self._open[tag] -= 1

    def handle_data(self, data: str) -> None:
        if self._taking is not None:
            self._into.append(escape(data, quote=False) if self._raw else data)
