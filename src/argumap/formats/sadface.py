"""SADFace: JSON of atoms and schemes (https://github.com/Open-Argumentation/SADFace).

Three eras are read: 0.1 (its fields at the top), 0.2 (``metadata.core``) and 0.5 (nodes of type
inference and conflict); the newest is written. Resources, sources and metadata are kept under
``extra["sadface"]`` and written back.
"""

from __future__ import annotations

import re
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
from argumap.formats._json import Place, as_format_errors, dicts_in, parse_json, to_json
from argumap.formats._remainder import put_back, take
from argumap.model import ArgumentMap, Claim, Rebuttal, Support, Undercut, pause_gc

__all__ = ["FORMAT", "dumps", "loads", "sniff"]

AnyRelation = Support | Rebuttal | Undercut

_ATTACKS = {"conflict", "attack", "disagree", "undercut", "con", "rebuttal"}
_NAMELESS = {*_ATTACKS, "support", "inference", "agree", "pro", "default inference", ""}
_EDGE = {"id", "source_id", "target_id"}
_TYPES = {"support": "inference", "rebuttal": "conflict", "undercut": "conflict"}


def sniff(text: str) -> bool:
    """Whether a text looks like SADFace: by its edges, or else by its atoms or its head."""
    # The edges often come first, and may be many.
    if text.lstrip()[:1] != "{" or re.search(r'"nodes"\s*:\s*\[', text) is None:
        return False
    if '"source_id"' in text or ('"atom"' in text and '"edges"' in text and '"type"' in text):
        return True
    # A document that somebody has only begun.
    return '"resources"' in text and ('"core"' in text or '"analyst_name"' in text)


def loads(text: str, source: str | None = None) -> ArgumentMap:
    """Read a map.

    Raises:
        FormatParseError: It is not JSON, or not SADFace (with a JSON Pointer).
        ModelError: The parts of the map do not fit together.
    """
    with as_format_errors(source), pause_gc():
        root = parse_json(text, source)
        shown = _read(root)
        metadata = root.get("metadata")
        kept = metadata.get("argumap") if isinstance(metadata.value, dict) else Place(None)
        return put_back(shown, kept.value, source=source) if kept.value is not None else shown


def _read(root: Place) -> ArgumentMap:
    if not root.get("nodes"):
        raise root.fault("there is no field 'nodes': this is no SADFace")
    nodes: dict[str, dict[str, Any]] = {}
    kinds: dict[str, Kind | None] = {}
    for node in root.get("nodes").items():
        name = node.get("id").name()
        if name in nodes:
            raise node.fault(f"two nodes have the id {name!r}")
        nodes[name] = node.value
        kinds[name] = _kind(node)
    edges = [
        (edge.get("source_id").name(), edge.get("target_id").name(), edge.value)
        for edge in root.get("edges").items()
    ]
    found = find_relations(kinds, [(from_, to) for from_, to, _ in edges])
    claims = tuple(
        Claim(id=name, text=_text(node), extra=_further(node, "text"))
        for name, node in nodes.items()
        if kinds[name] == "claim"
    )
    relations = [_relation(name, nodes[name], e) for name in nodes for e in found.get(name, ())]
    core = root.get("metadata").get("core")
    title = core.get("title").text(default="") or root.get("title").text(default="")
    places = dict.fromkeys(left_over([(from_, to) for from_, to, _ in edges], found))
    lost_edges = [edges[place][2] for place in places]
    said = (edge for place, edge in enumerate(edges) if place not in places)
    lost_nodes = [n for name, n in nodes.items() if kinds[name] != "claim" and name not in found]
    there = [e for e in lost_edges if {str(e["source_id"]), str(e["target_id"])} <= nodes.keys()]
    # Apart from those whose node somebody takes away later.
    dangling = [edge for edge in lost_edges if edge not in there]
    rest = _rest(
        root,
        {
            "nodes": lost_nodes,
            "edges": there,
            "dangling": dangling,
            EDGE_FIELDS: further_of_edges(said, _EDGE),
        },
    )
    return ArgumentMap(
        title=title or None,
        claims=claims,
        relations=tuple(relations),
        extra={"sadface": rest} if rest else None,
    )


def _kind(node: Place) -> Kind | None:
    type_ = node.get("type").text(default="").lower()
    name = node.get("name").text(default="").lower()
    if type_ == "atom":
        return "claim"
    if type_ in {"scheme", "inference", "conflict"}:
        return "attack" if type_ == "conflict" or name in _ATTACKS else "support"
    return None


def _text(node: dict[str, Any]) -> str:
    text = node.get("text")
    return text if isinstance(text, str) else ""


