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
    from collections.abc import Iterator, Mapping, Sequence

    from argumap.model import Relation

__all__ = ["TASKS", "GoldThread", "families", "read_gold"]

TASKS = ("units", "kind", "relations", "stance", "reply")
# Posts of this many characters are not alike by chance.
_LONG = 100


@dataclass(frozen=True)
class GoldThread:
    """One annotated thread.

    Attributes:
        id: Its id in its file.
        source: The corpus it belongs to.
        group: Equal for threads that share their opening post, which resampling must keep together.
        kin: Marks of where it comes from: its long posts, and the file that it was taken from.
            Threads that share one must not train and test each other.
        tasks: What of the annotation is to be measured: some of `TASKS`.
        argmap: The annotated map; it holds the thread.
    """

    id: str
    source: str
    group: str
    kin: frozenset[str]
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
        except _FAULTS as error:
            what = f"lacks {error}" if isinstance(error, KeyError) else str(error)
            raise ParseError(
                f"not an annotated thread: {what}",
                source=name,
                line=number,
                hint="annotated threads are read from JSON, one on a line, and from Markdown (.md)",
            ) from error
    return documents


_FAULTS = (ValueError, KeyError, TypeError, AttributeError, RecursionError, ModelError)


def _gold_thread(document: Mapping[str, Any]) -> GoldThread:
    opening = document["posts"][0]["text"] if document["posts"] else ""
    return GoldThread(
        id=str(document["id"]),
        source=str(document.get("source", "")),
        group=_mark(opening.strip()),
        kin=frozenset(_kin(document)),
        tasks=frozenset(document.get("tasks") or TASKS),
        argmap=_map(document),
    )


def _kin(document: Mapping[str, Any]) -> Iterator[str]:
    """Yield what marks an annotated thread as related to others."""
    yield _mark(" ".join(document["posts"][0]["text"].split()) if document["posts"] else "")
    for post in document["posts"]:
        words = " ".join(post["text"].split())
        if len(words) >= _LONG:
            yield _mark(words)
    # A corpus is called by a name; a thread that was cut into pieces, by its file.
    name = str(document.get("source", "")).partition("#")[0].rpartition("/")
    if (name[1] or "." in name[2]) and not name[2].endswith(".jsonl"):
        yield name[2]


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def families(threads: Sequence[GoldThread]) -> list[list[GoldThread]]:
    """Return threads in families: those that are kin, directly or through others.

    Families come in the order of their least `GoldThread.group`, their members as given.
    """
    family_of: dict[str, list[GoldThread]] = {}
    for thread in threads:
        joined = [thread]
        for family in {id(f): f for mark in thread.kin if (f := family_of.get(mark))}.values():
            joined += family
        for each in joined:
            family_of.update(dict.fromkeys(each.kin, joined))
    place = {id(thread): number for number, thread in enumerate(threads)}
    found = {id(family): family for family in family_of.values()}.values()
    return sorted(
        (sorted(family, key=lambda thread: place[id(thread)]) for family in found),
        key=lambda family: min(thread.group for thread in family),
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
