"""Hypothesis strategies for whole, valid values: threads and maps of every shape there is.

Use them as ``from strategies import maps, threads``.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from argumap import (
    ArgumentMap,
    Block,
    Claim,
    Inference,
    Link,
    Mention,
    Note,
    Origin,
    Post,
    Quote,
    Rebuttal,
    Span,
    Support,
    Thread,
    Undercut,
    Where,
)

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["confidences", "extras", "ids", "maps", "maybe_texts", "mentions", "texts", "threads"]

# What has broken readers and writers of some format or other.
_NASTY = (
    "",
    " ",
    "Plain words.",
    'He said "no", twice.',
    "It's 100 % sure; a, b & c < d > e.",
    "back\\slash \\n \\N \\",
    "first line\nsecond line\r\nthird\n\nparagraph",
    "tab\there, trailing blank ",
    "see https://example.org/a_b#c?d=1 // and /* more */",
    "[sic] <b>bold</b> {1, 2} (3) #42 #tag @[x] *em* __strong__ :smile: `code`",
    "+ not a list",
    "- nor this",
    "1. nor this",
    "# nor a heading",
    "===",
    "null",
    "true",
    "1e3",
    "-> See 1.2.",
    "\u202eright to left\u202c שלום مرحبا",
    "你好,世界。",
    "e\u0301 é \U0001f600 \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\ufeffmark",
    "line\u2028separator\x85next",
    "\x00\x01\x1b control",
    "=1+1",
)


@cache
def texts(*, min_size: int = 0, max_size: int = 20) -> st.SearchStrategy[str]:
    """Any text that can be written as UTF-8, with the awkward ones often."""
    anything = st.text(st.characters(codec="utf-8"), min_size=min_size, max_size=max_size)
    nasty = [text for text in _NASTY if len(text) >= min_size]
    return anything | st.sampled_from(nasty)


@cache
def ids() -> st.SearchStrategy[str]:
    """Ids: short and plain, numbers, or any text."""
    return (
        st.from_regex(r"\A[a-z][0-9]{1,2}\Z")
        | st.integers(0, 99).map(str)
        | texts(min_size=1, max_size=8)
    )


@cache
def confidences() -> st.SearchStrategy[float | None]:
    """No confidence, or any in [0, 1]."""
    return st.none() | st.floats(0, 1)


@cache
def extras() -> st.SearchStrategy[dict[str, Any] | None]:
    """No extra fields, or any JSON object."""
    numbers = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
    values: st.SearchStrategy[Any] = st.recursive(
        st.none() | st.booleans() | numbers | texts(),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(texts(max_size=5), inner, max_size=3)
        ),
        max_leaves=5,
    )
    return st.none() | st.dictionaries(texts(max_size=5), values, min_size=1, max_size=3)


@cache
def maybe_texts() -> st.SearchStrategy[str | None]:
    """No text, or any."""
    return st.none() | texts()


@cache
def _blocks() -> st.SearchStrategy[Block]:
    return st.builds(Block, start=st.just(0), end=st.just(1))


@cache
def _quotes() -> st.SearchStrategy[Quote]:
    return st.builds(Quote, start=st.just(0), end=st.just(1), source=st.none())


@cache
def _times() -> st.SearchStrategy[datetime | None]:
    zones = st.sampled_from([UTC, timezone(timedelta(hours=-7)), timezone(timedelta(minutes=345))])
    return st.none() | st.datetimes(
        datetime(1990, 1, 1),  # noqa: DTZ001 # the zone is drawn beside it
        datetime(2040, 1, 1),  # noqa: DTZ001
        timezones=zones,
    )


@cache
def _inferences() -> st.SearchStrategy[Inference | None]:
    return st.none() | st.builds(Inference, confidence=st.floats(0, 1))


@st.composite
def _bounds(draw: st.DrawFn, text: str) -> tuple[int, int]:
    """A stretch of a text that is not empty."""
    start = draw(st.integers(0, len(text) - 1))
    return start, draw(st.integers(start + 1, len(text)))


@st.composite
def _spans(draw: st.DrawFn, posts: list[Post]) -> Span:
    """A span in one of the posts, all of which have a text."""
    post = draw(st.sampled_from(posts))
    start, end = draw(_bounds(post.text))
    return Span(post_id=post.id, start=start, end=end)


@st.composite
def _posts(draw: st.DrawFn, post_id: str, earlier: list[Post]) -> Post:
    """A post whose parent and quoted sources are among the earlier posts."""
    text = draw(texts(max_size=30))
    parent = draw(st.none() | st.sampled_from(earlier)) if earlier else None
    blocks: list[Block] = []
    quotes: list[Quote] = []
    links: list[Link] = []
    if text:
        cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=4)))
        blocks = [draw(_blocks()).replace(start=start, end=end) for start, end in pairwise(cuts)]
        quotable = [post for post in earlier if post.text]
        source = st.none() | _spans(quotable) if quotable else st.none()
        for start, end in draw(st.lists(_bounds(text), max_size=2)):
            quotes.append(draw(_quotes()).replace(start=start, end=end, source=draw(source)))
        for start, end in draw(st.lists(_bounds(text), max_size=1)):
            links.append(Link(start=start, end=end, url=draw(texts())))
    return draw(_bare_posts()).replace(
        id=post_id,
        parent_id=parent.id if parent else None,
        text=text,
        blocks=tuple(blocks),
        quotes=tuple(quotes),
        links=tuple(links),
    )


@cache
def _bare_posts() -> st.SearchStrategy[Post]:
    """Posts without a text."""
    return st.builds(
        Post,
        id=st.just("p"),
        text=st.just(""),
        author=maybe_texts(),
        author_inference=_inferences(),
        parent_inference=_inferences(),
        start_inference=_inferences(),
        created_at=_times(),
        edited_at=_times(),
        title=maybe_texts(),
        score=st.none() | st.floats(allow_nan=False, allow_infinity=False),
        url=maybe_texts(),
        where=st.none() | st.builds(Where),
    )


@st.composite
def threads(draw: st.DrawFn, *, max_posts: int = 4) -> Thread:
    """Any thread, empty ones included."""
    posts: list[Post] = []
    for post_id in draw(st.lists(ids(), unique=True, max_size=max_posts)):
        posts.append(draw(_posts(post_id, posts)))
    about = st.none() | (st.sampled_from([post.id for post in posts]) if posts else st.nothing())
    notes = [
        Note(code=draw(ids()), message=draw(texts()), post_id=draw(about))
        for _ in range(draw(_few()))
    ]
    return Thread(
        id=draw(maybe_texts()),
        title=draw(maybe_texts()),
        source=draw(maybe_texts()),
        format=draw(maybe_texts()),
        url=draw(maybe_texts()),
        posts=tuple(posts),
        notes=tuple(notes),
    )


@st.composite
def mentions(draw: st.DrawFn, thread: Thread | None = None) -> Mention:
    """A mention whose words are in the thread, or, without one, any words anywhere."""
    stance = draw(st.sampled_from(["asserts", "endorses", "concedes", "denies", "quotes"]))
    author = draw(maybe_texts())
    posts = [post for post in thread.posts if post.text] if thread else []
    if thread is None:
        span = draw(
            st.none()
            | st.builds(
                lambda post_id, start, length: Span(
                    post_id=post_id, start=start, end=start + length
                ),
                ids(),
                st.integers(0, 100),
                st.integers(1, 100),
            )
        )
        quote = draw(maybe_texts())
    else:
        span = draw(st.none() | _spans(posts)) if posts else None
        quote = draw(st.sampled_from([None, thread.slice(span)]) if span else maybe_texts())
    return Mention(author=author, stance=stance, span=span, quote=quote)


@cache
def _origins() -> st.SearchStrategy[Origin | None]:
    return st.none() | st.builds(
        Origin,
        maker=st.sampled_from(["rules", "hand"]) | texts(),
        rule=maybe_texts(),
        cues=st.lists(texts(), max_size=2).map(tuple),
    )


@st.composite
def maps(draw: st.DrawFn, *, max_claims: int = 5, max_relations: int = 5) -> ArgumentMap:
    """Any valid map: linked premises, cycles, parallel relations, undercuts of undercuts."""
    thread = draw(st.none() | threads(max_posts=3))
    count = draw(st.sampled_from(range(max_claims + 1)))
    most = count + (draw(st.sampled_from(range(max_relations + 1))) if count else 0)
    names = draw(st.lists(ids(), unique=True, min_size=most, max_size=most))
    claim_ids, relation_ids = names[:count], names[count:]
    claims = [
        draw(_bare_claims()).replace(
            id=claim_id, mentions=tuple(draw(mentions(thread)) for _ in range(draw(_few())))
        )
        for claim_id in claim_ids
    ]
    relations: list[Support | Rebuttal | Undercut] = []
    if claim_ids:
        for relation_id in relation_ids:
            # An undercut may point forwards, at a relation that is yet to be drawn: all are.
            kinds: list[Callable[..., Any]] = [_rebuttals]
            if len(relation_ids) > 1:
                kinds.append(_undercuts)
            if len(claim_ids) > 1:
                kinds += [_supports, _supports]
            make = draw(st.sampled_from(kinds))
            relations.append(draw(make(relation_id, claim_ids, relation_ids)))
    return ArgumentMap(
        title=draw(maybe_texts()),
        claims=tuple(claims),
        relations=tuple(relations),
        thread=thread,
        extra=draw(extras()),
    )


@cache
def _few() -> st.SearchStrategy[int]:
    return st.integers(0, 2)


@cache
def _bare_claims() -> st.SearchStrategy[Claim]:
    """Claims that nobody makes."""
    return st.builds(
        Claim,
        id=st.just("c"),
        text=texts(),
        mentions=st.just(()),
        component=st.sampled_from([None, "claim", "premise"]),
        confidence=confidences(),
        component_confidence=confidences(),
        origin=_origins(),
        extra=extras(),
    )


@cache
def _common() -> st.SearchStrategy[dict[str, Any]]:
    """What every relation has."""
    return st.fixed_dictionaries(
        {"confidence": confidences(), "origin": _origins(), "extra": extras()}
    )


@st.composite
def _supports(
    draw: st.DrawFn, relation_id: str, claim_ids: list[str], _relation_ids: list[str]
) -> Support:
    order = draw(st.permutations(claim_ids))
    count = draw(st.integers(1, len(order) - 1))
    return Support(
        id=relation_id,
        premises=tuple(order[:count]),
        conclusion=order[-1],
        scheme=draw(maybe_texts()),
        **draw(_common()),
    )


@st.composite
def _rebuttals(
    draw: st.DrawFn, relation_id: str, claim_ids: list[str], _relation_ids: list[str]
) -> Rebuttal:
    source, target = (draw(st.sampled_from(claim_ids)) for _ in range(2))
    return Rebuttal(id=relation_id, source=source, target=target, **draw(_common()))


@st.composite
def _undercuts(
    draw: st.DrawFn, relation_id: str, claim_ids: list[str], relation_ids: list[str]
) -> Undercut:
    others = [other for other in relation_ids if other != relation_id]
    return Undercut(
        id=relation_id,
        source=draw(st.sampled_from(claim_ids)),
        target=draw(st.sampled_from(others)),
        **draw(_common()),
    )
