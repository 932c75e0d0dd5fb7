"""From the posts of a source to a thread: order, missing parents, quotes, and who answers whom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from argumap.model import Inference, Note, Post, Thread
from argumap.threads._markup import mark_up_posts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from argumap.threads._source import Source

__all__ = ["BY_NAME", "BY_QUOTE", "assemble", "circles"]

# How often each kind of evidence named the true parent, where the source states it as well.
BY_QUOTE = 0.93
"""The post that is quoted first: 67 of 72 in forum and news threads."""
BY_NAME = 0.56
"""The latest post of the person whose name stands at the beginning: 30 of 54 in an IRC log."""
_BY_DEFAULT = {
    # A forum that names the answered post leaves it out where the opening post is answered, and
    # often elsewhere; there is nothing to measure it by.
    "first": Inference(basis="order", confidence=0.5),
    # In a chat: 49 of 170 in an IRC log.
    "before": Inference(basis="order", confidence=0.3),
    # The latest earlier mail with the same subject, on a list of 1992 whose mails name parents.
    "subject": Inference(basis="subject", confidence=0.52),
}

_NAMED = re.compile(r"\s*@(?P<name>[\w.-]*\w)")


def assemble(
    source: Source,
    format: str,  # noqa: A002
    posts: Iterable[Post],
    *,
    thread_id: str | None = None,
    title: str | None = None,
    url: str | None = None,
    infer: Literal["first", "before", "subject"] | None = None,
    quoted_posts: Mapping[tuple[str, int], str] | None = None,
    absent_root: str | None = None,
) -> Thread:
    """Return the thread that posts of a source make.

    Args:
        source: What the posts were read from; its notes go to the thread.
        format: Name of the reader.
        posts: The posts, each with the id of the post that it answers, as the source has it.
        thread_id: Id of the thread in its source.
        title: Its title.
        url: Where it stands.
        infer: How to find the parent of a post that has none: by what it quotes or whom it names
            at its beginning, else the first post (nobody, where that is not in the source), the
            one before it, or (for mails, which have the subject in common) also the one before
            it; None: it answers nobody.
        quoted_posts: Of quotes whose source names the post, by post and start: that post.
        absent_root: Id of the post that opens the thread, where the source never holds it.

    Raises:
        ThreadParseError: There is no post, or posts answer each other in a circle.
    """
    kept = _without_doubles(source, list(posts))
    if not kept:
        raise source.error("there is no post in it")
    ordered = _ordered(source, _with_known_parents(source, kept, absent_root))
    marked: Sequence[Post] = mark_up_posts(ordered, {}, quoted_posts or {})
    if infer is not None:
        default = None if infer == "first" and absent_root not in {None, marked[0].id} else infer
        marked = _with_inferred_parents(marked, default, quoted_posts or {})
    return Thread(
        id=thread_id,
        title=title or None,
        source=source.name,
        format=format,
        url=url or None,
        posts=tuple(marked),
        notes=(*source.take_notes(), *_counted(marked)),
    )


def _without_doubles(source: Source, posts: list[Post]) -> list[Post]:
    """Return the posts with ids used once: of several with the same id the last is kept."""
    last = {post.id: number for number, post in enumerate(posts)}
    if len(last) == len(posts):
        return posts
    doubles = dict.fromkeys(p.id for n, p in enumerate(posts) if last[p.id] != n)
    for post_id in doubles:
        source.note(
            "duplicate-id",
            f"several posts have the id {post_id!r}; the last one was kept",
            post_id=post_id,
        )
    return [post for number, post in enumerate(posts) if last[post.id] == number]


def _with_known_parents(source: Source, posts: list[Post], absent_root: str | None) -> list[Post]:
    ids = {post.id for post in posts}
    if absent_root in ids:
        absent_root = None
    if absent_root is not None:
        source.note(
            "root-missing", f"the post that opens the thread, {absent_root!r}, is not in the source"
        )
    kept = []
    for post in posts:
        if post.author is not None and not post.author.strip():
            post = post.replace(author=None)  # noqa: PLW2901
        if post.parent_id is not None and post.parent_id == absent_root:
            post = post.replace(parent_id=None)  # noqa: PLW2901
        elif post.parent_id is not None and post.parent_id not in ids:
            source.note(
                "parent-missing",
                f"post {post.id!r} answers {post.parent_id!r}, which the source does not hold",
                post_id=post.id,
                where=post.where,
            )
            post = post.replace(parent_id=None)  # noqa: PLW2901
        kept.append(post)
    return kept


def _ordered(source: Source, posts: list[Post]) -> list[Post]:
    """Return the posts in their order, but each after the post that it answers."""
    ordered = _after_parents(posts)
    if len(ordered) == len(posts):
        return ordered
    done = {post.id for post in ordered}
    cut: set[str] = set()
    for circle in circles({post.id: post.parent_id for post in posts if post.id not in done}):
        shown = [*circle[:5], *(["…"] if len(circle) > 5 else []), circle[0]]
        fault = source.error(
            f"posts answer each other in a circle: {' → '.join(shown)}",
            hint="strict=False (--loose) reads them as if the first answered nobody",
        )
        if source.strict:
            raise fault
        source.note("reply-circle", fault.message, post_id=circle[0])
        cut.add(circle[0])
    return _after_parents(
        [post.replace(parent_id=None) if post.id in cut else post for post in posts]
    )


def _after_parents(posts: list[Post]) -> list[Post]:
    """Return the posts in order, those in or below a circle left out."""
    waiting: dict[str, list[Post]] = {}
    done: set[str] = set()
    ordered: list[Post] = []
    for post in posts:
        stack = [post]
        while stack:
            following = stack.pop()
            if following.parent_id is not None and following.parent_id not in done:
                waiting.setdefault(following.parent_id, []).append(following)
                continue
            ordered.append(following)
            done.add(following.id)
            stack.extend(reversed(waiting.pop(following.id, [])))
    return ordered


def circles(parents: Mapping[str, str | None]) -> Iterator[list[str]]:
    """Yield the ids of posts that answer each other, each circle from its first post on."""
    seen: dict[str, int] = {}
    for walk, post_id in enumerate(parents):
        path: list[str] = []
        at: str | None = post_id
        while at is not None and at not in seen:
            seen[at] = walk
            path.append(at)
            at = parents.get(at)
        # Only a walk that comes back to itself has found a circle.
        if at is not None and seen[at] == walk:
            yield path[path.index(at) :]


def _with_inferred_parents(
    posts: Sequence[Post], infer: str | None, quoted_posts: Mapping[tuple[str, int], str]
) -> list[Post]:
    latest: dict[str, str] = {}
    earlier: set[str] = set()
    linked: list[Post] = []
    for number, post in enumerate(posts):
        if number and post.parent_id is None:
            found = _by_quote(post, latest, earlier, quoted_posts) or _by_name(post, latest)
            if found is None and infer is not None:
                above = posts[0 if infer == "first" else number - 1]
                found = above.id, _BY_DEFAULT[infer]
            if found is not None:
                post = post.replace(parent_id=found[0], parent_inference=found[1])  # noqa: PLW2901
        linked.append(post)
        earlier.add(post.id)
        if post.author is not None:
            latest[post.author.casefold()] = post.id
    return linked


def _by_quote(
    post: Post,
    latest: Mapping[str, str],
    earlier: set[str],
    quoted_posts: Mapping[tuple[str, int], str],
) -> tuple[str, Inference] | None:
    for quote in post.quotes:
        named = quoted_posts.get((post.id, quote.start))
        parent = named if named in earlier else None
        if parent is None and quote.depth == 1 and quote.source is not None:
            parent = quote.source.post_id
        if parent is None and quote.depth == 1 and quote.author is not None:
            parent = latest.get(quote.author.casefold())
        if parent is not None:
            return parent, Inference(basis="quote", confidence=BY_QUOTE)
    return None


def _by_name(post: Post, latest: Mapping[str, str]) -> tuple[str, Inference] | None:
    named = _NAMED.match(post.text[:80])
    name = named["name"].casefold() if named else ""
    if name in latest and name != (post.author or "").casefold():
        return latest[name], Inference(basis="cue", confidence=BY_NAME)
    return None


def _counted(posts: Sequence[Post]) -> Iterable[Note]:
    """Yield notes on what holds for many posts of the thread."""
    missing = sum(post.missing_replies for post in posts)
    if missing:
        yield Note(
            code="replies-missing",
            message=f"{_many(missing, 'reply', 'replies')} of this thread "
            f"{'is' if missing == 1 else 'are'} not in the source",
        )
    bases: dict[str, int] = {}
    for post in posts:
        if post.parent_inference is not None:
            basis = post.parent_inference.basis
            bases[basis] = bases.get(basis, 0) + 1
    if bases:
        told = ", ".join(f"{count} by {basis}" for basis, count in sorted(bases.items()))
        yield Note(
            code="parents-inferred",
            message=f"the source does not say whom every post answers; inferred: {told}",
        )


def _many(count: int, one: str, more: str) -> str:
    return f"1 {one}" if count == 1 else f"{count:,} {more}"
