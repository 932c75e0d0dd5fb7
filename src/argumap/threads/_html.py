"""HTML of a post as plain text, with its blocks, quotes and links."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from argumap.model import Block, Link, Quote
from argumap.threads._html_pieces import Piece, by_marks, find_kinds

if TYPE_CHECKING:
    from argumap.threads._lines import Kind

__all__ = ["VOID", "Rendered", "parsable", "render_html"]

_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div"),
        *("dl", "dt", "fieldset", "figure", "footer", "form", "header", "hr", "html", "li"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "main", "nav", "ol", "p", "pre", "section"),
        *("summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    )
)
VOID = frozenset(
    (
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"),
        *("source", "track", "wbr"),
    )
)
_DROPPED = frozenset(
    (
        *("button", "head", "iframe", "noscript", "object", "script", "select", "style"),
        *("svg", "template"),
    )
)
# Classes of elements that are made by a forum's software: titles of quotes, previews of links.
_DROPPED_CLASSES = frozenset({"onebox", "meta", "quote-controls", "cooked-selection-barrier"})
_QUOTE_CLASSES = frozenset({"gmail_quote", "moz-cite-prefix", "yahoo_quoted"})
_SIGNATURE_CLASSES = frozenset({"gmail_signature", "moz-signature", "signature"})
# The standard parser looks for the end of each unclosed tag anew: thousands take it minutes.
_UNCLOSED = re.compile(r"<(?![^<>]*>)")
_MOST_UNCLOSED = 200
_SPACE = re.compile(r"[ \t\n\r\f]+")


@dataclass(frozen=True)
class Rendered:
    """A post's HTML as text.

    Attributes:
        text: The text, without marks for quotes, lists and headings: these are blocks.
        blocks: The blocks, in order.
        quotes: The quotes, one for each paragraph, without source.
        links: The links that have a text.
        quoted_posts: For quotes whose HTML names the post: start of the quote to the post.
    """

    text: str
    blocks: tuple[Block, ...]
    quotes: tuple[Quote, ...]
    links: tuple[Link, ...]
    quoted_posts: dict[int, str] = field(default_factory=dict)


def render_html(html: str) -> Rendered:
    r"""Return HTML as plain text, with its blocks, quotes and links.

    Paragraphs are divided by a blank line, list items and lines by a line end. Quotes are
    ``blockquote`` elements, those of mail programs, and lines that begin with ``>``. Linear.

    Examples:
        >>> rendered = render_html("<blockquote>Hens?</blockquote><p>Yes,<br>hens.")
        >>> rendered.text
        'Hens?\n\nYes,\nhens.'
        >>> [block.kind for block in rendered.blocks]
        ['quote', 'text']
    """
    parser = _Walker()
    parser.feed(parsable(html))
    parser.close()
    return parser.rendered()


def parsable(html: str) -> str:
    """Return HTML that the standard parser reads in linear time."""
    if len(_UNCLOSED.findall(html)) > _MOST_UNCLOSED:
        return _UNCLOSED.sub("&lt;", html)
    return html


@dataclass
class _Open:
    """An open element, and what it does to the text in it."""

    tag: str
    dropped: bool = False
    quote: bool = False
    item: bool = False
    kind: Kind | None = None
    author: str | None = None
    post: str | None = None


class _Walker(HTMLParser):
    """Collects text in a buffer; each beginning or end of a block element closes a piece."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._stack: list[_Open] = []
        self._open: Counter[str] = Counter()
        # The element of the open link, and where in the buffer the link begins and leads to.
        self._linking: _Open | None = None
        self._link = (0, "")
        self._dropping = 0
        self._quotes = self._pre = self._lists = self._items = 0
        self._kinds: list[Kind] = []
        self._authors: list[tuple[str | None, str | None]] = []
        self._group = -1
        self._done: list[str] = []
        self._length = 0
        self._buffer: list[str] = []
        self._size = 0
        self._links: list[tuple[int, int, str]] = []
        self._waiting: list[tuple[int, int, str]] = []
        self._pieces: list[Piece] = []

    # Events

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._append("\n")
            return
        given = {name: value or "" for name, value in attrs}
        if tag == "img":
            if "emoji" in given.get("class", "") and not self._dropping:
                self._append(given.get("alt", ""))
            return
        if tag in _BLOCKS:
            self._flush()
            if self._stack and self._stack[-1].tag == "p":
                self._pop()
            if tag == "li" and self._stack and self._stack[-1].tag == "li":
                self._pop()
        if tag not in VOID:
            self._push(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._flush()
        if not self._open[tag]:
            return
        while self._stack:
            if self._pop() == tag:
                return

    def handle_data(self, data: str) -> None:
        self._append(data)

    # Elements

    def _push(self, tag: str, given: dict[str, str]) -> None:
        classes = set(given.get("class", "").split())
        opened = _Open(tag)
        quoting = tag == "aside" and "quote" in classes
        opened.dropped = (
            tag in _DROPPED
            or bool(classes & _DROPPED_CLASSES)
            or (tag == "div" and "title" in classes and any(e.post for e in self._stack[-2:]))
        )
        opened.quote = tag == "blockquote" or bool(classes & _QUOTE_CLASSES)
        opened.item = tag in {"li", "dd"}
        if classes & _SIGNATURE_CLASSES:
            opened.kind = "signature"
        elif tag == "pre":
            opened.kind = "code"
        elif tag == "table":
            opened.kind = "table"
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            opened.kind = "heading"
        if quoting:
            opened.author = given.get("data-username") or None
            opened.post = given.get("data-post") or "?"
            if given.get("data-topic"):
                opened.post = f"{given['data-topic']}/{opened.post}"
        if tag == "a" and given.get("href"):
            # A link does not hold another: the next one ends it.
            self._end_link()
            self._linking, self._link = opened, (self._size, given["href"])
        self._stack.append(opened)
        self._open[tag] += 1
        self._count(opened, 1)

    def _pop(self) -> str:
        closed = self._stack.pop()
        self._open[closed.tag] -= 1
        if closed is self._linking:
            self._end_link()
        self._count(closed, -1)
        return closed.tag

    def _end_link(self) -> None:
        start, url = self._link
        if self._linking is not None and not self._dropping and start < self._size:
            self._waiting.append((start, self._size, url))
        self._linking = None

    def _count(self, element: _Open, by: int) -> None:
        self._dropping += by * element.dropped
        self._quotes += by * element.quote
        self._pre += by * (element.tag == "pre")
        self._items += by * element.item
        if element.tag in {"ul", "ol", "dl"}:
            self._lists += by
            if by > 0 and self._lists == 1:
                self._group += 1
        if element.kind is not None:
            if by > 0:
                self._kinds.append(element.kind)
            else:
                self._kinds.pop()
        if element.post is not None:
            if by > 0:
                self._authors.append((element.author, element.post))
            else:
                self._authors.pop()

    # Text

    def _append(self, text: str) -> None:
        if self._dropping or not text:
            return
        if not self._pre and text != "\n":
            text = _SPACE.sub(" ", text)
            last = self._buffer[-1][-1:] if self._buffer else " "
            if last in " \n" and text[:1] == " ":
                text = text[1:]
        if text:
            self._buffer.append(text)
            self._size += len(text)

    def _flush(self) -> None:
        """Close the piece of text that was being collected."""
        raw = "".join(self._buffer)
        self._buffer, self._size = [], 0
        waiting, self._waiting = self._waiting, []
        if self._linking is not None:
            self._link = (0, self._link[1])
        text = raw.strip("\n") if self._pre else raw.strip()
        lead = len(raw) - len(raw.lstrip("\n" if self._pre else None))
        text = text.rstrip()
        if not text:
            return
        in_list = self._items > 0
        if self._pieces:
            tight = in_list and self._pieces[-1].in_list
            tight = tight or (self._kinds[-1:] == ["table"] and self._pieces[-1].kind == "table")
            self._add("\n" if tight else "\n\n")
        start = self._length
        self._add(text)
        for first, last, url in waiting:
            begin, end = max(first - lead, 0), min(last - lead, len(text))
            if begin < end:
                self._links.append((start + begin, start + end, url))
        author, post = self._authors[-1] if self._authors else (None, None)
        kind, depth = self._kind()
        group = max(self._group, 0) if kind == "item" else None
        self._pieces.append(Piece(kind, start, self._length, depth, group, author, post, in_list))

    def _add(self, text: str) -> None:
        self._done.append(text)
        self._length += len(text)

    def _kind(self) -> tuple[Kind, int]:
        if self._quotes:
            return "quote", self._quotes
        if self._kinds:
            return self._kinds[-1], 0
        if self._items:
            return "item", max(self._items, 1)
        return "text", 0

    # Result

    def rendered(self) -> Rendered:
        self._flush()
        text = "".join(self._done)
        blocks: list[Block] = []
        quotes: list[Quote] = []
        posts: dict[int, str] = {}
        find_kinds(self._pieces, text)
        for piece in self._pieces:
            for kind, start, end, depth in by_marks(piece, text):
                blocks.append(
                    Block(kind=kind, start=start, end=end, depth=depth, group=piece.group)
                )
                if kind == "quote":
                    quotes.append(Quote(start=start, end=end, depth=depth, author=piece.author))
                    if piece.post is not None:
                        posts[start] = piece.post
        links = tuple(Link(start=a, end=b, url=url) for a, b, url in sorted(self._links))
        return Rendered(text, tuple(blocks), tuple(quotes), links, posts)
