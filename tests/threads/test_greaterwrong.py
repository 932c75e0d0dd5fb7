"""GreaterWrong's page, in one of our own writing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap import read_thread

if TYPE_CHECKING:
    from pathlib import Path


def _comment(author: str, body: str, replies: str = "") -> str:
    below = f'<ul class="comment-thread">{replies}</ul>' if replies else ""
    return (
        f'<li class="comment-item"><div class="comment"><div class="comment-meta">'
        f'<a class="author" href="/users/x">{author}</a></div>'
        f'<div class="body-text comment-body">{body}</div></div>{below}</li>'
    )


def test_comments_answer_what_they_stand_under(tmp_path: Path) -> None:
    dan = _comment("Dan", "Hm.")
    inner = _comment("Cem", "<blockquote><p>Mine are not.</p></blockquote><p>a &lt; b</p>")
    comments = _comment(
        "Ana",
        "<div><p>Hens are easy.</p></div><ul><li>Eggs</ul>",
        _comment("Ben", "<p>Mine are not.</p>", inner) + dan,
    )
    comments += _comment("Eve", "<p>Foxes?<br>Geese?</p>")
    path = tmp_path / "page.html"
    path.write_text(f'<!DOCTYPE html><title>Hens</title><ul class="comment-thread">{comments}</ul>')
    thread = read_thread(path)
    assert (thread.format, thread.title) == ("greaterwrong", "Hens")
    assert [(p.id, p.author, p.parent_id, p.text) for p in thread.posts] == [
        ("p1", "Ana", None, "Hens are easy.\n\nEggs"),
        ("p2", "Ben", "p1", "Mine are not."),
        ("p3", "Cem", "p2", "Mine are not.\n\na < b"),
        ("p4", "Dan", "p1", "Hm."),
        ("p5", "Eve", None, "Foxes?\nGeese?"),
    ]
    assert [note.code for note in thread.notes] == ["article-left-out"]
    (quote,) = thread.posts[2].quotes
    assert quote.source is not None
    assert quote.source.post_id == "p2"
