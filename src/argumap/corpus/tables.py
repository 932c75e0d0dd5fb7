"""The tables of a corpus: their columns, and the rows that a map becomes.

Every column has its type and its meaning here, once; the Parquet files carry both, and the page
``docs/reference/corpus-tables.md`` is held to them by a test.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from argumap.model import ArgumentMap, Thread

__all__ = ["TABLES", "VERSION", "Column", "Row", "map_rows", "thread_row"]

VERSION = "argumap-corpus/1"
"""Name and version of this schema. It stands in the metadata of every file."""

Row = list[Any]


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes:
        name: Its name.
        type: ``string``, ``int32``, ``int64``, ``double``, ``timestamp`` (UTC, microseconds) or
            ``strings`` (a list).
        meaning: What it holds.
    """

    name: str
    type: str
    meaning: str


_THREAD = Column("thread", "string", "Key of the thread: `source`, `#`, `record`.")
_CONFIDENCE = Column("confidence", "double", "How sure it is, in [0, 1], or null.")
_MAKER = Column("maker", "string", "What made it: an extractor, a format, a person.")
_RULE = Column("rule", "string", "The rule or trained head that decided.")
_PLACE = (
    Column("post_id", "string", "Post in which it stands."),
    Column("span_start", "int32", "First code point in the post's text."),
    Column("span_end", "int32", "First code point after it."),
)

TABLES: Mapping[str, tuple[Column, ...]] = {
    "threads": (
        _THREAD,
        Column("source", "string", "File of the input, relative to its folder."),
        Column("record", "int64", "Line of that file, or number of the thread in it, from 1."),
        Column("status", "string", "`ok` or `error`."),
        Column("error", "string", "Name of the error, such as `ThreadParseError`, `TimeLimit`."),
        Column("message", "string", "The error in words."),
        Column("digest", "string", "BLAKE2b-64 of the line or file, in hexadecimal."),
        Column("id", "string", "Id of the thread in its source."),
        Column("title", "string", "Title or subject."),
        Column("url", "string", "Where it stands. Untrusted."),
        Column("format", "string", "Name of the reader that read it."),
        Column("posts", "int32", "Number of posts."),
        Column("authors", "int32", "Number of authors."),
        Column("skipped", "int32", "Number of posts that could not be read and were left out."),
        Column("first_post", "timestamp", "Time of the earliest post that has one."),
        Column("last_post", "timestamp", "Time of the latest post that has one."),
        Column("claims", "int32", "Number of claims."),
        Column("supports", "int32", "Number of supports."),
        Column("rebuttals", "int32", "Number of rebuttals."),
        Column("undercuts", "int32", "Number of undercuts."),
        Column("unsupported", "int32", "Number of claims that no support concludes."),
        Column("contested", "int32", "Number of claims that are rebutted."),
    ),
    "claims": (
        _THREAD,
        Column("position", "int32", "Place in the map, from 0."),
        Column("id", "string", "Id in its map."),
        Column("text", "string", "The proposition."),
        Column("author", "string", "The first who asserts or endorses it."),
        *_PLACE,
        Column("component", "string", "`claim`, `premise` or null: how its author offers it."),
        _CONFIDENCE,
        _MAKER,
        _RULE,
        Column("mentions", "int32", "Number of mentions."),
        Column("supports", "int32", "Number of supports that conclude it."),
        Column("supports_undercut", "int32", "How many of those are undercut."),
        Column("rebuttals", "int32", "Number of rebuttals that strike it."),
        Column("reason_for", "int32", "Number of supports of which it is a premise."),
        Column("reason_against", "int32", "Number of rebuttals and undercuts that it is."),
    ),
    "mentions": (
        _THREAD,
        Column("claim", "string", "Id of the claim."),
        Column("position", "int32", "Place among the mentions of the claim, from 0."),
        Column("author", "string", "Who."),
        Column("stance", "string", "`asserts`, `endorses`, `concedes`, `denies` or `quotes`."),
        *_PLACE,
        Column("quote", "string", "The words, exactly as they stand there."),
    ),
    "relations": (
        _THREAD,
        Column("position", "int32", "Place in the map, from 0."),
        Column("id", "string", "Id in its map."),
        Column("kind", "string", "`support`, `rebuttal` or `undercut`."),
        Column("sources", "strings", "Ids of the claims that give the reason."),
        Column("target", "string", "Id of the claim, or of the relation that is undercut."),
        Column("scheme", "string", "Pattern of the inference of a support."),
        _CONFIDENCE,
        _MAKER,
        _RULE,
        Column("cues", "strings", "The words that it went by."),
        Column("undercuts", "int32", "Number of undercuts that strike it."),
    ),
    "maps": (
        _THREAD,
        Column("map", "string", "The map with its thread as argumap JSON (`argumap-map/1`)."),
    ),
}
"""The columns of every table. ``maps`` is written on request only."""


