"""What becomes of the relations once the whole text is read: merged, and moved where they belong.

Argdown lets a relation start at an argument that has a premise-conclusion structure; it then
starts at the main conclusion. An undercut of such an argument strikes its last inference.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argumap.formats.argdown.document import Argument, Document, Key, Relation, Statement

__all__ = ["settle"]


def settle(document: Document) -> None:
    """Merge what is said twice, and move relations of reconstructed arguments."""
    settings = document.front_matter if isinstance(document.front_matter, dict) else {}
    model = settings.get("model")
    model = model if isinstance(model, dict) else {}
    _assign_sections(document)
    relations = _merge(document.relations)
    if model.get("transformArgumentRelations") is not False:
        relations = _merge([r for r in relations if not _moved_onto_itself(document, r)])
    if model.get("mode") == "strict":
        relations = _strict(relations)
    document.relations = _without_redundant(document, relations)


def _assign_sections(document: Document) -> None:
    owners: list[Statement | Argument] = [
        *document.statements.values(),
        *document.arguments.values(),
    ]
    for owner in owners:
        if owner.section is None and owner.members:
            owner.section = owner.members[0].section


def _merge(relations: list[Relation]) -> list[Relation]:
    """Leave out what was said before; a contradiction is the same both ways."""
    seen: set[tuple[str, Key, Key]] = set()
    kept: list[Relation] = []
    for relation in relations:
        key = (relation.kind, relation.source, relation.target)
        if key in seen:
            continue
        seen.add(key)
        if relation.kind == "contradictory":
            seen.add((relation.kind, relation.target, relation.source))
        kept.append(relation)
    return kept


def _moved_onto_itself(document: Document, relation: Relation) -> bool:
    """Move a relation; tell whether that left an argument under its own conclusion.

    Such a relation says nothing that the inference does not.
    """
    source, target = relation.source, relation.target
    if source[0] == "argument" and (steps := document.arguments[source[1]].steps):
        relation.source = ("statement", steps[-1].member.title)
    if (
        relation.kind == "undercut"
        and target[0] == "argument"
        and (steps := document.arguments[target[1]].steps)
    ):
        relation.target = ("inference", target[1], len(steps) - 1)
    return relation.source != source and relation.source == relation.target


def _strict(relations: list[Relation]) -> list[Relation]:
    """Read relations between statements as logic: support entails, attack is contrary."""
    kept: list[Relation] = []
    contrary: set[tuple[Key, Key]] = set()
    for relation in relations:
        source, target = relation.source, relation.target
        if source[0] == target[0] == "statement":
            if relation.kind == "support":
                relation.kind = "entails"
            elif relation.kind == "attack":
                if (target, source) in contrary:
                    continue
                contrary.add((source, target))
                relation.kind = "contrary"
        kept.append(relation)
    return kept


def _without_redundant(document: Document, relations: list[Relation]) -> list[Relation]:
    """Leave out an attack on an argument where one of its premises is attacked."""
    struck: dict[Key, set[str]] = defaultdict(set)
    for relation in relations:
        source, target = relation.source, relation.target
        if source[0] == target[0] == "statement":
            if relation.kind in {"attack", "contradictory", "contrary"}:
                struck[source].add(target[1])
            if relation.kind in {"contradictory", "contrary"}:
                struck[target].add(source[1])
    premises: dict[str, set[str]] = {}

    def is_redundant(relation: Relation) -> bool:
        source, target = relation.source, relation.target
        if relation.kind != "attack" or source[0] != "statement" or target[0] != "argument":
            return False
        if target[1] not in premises:
            steps = document.arguments[target[1]].steps
            premises[target[1]] = {s.member.title for s in steps if s.member.role == "premise"}
        return source in struck and not struck[source].isdisjoint(premises[target[1]])

    return [relation for relation in relations if not is_redundant(relation)]
