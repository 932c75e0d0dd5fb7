"""Labels in the place of names, so that a map can be shown without showing people."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from argumap.model import Block, Link, Note, Post, Quote, Span, Thread
from argumap.threads._attribution import quoted_author
from argumap.threads._bbcode import tagged_author

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["pseudonymised"]

_ADDRESS = re.compile(
    r"(?:mailto:)?[\w.+%-]{1,64}(?:@|[ ](?:at|\(at\)|\[at\])[ ])[\w-]{1,64}(?:\.[\w-]{2,30})+"
)
_ADDRESSED = re.compile(r"^[@]?(\w[\w'’.-]*?)[,:](?=\s|$)|@(\w[\w'’.-]*\w)", re.MULTILINE)
_WORD = re.compile(r"\w[\w'’-]*(?:\.[\w'’-]+)*")
_NAME = re.compile(rf"{_WORD.pattern}(?: {_WORD.pattern}){{0,3}}")
_MOST_WORDS = 4
_BEGINNING = 6


def pseudonymised(thread: Thread) -> Thread:
    """Return the thread with labels (A, B, …) in the place of names.

    Authors are labelled in the order of their first posts, then those who are only quoted or
    named. Names are replaced as authors of posts and quotes, after ``@`` and ``u/``, and in the
    text where they cannot be mistaken for a common word; lines that introduce a quote name the
    label; signatures, footers, e-mail addresses, links to pages, ids and addresses of posts go.
    The words of a post can still be searched for: this hides people from readers, not from a
    search engine.
    """
    labels = _Labels(thread)
    ids = {post.id: f"p{number}" for number, post in enumerate(thread.posts, 1)}
    edited = {post.id: _Edits(post, labels) for post in thread.posts}
    return Thread(
        title=labels.replaced(thread.title) if thread.title else None,
        source=thread.source,
        format=thread.format,
        posts=tuple(_post(post, edited, ids, labels) for post in thread.posts),
        notes=tuple(_note(note, ids, labels) for note in thread.notes),
    )


def _label(number: int) -> str:
    """Return the label of a number: A to Z, then AA, AB, ….

    Examples:
        >>> [_label(number) for number in (0, 25, 26, 27, 702)]
        ['A', 'Z', 'AA', 'AB', 'AAA']
    """
    label = ""
    number += 1
    while number:
        number, digit = divmod(number - 1, 26)
        label = chr(ord("A") + digit) + label
    return label


class _Labels:
    """Who has which label, and where names stand in a text."""

    def __init__(self, thread: Thread) -> None:
        self._by_name: dict[str, str] = {}
        self._count = 0
        # Names that stand for themselves in running text, in their own writing.
        self._in_text: dict[str, str] = {}
        for author in thread.authors:
            self.of(author)
        for post in thread.posts:
            for quote in post.quotes:
                if quote.author:
                    self.of(quote.author)
        self._take_names_in_use(thread)
        self._in_text.pop("I", None)
        # Names that no words of a text can be equal to, such as "ana|away", by their beginnings.
        self._odd: dict[str, list[str]] = {}
        for name in sorted(thread.authors, key=len, reverse=True):
            if name and not _NAME.fullmatch(name):
                self._odd.setdefault(name[:_BEGINNING], []).append(name)
        lengths = {len(beginning) for beginning in self._odd}
        self._beginnings = sorted(lengths, reverse=True)

    def of(self, name: str) -> str:
        """Return the label of a name; it is made if there is none."""
        key = name.casefold()
        if key in self._by_name:
            return self._by_name[key]
        label = self._by_name[key] = _label(self._count)
        self._count += 1
        words = name.split()
        # "will" and "rose" are words; "Will Rose", "rose_77" and "McRose" are names.
        if len(words) > 1 or re.search(r"[A-Z\d_]", name):
            self._in_text.setdefault(name, label)
        if len(words) > 1:
            self._by_name.setdefault("".join(words).casefold(), label)
            for word in words:
                if len(word) >= 3 and word[:1].isupper():
                    self._in_text.setdefault(word.strip(".,"), label)
                    self._by_name.setdefault(word.casefold(), label)
        return label

    def _take_names_in_use(self, thread: Thread) -> None:
        """Let a name that could be a word stand for itself if somebody is addressed by it."""
        for post in thread.posts:
            for found in _ADDRESSED.finditer(post.text):
                name = found[1] or found[2]
                label = self._by_name.get(name.casefold())
                if label is not None and len(name) >= 2:
                    self._in_text.setdefault(name, label)

    def replaced(self, text: str) -> str:
        """Return a text with the names in it replaced."""
        parts = []
        at = 0
        for start, end, label in self.places(text):
            parts += [text[at:start], label]
            at = end
        return "".join([*parts, text[at:]])

    def places(self, text: str) -> list[tuple[int, int, str]]:
        """Return where names and addresses stand, in order, each with what to put there."""
        found = [(m.start(), m.end(), "[address]") for m in _ADDRESS.finditer(text)]
        for others in (self._odd_names(text), self._names(text)):
            taken = sorted(found)
            for start, end, label in others:
                at = bisect_right(taken, (start, len(text), "")) - 1
                inside = at >= 0 and taken[at][1] > start
                ahead = at + 1 < len(taken) and taken[at + 1][0] < end
                if not (inside or ahead):
                    found.append((start, end, label))
        return sorted(found)

    def _odd_names(self, text: str) -> Iterator[tuple[int, int, str]]:
        at = 0
        while self._odd and at < len(text):
            tried = (text[at : at + length] for length in self._beginnings)
            named = (name for each in tried for name in self._odd.get(each, ()))
            name = next((name for name in named if text.startswith(name, at)), None)
            if name is not None:
                yield at, at + len(name), self.of(name)
                at += len(name) - 1
            at += 1

    def _names(self, text: str) -> Iterator[tuple[int, int, str]]:
        words = [(m.start(), m.end()) for m in _WORD.finditer(text)]
        at = 0
        while at < len(words):
            start = words[at][0]
            handle = _is_handle(text, start)
            for count in range(min(_MOST_WORDS, len(words) - at), 0, -1):
                end = words[at + count - 1][1]
                label = self._find(text[start:end], handle=handle)
                if label is not None:
                    yield start, end, label
                    at += count - 1
                    break
            else:
                if handle:
                    yield *words[at], self.of(text[start : words[at][1]])
            at += 1

    def _find(self, words: str, *, handle: bool) -> str | None:
        if handle:
            return self._by_name.get(words.casefold())
        return self._in_text.get(words)


def _is_handle(text: str, start: int) -> bool:
    """Whether ``@`` or ``u/`` stands before a word, and no word before that."""
    for mark in ("@", "u/"):
        before = start - len(mark)
        if before >= 0 and text.startswith(mark, before):
            return before == 0 or not text[before - 1].isalnum()
    return False


class _Edits:
    """What is replaced in the text of a post, and where the rest is then."""

    def __init__(self, post: Post, labels: _Labels) -> None:
        places = [*self._of_blocks(post, labels)]
        covered = [(start, end) for start, end, _ in places]
        for start, end, label in labels.places(post.text):
            at = bisect_right(covered, (start, len(post.text))) - 1
            if (at < 0 or covered[at][1] <= start) and (
                at + 1 >= len(covered) or covered[at + 1][0] >= end
            ):
                places.append((start, end, label))
        self._places = sorted(places)
        self._starts = [start for start, _, _ in self._places]
        self._shifts: list[int] = []
        parts = []
        at = shift = 0
        for start, end, label in self._places:
            parts += [post.text[at:start], label]
            at = end
            self._shifts.append(shift)
            shift += len(label) - (end - start)
        self._last_shift = shift
        self.text = "".join([*parts, post.text[at:]])

    @staticmethod
    def _of_blocks(post: Post, labels: _Labels) -> Iterator[tuple[int, int, str]]:
        for block in post.blocks:
            text = post.slice(block)
            if block.kind == "signature":
                yield block.start, block.end, "[signature]"
            elif block.kind == "boilerplate" and any(map(str.isalnum, text)):
                line = " ".join(text.split())
                author = tagged_author(line) or quoted_author(line)
                told = f"[{labels.of(author)} wrote:]" if author else "[left out]"
                yield block.start, block.end, told

    def moved(self, start: int, end: int) -> dict[str, int]:
        """Return where a stretch of the text is after the replacements."""
        return {"start": self._moved(start, last=False), "end": self._moved(end, last=True)}

    def _moved(self, offset: int, *, last: bool) -> int:
        at = bisect_right(self._starts, offset - last) - 1
        if at < 0:
            return offset
        start, end, label = self._places[at]
        if offset >= end:
            return offset + self._shifts[at] + len(label) - (end - start)
        return start + self._shifts[at] + (len(label) if last else 0)


def _post(post: Post, edited: dict[str, _Edits], ids: dict[str, str], labels: _Labels) -> Post:
    edits = edited[post.id]
    return Post(
        id=ids[post.id],
        author=labels.of(post.author) if post.author else None,
        author_kind=post.author_kind,
        author_inference=post.author_inference,
        parent_id=ids[post.parent_id] if post.parent_id else None,
        parent_inference=post.parent_inference,
        start_inference=post.start_inference,
        created_at=post.created_at,
        edited_at=post.edited_at,
        title=labels.replaced(post.title) if post.title else None,
        text=edits.text,
        blocks=tuple(_block(block, edits) for block in post.blocks),
        quotes=tuple(_quote(quote, edits, edited, ids, labels) for quote in post.quotes),
        links=tuple(_links(post, edits, labels)),
        score=post.score,
        removed=post.removed,
        retracted=post.retracted,
        missing_replies=post.missing_replies,
        where=post.where,
    )


def _block(block: Block, edits: _Edits) -> Block:
    place = edits.moved(block.start, block.end)
    return Block(kind=block.kind, depth=block.depth, group=block.group, **place)


def _quote(
    quote: Quote,
    edits: _Edits,
    edited: dict[str, _Edits],
    ids: dict[str, str],
    labels: _Labels,
) -> Quote:
    source = None
    if quote.source is not None:
        place = edited[quote.source.post_id].moved(quote.source.start, quote.source.end)
        source = Span(post_id=ids[quote.source.post_id], **place)
    return Quote(
        **edits.moved(quote.start, quote.end),
        depth=quote.depth,
        marked=quote.marked,
        author=labels.of(quote.author) if quote.author else None,
        source=source,
        match=quote.match,
        confidence=quote.confidence,
    )


def _links(post: Post, edits: _Edits, labels: _Labels) -> Iterator[Link]:
    """Yield the links that lead to nobody."""
    for link in post.links:
        if link.url == labels.replaced(link.url) and "@" not in link.url:
            yield Link(url=link.url, **edits.moved(link.start, link.end))


def _note(note: Note, ids: dict[str, str], labels: _Labels) -> Note:
    # The id of a post that is not there would lead to the thread as well.
    hidden = note.code in {"parent-missing", "root-missing", "status-missing"}

    def shown(found: re.Match[str]) -> str:
        return f"'{ids.get(found[1], '…' if hidden else found[1])}'"

    message = re.sub(r"'([^'\s]+)'", shown, note.message)
    return Note(
        code=note.code,
        message=labels.replaced(message),
        post_id=ids[note.post_id] if note.post_id else None,
        where=note.where,
    )