def thread_row(
    source: str,
    record: int,
    digest: str,
    *,
    argmap: ArgumentMap | None = None,
    error: tuple[str, str] | None = None,
) -> Row:
    """Return the row of ``threads`` for a record: of its map, or of the error it ended in."""
    key = [f"{source}#{record}", source, record]
    if argmap is None:
        name, message = error or ("", "")
        blank: Row = [None] * (len(TABLES["threads"]) - 7)
        return [*key, "error", name, message, digest, *blank]
    thread = argmap.thread
    supported = {support.conclusion for support in argmap.supports}
    rebutted = {rebuttal.target for rebuttal in argmap.rebuttals}
    return [
        *key,
        "ok",
        None,
        None,
        digest,
        thread.id if thread else None,
        argmap.title or (thread.title if thread else None),
        thread.url if thread else None,
        thread.format if thread else None,
        len(thread.posts) if thread else None,
        len(thread.authors if thread else argmap.authors),
        sum(note.code == "post-skipped" for note in thread.notes) if thread else None,
        *_times(thread),
        len(argmap.claims),
        len(argmap.supports),
        len(argmap.rebuttals),
        len(argmap.undercuts),
        sum(claim.id not in supported for claim in argmap.claims),
        len(rebutted),
    ]


def _times(thread: Thread | None) -> tuple[int | None, int | None]:
    """Return the times of the first and the last post, in microseconds since 1970."""
    times = [post.created_at for post in thread.posts if post.created_at] if thread else []
    if not times:
        return None, None
    first, last = min(times), max(times)
    return (first - _EPOCH) // _MICROSECOND, (last - _EPOCH) // _MICROSECOND


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def map_rows(key: str, argmap: ArgumentMap) -> dict[str, list[Row]]:
    """Return the rows of ``claims``, ``mentions`` and ``relations`` for a map. Linear."""
    undercuts = Counter(undercut.target for undercut in argmap.undercuts)
    rebuttals = Counter(rebuttal.target for rebuttal in argmap.rebuttals)
    supports = Counter(support.conclusion for support in argmap.supports)
    struck = Counter(s.conclusion for s in argmap.supports if s.id in undercuts)
    reasons_for = Counter(premise for support in argmap.supports for premise in support.premises)
    reasons_against = Counter(
        source
        for relation in argmap.relations
        if relation.kind != "support"
        for source in relation.sources
    )
    claims: list[Row] = []
    mentions: list[Row] = []
    for position, claim in enumerate(argmap.claims):
        span = next((m.span for m in claim.mentions if m.span is not None), None)
        claims.append(
            [
                key,
                position,
                claim.id,
                claim.text,
                next(iter(claim.authors), None),
                *((span.post_id, span.start, span.end) if span else _NOWHERE),
                claim.component,
                claim.confidence,
                claim.origin.maker if claim.origin else None,
                claim.origin.rule if claim.origin else None,
                len(claim.mentions),
                supports[claim.id],
                struck[claim.id],
                rebuttals[claim.id],
                reasons_for[claim.id],
                reasons_against[claim.id],
            ]
        )
        for place, mention in enumerate(claim.mentions):
            span = mention.span
            mentions.append(
                [
                    key,
                    claim.id,
                    place,
                    mention.author,
                    mention.stance,
                    *((span.post_id, span.start, span.end) if span else _NOWHERE),
                    mention.quote,
                ]
            )
    relations: list[Row] = [
        [
            key,
            position,
            relation.id,
            relation.kind,
            relation.sources,
            relation.target,
            relation.scheme if relation.kind == "support" else None,
            relation.confidence,
            relation.origin.maker if relation.origin else None,
            relation.origin.rule if relation.origin else None,
            relation.origin.cues if relation.origin else (),
            undercuts[relation.id],
        ]
        for position, relation in enumerate(argmap.relations)
    ]
    return {"claims": claims, "mentions": mentions, "relations": relations}


_NOWHERE = (None, None, None)
