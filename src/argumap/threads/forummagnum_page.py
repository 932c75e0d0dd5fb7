"""LessWrong, EA Forum: a saved HTML page of an article and its comments.

The page shows the comments, and most of them are also in the data that the site's program begins
with: there they are whole, even where the page shows a beginning only.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from argumap.errors import ThreadParseError
from argumap.threads._assemble import assemble
from argumap.threads._fields import Record
from argumap.threads._page import Found, classes_of, found_in
from argumap.threads._reader import Reader
from argumap.threads.forummagnum import in_order, post_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from argumap.model import Post, Thread
    from argumap.threads._page import Part
    from argumap.threads._source import Source

__all__ = ["READER", "read", "sniff"]

_DATA = re.compile(r"(?:__APOLLO_STATE__\s*=\s*(?:JSON\.parse\()?|\.push\()(?=[{\"])")
# Values that JavaScript has and JSON lacks; a text that holds such words is changed by it too.
_UNDEFINED = re.compile(r"(?<=[:\[,])undefined(?=[,}\]])")
_ADDRESS = re.compile(
    r"<(?:link|meta)\b[^<>]{0,500}?(?:canonical|og:url)[^<>]{0,500}?/posts/(?P<id>\w+)"
    r"|<!-- saved from url=[^<>]{0,500}?/posts/(?P<saved>\w+)"
)
_ARGUMENTS = "("


def sniff(source: Source) -> bool:
    """Whether a source is a page of such a forum that shows comments."""
    if source.page_title is None or source.size > source.limit:
        return False
    data = source.data
    return b"comments-node" in data or (b"APOLLO" in data and b"parentCommentId" in data)


def read(source: Source) -> Iterator[Thread]:
    """Yield the thread of the page: the article, and the comments in order of time.

    Comments on other articles, which a page may show in its margin, are left out with a note.
    """
    text = source.text
    article, comments = found_in(text, _part)
    known: dict[str, tuple[Post, str]] = {}
    for record in _stored(text, source.name):
        try:
            post, thread_id = post_of(record)
        except ThreadParseError as fault:
            source.skip(fault)
            continue
        # The same comment may be stored several times, with more or fewer of its fields.
        if post.id not in known or len(post.text) > len(known[post.id][0].text):
            known[post.id] = post, thread_id
    root = _article_id(text, known)
    posts = {post.id: post for post, thread_id in known.values() if thread_id == root}
    if article.html and not (root in posts and posts[root].text):
        article.id = root
        posts[root] = article.post(None)
    for number, each in enumerate(comments, 1):
        each.id = each.id or f"p{number}"
    for each in comments:
        if each.id in known:
            continue
        posts[each.id or ""] = each.post(each.above.id if each.above else root)
    others = sum(root not in {i, at} for i, (_, at) in known.items())
    if others:
        source.note("other-articles", f"{others} posts of other articles are left out")
    unseen = [p.id for p in posts.values() if not p.text and not p.removed and p.id != root]
    if unseen:
        source.note("text-missing", f"the page does not show the words of {len(unseen)} comments")
    ordered = in_order(posts.values(), root)
    title = ordered[0].title if ordered else None
    yield assemble(
        source,
        READER.name,
        ordered,
        thread_id=root,
        title=title or source.page_title,
        absent_root=root,
    )


def _article_id(text: str, known: Mapping[str, tuple[Post, str]]) -> str:
    """Return the id of the article: from the page's address, else what most comments answer."""
    if found := _ADDRESS.search(text):
        return found["id"] or found["saved"]
    threads = Counter(thread_id for _, thread_id in known.values())
    return threads.most_common(1)[0][0] if threads else "article"


# What the page shows


def _part(tag: str, given: Mapping[str, str], at: Found) -> Part | None:
    classes = classes_of(given)
    first = classes[0] if classes else ""
    if "comments-node" in classes:
        return "comment"
    if at.is_article:
        return _part_of_article(given, classes, at)
    if tag == "a" and at.id is None and "commentId=" in given.get("href", ""):
        at.id = given["href"].rpartition("commentId=")[2].partition("&")[0] or None
    at.removed = at.removed or first.startswith("CommentDeletedMetadata")
    if any(each.startswith(("UsersNameDisplay", "CommentUserName-author")) for each in classes):
        return "author"
    return "body" if first.startswith("CommentBody") or "CommentBody-root" in classes else None


def _part_of_article(given: Mapping[str, str], classes: list[str], at: Found) -> Part | None:
    named = " ".join(classes)
    if "PostsPageTitle-" in named:
        return "title"
    if "PostsAuthors-" in named:
        return "author"
    shows = given.get("id") == "postBody" or "PostsPage-postContent" in named
    return "body" if shows and not at.html else None


# What the page stores


def _stored(text: str, name: str | None) -> Iterator[Record]:
    """Yield the comments and articles in the data of a page."""
    for script in _scripts(text):
        if "postedAt" not in script:
            continue
        for value in _values(_UNDEFINED.sub("null", script)):
            cache = value if isinstance(value, dict) else {}
            for each in _objects(value):
                kept = _plain(each, cache)
                if kept.get("__typename") == "Post" or "parentCommentId" in kept:
                    yield Record(kept, name)


def _scripts(text: str) -> Iterator[str]:
    at = 0
    while (start := text.find("<script", at)) >= 0 and (end := text.find("</script", start)) >= 0:
        yield text[start:end].partition(">")[2]
        at = end


def _values(script: str) -> Iterator[Any]:
    """Yield the values that a script of the page stores."""
    decoder = json.JSONDecoder()
    at = 0
    while found := _DATA.search(script, at):
        at = found.end()
        try:
            value, at = decoder.raw_decode(script, at)
            yield json.loads(value) if isinstance(value, str) else value
        except (ValueError, RecursionError):
            continue


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects with an id and a time, at any depth."""
    stack = [value]
    while stack:
        at = stack.pop()
        if isinstance(at, dict):
            if isinstance(at.get("_id"), str) and "postedAt" in at:
                yield at
            stack.extend(reversed(at.values()))
        elif isinstance(at, list):
            stack.extend(reversed(at))


def _plain(value: dict[str, Any], cache: dict[str, Any]) -> dict[str, Any]:
    """Return an object with what it refers to in place, and without arguments in its keys."""
    plain: dict[str, Any] = {}
    for key, held in value.items():
        name = key.partition(_ARGUMENTS)[0]
        found = _referred(held, cache)
        if name == "contents" and isinstance(found, dict):
            found = {each.partition(_ARGUMENTS)[0]: text for each, text in found.items()}
        if found is not None or name not in plain:
            plain[name] = found
    return plain


def _referred(value: Any, cache: dict[str, Any]) -> Any:
    if not isinstance(value, dict):
        return value
    # Older pages write {"type": "id", "id": "User:x"}.
    to = value.get("__ref") or (value.get("id") if value.get("type") == "id" else None)
    return cache.get(to) if isinstance(to, str) else value


READER = Reader(
    name="forummagnum-page",
    title="LessWrong, EA Forum page (HTML)",
    sniff=sniff,
    read=read,
)
