"""Threads annotated by hand, as text that people can read and write.

A thread is a fenced block ``thread`` in a Markdown file. A post begins with a line of its id, its
author and the post that it answers; units stand in double square brackets, with a number, ``c`` or
``p`` for claim or premise, and what they bear on: ``+1`` supports, ``-1`` rebuts, ``!1`` undercuts
the inference from unit 1. Agreement and denial stand in double round brackets::

    p1 Ana
    [[1c: We should move]], because [[2p +1: the rent went up]].

    p2 Ben, to p1
    ((endorses 2: It did.)) But [[3c -1: the new place is too far out]].
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from argumap.errors import ParseError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["parse_annotated"]

_FENCE = re.compile(r"^```thread\n(.*?)^```\s*$", re.DOTALL | re.MULTILINE)
_HEADER = re.compile(r"^(p\d+) ([^\n,]+?)(?:, to (p\d+))?$", re.MULTILINE)
_MARK = re.compile(
    r"\[\[(?P<unit>\d+)(?P<kind>[cp])(?P<links>(?: [-+!]\d+)*): |(?P<close>\]\]|\)\))"
    r"|\(\((?P<stance>endorses|concedes|denies) (?P<target>\d+): "
)
_KINDS = {"c": "claim", "p": "premise"}


def parse_annotated(text: str, *, source: str) -> Iterator[dict[str, Any]]:
    """Yield the annotated threads of a Markdown text, in the shape of a line of a gold file.

    Raises:
        ParseError: A bracket is not closed, or there is no thread in the text.
    """
    found = False
    for number, fence in enumerate(_FENCE.finditer(text), start=1):
        found = True
        line = text.count("\n", 0, fence.start()) + 1
        yield _document(fence[1], f"{source}#{number}", source, line)
    if not found:
        raise ParseError("there is no block ```thread in it", source=source)


def _document(text: str, name: str, source: str, line: int) -> dict[str, Any]:
    document: dict[str, Any] = {
        "id": name,
        "source": "annotated",
        "posts": [],
        "units": [],
        "relations": [],
        "endorsements": [],
    }
    headers = list(_HEADER.finditer(text))
    ends = [header.start() for header in headers[1:]] + [len(text)]
    for header, end in zip(headers, ends, strict=True):
        post_id, author, parent = header.groups()
        body = text[header.end() : end].strip("\n").rstrip()
        try:
            words = _unmark(body, post_id, author, document)
        except ValueError as error:
            raise ParseError(f"post {post_id}: {error}", source=source, line=line) from None
        document["posts"].append(
            {"id": post_id, "author": author, "parent_id": parent, "text": words}
        )
    return document


def _unmark(body: str, post_id: str, author: str, document: dict[str, Any]) -> str:
    """Return a post's text without its marks, and add to the document what they say."""
    words = ""
    at = 0
    opened: tuple[re.Match[str], int] | None = None
    for mark in _MARK.finditer(body):
        words += body[at : mark.start()]
        at = mark.end()
        if not mark["close"]:
            if opened is not None:
                raise ValueError(f"{mark[0]!r} opens within {opened[0][0]!r}")
            opened = mark, len(words)
            continue
        if opened is None:
            words += mark[0]  # brackets of the author's own
            continue
        span = (opened[1], len(words))
        _add(opened[0], span, {"post_id": post_id, "author": author}, document)
        opened = None
    if opened is not None:
        raise ValueError(f"{opened[0][0]!r} is not closed")
    return words + body[at:]


def _add(
    mark: re.Match[str], span: tuple[int, int], post: dict[str, str], document: dict[str, Any]
) -> None:
    if mark["stance"]:
        document["endorsements"].append(
            {**post, "target": mark["target"], "stance": mark["stance"]}
        )
        return
    document["units"].append(
        {
            "id": mark["unit"],
            "post_id": post["post_id"],
            "start": span[0],
            "end": span[1],
            "kind": _KINDS[mark["kind"]],
        }
    )
    for link in mark["links"].split():
        relation = {
            "source": mark["unit"],
            "target": link[1:],
            "type": "support" if link[0] == "+" else "attack",
        }
        document["relations"].append({**relation, "undercut": True} if link[0] == "!" else relation)
