"""From AIF to a map."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from argumap.formats._joined import (
    EDGE_FIELDS,
    Joined,
    Kind,
    find_relations,
    further_of_edges,
    left_over,
)
from argumap.formats.aif.words import DEFAULT, STANCE_OF
from argumap.model import ArgumentMap, Claim, Mention, Rebuttal, Support, Undercut

if TYPE_CHECKING:
    from argumap.formats._json import Place

__all__ = ["Reading"]

AnyRelation = Support | Rebuttal | Undercut

_KINDS: dict[str, Kind] = {"I": "claim", "RA": "support", "CA": "attack"}
_EDGE = {"edgeID", "fromID", "toID"}
_SAYS_NOTHING = {"", "RA", "CA", "Default Inference", "Default Conflict"}
# The locutions and illocutions that `dumps` makes: the claim's id and a number.
_OURS = re.compile(r".+~[LY]\d+", re.DOTALL)


class Reading:
    """One reading of a document: an object with nodes and edges."""

    def __init__(self, document: Place) -> None:
        self.document = document
        self.nodes: dict[str, dict[str, Any]] = {}
        self.targets: dict[str, list[str]] = defaultdict(list)
        self.edges: list[tuple[str, str, dict[str, Any]]] = []
        self.relations: dict[str, list[AnyRelation]] = {}
        self.repeated: list[str | dict[str, Any]] = []

    def run(self, extra: dict[str, Any]) -> ArgumentMap:
        """Return the map, with extra fields of what stands around the document."""
        self._take_graph()
        self._find_relations()
        used = {claim for claim, node in self.nodes.items() if node.get("type") == "I"}
        used |= set(self.relations)
        mentions, ours = self._mentions()
        used |= ours
        claims = tuple(
            Claim(
                id=name,
                text=_text(node),
                mentions=tuple(mentions.get(name, ())),
                extra=_further(node, {"text": _text(node)}),
            )
            for name, node in self.nodes.items()
            if node.get("type") == "I"
        )
        relations = [relation for name in self.nodes for relation in self.relations.get(name, ())]
        rest = self._rest(used, ours)
        if rest:
            extra = {"aif": rest, **extra}
        return ArgumentMap(claims=claims, relations=tuple(relations), extra=extra or None)

    def dialogue(self) -> dict[str, list[Mention]]:
        """Return the mentions of each claim that the locutions tell of."""
        self._take_graph()
        return self._mentions()[0]

    def _take_graph(self) -> None:
        self.numbers: list[str] = []
        for node, (name,) in self.document.get("nodes").named("nodeID"):
            if name in self.nodes:
                # The first is what edges mean; another of the same id is kept as it is.
                self.repeated.append(name if node == self.nodes[name] else node)
                continue
            if isinstance(node["nodeID"], int):
                self.numbers.append(name)
            self.nodes[name] = node
        for edge, (source, target) in self.document.get("edges").named("fromID", "toID"):
            self.edges.append((source, target, edge))
            self.targets[source].append(target)

    def _kind(self, name: str) -> str | None:
        return self.nodes.get(name, {}).get("type")

    def _find_relations(self) -> None:
        kinds = {name: _KINDS.get(str(node.get("type"))) for name, node in self.nodes.items()}
        pairs = [(source, target) for source, target, _ in self.edges]
        self.joined = find_relations(kinds, pairs)
        self.relations = {
            name: [self._relation(name, each) for each in joined]
            for name, joined in self.joined.items()
        }

    def _relation(self, name: str, joined: Joined) -> AnyRelation:
        node = self.nodes[name]
        scheme = node.get("scheme") or node.get("text")
        scheme = scheme if isinstance(scheme, str) and scheme not in _SAYS_NOTHING else None
        is_support = joined.kind == "support"
        known = scheme or DEFAULT["RA"] if is_support else DEFAULT["CA"]
        extra = _further(node, {"text": known})
        if joined.several:
            extra = {"aif": {**(extra or {}).get("aif", {}), "part_of": name}}
        if is_support:
            return Support(
                id=joined.id,
                premises=joined.sources,
                conclusion=joined.target,
                scheme=scheme,
                extra=extra,
            )
        make = Rebuttal if joined.kind == "rebuttal" else Undercut
        return make(id=joined.id, source=joined.sources[0], target=joined.target, extra=extra)

    def _mentions(self) -> tuple[dict[str, list[Mention]], set[str]]:
        """Return the mentions of each claim, and the nodes that `dumps` made for them."""
        speakers = self._speakers()
        found: dict[str, list[Mention]] = defaultdict(list)
        ours: set[str] = set()
        for name, node in self.nodes.items():
            if node.get("type") != "L":
                continue
            for act in self.targets[name]:
                for claim in self.targets[act] if self._kind(act) == "YA" else ():
                    if self._kind(claim) != "I":
                        continue
                    before, quote = _parted(_text(node))
                    author = speakers.get(name) or before
                    stance: Any = STANCE_OF.get(_text(self.nodes[act]).lower(), "asserts")
                    found[claim].append(
                        Mention(author=author or None, stance=stance, quote=quote or None)
                    )
                    if _OURS.fullmatch(name) and _OURS.fullmatch(act):
                        ours |= {name, act}
        return found, ours

    def _speakers(self) -> dict[str, str]:
        """Return who says each locution: a name, or the id of a person whose name nobody tells.

        AIFdb names nobody but by the words with which a locution begins; these are a name where
        they are the same in all that a person says, and nobody else's.
        """
        names = {
            person.get("participantID", "id").name(): " ".join(
                part
                for key in ("firstname", "surname")
                if (part := person.get(key).text(default="").strip())
            )
            for person in self.document.get("participants").items()
            if person.get("participantID", "id")
        }
        persons: dict[str, str] = {}
        for locution in self.document.get("locutions").items():
            if locution.get("nodeID") and locution.get("personID"):
                persons[locution.get("nodeID").name()] = locution.get("personID").name()
        begun: dict[str, set[str | None]] = defaultdict(set)
        for node, person in persons.items():
            if node in self.nodes:
                begun[person].add(_parted(_text(self.nodes[node]))[0])
        by_words = Counter(words for each in begun.values() for words in each)
        taken = {*names.values(), *persons.values()}
        for person, each in begun.items():
            words = next(iter(each)) if len(each) == 1 else None
            if words and not names.get(person) and by_words[words] == 1 and words not in taken:
                names[person] = words
        return {node: names.get(person) or person for node, person in persons.items()}

    def _rest(self, used: set[str], ours: set[str]) -> dict[str, Any]:
        """Return what has become neither claim, relation nor a mention of our own making."""
        rest: dict[str, Any] = {
            key: value
            for key, value in self.document.value.items()
            if key not in {"nodes", "edges", "locutions", "argumap"} and value not in (None, [])
        }
        pairs = [(from_, to) for from_, to, _ in self.edges]
        places = dict.fromkeys(left_over(pairs, self.joined))
        edges = [self.edges[place] for place in places if ours.isdisjoint(pairs[place])]
        said = (edge for place, edge in enumerate(self.edges) if place not in places)
        nodes = [node for name, node in self.nodes.items() if name not in used]
        locutions = [
            locution.value
            for locution in self.document.get("locutions").items()
            if not (locution.get("nodeID") and locution.get("nodeID").name() in ours)
        ]
        lists = {
            "nodes": nodes,
            "edges": [edge for from_, to, edge in edges if {from_, to} <= self.nodes.keys()],
            # Apart from those whose node somebody takes away later.
            "dangling": [edge for from_, to, edge in edges if not {from_, to} <= self.nodes.keys()],
            EDGE_FIELDS: further_of_edges(said, _EDGE),
            "locutions": locutions,
            "repeated": self.repeated,
        }
        rest |= {key: value for key, value in lists.items() if value}
        if self.numbers:
            # All of them, or those of a file that has names as well.
            every = len(self.numbers) == len(self.nodes)
            rest["whole_numbers"] = True if every else sorted(self.numbers, key=int)
        return rest


def _parted(said: str) -> tuple[str | None, str]:
    """Return who speaks, by the words before the colon, and what is said."""
    before, colon, words = said.partition(" : ")
    return (before or None, words) if colon and len(before) < 80 else (None, said)


def _text(node: dict[str, Any]) -> str:
    text = node.get("text")
    return text if isinstance(text, str) else "" if text is None else str(text)


def _further(node: dict[str, Any], known: dict[str, Any]) -> dict[str, Any] | None:
    """Return the fields of a node that the element made of it does not hold."""
    fields = {
        key: value
        for key, value in node.items()
        if key not in {"nodeID", "type"} and (key not in known or known[key] != value)
    }
    return {"aif": fields} if fields else None
