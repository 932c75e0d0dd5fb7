"""Find the blocks of posts, and the places that their quotes repeat."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from argumap.model import Block, Post, Quote, Span, expect_thread
from argumap.threads._attribution import is_attribution, quoted_author
from argumap.threads._bbcode import tagged_author
from argumap.threads._blocks import find_blocks
from argumap.threads._known_quotes import with_known_quotes
from argumap.threads._lines import quote_depth, split_lines
from argumap.threads._words import Repeat, Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from argumap.model import Thread

__all__ = ["LEAST_WORDS", "mark_up", "mark_up_posts"]

_WORD = re.compile(r"\w")
_NO_WORD = re.compile(r"\W{1,9}\Z")

# Fewer words repeat by chance: "I agree with that" is nobody's quote.
LEAST_WORDS = 5
_LEAST_MARKED = 2
# Share of unmarked repeats that were quotes, in forum threads whose quotes are known.
_BARE_CONFIDENCE = 0.88


def mark_up(thread: Thread) -> Thread:
    r"""Return the thread with the blocks and quotes of its posts found.

    A post that has blocks stays as it is, so marking up twice is the same as once. In the others
    each stretch of whole lines becomes a `Block`, and each quotation a `Quote`: the paragraphs
    that stand behind ``>`` marks, and the lines of five words or more that repeat an earlier post
    without a mark. Where the quoted words are found in an earlier post, the quote has their span;
    the post that is replied to is preferred, then the earliest.

    Args:
        thread: The thread.

    Returns:
        The thread, its texts unchanged. Linear in the length of the texts.

    Examples:
        >>> from argumap import Post, Thread
        >>> said = Post(id="p1", author="Ana", text="Cats sleep a lot.")
        >>> reply = Post(id="p2", parent_id="p1", text="> Cats sleep a lot.\nNot mine.")
        >>> marked = mark_up(Thread(posts=(said, reply)))
        >>> [block.kind for block in marked.post("p2").blocks]
        ['quote', 'text']
        >>> marked.slice(marked.post("p2").quotes[0].source)
        'Cats sleep a lot.'
    """
    expect_thread(thread)
    if all(post.blocks or not post.text.strip() for post in thread.posts):
        return thread
    return thread.replace(posts=mark_up_posts(thread.posts))


@dataclass(frozen=True)
class _Asked:
    """A stretch of a post that is or may be a quotation.

    Attributes:
        post: Number of the post.
        start: First code point.
        end: First code point after it.
        depth: How deep it is quoted.
        marked: Whether the source shows it as a quote.
        author: Who is quoted, where the source says so.
        wanted: The post that is quoted, where the source says so.
        sure: How sure it is that this is a quote, whether or not its words are found.
        least: With fewer words, no earlier place is looked for.
    """

    post: int
    start: int
    end: int
    depth: int = 1
    marked: bool = True
    author: str | None = None
    wanted: str | None = None
    sure: float | None = 1.0
    least: int = _LEAST_MARKED


class _Quoted:
    """The quotations of the posts that have been gone through, to look places up in."""

    def __init__(self, quotes: Mapping[int, Sequence[Quote]]) -> None:
        self._quotes = quotes
        self._places: dict[int, list[tuple[int, int]]] = {}

    def covers(self, repeat: Repeat) -> bool:
        """Whether a place is itself a quotation, so that its words are from elsewhere."""
        places = self._places.get(repeat.text)
        if places is None:
            quotes = self._quotes.get(repeat.text, ())
            places = self._places[repeat.text] = sorted((q.start, q.end) for q in quotes)
        at = bisect_left(places, (repeat.end, 0)) - 1
        return at >= 0 and places[at][1] > repeat.start


def mark_up_posts(
    posts: Sequence[Post],
    bare: Mapping[str, Mapping[int, float]] | None = None,
    quoted_posts: Mapping[tuple[str, int], str] | None = None,
) -> tuple[Post, ...]:
    """Return the posts marked up, as `mark_up` says.

    Args:
        posts: Posts, those that are replied to before their replies.
        bare: For posts whose unmarked quotes are known already: the starts of those lines, each
            with its confidence. Only these are looked for then.
        quoted_posts: Of quotes that posts have already, by post and start: the posts that their
            source names. Where it is given, the places of quotes without one are looked for.
    """
    asked: list[_Asked] = []
    blocks: dict[int, tuple[Block, ...]] = {}
    for number, post in enumerate(posts):
        if post.blocks or post.quotes:
            asked.extend(_known(number, post, quoted_posts))
        if post.text.strip() and not post.blocks:
            blocks[number] = with_known_quotes(post, find_blocks(post.text))
            asked.extend(_marked(number, post, blocks[number]))
            if bare is None:
                asked.extend(_repeating(number, post.text, blocks[number]))
            else:
                asked.extend(_given(number, post.text, bare.get(post.id, {})))
    words = Words(post.text for post in posts) if asked else Words(())
    stretches = [words.of(each.post, each.start, each.end) for each in asked]
    quotes: dict[int, list[Quote]] = {}
    quoted = _Quoted(quotes)
    for each, own, places in zip(asked, stretches, words.before(stretches), strict=True):
        repeats = places if len(own) >= each.least else ()
        sure = each.sure
        if sure is None:
            # Who says the same thing twice quotes nobody.
            repeats = tuple(r for r in repeats if not _same_author(posts[r.text], posts[each.post]))
            if all(repeat.match == "near" for repeat in repeats):
                continue
            sure = _BARE_CONFIDENCE
        original = [repeat for repeat in repeats if not quoted.covers(repeat)] or repeats
        quotes.setdefault(each.post, []).append(
            Quote(
                start=each.start,
                end=each.end,
                depth=each.depth,
                marked=each.marked,
                author=each.author,
                confidence=sure,
                **_source(original, each, posts),
            )
        )
    return tuple(
        _with_quotes(post, quotes.get(number, []), blocks.get(number, ()))
        for number, post in enumerate(posts)
    )


def _same_author(one: Post, other: Post) -> bool:
    return one.author is not None and one.author == other.author


def _with_quotes(post: Post, quotes: list[Quote], blocks: tuple[Block, ...]) -> Post:
    if not quotes and (post.blocks or not post.text.strip()):
        return post
    bare = {quote.start for quote in quotes if not quote.marked}
    found = {(quote.start, quote.end) for quote in quotes}
    kept = [quote for quote in post.quotes if (quote.start, quote.end) not in found]
    ordered = sorted((*kept, *quotes), key=lambda quote: (quote.start, quote.end))
    if bare and not post.blocks:
        blocks = with_known_quotes(post, find_blocks(post.text, bare))
    return post.replace(blocks=post.blocks or blocks, quotes=tuple(ordered))


def _source(repeats: Sequence[Repeat], asked: _Asked, posts: Sequence[Post]) -> dict[str, object]:
    if not repeats:
        return {}
    quoting = posts[asked.post]
    wanted = asked.wanted or quoting.parent_id
    best = next((r for r in repeats if posts[r.text].id == wanted), repeats[0])
    quoted = posts[best.text]
    whole = _whole_lines(quoted.text, best.start, best.end)
    match = "same" if whole and best.match == "part" else best.match
    if whole is None:
        # The end mark belongs to the words where both have it.
        tail = _NO_WORD.search(quoting.text, asked.start, asked.end)
        pairs = zip(tail[0] if tail else "", quoted.text[best.end : best.end + 9], strict=False)
        same = "".join(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        whole = best.start, best.end + len(same.rstrip())
    span = Span(post_id=quoted.id, start=whole[0], end=whole[1])
    return {"source": span, "match": match}


def _whole_lines(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the lines that a place fills but for punctuation, or None."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    if _WORD.search(text, first, start) or _WORD.search(text, end, last):
        return None
    return first, first + len(text[first:last].rstrip())


def _known(
    number: int, post: Post, quoted_posts: Mapping[tuple[str, int], str] | None
) -> Iterator[_Asked]:
    """Yield the quotes that a post has already, but without the place that they quote."""
    if quoted_posts is None:
        return
    for quote in post.quotes:
        if quote.source is None:
            yield _Asked(
                number,
                quote.start,
                quote.end,
                quote.depth,
                marked=quote.marked,
                author=quote.author,
                wanted=quoted_posts.get((post.id, quote.start)),
                sure=quote.confidence,
            )


def _marked(number: int, post: Post, blocks: tuple[Block, ...]) -> Iterator[_Asked]:
    """Yield the paragraphs of the marked quotes of a post, but of those that are known."""
    author: str | None = None
    text = post.text
    known = {(quote.start, quote.end) for quote in post.quotes}
    for block in blocks:
        if (block.start, block.end) in known:
            continue
        if block.kind == "boilerplate":
            line = " ".join(text[block.start : block.end].split())
            author = tagged_author(line) or quoted_author(line)
        elif block.kind == "quote":
            for start, end in _paragraphs(text, block):
                yield _Asked(number, start, end, block.depth, author=author)
        else:
            author = None


def _paragraphs(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs of a quote block; its lines for who wrote what are none."""
    start = end = None
    for line in split_lines(text[block.start : block.end]):
        words = line.text[_mark_width(line.text) :].strip()
        if not words or is_attribution(words):
            if start is not None and end is not None:
                yield start, end
            start = None
            continue
        start = block.start + line.start if start is None else start
        end = block.start + line.end
    if start is not None and end is not None:
        yield start, end


def _mark_width(line: str) -> int:
    return len(line) - len(line.lstrip(" \t>")) if quote_depth(line) else 0


def _repeating(number: int, text: str, blocks: tuple[Block, ...]) -> Iterator[_Asked]:
    """Yield the lines of a post that may repeat an earlier post without a mark."""
    for block in blocks:
        if block.kind not in {"text", "item", "intro"}:
            continue
        for line in split_lines(text[block.start : block.end]):
            if line.text:
                start = block.start + line.start
                end = block.start + line.end
                yield _Asked(number, start, end, marked=False, sure=None, least=LEAST_WORDS)


def _given(number: int, text: str, starts: Mapping[int, float]) -> Iterator[_Asked]:
    for line in split_lines(text):
        if line.start in starts:
            sure = starts[line.start]
            yield _Asked(number, line.start, line.end, marked=False, sure=sure, least=1)
