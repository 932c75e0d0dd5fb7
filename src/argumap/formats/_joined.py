"""Argument graphs whose inferences are nodes (AIF and its kin): which are which relations."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from argumap.errors import FormatParseError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from argumap.model import ArgumentMap, Claim, Rebuttal, Support, Undercut

__all__ = [
    "EDGE_FIELDS",
    "Joined",
    "Kind",
    "edge_fields",
    "find_relations",
    "further_of_edges",
    "left_over",
    "node_of",
    "own_fields",
]

Kind = Literal["claim", "support", "attack"]

# Where fields of others on the edges of relations are kept.
EDGE_FIELDS = "edge_fields"
# How many more relations a node may stand for than it has edges.
_MOST_PAIRS = 10_000


class Joined(NamedTuple):
    """What a relation of a map joins.

    Attributes:
        kind: Its kind in a map.
        id: Its id: that of its node, with a number from the second on where there are several.
        sources: The claims that give the reason.
        target: The claim, or the relation for an undercut.
        several: Whether its node stands for several relations.
    """

    kind: Literal["support", "rebuttal", "undercut"]
    id: str
    sources: tuple[str, ...]
    target: str
    several: bool = False


def find_relations(
    kinds: Mapping[str, Kind | None], edges: Iterable[tuple[str, str]]
) -> dict[str, list[Joined]]:
    """Return for each node the relations that it stands for; no entry where it stands for none.

    Several claims before a support are its linked premises. Several claims before an attack, and
    several targets of either, are as many relations. An attack on a support or an attack is an
    undercut. What else an edge may lead from or to is passed over.

    Args:
        kinds: The kind of each node; None for nodes of no such kind.
        edges: Pairs of nodes.

    Raises:
        FormatParseError: An attack joins so many that the relations, each with each, are too many.
    """
    # As sets that keep their order.
    before: dict[str, dict[str, None]] = defaultdict(dict)
    after: dict[str, dict[str, None]] = defaultdict(dict)
    for source, target in edges:
        if kinds.get(source) == "claim":
            before[target][source] = None
        after[source][target] = None
    found: dict[str, list[Joined]] = {}
    striking: dict[str, str] = {}
    for name, kind in kinds.items():
        sources, targets = list(before[name]), list(after[name])
        if kind is None or kind == "claim" or not sources or not targets:
            continue
        # A claim may rebut itself, but not support itself.
        circular = kind == "support" and not set(sources).isdisjoint(targets)
        if all(kinds.get(target) == "claim" for target in targets) and not circular:
            _check_number(name, kind, sources, targets)
            found[name] = list(_of_node(name, kind, sources, targets))
        elif (
            kind == "attack"
            and len(sources) == len(targets) == 1
            and targets[0] != name
            and kinds.get(targets[0]) in {"support", "attack"}
        ):
            striking[name] = targets[0]
    _add_undercuts(found, striking, before)
    return found


def left_over(edges: Iterable[tuple[str, str]], found: Mapping[str, list[Joined]]) -> list[int]:
    """Return the places of the edges that the relations do not say, or that are there again."""
    said = {
        pair
        for name, relations in found.items()
        for each in relations
        for pair in [*((source, name) for source in each.sources), (name, each.target)]
    }
    seen: set[tuple[str, str]] = set()
    places = []
    for place, edge in enumerate(edges):
        if edge not in said or edge in seen:
            places.append(place)
        seen.add(edge)
    return places


def further_of_edges(
    edges: Iterable[tuple[str, str, Mapping[str, Any]]], known: Collection[str]
) -> list[list[Any]]:
    """Return the further fields of edges, by their ends, which stand before them.

    Args:
        edges: The two ends of each, and all its fields.
        known: Names of the fields that a map holds, or that are made anew.
    """
    found: list[list[Any]] = []
    for source, target, edge in edges:
        fields = {k: v for k, v in edge.items() if k not in known and v not in (None, {}, [])}
        if fields:
            found.append([source, target, fields])
    # The order of a file is not that in which it is written.
    return sorted(found, key=lambda entry: entry[:2])


def edge_fields(own: Mapping[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the kept fields of edges by their ends."""
    kept = own.get(EDGE_FIELDS)
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for entry in kept if isinstance(kept, list) else ():
        match entry:
            case [str(source), str(target), dict(fields)]:
                found[source, target] = fields
            case _:
                pass
    return found


def own_fields(
    element: ArgumentMap | Claim | Support | Rebuttal | Undercut, name: str
) -> dict[str, Any]:
    """Return what a format of that name kept on an element."""
    own = (element.extra or {}).get(name)
    return own if isinstance(own, dict) else {}


def node_of(relation: Support | Rebuttal | Undercut, name: str) -> str:
    """Return the node that stands for a relation in a format of that name."""
    part_of = own_fields(relation, name).get("part_of")
    return part_of if isinstance(part_of, str) else relation.id


def _check_number(name: str, kind: Kind, sources: list[str], targets: list[str]) -> None:
    number = len(sources) * len(targets)
    if kind == "attack" and number > len(sources) + len(targets) + _MOST_PAIRS:
        joined = f"{len(sources)} nodes with {len(targets)}"
        raise FormatParseError(f"node {name!r} joins {joined}, each with each: too many to read")


def _add_undercuts(
    found: dict[str, list[Joined]],
    striking: Mapping[str, str],
    before: Mapping[str, Iterable[str]],
) -> None:
    """Add the undercuts that strike, directly or in turn, at a relation that was found."""
    strikers: dict[str, list[str]] = defaultdict(list)
    for name, target in striking.items():
        strikers[target].append(name)
    hanging = list(found)
    for target in hanging:  # it grows
        hanging += strikers[target]
    hangs = set(hanging)
    for name, target in striking.items():
        if target in hangs:
            struck = found[target][0].id if target in found else target
            found[name] = [Joined("undercut", name, tuple(before[name]), struck)]


def _of_node(name: str, kind: Kind, sources: list[str], targets: list[str]) -> Iterator[Joined]:
    is_support = kind == "support"
    groups = [tuple(sources)] if is_support else [(source,) for source in sources]
    pairs = [(group, target) for target in targets for group in groups]
    for number, (group, target) in enumerate(pairs, start=1):
        id_ = name if number == 1 else f"{name}~{number}"
        what: Literal["support", "rebuttal"] = "support" if is_support else "rebuttal"
        yield Joined(what, id_, group, target, len(pairs) > 1)
