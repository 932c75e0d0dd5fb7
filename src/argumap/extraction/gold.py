"""Threads that people have annotated, one JSON document per line."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from argumap._files import read_text
from argumap.errors import ModelError, ParseError
from argumap.extraction.annotated import parse_annotated
from argumap.model import (
    ArgumentMap,
    Claim,
    Mention,
    Post,
    Rebuttal,
    Span,
    Support,
    Thread,
    Undercut,
)

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Mapping

    from argumap.model import Relation

__all__ = ["TASKS", "GoldThread", "read_gold"]

TASKS = ("units", "kind", "relations", "stance", "reply")


@dataclass(frozen=True)
class GoldThread:
    """One annotated thread.

    Attributes:
        id: Its id in its file.
        source: The corpus it belongs to.
        group: Equal for threads that share their opening post, which resampling and
            cross-validation must keep together.
        tasks: What of the annotation is to be measured: some of `TASKS`.
        argmap: The annotated map; it holds the thread.
    """

    id: str
    source: str
    group: str
    tasks: frozenset[str]
    argmap: ArgumentMap

    @property
    def thread(self) -> Thread:
        """The thread, its posts not marked up."""
        if self.argmap.thread is None:
            raise ModelError("gold thread", [f"the map of {self.id!r} holds no thread"])
        return self.argmap.thread


def read_gold(path: str | os.PathLike[str]) -> list[GoldThread]:
    """Return the annotated threads of a file: JSON Lines, or Markdown (see `annotated`).

    A line of JSON is a document with the keys ``id``, ``source``, ``tasks`` (optional), ``posts``
    (each ``id``, ``author``, ``parent_id``, ``text``), ``units`` (``id``, ``post_id``, ``start``,
    ``end``, ``kind``), ``relations`` (``source``, ``target``, ``type`` ``support`` or ``attack``,
    and ``undercut`` where the attack is on the inference from the target) and ``endorsements``
    (``post_id``, ``author``, ``target``, ``stance``). Offsets are code points.

    Raises:
        ParseError: The file cannot be read, or a line is not such a document.
    """
    name = str(path)
    if Path(path).suffix == ".md":
        text = read_text(path, ParseError)
        return [_gold_thread(document) for document in parse_annotated(text, source=name)]
    documents = []
    for number, line in enumerate(read_text(path, ParseError).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            documents.append(_gold_thread(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError, ModelError) as error:
            what = f"lacks {error}" if isinstance(error, KeyError) else str(error)
            raise ParseError(
                f"not an annotated thread: {what}", source=name, line=number
            ) from error
    return documents


def _gold_thread(document: Mapping[str, Any]) -> GoldThread:
    opening = document["posts"][0]["text"] if document["posts"] else ""
    return GoldThread(
        id=str(document["id"]),
        source=str(document.get("source", "")),
        group=hashlib.sha256(opening.strip().encode()).hexdigest()[:12],
        tasks=frozenset(document.get("tasks") or TASKS),
        argmap=_map(document),
    )


def _map(document: Mapping[str, Any]) -> ArgumentMap:
    posts = tuple(
        Post(
            id=str(post["id"]),
            author=post.get("author"),
            parent_id=post.get("parent_id"),
            text=post["text"],
        )
        for post in document["posts"]
    )
    by_id = {post.id: post for post in posts}
    stands: dict[str, list[Mention]] = {}
    for stand in document.get("endorsements", ()):
        stands.setdefault(stand["target"], []).append(
            Mention(author=stand.get("author"), stance=stand["stance"])
        )
    claims = []
    for unit in document["units"]:
        post = by_id[unit["post_id"]]
        span = Span(post_id=post.id, start=unit["start"], end=unit["end"])
        words = post.slice(span)
        claims.append(
            Claim(
                id=f"c:{unit['id']}",
                text=words,
                mentions=(
                    Mention(author=post.author, span=span, quote=words),
                    *stands.get(unit["id"], ()),
                ),
                component=unit["kind"],
            )
        )
    relations = tuple(_relations(document["relations"]))
    return ArgumentMap(claims=tuple(claims), relations=relations, thread=Thread(posts=posts))


def _relations(rows: list[Mapping[str, Any]]) -> Iterator[Relation]:
    """Yield the relations; an undercut strikes the first inference from its target."""
    inference: dict[str, str] = {}
    for number, row in enumerate(rows, start=1):
        inference.setdefault(row["source"], f"r{number}")
    for number, row in enumerate(rows, start=1):
        name = f"r{number}"
        source, target = f"c:{row['source']}", f"c:{row['target']}"
        if row["type"] == "support":
            yield Support(id=name, premises=(source,), conclusion=target)
        elif row.get("undercut") and row["target"] in inference:
            yield Undercut(id=name, source=source, target=inference[row["target"]])
        else:
            yield Rebuttal(id=name, source=source, target=target)
