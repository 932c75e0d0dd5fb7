"""AIF, the Argument Interchange Format, as JSON: the form of AIFdb, and xAIF around it.

I-nodes are claims, RA-nodes supports, CA-nodes rebuttals and undercuts; a locution that an
illocution anchors in a claim is a mention. Everything else (transitions, rephrases, preferences,
further fields) is kept under ``extra["aif"]`` and written back.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from typing import Any

from argumap.formats._constructs import ALL
from argumap.formats._format import Format
from argumap.formats._joined import Joined, Kind, find_relations, left_over
from argumap.formats._json import Place, as_format_errors, dicts_in, parse_json, to_json
from argumap.formats._remainder import put_back, take
from argumap.model import ArgumentMap, Claim, Mention, Rebuttal, Support, Undercut, pause_gc

__all__ = ["AIF", "XAIF", "dumps", "dumps_xaif", "loads"]

AnyRelation = Support | Rebuttal | Undercut

_STANCES = {
    "asserts": "Asserting",
    "endorses": "Agreeing",
    "concedes": "Conceding",
    "denies": "Disagreeing",
    "quotes": "Quoting",
}
_STANCE_OF = {word.lower(): stance for stance, word in _STANCES.items()} | {
    # Illocutions that leave open whether it is so: the claim is named, not put forward.
    "pure questioning": "quotes",
    "pure challenging": "quotes",
    "popular conceding": "concedes",
}
_DEFAULT = {"RA": "Default Inference", "CA": "Default Conflict"}
_KINDS: dict[str, Kind] = {"I": "claim", "RA": "support", "CA": "attack"}
_SAYS_NOTHING = {"", "RA", "CA", "Default Inference", "Default Conflict"}
# The locutions and illocutions that `dumps` makes: the claim's id and a number.
_OURS = re.compile(r".+~[LY]\d+", re.DOTALL)


def sniff(text: str) -> bool:
    """Whether a text looks like AIF: nodes with a nodeID."""
    head = text[:100_000]
    return head.lstrip()[:1] == "{" and '"nodeID"' in head and not sniff_xaif(text)


def sniff_xaif(text: str) -> bool:
    """Whether a text looks like xAIF: an object with AIF in it."""
    head = text[:1_000_000]
    return head.lstrip()[:1] == "{" and re.search(r'"AIF"\s*:\s*\{', head) is not None


def loads(text: str, source: str | None = None) -> ArgumentMap:
    """Read a map from AIF or xAIF.

    Raises:
        FormatParseError: It is not JSON, or not AIF (with a JSON Pointer).
        ModelError: The parts of the map do not fit together.
    """
    root = parse_json(text, source)
    around = root.get("AIF")
    with as_format_errors(source), pause_gc():
        if around:
            rest = {
                key: value for key, value in root.value.items() if key not in {"AIF", "argumap"}
            }
            shown = _Reading(around).run({"xaif": rest} if rest else {})
        else:
            if not root.get("nodes"):
                raise root.fault("there is no field 'nodes': this is no AIF")
            shown = _Reading(root).run({})
        kept = root.get("argumap")
        return put_back(shown, kept.value, source=source) if kept else shown


class _Reading:
    def __init__(self, document: Place) -> None:
        self.document = document
        self.nodes: dict[str, dict[str, Any]] = {}
        self.targets: dict[str, list[str]] = defaultdict(list)
        self.edges: list[tuple[str, str, dict[str, Any]]] = []
        self.relations: dict[str, list[AnyRelation]] = {}
        self.repeated: list[str] = []

    def run(self, extra: dict[str, Any]) -> ArgumentMap:
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
        self.whole_numbers = True
        for node in self.document.get("nodes").items():
            name = node.get("nodeID").name()
            if name in self.nodes:
                if node.value != self.nodes[name]:
                    raise node.fault(f"two nodes have the id {name!r}")
                self.repeated.append(name)
                continue
            self.whole_numbers &= isinstance(node.value["nodeID"], int)
            self.nodes[name] = node.value
        for edge in self.document.get("edges").items():
            source, target = edge.get("fromID").name(), edge.get("toID").name()
            self.edges.append((source, target, edge.value))
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
        known = scheme or _DEFAULT["RA"] if is_support else _DEFAULT["CA"]
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
        names = {
            person.get("participantID", "id").name(): " ".join(
                part
                for key in ("firstname", "surname")
                if (part := person.get(key).text(default="").strip())
            )
            for person in self.document.get("participants").items()
            if person.get("participantID", "id")
        }
        speakers: dict[str, str] = {}
        for locution in self.document.get("locutions").items():
            if locution.get("nodeID") and locution.get("personID"):
                person = locution.get("personID").name()
                speakers[locution.get("nodeID").name()] = names.get(person, "") or person
        found: dict[str, list[Mention]] = defaultdict(list)
        ours: set[str] = set()
        for name, node in self.nodes.items():
            if node.get("type") != "L":
                continue
            for act in self.targets[name]:
                for claim in self.targets[act] if self._kind(act) == "YA" else ():
                    if self._kind(claim) != "I":
                        continue
                    said = _text(node)
                    before, colon, words = said.partition(" : ")
                    author = speakers.get(name) or (before if colon and len(before) < 80 else None)
                    quote = words if colon and len(before) < 80 else said
                    stance: Any = _STANCE_OF.get(_text(self.nodes[act]).lower(), "asserts")
                    found[claim].append(
                        Mention(author=author or None, stance=stance, quote=quote or None)
                    )
                    if _OURS.fullmatch(name) and _OURS.fullmatch(act):
                        ours |= {name, act}
        return found, ours

    def _rest(self, used: set[str], ours: set[str]) -> dict[str, Any]:
        """Return what has become neither claim, relation nor a mention of our own making."""
        rest: dict[str, Any] = {
            key: value
            for key, value in self.document.value.items()
            if key not in {"nodes", "edges", "locutions", "argumap"} and value not in (None, [])
        }
        pairs = [(from_, to) for from_, to, _ in self.edges]
        lost = (self.edges[place] for place in left_over(pairs, self.joined))
        edges = [each for each in lost if not {*each[:2]} & ours]
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
            "locutions": locutions,
            "repeated": self.repeated,
        }
        rest |= {key: value for key, value in lists.items() if value}
        if self.nodes and self.whole_numbers:
            rest["whole_numbers"] = True
        return rest


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


def _node_of(relation: AnyRelation) -> str:
    part_of = _own(relation).get("part_of")
    return part_of if isinstance(part_of, str) else relation.id


def _own(element: ArgumentMap | Claim | AnyRelation) -> dict[str, Any]:
    own = (element.extra or {}).get("aif")
    return own if isinstance(own, dict) else {}


# --- writing -----------------------------------------------------------------------------------


def dumps(argmap: ArgumentMap) -> str:
    """Write a map as AIF JSON of AIFdb, with what AIF has no words for under ``"argumap"``."""
    document = _document(argmap)
    return _with_remainder(argmap, document)


def dumps_xaif(argmap: ArgumentMap) -> str:
    """Write a map as xAIF, with what it has no words for under ``"argumap"``."""
    inner = _document(argmap)
    for key in _XAIF_LISTS:
        inner.setdefault(key, [])
    around = (argmap.extra or {}).get("xaif")
    document: dict[str, Any] = {"AIF": inner, "text": {"txt": ""}, "dialog": True, "OVA": {}}
    if isinstance(around, dict):
        document |= around
    return _with_remainder(argmap, document)


_XAIF_LISTS = (
    "participants",
    "schemefulfillments",
    "descriptorfulfillments",
    "cqdescriptorfulfillments",
)


def _with_remainder(argmap: ArgumentMap, document: dict[str, Any]) -> str:
    text = to_json(document)
    seen = loads(text)
    if seen != argmap:
        document["argumap"] = take(argmap, seen).to_json()
        text = to_json(document)
    return text


def _document(argmap: ArgumentMap) -> dict[str, Any]:
    own = _own(argmap)
    nodes: list[dict[str, Any]] = []
    edges: list[tuple[str, str]] = []
    locutions: list[dict[str, Any]] = []
    rest_nodes = [node for node in dicts_in(own.get("nodes")) if "nodeID" in node]
    rest_edges = [
        edge for edge in dicts_in(own.get("edges")) if "fromID" in edge and "toID" in edge
    ]
    rest_locutions = dicts_in(own.get("locutions"))
    told = _told(rest_nodes, rest_edges, rest_locutions, dicts_in(own.get("participants")), argmap)
    for claim in argmap.claims:
        nodes.append({"nodeID": claim.id, "text": claim.text, "type": "I", **_own(claim)})
        if claim.text or nodes[-1]["text"] is not None:
            nodes[-1]["text"] = claim.text
        fresh = [mention for mention in claim.mentions if not _take_out(mention, told[claim.id])]
        for number, mention in enumerate(fresh, start=1):
            locution, act = f"{claim.id}~L{number}", f"{claim.id}~Y{number}"
            nodes += _saying(mention, locution, act)
            edges += [(locution, act), (act, claim.id)]
            if mention.author:
                locutions.append({"nodeID": locution, "personID": mention.author})
    more_nodes, more_edges = _schemes(argmap)
    nodes += more_nodes
    edges += more_edges
    taken = {node["nodeID"] for node in nodes}
    nodes += [node for node in rest_nodes if str(node["nodeID"]) not in taken]
    there = {str(node["nodeID"]) for node in nodes}
    repeated = own.get("repeated")
    by_name = {str(node["nodeID"]): node for node in nodes}
    for name in repeated if isinstance(repeated, list) else ():
        if name in by_name:
            nodes.append(by_name[name])
    numbers = own.get("whole_numbers") is True
    document: dict[str, Any] = {
        key: value
        for key, value in own.items()
        if key not in {"nodes", "edges", "dangling", "repeated", "locutions", "whole_numbers"}
    }
    kept = [
        edge for edge in rest_edges if str(edge["fromID"]) in there and str(edge["toID"]) in there
    ]
    kept += dicts_in(own.get("dangling"))
    used = {str(edge.get("edgeID")) for edge in kept}
    free = (n for n in itertools.count(1) if str(n) not in used)
    all_edges: list[dict[str, Any]] = [
        {
            "edgeID": number if numbers else str(number),
            "fromID": from_,
            "toID": to,
            "formEdgeID": None,
        }
        for (from_, to), number in zip(edges, free, strict=False)
    ]
    all_edges += kept
    return {
        "nodes": [_numbered(node, numbers, "nodeID") for node in nodes],
        "edges": [_numbered(edge, numbers, "fromID", "toID") for edge in all_edges],
        "locutions": [
            *(_numbered(locution, numbers, "nodeID") for locution in locutions),
            *rest_locutions,
        ],
        **document,
    }


def _schemes(argmap: ArgumentMap) -> tuple[list[dict[str, Any]], list[tuple[str, str]]]:
    """Return the nodes of the relations and their edges; several relations may share a node."""
    nodes: dict[str, dict[str, Any]] = {}
    edges: dict[tuple[str, str], None] = {}
    for relation in argmap.relations:
        name = _node_of(relation)
        target = relation.target
        if isinstance(relation, Undercut):
            target = _node_of(argmap.relation(target))
        nodes.setdefault(name, _scheme_node(name, relation))
        edges.update(dict.fromkeys([*((source, name) for source in relation.sources)]))
        edges[name, target] = None
    return list(nodes.values()), list(edges)


def _saying(mention: Mention, locution: str, act: str) -> list[dict[str, Any]]:
    """Return the locution and the illocution of a mention."""
    words = mention.quote or ""
    said = words if mention.author is None else f"{mention.author} : {words}"
    return [
        {"nodeID": locution, "text": said, "type": "L"},
        {"nodeID": act, "text": _STANCES[mention.stance], "type": "YA"},
    ]


def _scheme_node(name: str, relation: AnyRelation) -> dict[str, Any]:
    kind = "RA" if isinstance(relation, Support) else "CA"
    node: dict[str, Any] = {"nodeID": name, "text": _DEFAULT[kind], "type": kind}
    own = {key: value for key, value in _own(relation).items() if key != "part_of"}
    if isinstance(relation, Support) and relation.scheme is not None:
        node["text"] = relation.scheme
        if own.get("scheme", relation.scheme) != relation.scheme:
            own.pop("scheme")
    return {**node, **own}


def _told(
    nodes: list[dict[str, Any]],
    edges: list[dict[str, Any]],
    locutions: list[dict[str, Any]],
    participants: list[dict[str, Any]],
    argmap: ArgumentMap,
) -> dict[str, list[Mention]]:
    """Return the mentions that the kept part of a dialogue tells of already."""
    told: dict[str, list[Mention]] = defaultdict(list)
    if locutions or nodes:
        claims = [{"nodeID": claim.id, "type": "I", "text": ""} for claim in argmap.claims]
        document = {
            "nodes": [*claims, *nodes],
            "edges": edges,
            "locutions": locutions,
            "participants": participants,
        }
        told.update(_Reading(Place(document)).dialogue())
    return told


def _take_out(mention: Mention, told: list[Mention]) -> bool:
    bare = mention.replace(span=None)
    if bare in told:
        told.remove(bare)
        return True
    return False


def _numbered(fields: dict[str, Any], numbers: bool, *names: str) -> dict[str, Any]:  # noqa: FBT001
    """Return a node or edge whose ids are whole numbers where they were."""
    if not numbers:
        return fields
    return {
        key: int(value)
        if key in names and isinstance(value, str) and re.fullmatch(r"0|[1-9][0-9]{0,17}", value)
        else value
        for key, value in fields.items()
    }


_CARRIED = frozenset(
    {
        "supports",
        "linked premises",
        "undercuts",
        "undercuts of rebuttals",
        "undercuts of undercuts",
        "schemes",
        "claim text",
        "ids",
        "relation ids",
        "stances",
        "authors",
        "quotes",
    }
)

XAIF = Format(
    name="xaif",
    title="xAIF",
    suffixes=(".xaif", ".json"),
    sniff=sniff_xaif,
    loads=loads,
    dumps=dumps_xaif,
    carries=_CARRIED,
    keeps=ALL - _CARRIED,
)
AIF = Format(
    name="aif",
    title="AIF JSON (AIFdb)",
    suffixes=(".aif", ".json"),
    sniff=sniff,
    loads=loads,
    dumps=dumps,
    carries=_CARRIED,
    keeps=ALL - _CARRIED,
)
