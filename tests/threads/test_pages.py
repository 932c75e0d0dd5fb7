"""Saved pages of forums, in pages of our own writing: GreaterWrong, LessWrong and the EA Forum."""

from __future__ import annotations

import json
from typing import Any

from argumap import Thread, parse_thread


def outline(thread: Thread) -> list[str]:
    return [
        f"{post.id} {post.author or '?'}"
        f"{f' -> {post.parent_id}' if post.parent_id else ''}: {post.text!r}"
        for post in thread.posts
    ]


# GreaterWrong


def _comment(name: str, author: str, body: str, replies: str = "", link: str = "") -> str:
    below = f'<ul class="comment-thread">{replies}</ul>' if replies else ""
    return (
        f'<li id="comment-{name}" class="comment-item depth-odd"><div class="comment">'
        f'<div class="comment-meta"><a class="author" href="/users/x">{author}</a>'
        f'<a class="date" href="/x" data-js-date="1700000000000"> 14 Nov 2023 </a>{link}</div>'
        f'<div class="body-text comment-body">{body}</div></div>{below}</li>'
    )


GONE = (
    '<li id="comment-g" class="comment-item"><div class="comment deleted-comment">'
    '<div class="comment-meta"><span class="deleted-meta">[ ]</span></div>'
    '<div class="body-text comment-body">[deleted]</div></div></li>'
)
ARTICLE = (
    '<main class="post"><h1 class="post-title">Hens</h1><div class="post-meta top-post-meta">'
    '<a class="author" href="/users/ana">Ana</a> <span class="date" data-js-date=1699999999000>14'
    '</span></div><div class="body-text post-body"><p>Hens are easy.</p></div></main>'
)


def _greaterwrong(comments: str, article: str = "") -> Thread:
    thread = parse_thread(
        f"<!DOCTYPE html><title>Hens - LW</title>{article}"
        f'<ul class="comment-thread">{comments}</ul>'
    )
    assert thread.format == "greaterwrong"
    return thread


def test_comments_answer_what_they_stand_under() -> None:
    inner = _comment("c", "Cem", "<blockquote><p>Mine are not.</p></blockquote><p>a &lt; b</p>")
    replies = _comment("b", "Ben", "<p>Mine are not.</p>", inner) + _comment("d", "Dan", "Hm.")
    comments = _comment("a", "Ana", "<div><p>Sure.</p></div><ul><li>Eggs</ul>", replies)
    comments += _comment("e", "Eve", "<p>Foxes?<br>Geese?</p>") + GONE
    expected = [
        "a Ana: 'Sure.\\n\\nEggs'",
        "b Ben -> a: 'Mine are not.'",
        "c Cem -> b: 'Mine are not.\\n\\na < b'",
        "d Dan -> a: 'Hm.'",
        "e Eve: 'Foxes?\\nGeese?'",
        "g ?: ''",
    ]
    thread = _greaterwrong(comments)
    assert (thread.title, outline(thread)) == ("Hens - LW", expected)
    assert [note.code for note in thread.notes] == ["root-missing"]
    assert str(thread.posts[0].created_at) == "2023-11-14 22:13:20+00:00"
    assert thread.posts[-1].removed == "unknown"
    (quote,) = thread.posts[2].quotes
    assert quote.source is not None
    assert quote.source.post_id == "b"
    whole = _greaterwrong(comments, ARTICLE)
    assert whole.title == "Hens"
    assert outline(whole)[:2] == [
        "article Ana: 'Hens are easy.'",
        "a Ana -> article: 'Sure.\\n\\nEggs'",
    ]


def test_comments_in_order_of_time_say_whom_they_answer() -> None:
    link = '<a class="comment-parent-link" href="#comment-a">Parent</a>'
    comments = _comment("a", "Ana", "Eggs.") + _comment("b", "Ben", "No.", link=link)
    assert outline(_greaterwrong(comments)) == ["a Ana: 'Eggs.'", "b Ben -> a: 'No.'"]


# LessWrong and the EA Forum


def _node(name: str, author: str, body: str, replies: str = "") -> str:
    return (
        f'<div class=""><div class="comments-node comments-node-odd CommentFrame-node" id="{name}">'
        '<div><div class="CommentsItem-root recent-comments-node"><div class="CommentsItem-body">'
        '<div class="CommentsItemMeta-root"><a class="CommentsItemMeta-collapse">[<span>-</span>]'
        f'</a><span class="UsersNameDisplay-noColor"><a href="/users/x">{author}</a></span>'
        f'<span class="CommentsItemDate-root"><a href="/posts/p1/hens?commentId={name}">'
        f'<time datetime="2023-11-14T22:13:20.000Z">2y</time></a></span></div>{body}'
        f'</div></div></div><div class="CommentsNode-children">{replies}</div></div></div>'
    )


