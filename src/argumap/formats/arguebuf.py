"""Arguebuf's JSON: atoms and schemes in maps by id (https://github.com/recap-utr/arguebuf).

Resources, analysts, metadata and user data are kept under ``extra["arguebuf"]`` and written back.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from argumap.formats._constructs import ALL, free_ids
from argumap.formats._format import Format
from argumap.formats._joined import (
    EDGE_FIELDS,
    Joined,
    Kind,
    edge_fields,
    find_relations,
    further_of_edges,
    left_over,
    node_of,
    own_fields,
)
from argumap.formats._json import Place, as_format_errors, parse_json, to_json
from argumap.formats._remainder import put_back, take
from argumap.model import ArgumentMap, Claim, Mention, Rebuttal, Support, Undercut, pause_gc

__all__ = ["FORMAT", "dumps", "loads", "sniff"]

AnyRelation = Support | Rebuttal | Undercut

_DEFAULT = {"support": "SUPPORT_DEFAULT", "attack": "ATTACK_DEFAULT"}


def sniff(text: str) -> bool:
    """Whether a text looks like Arguebuf's JSON: nodes by id that are atoms or schemes."""
    # The edges often come first, and may be many.
    if text.lstrip()[:1] != "{" or re.search(r'"nodes"\s*:\s*\{', text) is None:
        return False
    return ('"schemaVersion"' in text and '"libraryVersion"' in text) or (
        re.search(r'"atom"\s*:', text) is not None and '"nodeID"' not in text
    )


def loads(text: str, source: str | None = None) -> ArgumentMap:
    """Read a map.

    Raises:
        FormatParseError: It is not JSON, or not Arguebuf's (with a JSON Pointer).
        ModelError: The parts of the map do not fit together.
    """
    with as_format_errors(source), pause_gc():
        root = parse_json(text, source)
        shown = _read(root)
        kept = root.get("userdata").get("argumap")
        return put_back(shown, kept.value, source=source) if kept else shown


def _read(root: Place) -> ArgumentMap:
    nodes = dict(root.get("nodes").fields())
    kinds: dict[str, Kind | None] = {name: _kind(node) for name, node in nodes.items()}
    edges = [
        (edge.get("source").name(), edge.get("target").name(), name, edge.value)
        for name, edge in root.get("edges").fields()
    ]
    named = {
        name: person.get("name").text(default="")
        for name, person in root.get("participants").fields()
    }
    people = {name: title or name for name, title in named.items()}
    # Who goes by a name alone; of the others the id is needed to tell who it was.
    by_name = Counter(named.values())
    plain = {name for name, title in named.items() if title and by_name[title] == 1}
    pairs = [(from_, to) for from_, to, _, _ in edges]
    found = find_relations(kinds, pairs)
    claims = tuple(
        _claim(name, node, people, plain) for name, node in nodes.items() if kinds[name] == "claim"
    )
    relations = [_relation(name, nodes[name], e) for name in nodes for e in found.get(name, ())]
    rest = {
        key: value
        for key, value in root.value.items()
        if key not in {"nodes", "edges", "userdata", "schemaVersion", "libraryVersion"} and value
    }
    userdata = {k: v for k, v in (root.value.get("userdata") or {}).items() if k != "argumap"}
    used = {name for name in nodes if kinds[name] == "claim"} | set(found)
    places = dict.fromkeys(left_over(pairs, found))
    lost_edges = [edges[place] for place in places]
    said = ((*edge[:2], edge[3]) for place, edge in enumerate(edges) if place not in places)
    lost = {
        "userdata": userdata,
        "nodes": {name: node.value for name, node in nodes.items() if name not in used},
        "edges": {name: edge for *ends, name, edge in lost_edges if {*ends} <= nodes.keys()},
        # Apart from those whose node somebody takes away later.
        "dangling": {name: edge for *ends, name, edge in lost_edges if not {*ends} <= nodes.keys()},
        EDGE_FIELDS: further_of_edges(said, {"source", "target"}),
    }
    rest |= {key: value for key, value in lost.items() if value}
    if set(rest) == {"participants"} and list(people) == free_ids("person", len(people), ()):
        rest = {}  # as `dumps` makes them
    return ArgumentMap(
        claims=claims,
        relations=tuple(relations),
        extra={"arguebuf": rest} if rest else None,
    )


