"""The JSON that Argdown's own tools export, read only: the same things as the text says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from argumap.formats._format import Format, UnplacedError
from argumap.formats._json import Place, as_format_errors, parse_json
from argumap.formats.argdown.document import (
    Argument,
    Document,
    Key,
    Member,
    Relation,
    Section,
    Statement,
    Step,
)
from argumap.formats.argdown.reading import to_map

if TYPE_CHECKING:
    from argumap.model import ArgumentMap

__all__ = ["FORMAT", "loads", "sniff"]

_KINDS = {"support", "attack", "undercut", "contradictory", "contrary", "entails"}


def sniff(text: str) -> bool:
    """Whether a text looks like the export: an object with equivalence classes or arguments."""
    if text.lstrip()[:1] != "{":
        return False
    if '"equivalence-class"' in text or ('"argument-description"' in text and '"members"' in text):
        return True
    return re.match(r'\s*\{\s*"arguments"\s*:\s*\{', text) is not None and '"statements"' in text


def loads(text: str, source: str | None = None) -> ArgumentMap:
    """Read a map. Its order is that of the relations; the drawn map, if there is one, is not read.

    Raises:
        FormatParseError: It is not JSON, or no export of Argdown (with a JSON Pointer).
        ModelError: The parts of the map do not fit together.
    """
    root = parse_json(text, source)
    if not root.get("statements") and not root.get("arguments"):
        raise root.fault("there are no fields 'statements' and 'arguments': this is no Argdown")
    document = Document(
        statements={title: _statement(title, p) for title, p in root.get("statements").fields()},
        arguments={title: _argument(title, p) for title, p in root.get("arguments").fields()},
        sections=[_section(place) for place in root.get("sections").items()],
        tags=[tag for tag, _ in root.get("tags").fields()],
    )
    document.relations = [
        _relation(place, document, number)
        for number, place in enumerate(root.get("relations").items())
    ]
    with as_format_errors(source):
        argmap, unplaced = to_map(document)
    if unplaced:
        raise UnplacedError(argmap, unplaced)
    return argmap


def _statement(title: str, place: Place) -> Statement:
    return Statement(
        title=title,
        members=[_member(each) for each in place.get("members").items()],
        tags=_texts(place.get("tags")),
        section=place.get("section").text(default="") or None,
        data=place.get("data").value,
    )


def _member(place: Place) -> Member:
    return Member(
        title=place.get("title").text(default=""),
        text=place.get("text").text(default=""),
        # A reference has no text of its own, and some versions say no more than that.
        is_reference=bool(place.get("isReference").value) or not place.get("text"),
        role=place.get("role").text(default="") or None,
        tags=_texts(place.get("tags")),
        links=[
            each.get("url").text(default="")
            for each in place.get("ranges").items()
            if each.get("type").value == "link"
        ],
        data=place.get("data").value,
    )


def _argument(title: str, place: Place) -> Argument:
    return Argument(
        title=title,
        members=[_member(each) for each in place.get("members").items()],
        steps=[_step(each) for each in place.get("pcs").items()],
        tags=_texts(place.get("tags")),
        section=place.get("section").text(default="") or None,
        data=place.get("data").value,
    )


def _step(place: Place) -> Step:
    member = _member(place)
    inference = place.get("inference")
    if not inference:
        return Step(member)
    return Step(member, _texts(inference.get("inferenceRules")), inference.get("data").value)


def _relation(place: Place, document: Document, number: int) -> Relation:
    kind = place.get("relationType").text()
    if kind not in _KINDS:
        raise place.fault(f"there is no type {kind!r} of relation")
    ends: list[Key] = []
    for end in ("from", "to"):
        title = place.get(end).text()
        type_ = place.get(f"{end}Type").text(default="equivalence-class")
        known: dict[str, Any] = document.statements
        if type_ != "equivalence-class":
            known = document.arguments
        if title not in known:
            raise place.fault(f"there is no {type_} {title!r}")
        if type_ == "inference":
            steps = document.arguments[title].steps
            index = place.get("conclusionIndex").value
            last = len(steps) - 1
            ends.append(("inference", title, index if isinstance(index, int) else last))
        else:
            ends.append(("statement" if type_ == "equivalence-class" else "argument", title))
    return Relation(kind, ends[0], ends[1], number)


def _section(place: Place) -> Section:
    level = place.get("level").value
    section = Section(
        id=place.get("id").name(),
        level=level if isinstance(level, int) else 1,
        title=place.get("title").text(default=""),
        tags=_texts(place.get("tags")),
        data=place.get("data").value,
    )
    section.children = [_section(child) for child in place.get("children").items()]
    return section


def _texts(place: Place) -> list[str]:
    return [each.text() for each in place.items()]


FORMAT = Format(
    name="argdown-json",
    title="Argdown's JSON export",
    suffixes=(".json",),
    sniff=sniff,
    loads=loads,
)
