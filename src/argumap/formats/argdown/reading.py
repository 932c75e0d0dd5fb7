"""From an Argdown document to a map.

Statements become claims. A sketched argument, which has a description but no premises, becomes a
claim too: it is the reason that it gives. Each inference of a premise-conclusion structure becomes
a support with linked premises.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from argumap.formats._constructs import free_ids
from argumap.formats.argdown.own_data import DataError, in_words, split
from argumap.model import (
    ArgumentMap,
    Claim,
    Rebuttal,
    Support,
    Thread,
    Undercut,
    pause_gc,
)

if TYPE_CHECKING:
    from argumap.formats.argdown.document import (
        Argument,
        Document,
        Key,
        Relation,
        Section,
        Statement,
    )

__all__ = ["EXTRA", "to_map"]

AnyRelation = Support | Rebuttal | Undercut

# How many more undercuts a map may have than its text, where one strikes at several inferences.
_MOST_MORE = 10_000

# Where what is Argdown's own is kept on the elements.
EXTRA = "argdown"


def to_map(
    document: Document, thread: Thread | None = None, *, ours: bool = False
) -> tuple[ArgumentMap, list[str]]:
    """Return the map that a document describes, and what has no place in it, in sentences.

    Args:
        document: The document.
        thread: The thread that spans in the data point into; their quotes are taken from it.
        ours: Whether argumap wrote it: then data by the names that it uses must be its own.

    Raises:
        DataError: That data is not what it should be.
    """
    with pause_gc():
        reading = _Reading(document, thread, ours=ours)
        return reading.run(), reading.unplaced


class _Reading:
    def __init__(self, document: Document, thread: Thread | None, *, ours: bool) -> None:
        self.document = document
        self.ours = ours
        self.texts = {post.id: post.text for post in thread.posts} if thread else {}
        self.claims: dict[tuple[str, str], Claim] = {}
        self.relations: list[AnyRelation] = []
        # The supports of each inference, and those that start from each sketched argument.
        self.inferences: dict[Key, list[str]] = {}
        self.given_by: dict[str, list[str]] = {}
        self.ids: set[str] = set()
        self.number = 0
        self.more = 0
        self.unplaced: list[str] = []

    def run(self) -> ArgumentMap:
        document = self.document
        self._name_elements()
        for statement in document.statements.values():
            self._claim("statement", statement)
        reached = {
            relation.target[1]
            for relation in document.relations
            if relation.target[0] == "argument" and relation.kind == "support"
        }
        for argument in document.arguments.values():
            # One with premises is there by its inferences, unless somebody supports it as a whole.
            if not argument.steps or argument.title in reached:
                self._claim("argument", argument)
        for argument in document.arguments.values():
            self._inferences_of(argument)
        relations = sorted(document.relations, key=lambda relation: relation.offset)
        for relation in relations:
            if relation.kind != "undercut":
                self._relation(relation)
        for relation in relations:
            if relation.kind == "undercut":
                self._undercut(relation)
        front = document.front_matter if isinstance(document.front_matter, dict) else {}
        title = front.get("title")
        extra: dict[str, Any] = {
            "sections": [_section(section) for section in document.sections],
            "front_matter": {key: value for key, value in front.items() if key != "title"},
        }
        extra = {key: value for key, value in extra.items() if value}
        return ArgumentMap(
            title=title if isinstance(title, str) else None,
            claims=tuple(self.claims.values()),
            relations=tuple(self.relations),
            extra={EXTRA: extra} if extra else None,
        )

    # --- claims -------------------------------------------------------------------------------

    def _name_elements(self) -> None:
        """Give every statement and argument an id: its own, its title, or a number."""
        document = self.document
        self.names: dict[tuple[str, str], str] = {}
        elements = [(("statement", s.title), s.data) for s in document.statements.values()]
        elements += [(("argument", a.title), a.data) for a in document.arguments.values()]
        for key, data in elements:
            given = data.get("id") if isinstance(data, dict) else None
            if isinstance(given, str) and 0 < len(given) <= 1000 and given not in self.ids:
                self.names[key] = given
                self.ids.add(given)
        for key, _ in elements:
            title = key[1]
            if key not in self.names and not _is_untitled(title):
                name = title if title not in self.ids else f"<{title}>"
                if len(name) <= 1000 and name not in self.ids:
                    self.names[key] = name
                    self.ids.add(name)
        rest = [key for key, _ in elements if key not in self.names]
        for key, name in zip(rest, free_ids("c", len(rest), self.ids), strict=True):
            self.names[key] = name
            self.ids.add(name)

    def _claim(self, kind: str, owner: Statement | Argument) -> None:
        try:
            own, other = split(owner.data, self.texts)
        except (ValidationError, TypeError, ValueError, AttributeError) as fault:
            if self.ours:
                offset = next((m.offset for m in owner.members if m.data is not None), 0)
                message = f"in the data of [{owner.title}]: {in_words(fault)}"
                raise DataError(message, offset) from None
            own, other = {}, owner.data  # another tool's data, by the same names
        extra: dict[str, Any] = {"data": other} if other else {}
        if kind == "argument":
            extra["argument"] = True
        if owner.tags:
            extra["tags"] = list(owner.tags)
        links = [link for member in owner.members for link in member.links]
        if links:
            extra["links"] = links
        if owner.section:
            extra["section"] = owner.section
        if len(owner.members) > 1:
            words = [m.text.strip() for m in owner.members if not m.is_reference]
            if len(words) > 1:
                extra["members"] = words
        key = (kind, owner.title)
        self.claims[key] = Claim(
            id=self.names[key],
            text=(owner.text or "").strip() or owner.title,
            extra={EXTRA: extra} if extra else None,
            **own,
        )

    # --- relations ----------------------------------------------------------------------------

    def _free(self, wanted: str | None) -> str:
        if wanted is not None and wanted not in self.ids and len(wanted) <= 1000:
            name = wanted
        else:
            self.number += 1
            while f"r{self.number}" in self.ids:
                self.number += 1
            name = f"r{self.number}"
        self.ids.add(name)
        return name

    def _inferences_of(self, argument: Argument) -> None:
        """Make a support of each inference; it uses what its data says, or all since the last."""
        since: list[str] = []
        own = self.names["argument", argument.title]
        if ("argument", argument.title) not in self.claims:
            self.ids.discard(own)
        single = sum(step.rules is not None for step in argument.steps) == 1
        for index, step in enumerate(argument.steps):
            claim = self.claims["statement", step.member.title].id
            if step.rules is None:
                since.append(claim)
                continue
            premises = self._used(argument, step.data, index) or since
            if claim in premises:
                self.unplaced.append(f"argument <{argument.title}> concludes its premise {claim!r}")
            premises = [p for p in dict.fromkeys(premises) if p != claim]
            key: Key = ("inference", argument.title, index)
            wanted = None if _is_untitled(argument.title) else own
            wanted = wanted if single or wanted is None else f"{wanted}/{index + 1}"
            if premises:
                name = self._free(wanted)
                self.relations.append(
                    Support(
                        id=name,
                        premises=tuple(premises),
                        conclusion=claim,
                        scheme=", ".join(step.rules) or None,
                    )
                )
                self.inferences.setdefault(key, []).append(name)
            since = [claim]

    def _used(self, argument: Argument, data: Any, index: int) -> list[str]:
        uses = data.get("uses") if isinstance(data, dict) else None
        if not isinstance(uses, list):
            return []
        return [
            self.claims["statement", argument.steps[number - 1].member.title].id
            for number in uses
            if isinstance(number, int) and 0 < number <= index
        ]

    def _relation(self, relation: Relation) -> None:
        source = self._reason(relation.source)
        if relation.kind in {"support", "entails"}:
            target = self._about(relation.target)
            if source == target:
                self._on_itself(relation, source)
                return
            name = self._free(None)
            extra = {EXTRA: {"relation": "entails"}} if relation.kind == "entails" else None
            self.relations.append(
                Support(id=name, premises=(source,), conclusion=target, extra=extra)
            )
            self.given_by.setdefault(source, []).append(name)
            return
        if relation.target[0] == "argument" and self.document.arguments[relation.target[1]].steps:
            # An attack on an argument as a whole leaves open which part of it is meant.
            self._strike(relation, source, "attack")
            return
        target = self._about(relation.target)
        both_ways = relation.kind in {"contrary", "contradictory"} and source != target
        mark = {EXTRA: {"relation": relation.kind}} if both_ways else None
        pairs = [(source, target), (target, source)] if both_ways else [(source, target)]
        for from_, to in pairs:
            name = self._free(None)
            self.relations.append(Rebuttal(id=name, source=from_, target=to, extra=mark))
            self.given_by.setdefault(from_, []).append(name)

    def _on_itself(self, relation: Relation, claim: str) -> None:
        # An argument under its own conclusion is no such case: its inference says it already.
        if relation.source[0] == "statement":
            self.unplaced.append(f"claim {claim!r} bears on itself: {relation.kind}")

    def _undercut(self, relation: Relation) -> None:
        self._strike(relation, self._reason(relation.source), "undercut")

    def _strike(self, relation: Relation, source: str, kind: str) -> None:
        """Add an undercut of every inference that is meant."""
        extra = None if kind == "undercut" else {EXTRA: {"relation": kind}}
        target = relation.target
        if target[0] == "argument" and (steps := self.document.arguments[target[1]].steps):
            struck = self.inferences.get(("inference", target[1], len(steps) - 1), [])
        elif target[0] == "inference":
            struck = self.inferences.get(target, [])
        else:
            struck = self.given_by.get(self._about(target), [])
            self.more += max(0, len(struck) - 1)
            if self.more > _MOST_MORE:
                many = f"{len(struck)} inferences at once, too many to read"
                self.unplaced.append(f"an undercut by {source!r} strikes at {many}")
                return
        for name in struck:
            self.relations.append(
                Undercut(id=self._free(None), source=source, target=name, extra=extra)
            )
        if not struck and target[0] != "inference" and source != (about := self._about(target)):
            # There is no inference to strike: what is left is a reason against the reason.
            mark = {EXTRA: {"relation": kind}}
            self.relations.append(
                Rebuttal(id=self._free(None), source=source, target=about, extra=mark)
            )

    def _reason(self, key: Key) -> str:
        """Return the claim that gives a reason: a statement, a sketch, or a conclusion."""
        if key[0] == "inference" or (key[0], key[1]) not in self.claims:
            steps = self.document.arguments[key[1]].steps
            return self.claims["statement", steps[-1].member.title].id
        return self.claims[key[0], key[1]].id

    _about = _reason


def _is_untitled(title: str) -> bool:
    return title.startswith("Untitled ") and title[9:].isdigit()


def _section(section: Section) -> dict[str, Any]:
    fields: dict[str, Any] = {"id": section.id, "level": section.level, "title": section.title}
    if section.tags:
        fields["tags"] = section.tags
    if section.data is not None:
        fields["data"] = section.data
    if section.children:
        fields["children"] = [_section(child) for child in section.children]
    return fields