def _kind(node: Place) -> Kind | None:
    if node.get("atom"):
        return "claim"
    scheme = node.get("scheme")
    if not scheme:
        return None
    # The first files have a type, such as TYPE_SUPPORT, where later ones have a field.
    type_ = scheme.get("type").text(default="").upper()
    if scheme.get("attack") or "ATTACK" in type_:
        return "attack"
    # A scheme of no kind at all is an inference that nobody classified.
    is_support = scheme.get("support") or "SUPPORT" in type_ or not scheme.value
    return "support" if is_support else None


def _claim(name: str, node: Place, people: dict[str, str], plain: set[str]) -> Claim:
    atom = node.get("atom")
    person = atom.get("participant").text(default="")
    quote = atom.get("reference").get("text").text(default="")
    mentions: tuple[Mention, ...] = ()
    if person or quote:
        mentions = (Mention(author=people.get(person, person) or None, quote=quote or None),)
    fields = {key: value for key, value in node.value.items() if key != "atom" and value}
    known = {"text"} | ({"participant"} if not person or person in plain else set())
    more = {key: value for key, value in atom.value.items() if key not in known}
    if more and more != {"reference": {"text": quote}}:
        fields["atom"] = more
    return Claim(
        id=name,
        text=atom.get("text").text(default=""),
        mentions=mentions,
        extra={"arguebuf": fields} if fields else None,
    )


def _relation(name: str, node: Place, joined: Joined) -> AnyRelation:
    fields = {key: value for key, value in node.value.items() if key != "scheme" and value}
    scheme_of = node.get("scheme").value
    kind = "support" if joined.kind == "support" else "attack"
    if scheme_of != {kind: _DEFAULT[kind]}:
        fields["scheme"] = scheme_of
    if joined.several:
        fields["part_of"] = name
    extra = {"arguebuf": fields} if fields else None
    if joined.kind == "support":
        return Support(
            id=joined.id,
            premises=joined.sources,
            conclusion=joined.target,
            scheme=_scheme(scheme_of.get("support")),
            extra=extra,
        )
    make = Rebuttal if joined.kind == "rebuttal" else Undercut
    return make(id=joined.id, source=joined.sources[0], target=joined.target, extra=extra)


def _scheme(name: Any) -> str | None:
    """Return a scheme in words.

    Examples:
        >>> _scheme("SUPPORT_POSITION_TO_KNOW")
        'Position To Know'
    """
    if not isinstance(name, str) or name in {"SUPPORT_DEFAULT", "SUPPORT_UNSPECIFIED"}:
        return None
    return name.removeprefix("SUPPORT_").replace("_", " ").title()


# --- writing -----------------------------------------------------------------------------------


def dumps(argmap: ArgumentMap) -> str:
    """Write a map, with what Arguebuf has no words for under ``userdata.argumap``."""
    with pause_gc():
        document = _document(argmap)
        seen = _read(Place(document))
        if seen != argmap:
            kept = {"argumap": take(argmap, seen).to_json()}
            document["userdata"] = {**document.get("userdata", {}), **kept}
        return to_json(document)


_MAPS = {"nodes", "edges", "dangling", EDGE_FIELDS, "participants"}