def _body(html: str) -> str:
    return (
        '<div class="ContentStyles-base CommentBody-root"><div class="CommentBody-commentStyling">'
        f"{html}</div></div>"
    )


PAGE = (
    '<!DOCTYPE html>\n<html lang="en"><head><title>Hens — LessWrong</title><link data-x="true" '
    'rel="canonical" href="https://www.lesswrong.com/posts/p1/hens"></head><body>'
    '<h1 class="Typography-root PostsPageTitle-root"><a href="/posts/p1/hens">Hens</a></h1>'
    '<span class="PostsAuthors-authorName"><span class="UsersNameDisplay-x">Ana</span></span>'
    '<div class="PostsPage-postContent" id="postBody"><p>Hens are easy.</p></div>'
)
NODES = _node(
    "c1", "Ben", _body("<p>Mine are not<span>…</span></p>"), _node("c2", "Cem", _body("Hm."))
) + _node("c9", "Dee", '<div class="CommentDeletedMetadata-root">Comment deleted</div>')


def _stored(**more: Any) -> dict[str, Any]:
    when = "2023-11-14T22:13:20.000Z"
    state: dict[str, Any] = {
        "Post:p1": {"__typename": "Post", "_id": "p1", "postedAt": when, "title": "Hens",
                    "user": {"__ref": "User:u1"},
                    'contents({"version":null})': {"__ref": "Revision:r1"}},
        "Post:p2": {"__typename": "Post", "_id": "p2", "postedAt": when, "title": "Goats"},
        "Revision:r1": {"_id": "r1", "html": "<p>Hens are <b>easy</b>.</p>"},
        "User:u1": {"_id": "u1", "displayName": "Ana"},
        "User:u2": {"_id": "u2", "displayName": "Ben"},
        "Comment:c1": {"__typename": "Comment", "_id": "c1", "postId": "p1", "postedAt": when,
                       "parentCommentId": None, "user": {"type": "id", "id": "User:u2"},
                       "contents": {"html": "<p>Mine are not, </script> alas.</p>"},
                       "baseScore": 3, "deleted": False},
        "Comment:c7": {"__typename": "Comment", "_id": "c7", "postId": "p2", "postedAt": when,
                       "parentCommentId": None, "user": None, "contents": {"html": "Elsewhere."}},
        "ROOT_QUERY": {"comments": {"results": [{"__ref": "Comment:c1"}]}},
    }  # fmt: skip
    return {**state, **more}


def _embedded(value: Any) -> str:
    return json.dumps(value).replace("</", "<\\/")


SHOWN = [
    "p1 Ana: 'Hens are easy.'",
    "c1 Ben -> p1: 'Mine are not…'",
    "c2 Cem -> c1: 'Hm.'",
    "c9 Dee -> p1: ''",
]


def test_the_comments_that_a_page_shows() -> None:
    thread = parse_thread(f"{PAGE}{NODES}</body></html>")
    assert (thread.format, thread.id, thread.title) == ("forummagnum-page", "p1", "Hens")
    assert outline(thread) == SHOWN
    assert [post.removed for post in thread.posts] == [None, None, None, "unknown"]
    assert thread.posts[1].created_at is not None


def test_the_comments_that_a_page_stores() -> None:
    expected = [SHOWN[0], "c1 Ben -> p1: 'Mine are not, alas.'", *SHOWN[2:]]
    stored = _embedded(_stored())
    for script in (
        f"window.__APOLLO_STATE__ = {stored}",
        f"window.__APOLLO_STATE__ = JSON.parse({_embedded(json.dumps(_stored()))})",
    ):
        thread = parse_thread(f"{PAGE}<script>{script}</script>{NODES}")
        assert outline(thread) == expected
        assert [note.code for note in thread.notes] == ["other-articles"]
        assert thread.posts[1].score == 3


def test_the_comments_that_newer_pages_send_on() -> None:
    expected = [SHOWN[0], "c1 Ben -> p1: 'Mine are not, alas.'", *SHOWN[2:]]
    stored = _stored()
    nested = _embedded(
        {
            "post": {"result": {**stored["Post:p1"], "user": {"displayName": "Ana"}}},
            "comments": {"results": [{**stored["Comment:c1"], "user": {"displayName": "Ben"}}]},
        }
    )
    script = (
        '(window[Symbol.for("ApolloSSRDataTransport")] ??= []).push({"rehydrate":'
        f'{{":R1:":{{"error":undefined,"data":{nested}}}}}}})'
    )
    assert outline(parse_thread(f"{PAGE}<script>{script}</script>{NODES}")) == expected


def test_a_page_that_only_stores_comments() -> None:
    page = "<html><title>Hens</title><script>window.__APOLLO_STATE__ = {}</script></html>"
    thread = parse_thread(page.replace("{}", _embedded(_stored())))
    assert outline(thread)[1:] == ["c1 Ben -> p1: 'Mine are not, alas.'"]
