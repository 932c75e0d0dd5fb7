"""Files that the editor OVA 2 saves: flat, with ids and ends of edges of another form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from argumap.formats._json import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["as_aif", "is_ova"]


def is_ova(root: Place) -> bool:
    """Whether a document is of OVA 2: its nodes have an id, but no nodeID."""
    first = next(iter(root.get("nodes").items()), None)
    return first is not None and not first.get("nodeID") and bool(first.get("id"))


def as_aif(root: Place) -> Place:
    """Return such a document as AIF, with all further fields where they were."""
    nodes = [{"nodeID": _id(node), **_without_id(node)} for node in root.get("nodes").items()]
    people = [
        {"participantID": _id(person), **_without_id(person)}
        for person in root.get("participants").items()
    ]
    locutions = [
        {"nodeID": _id(node), "personID": node.get("participantID").value}
        for node in root.get("nodes").items()
        if node.get("type").value == "L" and node.get("participantID")
    ]
    document = dict(root.value) | {"nodes": nodes, "edges": list(_edges(root))}
    document |= {"participants": people} if people else {}
    document |= {"locutions": locutions} if locutions else {}
    return Place(document, root.pointer, root.source)


def _edges(root: Place) -> Iterator[dict[str, Any]]:
    for number, edge in enumerate(root.get("edges").items(), start=1):
        ends = {
            "fromID": _id(edge.get("from")) if edge.get("from") else edge.get("fromID").value,
            "toID": _id(edge.get("to")) if edge.get("to") else edge.get("toID").value,
        }
        further = {k: v for k, v in edge.value.items() if k not in {"from", "to", "id"}}
        yield {"edgeID": number, **further, **ends}


def _id(place: Place) -> Any:
    place.get("id").name()
    return place.value["id"]


def _without_id(place: Place) -> dict[str, Any]:
    return {key: value for key, value in place.value.items() if key != "id"}