def _document(argmap: ArgumentMap) -> dict[str, Any]:
    own = own_fields(argmap, "arguebuf")
    people = _people(argmap, own)
    person_of = {person.get("name"): name for name, person in people.items()}
    nodes: dict[str, dict[str, Any]] = {}
    edges: dict[tuple[str, str], None] = {}
    for claim in argmap.claims:
        nodes[claim.id] = _atom(claim, person_of)
    for relation in argmap.relations:
        name = node_of(relation, "arguebuf")
        kind = "support" if isinstance(relation, Support) else "attack"
        fields = {
            key: value
            for key, value in own_fields(relation, "arguebuf").items()
            if key != "part_of"
        }
        scheme = fields.pop("scheme", {kind: _DEFAULT[kind]})
        wanted = relation.scheme if isinstance(relation, Support) else None
        if not isinstance(scheme, dict) or _scheme(scheme.get("support")) != wanted:
            scheme = {kind: _DEFAULT[kind]}
        nodes.setdefault(name, {"scheme": scheme, "metadata": {}, **fields})
        edges.update({(source, name): None for source in relation.sources})
        target = relation.target
        if isinstance(relation, Undercut):
            target = node_of(argmap.relation(target), "arguebuf")
        edges[name, target] = None
    kept_nodes = _dicts(own.get("nodes"))
    nodes |= {name: node for name, node in kept_nodes.items() if name not in nodes}
    kept_edges = {
        name: edge
        for name, edge in _dicts(own.get("edges")).items()
        if {edge.get("source"), edge.get("target")} <= nodes.keys()
    }
    kept_edges |= _dicts(own.get("dangling"))
    ids = free_ids("e", len(edges), {*nodes, *kept_edges})
    further = edge_fields(own)
    document: dict[str, Any] = {
        "nodes": nodes,
        "edges": {
            **{
                id_: {
                    "source": ends[0],
                    "target": ends[1],
                    "metadata": {},
                    **further.get(ends, {}),
                }
                for id_, ends in zip(ids, edges, strict=True)
            },
            **kept_edges,
        },
        "participants": people,
        **{k: v for k, v in own.items() if k not in _MAPS},
        "schemaVersion": 1,
        "libraryVersion": "argumap",
    }
    return document


def _people(argmap: ArgumentMap, own: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the participants: those that were read, and the authors that are not among them."""
    people = _dicts(own.get("participants"))
    known = {person.get("name") for person in people.values()}
    first = (
        claim.mentions[0].author
        for claim in argmap.claims
        if claim.mentions and not _person_in(claim)
    )
    fresh = [author for author in dict.fromkeys(first) if author and author not in known]
    ids = free_ids("person", len(fresh), people)
    return people | {id_: {"name": author} for id_, author in zip(ids, fresh, strict=True)}


def _atom(claim: Claim, person_of: dict[Any, str]) -> dict[str, Any]:
    fields = dict(own_fields(claim, "arguebuf"))
    more = fields.pop("atom", {})
    atom: dict[str, Any] = {"text": claim.text}
    if claim.mentions and claim.mentions[0].stance == "asserts":
        mention = claim.mentions[0]
        if mention.author and not _person_in(claim):
            atom["participant"] = person_of[mention.author]
        if mention.quote:
            atom["reference"] = {"text": mention.quote}
    if isinstance(more, dict):
        atom |= more
    return {"atom": atom, "metadata": {}, **fields}


def _person_in(claim: Claim) -> bool:
    """Whether a claim holds the id of its participant, whom no name tells from others."""
    atom = own_fields(claim, "arguebuf").get("atom")
    return isinstance(atom, dict) and "participant" in atom


def _dicts(value: Any) -> dict[str, dict[str, Any]]:
    if not isinstance(value, dict):
        return {}
    return {name: each for name, each in value.items() if isinstance(each, dict)}


_CARRIED = frozenset(
    {
        "supports",
        "linked premises",
        "undercuts",
        "undercuts of rebuttals",
        "undercuts of undercuts",
        "claim text",
        "ids",
        "relation ids",
        "authors",
        "quotes",
    }
)

FORMAT = Format(
    name="arguebuf",
    title="Arguebuf JSON",
    suffixes=(".arguebuf", ".json"),
    sniff=sniff,
    loads=loads,
    dumps=dumps,
    carries=_CARRIED,
    keeps=ALL - _CARRIED,
)
