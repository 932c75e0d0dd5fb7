"""Threads of r/changemyview in XML, as research corpora keep them: one branch a file."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from argumap.model import Post, Thread
from argumap.threads._assemble import assemble
from argumap.threads._reader import Reader
from argumap.threads._reddit import unescaped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.threads._source import Source

__all__ = ["READER", "read", "sniff"]


def sniff(source: Source) -> bool:
    """Whether a source is such a file, or a folder of them."""
    if source.is_folder:
        files = [each for name, each in source.files.items() if name.endswith(".xml")]
        return bool(files) and all("<thread ID=" in each.head[:2000] for each in files[:3])
    return "<thread ID=" in source.head[:2000]


def read(source: Source) -> Iterator[Thread]:
    """Yield the threads; the files of a folder that share a thread are put together.

    In each branch a reply answers the one before it.
    """
    files = [source]
    if source.is_folder:
        files = [each for name, each in source.files.items() if name.endswith(".xml")]
    threads: dict[str, dict[str, Post]] = {}
    titles: dict[str, tuple[str, str | None]] = {}
    for file in files:
        root = _parsed(file)
        thread_id = root.get("ID") or "thread"
        titles[thread_id] = (root.findtext("title") or "", root.findtext("source"))
        posts = threads.setdefault(thread_id, {})
        for post in _branch(root, thread_id):
            posts.setdefault(post.id, post)
    for thread_id, posts in threads.items():
        title, url = titles[thread_id]
        yield assemble(
            source, READER.name, posts.values(), thread_id=thread_id, title=title, url=url
        )


def _parsed(source: Source) -> ET.Element:
    text = source.text
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise source.error("this XML declares entities of its own, which is not read")
    try:
        root = ET.fromstring(text)  # noqa: S314  # no entities: checked above
    except ET.ParseError as fault:
        line, column = fault.position
        reason = str(fault).split(":")[0]
        raise source.error(f"not XML: {reason}", line=line, column=column + 1) from None
    if root.tag != "thread":
        raise source.error(f"wanted the XML element 'thread', found {root.tag!r}")
    return root


def _branch(root: ET.Element, thread_id: str) -> Iterator[Post]:
    before: str | None = None
    for number, element in enumerate(root.iter()):
        if element.tag not in {"OP", "reply"}:
            continue
        post_id = thread_id if element.tag == "OP" else element.get("id") or f"p{number}"
        author = element.get("author")
        gone = author in {None, "", "[deleted]"}
        text = unescaped("".join(element.itertext())).strip()
        removed = text in {"[deleted]", "[removed]"}
        yield Post(
            id=post_id,
            author=None if gone else author,
            author_kind="deleted" if gone else "person",
            parent_id=before,
            title=root.findtext("title") if element.tag == "OP" else None,
            text="" if removed else text,
            removed=("author" if text == "[deleted]" else "moderator") if removed else None,
        )
        before = post_id


READER = Reader(name="cmv-xml", title="r/changemyview thread (XML)", sniff=sniff, read=read)
