"""``argumap thread``: a thread as it was understood."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from argumap.cli.files import ThreadOption, read_thread_file
from argumap.cli.terminal import bold, count, dim, harmless, progress, show, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.model import Inference, Post, Thread

__all__ = ["thread"]

# Deeper replies are indented no further.
_DEEPEST = 20


def thread(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A thread; - is standard input.")],
    *,
    from_: Annotated[
        str | None,
        typer.Option("--from", metavar="NAME", help="Format of FILE, where its content misleads."),
    ] = None,
    thread: ThreadOption = None,
    list_: Annotated[
        bool, typer.Option("--list", help="List the threads that FILE holds: id, posts, title.")
    ] = False,
    tree: Annotated[bool, typer.Option("--tree", help="Show only who answers whom.")] = False,
    report: Annotated[
        bool, typer.Option("--report", help="Show only counts: posts, quotes, parents, notes.")
    ] = False,
    json: Annotated[
        bool, typer.Option("--json", help="Print the thread as JSON, which argumap reads back.")
    ] = False,
    pseudonyms: Annotated[
        bool, typer.Option("--pseudonyms", help="Put labels (A, B, …) in the place of names.")
    ] = False,
    subreddit: Annotated[
        str | None,
        typer.Option(
            "--subreddit", metavar="NAME", help="With --list, of a dump of Reddit: only these."
        ),
    ] = None,
    loose: Annotated[
        bool,
        typer.Option("--loose", help="Leave faulty posts out and note it, instead of failing."),
    ] = False,
) -> None:
    """Show a thread as it was understood.

    Its posts and quotes, who answers whom, and what was inferred.
    """
    chosen = {"--list": list_, "--tree": tree, "--report": report, "--json": json}
    ways = [name for name, on in chosen.items() if on]
    if len(ways) > 1:
        raise typer.BadParameter(f"{' and '.join(ways)} exclude each other")
    if list_:
        _show_list(file, from_, strict=not loose, subreddit=subreddit)
        return
    if subreddit is not None:
        raise typer.BadParameter("it goes with --list", param_hint="--subreddit")
    found = read_thread_file(file, from_, thread=thread, strict=not loose, pseudonyms=pseudonyms)
    if json:
        show(found.model_dump_json(indent=1, exclude_none=True))
        return
    lines = _tree(found) if tree else _report(found) if report else _all(found)
    for line in lines:
        show(line)


def _show_list(name: str, format_name: str | None, *, strict: bool, subreddit: str | None) -> None:
    from argumap.threads import list_threads

    with progress(f"reading {name}"):
        source = sys.stdin.buffer.read() if name == "-" else name
        listings = list_threads(source, format=format_name, strict=strict, subreddit=subreddit)
    for listing in listings:
        title = harmless(listing.title or "")
        show(f"{bold(harmless(listing.id))}  {count(listing.posts, 'post')}  {title}".rstrip())


def _all(thread: Thread) -> Iterator[str]:
    yield from _head(thread)
    for post in thread.posts:
        yield ""
        yield _heading(post)
        for block in post.blocks:
            mark = "" if block.kind == "text" else dim(f"[{block.kind}] ")
            yield mark + wrapped(harmless(post.slice(block)), indent=0, hanging=4)
        for quote in post.quotes:
            source = f" {quote.source.post_id}" if quote.source else " a text that is not here"
            how = "" if quote.marked else ", not marked as a quote"
            yield dim(f"    quotes{harmless(source)}{how} ({quote.confidence:.0%})")
    if thread.notes:
        yield ""
        yield bold("Notes")
        for note in thread.notes:
            yield wrapped(harmless(note.message), indent=2, hanging=4)


def _tree(thread: Thread) -> Iterator[str]:
    yield from _head(thread)
    depths: dict[str | None, int] = {None: -1}
    stack = list(reversed(thread.replies(None)))
    while stack:
        post = stack.pop()
        depth = depths[post.id] = depths[post.parent_id] + 1
        words = harmless(_own_words(post))
        shown = words if len(words) <= 60 else words[:59] + "…"
        author = harmless(post.author or "unknown author") + _how(post.parent_inference)
        yield f"{'  ' * min(depth, _DEEPEST)}{bold(harmless(post.id))} {author}  {dim(shown)}"
        stack.extend(reversed(thread.replies(post.id)))


def _own_words(post: Post) -> str:
    """Return the beginning of what the author wrote, without quotes."""
    own = (b for b in post.blocks if b.kind not in {"quote", "boilerplate", "signature"})
    first = next(own, None)
    return post.slice(first)[:200] if first else post.title or ""


def _report(thread: Thread) -> Iterator[str]:
    yield from _head(thread)
    quotes = [quote for post in thread.posts for quote in post.quotes]
    found = sum(quote.source is not None for quote in quotes)
    parents = Counter(_basis(post) for post in thread.posts)
    kinds: Counter[str] = Counter(block.kind for post in thread.posts for block in post.blocks)
    removed = sum(post.removed is not None for post in thread.posts)
    yield f"parents: {_counts(parents)}"
    yield f"quotes: {len(quotes)}, {found} of them found in an earlier post"
    yield f"blocks: {_counts(kinds)}"
    if removed:
        yield f"removed: {count(removed, 'post')}"
    yield f"notes: {_counts(Counter(note.code for note in thread.notes)) or 'none'}"


def _basis(post: Post) -> str:
    if post.parent_id is None:
        return "none"
    return f"by {post.parent_inference.basis}" if post.parent_inference else "stated"


def _counts(counts: Counter[str]) -> str:
    return ", ".join(f"{number} {name}" for name, number in counts.most_common())


def _head(thread: Thread) -> Iterator[str]:
    posts, authors = len(thread.posts), len(thread.authors)
    yield bold(harmless(thread.title or thread.source or "thread"))
    yield f"{count(posts, 'post')} by {count(authors, 'author')}, read as {thread.format}"


def _heading(post: Post) -> str:
    author = harmless(post.author or "unknown author") + _how(post.author_inference)
    answers = (
        f" answers {harmless(post.parent_id)}{_how(post.parent_inference)}"
        if post.parent_id
        else ""
    )
    where = f", line {post.where.line}" if post.where and post.where.line else ""
    begins = f", begins here{_how(post.start_inference)}" if post.start_inference else ""
    return f"{bold(harmless(post.id))} {author}{answers}{dim(where + begins)}"


def _how(inference: Inference | None) -> str:
    if inference is None:
        return ""
    return f" (by {inference.basis}, {inference.confidence:.0%})"