def _relation(node_id: str, node: dict[str, Any], joined: Joined) -> AnyRelation:
    name = node.get("name")
    name = name if isinstance(name, str) else ""
    extra = _further(node, "name")
    if joined.several:
        extra = {"sadface": {**(extra or {}).get("sadface", {}), "part_of": node_id}}
    if joined.kind == "support":
        scheme = None if name.lower() in _NAMELESS else name
        if scheme is None and name not in {"", "support"}:
            extra = {"sadface": {**(extra or {}).get("sadface", {}), "name": name}}
        return Support(
            id=joined.id,
            premises=joined.sources,
            conclusion=joined.target,
            scheme=scheme,
            extra=extra,
        )
    if name not in {"", "attack"}:
        extra = {"sadface": {**(extra or {}).get("sadface", {}), "name": name}}
    make = Rebuttal if joined.kind == "rebuttal" else Undercut
    return make(id=joined.id, source=joined.sources[0], target=joined.target, extra=extra)


def _further(node: dict[str, Any], known: str) -> dict[str, Any] | None:
    """Return the fields of a node that the element made of it does not hold."""
    fields = {
        key: value
        for key, value in node.items()
        if key not in {"id", "type", known} and value not in ([], {}, None, {"core": {}})
    }
    return {"sadface": fields} if fields else None


def _rest(root: Place, lost: dict[str, list[Any]]) -> dict[str, Any]:
    """Return what has become neither claim nor relation.

    An edge between claims is among it: it says that one bears on the other, but not how.
    """
    rest = {
        key: value
        for key, value in root.value.items()
        if key not in {"nodes", "edges", "metadata"} and value not in ([], {}, None)
    }
    metadata = root.value.get("metadata")
    if isinstance(metadata, dict):
        more = {key: value for key, value in metadata.items() if key != "argumap"}
        core = more.get("core")
        if isinstance(core, dict):
            more["core"] = {k: v for k, v in core.items() if k not in {"title", "version"}}
        more = {key: value for key, value in more.items() if value}
        if more:
            rest["metadata"] = more
    return rest | {key: value for key, value in lost.items() if value}


# --- writing -----------------------------------------------------------------------------------


def dumps(argmap: ArgumentMap) -> str:
    """Write a map as SADFace 0.5, with what it has no words for under ``metadata.argumap``."""
    with pause_gc():
        document = _document(argmap)
        seen = _read(Place(document))
        if seen != argmap:
            document["metadata"]["argumap"] = take(argmap, seen).to_json()
        return to_json(document)


_LISTS = {"metadata", "nodes", "edges", "dangling", EDGE_FIELDS}


def _document(argmap: ArgumentMap) -> dict[str, Any]:
    own = own_fields(argmap, "sadface")
    metadata = own.get("metadata")
    metadata = dict(metadata) if isinstance(metadata, dict) else {}
    core = metadata.get("core")
    metadata["core"] = {
        **(core if isinstance(core, dict) else {}),
        "title": argmap.title or "",
        "version": "0.5.4",
    }
    nodes: dict[str, dict[str, Any]] = {}
    edges: dict[tuple[str, str], None] = {}
    for claim in argmap.claims:
        fields = {"id": claim.id, "type": "atom", "text": claim.text, "sources": [], "metadata": {}}
        nodes[claim.id] = {**fields, **own_fields(claim, "sadface"), "text": claim.text}
    for relation in argmap.relations:
        name = node_of(relation, "sadface")
        is_support = isinstance(relation, Support)
        node = {
            "id": name,
            "type": _TYPES[relation.kind],
            "name": "support" if is_support else "attack",
        }
        if isinstance(relation, Support) and relation.scheme is not None:
            node["name"] = relation.scheme
        more = {
            key: value for key, value in own_fields(relation, "sadface").items() if key != "part_of"
        }
        nodes.setdefault(name, {**node, "metadata": {}, **more})
        edges.update({(source, name): None for source in relation.sources})
        target = relation.target
        if isinstance(relation, Undercut):
            target = node_of(argmap.relation(target), "sadface")
        edges[name, target] = None
    kept_nodes = [node for node in dicts_in(own.get("nodes")) if str(node.get("id")) not in nodes]
    there = {*nodes, *(str(node.get("id")) for node in kept_nodes)}
    kept_edges = [
        edge
        for edge in dicts_in(own.get("edges"))
        if {str(edge.get("source_id")), str(edge.get("target_id"))} <= there
    ]
    taken = (str(edge.get("id")) for edge in (*kept_edges, *dicts_in(own.get("dangling"))))
    ids = free_ids("e", len(edges), {*there, *taken})
    further = edge_fields(own)
    return {
        "metadata": metadata,
        "resources": [],
        **{key: value for key, value in own.items() if key not in _LISTS},
        "nodes": [*nodes.values(), *kept_nodes],
        "edges": [
            *(
                {"id": id_, "source_id": from_, "target_id": to, **further.get((from_, to), {})}
                for id_, (from_, to) in zip(ids, edges, strict=True)
            ),
            *kept_edges,
            *dicts_in(own.get("dangling")),
        ],
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
        "title",
    }
)

FORMAT = Format(
    name="sadface",
    title="SADFace",
    suffixes=(".sadface", ".json"),
    sniff=sniff,
    loads=loads,
    dumps=dumps,
    carries=_CARRIED,
    keeps=ALL - _CARRIED,
)
