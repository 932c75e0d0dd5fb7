"""The XML of the Argumentative Microtexts, read only (``arggraph``).

Its argumentative units (adu) are claims, with the words of the text units (edu) that stand for
them; see Peldszus and Stede, From Argument Diagrams to Argumentation Mining in Texts, IJCINI 7(1),
2013, and the corpus' own arggraph.dtd. What else a file says is kept under ``extra["agxml"]``.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from argumap.errors import FormatParseError
from argumap.formats._constructs import free_ids
from argumap.formats._format import Format, UnplacedError
from argumap.formats._json import as_format_errors
from argumap.formats._xml import parse_xml
from argumap.model import ArgumentMap, Claim, Mention, Rebuttal, Support, Undercut, pause_gc

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

__all__ = ["FORMAT", "loads", "sniff"]

AnyRelation = Support | Rebuttal | Undercut

_OWN = "agxml"
_ELEMENTS = {"edu", "joint", "adu", "edge"}
_TYPES = {"seg", "sup", "exa", "add", "reb", "und"}


def sniff(text: str) -> bool:
    """Whether a text looks like it: by its root."""
    return re.search(r"<arggraph[\s>]", text[:5000]) is not None


def loads(text: str, source: str | None = None) -> ArgumentMap:
    """Read a map.

    Raises:
        FormatParseError: It is not XML, no arggraph, or an edge names what is not there.
        ModelError: The parts of the map do not fit together.
    """
    root = parse_xml(text, source)
    if root.tag != "arggraph":
        raise FormatParseError(f"the root is {root.tag!r}, not 'arggraph'", source=source)
    with as_format_errors(source), pause_gc():
        return _Reading(root, source).run()


class _Reading:
    def __init__(self, root: ET.Element, source: str | None) -> None:
        self.root = root
        self.source = source
        self.unplaced: list[str] = []
        self.used: set[str] = set()
        named = [_id(element, source) for element in root if element.tag in _ELEMENTS]
        if len(set(named)) < len(named):
            twice = next(name for name, count in Counter(named).items() if count > 1)
            raise FormatParseError(f"two elements have the id {twice!r}", source=source)
        self.words = {
            edu.get("id", ""): "".join(edu.itertext()).strip() for edu in root.iter("edu")
        }
        self.joints = {joint.get("id", "") for joint in root.iter("joint")}
        self.units = {adu.get("id", ""): adu.get("type", "") for adu in root.iter("adu")}
        self.edges = {edge.get("id", ""): self._edge(edge) for edge in root.iter("edge")}

    def _edge(self, edge: ET.Element) -> tuple[str, str, str]:
        kind, from_, to = edge.get("type", ""), edge.get("src", ""), edge.get("trg", "")
        if kind not in _TYPES:
            message = f"edge {edge.get('id')!r} has the type {kind!r}"
            hint = "known: " + ", ".join(sorted(_TYPES))
            raise FormatParseError(message, source=self.source, hint=hint)
        return kind, from_, to

    def run(self) -> ArgumentMap:
        claims = self._claims()
        supports, attacks = self._relations()
        given = {name: self.root.get(name) for name in ("id", "topic_id", "stance")}
        own: dict[str, Any] = {name: value for name, value in given.items() if value}
        unused = {name: words for name, words in self.words.items() if name not in self.used}
        own |= {"edus": unused} if unused else {}
        argmap = ArgumentMap(
            claims=claims,
            relations=(*supports, *attacks),
            extra={_OWN: own} if own else None,
        )
        if self.unplaced:
            raise UnplacedError(argmap, self.unplaced)
        return argmap

    def _claims(self) -> tuple[Claim, ...]:
        """Return a claim for each unit; each place in the text that stands for it is a mention."""
        segments: dict[str, list[str]] = defaultdict(list)
        segments_from, segments_to = {*self.words, *self.joints}, {*self.units, *self.joints}
        for name, (kind, from_, to) in self.edges.items():
            if kind == "seg":
                self._check(name, from_, segments_from)
                self._check(name, to, segments_to)
                segments[to].append(from_)
        order = {name: place for place, name in enumerate(self.words)}

        def said(segment: str) -> str:
            parts = [segment] if segment in self.words else segments[segment]
            parts = sorted((part for part in parts if part in order), key=order.__getitem__)
            self.used.update(parts)
            return " ".join(self.words[part] for part in parts)

        result = []
        for name, kind in self.units.items():
            quotes = [said(segment) for segment in segments[name]]
            result.append(
                Claim(
                    id=name,
                    text=quotes[0] if quotes and quotes[0] else name,
                    mentions=tuple(Mention(quote=quote) for quote in quotes if quote),
                    extra={_OWN: {"type": kind}} if kind else None,
                )
            )
        return tuple(result)

    def _relations(self) -> tuple[list[Support], list[Rebuttal | Undercut]]:
        """Return the supports and the attacks, each in the order of the file."""
        added: dict[str, list[str]] = defaultdict(list)
        for name, (kind, from_, to) in self.edges.items():
            if kind == "add":
                self._check(name, from_, self.units)
                self._check(name, to, self.edges)
                struck = self._struck(to)
                if self.edges[struck][0] == "seg":
                    self.unplaced.append(f"edge {name!r} adds a source to no relation")
                added[struck].append(from_)
        supports: list[Support] = []
        attacks: list[Rebuttal | Undercut] = []
        several = sum(len(sources) for sources in added.values())
        free = iter(free_ids("r", several, {*self.units, *self.edges}))
        for name, (kind, from_, to) in self.edges.items():
            if kind in {"seg", "add"}:
                continue
            self._check(name, from_, self.units)
            sources = list(dict.fromkeys([from_, *added[name]]))
            if kind in {"sup", "exa"}:
                self._check(name, to, self.units)
                if to in sources:
                    self.unplaced.append(f"support {name!r} concludes its premise {to!r}")
                    sources.remove(to)
                if sources:
                    scheme = "example" if kind == "exa" else None
                    support = Support(
                        id=name, premises=tuple(sources), conclusion=to, scheme=scheme
                    )
                    supports.append(support)
                continue
            is_undercut = to in self.edges
            self._check(name, to, self.edges if is_undercut else self.units)
            make = Undercut if is_undercut else Rebuttal
            target = self._struck(to) if is_undercut else to
            # An attack of several sources together is one of each.
            for number, each in enumerate(sources):
                mark = {_OWN: {"part_of": name}} if len(sources) > 1 else None
                id_ = name if number == 0 else next(free)
                attacks.append(make(id=id_, source=each, target=target, extra=mark))
        return supports, attacks

    def _struck(self, name: str) -> str:
        """Return the edge that a further source is added to, or else the edge itself."""
        seen = {name}
        while name in self.edges and self.edges[name][0] == "add":
            name = self.edges[name][2]
            if name in seen:
                raise FormatParseError(
                    f"edge {name!r} is added to itself, in a circle", source=self.source
                )
            seen.add(name)
        return name

    def _check(self, edge: str, end: str, known: Any) -> None:
        if end not in known:
            message = f"edge {edge!r} names {end!r}, which cannot stand there"
            raise FormatParseError(message, source=self.source)


def _id(element: ET.Element, source: str | None) -> str:
    name = element.get("id")
    if not name:
        raise FormatParseError(f"there is {element.tag} without an id", source=source)
    return name


FORMAT = Format(
    name="agxml",
    title="Microtexts' arggraph XML",
    suffixes=(".xml",),
    sniff=sniff,
    loads=loads,
)
