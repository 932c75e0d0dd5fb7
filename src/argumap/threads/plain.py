"""Bare text: paragraphs copied from a page, without authors or marks between the posts.

What such a text still tells is little, and this reader says so. It drops a second copy of the
thread, recognises paragraphs that repeat earlier ones as quotes, and begins a post where a quote
or a turn of phrase shows that somebody else speaks. Authors are labels, not names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from argumap.model import Inference, Note, Post, Thread, Where
from argumap.threads._attribution import is_attribution
from argumap.threads._copies import find_copies
from argumap.threads._lines import quote_depth, split_lines
from argumap.threads._markup import LEAST_WORDS, mark_up_posts
from argumap.threads._reader import Reader
from argumap.threads._starts import LEAST_CONFIDENCE, BareLine, Start, find_starts
from argumap.threads._words import Words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from argumap.threads._copies import Copies
    from argumap.threads._lines import Line
    from argumap.threads._source import Source

__all__ = ["READER", "read", "recover", "sniff"]

# In chains p1 <- p2 <- p3 of forum threads in which p2 quotes, p3 was by the author of p1 so often.
_RETURNS = 0.67
# Share of replies by quote that were by somebody else than the quoted post: 41 of 42.
_ANOTHER = 0.98
_QUOTE_TWO_COPIES = 0.99
_QUOTE = 0.88


def sniff(source: Source) -> bool:
    """Whether a text is prose: it is, if nothing before this reader has claimed it."""
    return bool(source.head.strip())


def read(source: Source) -> Iterator[Thread]:
    """Read bare text."""
    yield recover(source.text, source.name, "plain")


def recover(text: str, source: str | None, format: str) -> Thread:  # noqa: A002
    """Return the thread that can be recovered from a text without marks between the posts."""
    lines = [line for line in split_lines(text) if line.text]
    notes: list[Note] = []
    lacking: set[int] = set()
    two_copies = False
    while copies := find_copies(_keys(lines)):
        notes += _copy_notes(lines, copies)
        lacking |= {lines[n].number for n in copies.lacking}
        lines = [lines[n] for n in copies.kept]
        two_copies = True
    bare = _bare_lines(lines, lacking)
    starts, doubtful = find_starts(bare, two_copies=two_copies)
    posts = _posts(text, lines, starts, bare)
    sure = _QUOTE_TWO_COPIES if lacking else _QUOTE
    quoted: dict[str, dict[int, float]] = {}
    for post, span in posts:
        own = zip(lines[span.start : span.stop], bare[span.start : span.stop], strict=True)
        quoted[post.id] = {
            line.start - lines[span.start].start: sure
            for line, each in own
            if each.quoted and not quote_depth(line.text)
        }
    return Thread(
        source=source,
        format=format,
        posts=mark_up_posts([post for post, _ in posts], quoted),
        notes=(*notes, *_doubts(lines, doubtful), *_limits(posts)),
    )


def _keys(lines: Sequence[Line]) -> list[bytes]:
    """Return one value for each line, equal for lines of equal words."""
    words = Words(line.text for line in lines)
    return [words.key(words.of(n)) or line.text.encode() for n, line in enumerate(lines)]


def _bare_lines(lines: Sequence[Line], lacking: Collection[int]) -> list[BareLine]:
    """Return the lines with the quotes among them recognised, and where they are from.

    Args:
        lines: The lines.
        lacking: Numbers of lines that a second copy lacks: where there are some, these are the
            quotes, and a repeat that both copies have is none.
    """
    words = Words(line.text for line in lines)
    asked = []
    for at, line in enumerate(lines):
        own = words.of(at)
        # A quote that was wrapped anew is known by the first words of one of its lines.
        asked.append(own[:LEAST_WORDS] if quote_depth(line.text) else own)
    found = words.before(asked)
    bare = []
    for line, own, places in zip(lines, asked, found, strict=True):
        # What stands behind a mark is itself from elsewhere, and no source.
        repeats = [place for place in places if not quote_depth(lines[place.text].text)]
        marked = bool(quote_depth(line.text))
        long = len(own) >= LEAST_WORDS
        exact = long and any(repeat.match != "near" for repeat in repeats)
        quoted = marked or (line.number in lacking if lacking else exact)
        known = quoted and repeats and (long or repeats[0].match == "same")
        bare.append(BareLine(line.text, quoted, repeats[0].text if known else None))
    for at in range(len(bare) - 2, -1, -1):
        one, after = bare[at], bare[at + 1]
        if one.quoted and after.quoted and one.source is None:
            bare[at] = BareLine(one.text, quoted=True, source=_before(after.source, at))
    return bare


def _before(source: int | None, at: int) -> int | None:
    return source if source is not None and source < at else None


def _posts(
    text: str, lines: Sequence[Line], starts: Sequence[Start], bare: Sequence[BareLine]
) -> list[tuple[Post, range]]:
    """Return the posts, each with its range of lines."""
    firsts = [_with_attribution(start.line, bare) for start in starts]
    posts: list[tuple[Post, range]] = []
    for number, (start, first) in enumerate(zip(starts, firsts, strict=True)):
        end = firsts[number + 1] if number + 1 < len(firsts) else len(lines)
        author, inference = _author(start, starts, [post for post, _ in posts])
        post = Post(
            id=f"p{number + 1}",
            author=author,
            author_inference=inference,
            parent_id=None if start.parent is None else f"p{start.parent + 1}",
            parent_inference=_inferred(start.basis, start.parent_confidence),
            start_inference=_inferred(start.basis, start.confidence),
            text=text[lines[first].start : lines[end - 1].end],
            where=Where(line=lines[first].number),
        )
        posts.append((post, range(first, end)))
    return posts


def _inferred(basis: Literal["quote", "cue"] | None, confidence: float) -> Inference | None:
    return None if basis is None else Inference(basis=basis, confidence=confidence)


def _with_attribution(first: int, bare: Sequence[BareLine]) -> int:
    """Return the line at which a post begins whose quote is introduced by ``Ana wrote:``."""
    for at in range(max(1, first - 2), first):
        if is_attribution(" ".join(line.text for line in bare[at:first])):
            return at
    return first


def _author(
    start: Start, starts: Sequence[Start], posts: Sequence[Post]
) -> tuple[str | None, Inference | None]:
    """Return a label for the author of a post, where there is one to be guessed.

    The first post is by A, the first reply to it by B. Who answers a reply that quotes is more
    often than not the one who was quoted.
    """
    if start.parent is None:
        return "A", Inference(basis="order", confidence=1.0)
    parent = starts[start.parent]
    if parent.parent is None:
        if any(post.parent_id == posts[start.parent].id for post in posts):
            return None, None
        return "B", Inference(basis="order", confidence=_ANOTHER)
    before = posts[parent.parent]
    if parent.basis != "quote" or before.author is None or before.author_inference is None:
        return None, None
    confidence = _RETURNS * before.author_inference.confidence
    if confidence < LEAST_CONFIDENCE:
        return None, None
    return before.author, Inference(basis="order", confidence=round(confidence, 2))


def _copy_notes(lines: Sequence[Line], copies: Copies) -> Iterator[Note]:
    kept, dropped = (_numbers(lines, each) for each in (copies.kept, copies.dropped))
    first = Where(line=lines[copies.dropped[0]].number)
    message = f"lines {dropped} hold the same thread as lines {kept} and were left out"
    if copies.lacking:
        lacking = ", ".join(str(lines[n].number) for n in copies.lacking[:20])
        more = len(copies.lacking) - 20
        message += f"; they lack line {lacking}" + (f" and {more} more" if more > 0 else "")
        message += ", which is taken for quoted"
    yield Note(code="second-copy", message=message, where=first)
    for at in copies.only_dropped:
        yield Note(
            code="only-in-second-copy",
            message=f"line {lines[at].number} stands only in the copy that was left out: "
            f"{lines[at].text}",
            where=Where(line=lines[at].number),
        )


def _numbers(lines: Sequence[Line], part: range) -> str:
    return f"{lines[part[0]].number}–{lines[part[-1]].number}"


def _doubts(lines: Sequence[Line], doubtful: Sequence[Start]) -> Iterator[Note]:
    for start in doubtful:
        number = lines[start.line].number
        yield Note(
            code="post-may-begin",
            message=f"a post may begin at line {number} (by a {start.basis}, confidence "
            f"{start.confidence:.2f}); it was left in the running one",
            where=Where(line=number),
        )


def _limits(posts: Sequence[tuple[Post, range]]) -> Iterator[Note]:
    found = "1 post was" if len(posts) == 1 else f"{len(posts)} posts were"
    yield Note(
        code="posts-not-marked",
        message=f"the text does not say where posts begin; {found} found. A post that neither "
        "quotes nor speaks to somebody leaves no trace, so there may be more",
    )
    yield Note(
        code="authors-not-named",
        message="the text does not say who wrote what; authors are labels, and guesses",
    )


READER = Reader(name="plain", title="bare text", sniff=sniff, read=read)
