"""From a map to AIF."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from argumap.formats._joined import EDGE_FIELDS, edge_fields, node_of, own_fields
from argumap.formats._json import Place, dicts_in
from argumap.formats.aif.reading import Reading
from argumap.formats.aif.words import DEFAULT, STANCES
from argumap.model import ArgumentMap, Mention, Rebuttal, Support, Undercut

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["to_document"]

AnyRelation = Support | Rebuttal | Undercut


def to_document(argmap: ArgumentMap) -> dict[str, Any]:
    """Return a map as AIF, without what that has no words for."""
    own = own_fields(argmap, "aif")
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
        nodes.append(
            {"nodeID": claim.id, "text": claim.text, "type": "I", **own_fields(claim, "aif")}
        )
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
    for again in repeated if isinstance(repeated, list) else ():
        if isinstance(again, dict) and "nodeID" in again:
            nodes.append(again)
        elif isinstance(again, str) and again in by_name:
            nodes.append(by_name[again])
    whole = own.get("whole_numbers")
    numbers = there if whole is True else set(whole) if isinstance(whole, list) else set()
    document = {key: value for key, value in own.items() if key not in _KEPT}
    kept = [
        edge for edge in rest_edges if str(edge["fromID"]) in there and str(edge["toID"]) in there
    ]
    kept += dicts_in(own.get("dangling"))
    used = {str(edge.get("edgeID")) for edge in kept}
    free = (n for n in itertools.count(1) if str(n) not in used)
    further = edge_fields(own)
    all_edges: list[dict[str, Any]] = [
        {
            "edgeID": free_id if whole is True else str(free_id),
            "fromID": from_,
            "toID": to,
            "formEdgeID": None,
            **further.get((from_, to), {}),
        }
        for (from_, to), free_id in zip(edges, free, strict=False)
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


_KEPT = {"nodes", "edges", "dangling", "repeated", "locutions", "whole_numbers", EDGE_FIELDS}


def _schemes(argmap: ArgumentMap) -> tuple[list[dict[str, Any]], list[tuple[str, str]]]:
    """Return the nodes of the relations and their edges; several relations may share a node."""
    nodes: dict[str, dict[str, Any]] = {}
    edges: dict[tuple[str, str], None] = {}
    for relation in argmap.relations:
        name = node_of(relation, "aif")
        target = relation.target
        if isinstance(relation, Undercut):
            target = node_of(argmap.relation(target), "aif")
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
        {"nodeID": act, "text": STANCES[mention.stance], "type": "YA"},
    ]


def _scheme_node(name: str, relation: AnyRelation) -> dict[str, Any]:
    kind = "RA" if isinstance(relation, Support) else "CA"
    node: dict[str, Any] = {"nodeID": name, "text": DEFAULT[kind], "type": kind}
    own = {key: value for key, value in own_fields(relation, "aif").items() if key != "part_of"}
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
        told.update(Reading(Place(document)).dialogue())
    return told


def _take_out(mention: Mention, told: list[Mention]) -> bool:
    bare = mention.replace(span=None)
    if bare in told:
        told.remove(bare)
        return True
    return False


def _numbered(fields: dict[str, Any], numbers: Collection[str], *names: str) -> dict[str, Any]:
    """Return a node or edge whose ids are whole numbers where they were."""
    if not numbers:
        return fields
    return {
        key: int(value)
        if key in names
        and isinstance(value, str)
        and value in numbers
        and re.fullmatch(r"0|-?[1-9][0-9]{0,17}", value)
        else value
        for key, value in fields.items()
    }
