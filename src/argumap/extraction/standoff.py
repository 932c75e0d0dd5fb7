"""Labels without the text that they are about, so that they may be passed on where it may not.

A row of labels names the posts by their ids in their thread, with a hash of each post's text;
units are offsets. Whoever has the threads can join the two again.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from argumap.errors import ParseError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from argumap.model import Post

__all__ = ["join_texts", "stand_off"]

_UNIT = ("id", "post_id", "start", "end", "kind")
_RELATION = ("source", "target", "type", "undercut")
_ENDORSEMENT = ("post_id", "target", "stance")


def stand_off(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the labels of an annotated thread without its text.

    Args:
        document: A document of a gold file (see `read_gold`) with three more keys: ``source``,
            the file that its thread is in; ``thread``, its id there; and ``post_ids``, the ids
            that its posts have there.

    Examples:
        >>> unit = {"id": "u1", "post_id": "p1", "start": 0, "end": 10, "kind": "claim"}
        >>> row = stand_off({
        ...     "id": "rain", "source": "weather.json", "thread": "7", "post_ids": ["31"],
        ...     "posts": [{"id": "p1", "text": "It rained."}], "units": [unit], "relations": [],
        ... })
        >>> row["posts"]
        [{'id': 'p1', 'post': '31', 'sha256': '8b38b558e4df5eb3'}]
    """
    posts = [
        {"id": post["id"], "post": own, "sha256": _hash(post["text"])}
        for post, own in zip(document["posts"], document["post_ids"], strict=True)
    ]
    return {
        "id": document["id"],
        "source": document["source"],
        "thread": document["thread"],
        "posts": posts,
        "units": [_only(unit, _UNIT) for unit in document["units"]],
        "relations": [_only(relation, _RELATION) for relation in document["relations"]],
        "endorsements": [_only(e, _ENDORSEMENT) for e in document.get("endorsements", ())],
    }


def _only(row: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    """Return what a row says under some keys; that something is not so goes without saying."""
    return {key: row[key] for key in keys if key in row and row[key] is not False}


def join_texts(row: Mapping[str, Any], posts: Mapping[str, Post]) -> dict[str, Any]:
    """Return the annotated thread that a row of labels is about, as a document of a gold file.

    Args:
        row: What `stand_off` returned.
        posts: The posts of its thread, by id.

    Raises:
        ParseError: A post is not there, or its text is not the one that was labelled.
    """
    found = []
    known = {post["post"]: post["id"] for post in row["posts"]}
    for wanted in row["posts"]:
        where = f"post {wanted['post']!r} of thread {row['thread']!r}"
        post = posts.get(wanted["post"])
        if post is None:
            raise ParseError(f"{where} is not there", source=row["source"])
        if _hash(post.text) != wanted["sha256"]:
            raise ParseError(
                f"{where} has another text than the one that was labelled", source=row["source"]
            )
        parent = known.get(post.parent_id) if post.parent_id is not None else None
        found.append(
            {"id": wanted["id"], "author": post.author, "parent_id": parent, "text": post.text}
        )
    authors = {post["id"]: post["author"] for post in found}
    return {
        **row,
        "posts": found,
        "endorsements": [{**e, "author": authors[e["post_id"]]} for e in row["endorsements"]],
    }


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
