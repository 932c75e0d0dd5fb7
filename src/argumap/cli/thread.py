"""``argumap thread``: a thread as it was understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap.cli.files import FormatOption, InputArgument, read_thread_file
from argumap.cli.terminal import bold, count, dim, harmless, show, wrapped

if TYPE_CHECKING:
    from argumap.model import Inference, Post, Thread

__all__ = ["thread"]


def thread(file: InputArgument, from_: FormatOption = None) -> None:
    """Show a thread as it was understood: posts, quotes, who answers whom, what was inferred."""
    for line in _lines(read_thread_file(file, from_)):
        show(line)


def _lines(thread: Thread) -> list[str]:
    posts, authors = len(thread.posts), len(thread.authors)
    lines = [
        bold(harmless(thread.title or thread.source or "thread")),
        f"{count(posts, 'post')} by {count(authors, 'author')}, read as {thread.format}",
    ]
    for post in thread.posts:
        lines += ["", _heading(post)]
        for block in post.blocks:
            mark = "" if block.kind == "text" else dim(f"[{block.kind}] ")
            lines.append(mark + wrapped(harmless(post.slice(block)), indent=0, hanging=4))
        for quote in post.quotes:
            source = f" {quote.source.post_id}" if quote.source else " a text that is not here"
            how = "" if quote.marked else ", not marked as a quote"
            lines.append(dim(f"    quotes{source}{how} ({quote.confidence:.0%})"))
    if thread.notes:
        lines += ["", bold("Notes")]
        lines += [wrapped(harmless(note.message), indent=2, hanging=4) for note in thread.notes]
    return lines


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
