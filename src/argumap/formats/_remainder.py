"""What a map holds beyond what a format shows, and how the two are put together again.

A format with words for claims and relations alone can still keep the rest of a map (confidence,
spans, the thread) in a place that other tools pass over. What goes there is the difference
between the map and what a reader sees of it. When the file comes back, perhaps edited, what it
shows is right wherever it was changed, and the rest is put back where it still fits; what was
added is marked as added by hand.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import Field, JsonValue, ValidationError

from argumap.errors import FormatParseError
from argumap.formats._constructs import free_ids
from argumap.formats._pairing import paired, renamed
from argumap.model import (
    ArgumentMap,
    Claim,
    Origin,
    Rebuttal,
    Support,
    Thread,
    Undercut,
    Value,
    pause_gc,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Remainder", "put_back", "take"]

AnyRelation = Support | Rebuttal | Undercut
E = TypeVar("E", bound=Claim | Support | Rebuttal | Undercut)
_KINDS: dict[str, type[AnyRelation]] = {
    "support": Support,
    "rebuttal": Rebuttal,
    "undercut": Undercut,
}
_BY_HAND = Origin(maker="hand")


class Remainder(Value):
    """What a format does not show.

    Attributes:
        version: Name and version of this schema.
        claims: For each claim, by the id that is shown, in map order: the fields that are not
            shown; under ``"shown"`` what is shown in their place.
        relations: For each relation, in map order: what it joins, and the fields that are not
            shown. Where nothing of it is shown, ``"kept"`` is true.
        title: The title of the map, where it is not shown as it is.
        shown_title: What is shown in its place.
        extra: Its extra fields, where they are not shown as they are.
        shown: What is shown in their place.
        thread: Its thread.
    """

    version: str = "argumap-remainder/1"
    claims: dict[str, dict[str, JsonValue]] = Field(default_factory=dict)
    relations: tuple[dict[str, JsonValue], ...] = ()
    title: str | None = None
    shown_title: str | None = None
    extra: dict[str, JsonValue] | None = None
    shown: dict[str, JsonValue] | None = None
    thread: Thread | None = None

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON values, without what is empty."""
        return self.model_dump(mode="json", exclude_none=True)

    def to_text(self) -> str:
        """Return it as JSON text, with each element on a line of its own."""
        fields = self.to_json()
        lines: list[str] = []
        for name, value in fields.items():
            if name == "claims":
                each = [f"{_json(key)}: {_json(entry)}" for key, entry in value.items()]
                inner, ends = each, "{}"
            elif name == "relations":
                inner, ends = [_json(entry) for entry in value], "[]"
            else:
                lines.append(f"{_json(name)}: {_json(value)}")
                continue
            between = ",\n  ".join(inner)
            lines.append(f"{_json(name)}: {ends[0]}\n  {between}\n {ends[1]}")
        return "{\n " + ",\n ".join(lines) + "\n}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def take(
    argmap: ArgumentMap, shown: ArgumentMap, names: Mapping[str, str] | None = None
) -> Remainder:
    """Return what a map holds beyond what is shown of it.

    Args:
        argmap: The map.
        shown: What a reader sees: all claims, in any order, and relations with ids of any kind.
        names: The shown id of each claim or relation whose own id cannot be shown.
    """
    names = names or {}
    seen = {claim.id: claim for claim in shown.claims}
    claims: dict[str, dict[str, JsonValue]] = {}
    with pause_gc():
        for claim in argmap.claims:
            name = names.get(claim.id, claim.id)
            claims[name] = _beyond(claim, seen[name])
        pairs = paired(
            argmap.relations,
            [renamed(relation, names) for relation in argmap.relations],
            shown.relations,
            names,
        )
        relations = tuple(
            _joined(relation, names) | _beyond(relation, pairs[relation.id])
            if relation.id in pairs
            else relation.model_dump(mode="json", exclude_none=True) | {"kept": True}
            for relation in argmap.relations
        )
    return Remainder(
        claims=claims,
        relations=relations,
        title=None if argmap.title == shown.title else argmap.title,
        shown_title=None if argmap.title == shown.title else shown.title,
        extra=None if argmap.extra == shown.extra else argmap.extra,
        shown=None if argmap.extra == shown.extra else shown.extra,
        thread=argmap.thread,
    )


def put_back(shown: ArgumentMap, data: object, *, source: str | None = None) -> ArgumentMap:
    """Return a map with all that is shown and all of the remainder that still fits.

    Args:
        shown: What a file shows.
        data: The remainder, as JSON values.
        source: Name of the file, for the error.

    Raises:
        FormatParseError: The remainder is not one.
        ModelError: The parts of the map do not fit together.
    """
    try:
        remainder = Remainder.model_validate(data)
        with pause_gc():
            return _put_back(shown, remainder)
    except ValidationError as fault:
        first = fault.errors(include_url=False)[0]
        place = "/".join(str(part) for part in first["loc"])
        message = f"what argumap keeps in this file is broken: {place}: {first['msg']}"
    except (KeyError, TypeError, ValueError) as fault:
        message = f"what argumap keeps in this file is broken: {fault}"
    raise FormatParseError(message, source=source)


def _put_back(shown: ArgumentMap, remainder: Remainder) -> ArgumentMap:
    names: dict[str, str] = {}
    claims: dict[str, Claim] = {}
    for claim in shown.claims:
        fields = remainder.claims.get(claim.id)
        if fields is None:
            added = claim if claim.origin is not None else claim.replace(origin=_BY_HAND)
            claims[claim.id] = added
        else:
            claims[claim.id] = whole = _whole(claim, fields)
            names[claim.id] = whole.id
    order = {name: place for place, name in enumerate(remainder.claims)}
    in_order = sorted(claims, key=lambda name: order.get(name, len(order)))
    there = {claims[name].id for name in in_order}
    relations = _relations(shown, remainder, names, there)
    return ArgumentMap(
        title=remainder.title if shown.title == remainder.shown_title else shown.title,
        claims=tuple(claims[name] for name in in_order),
        relations=tuple(relations),
        thread=remainder.thread,
        extra=_extra(shown.extra, remainder),
    )


def _extra(shown: dict[str, JsonValue] | None, remainder: Remainder) -> dict[str, JsonValue] | None:
    if shown is None or shown == remainder.shown:
        return remainder.extra
    return {**(remainder.extra or {}), **shown}


def _relations(
    shown: ArgumentMap, remainder: Remainder, names: Mapping[str, str], claim_ids: set[str]
) -> list[AnyRelation]:
    """Return the relations that are shown, made whole, and those that are only kept."""
    seen = [renamed(relation, names) for relation in shown.relations]
    entries = [_entry(entry) for entry in remainder.relations]
    visible = [relation for relation, fields in entries if not fields.get("kept")]
    shown_ids = {r.id: str(fields["shown_id"]) for r, fields in entries if "shown_id" in fields}
    pairs = paired(visible, visible, seen, shown_ids)
    # The ids that are shown are only good for finding what an undercut strikes.
    final_ids = {pairs[relation.id].id: relation.id for relation in visible if relation.id in pairs}
    added = [relation for relation in seen if relation.id not in final_ids]
    taken = claim_ids | {relation.id for relation, _ in entries}
    fresh = iter(free_ids("r", len(added), taken))
    for relation in added:
        final_ids[relation.id] = next(fresh) if relation.id in taken else relation.id
        taken.add(final_ids[relation.id])

    def final(relation: AnyRelation) -> AnyRelation:
        if isinstance(relation, Undercut):
            return relation.replace(id=final_ids[relation.id], target=final_ids[relation.target])
        return relation.replace(id=final_ids[relation.id])

    relations: list[AnyRelation] = []
    for relation, fields in entries:
        if relation.id in pairs:
            relations.append(_whole(final(pairs[relation.id]), fields))
        elif fields.get("kept"):
            relations.append(relation)
    for relation in map(final, added):
        by_hand = relation if relation.origin is not None else relation.replace(origin=_BY_HAND)
        relations.append(by_hand)
    return _that_hang_together({relation.id: relation for relation in relations}, claim_ids)


def _that_hang_together(
    relations: dict[str, AnyRelation], claim_ids: set[str]
) -> list[AnyRelation]:
    """Leave out kept relations whose claims or targets somebody took away."""
    gone = {
        relation.id
        for relation in relations.values()
        if not claim_ids.issuperset(relation.sources)
        or relation.target not in (relations if isinstance(relation, Undercut) else claim_ids)
    }
    grew = bool(gone)
    while grew:
        more = {
            r.id
            for r in relations.values()
            if isinstance(r, Undercut) and r.target in gone and r.id not in gone
        }
        gone |= more
        grew = bool(more)
    return [relation for relation in relations.values() if relation.id not in gone]


def _entry(fields: dict[str, JsonValue]) -> tuple[AnyRelation, dict[str, JsonValue]]:
    """Return the relation that an entry tells of, with nothing in it but what it joins."""
    kind = _KINDS[str(fields["kind"])]
    rest = {key: value for key, value in fields.items() if key not in {"kept", "shown"}}
    if fields.get("kept"):
        return kind.model_validate(rest), fields
    names = ("id", "premises", "conclusion") if kind is Support else ("id", "source", "target")
    bare = kind.model_validate({name: fields[name] for name in names})
    return bare, {key: value for key, value in fields.items() if key not in {*names, "kind"}}


def _joined(relation: AnyRelation, names: Mapping[str, str]) -> dict[str, JsonValue]:
    """Return what a relation joins, and the id that it goes by where that is another."""
    name = names.get(relation.id, relation.id)
    by: dict[str, JsonValue] = {} if name == relation.id else {"shown_id": name}
    if isinstance(relation, Support):
        return by | {
            "kind": "support",
            "id": relation.id,
            "premises": list(relation.premises),
            "conclusion": relation.conclusion,
        }
    return by | {
        "kind": relation.kind,
        "id": relation.id,
        "source": relation.source,
        "target": relation.target,
    }


def _beyond(value: Claim | AnyRelation, shown: Claim | AnyRelation) -> dict[str, JsonValue]:
    """Return the fields of an element that differ from what is shown, and what is shown."""
    names = [
        name
        for name in type(value).model_fields
        if name not in _JOINING and getattr(value, name) != getattr(shown, name)
    ]
    if isinstance(value, Claim) and value.id != shown.id:
        names.insert(0, "id")
    if not names:
        return {}
    fields = value.model_dump(mode="json", include=set(names), exclude_none=True)
    ordered: dict[str, JsonValue] = {name: fields.get(name) for name in names}
    seen = shown.model_dump(mode="json", include=set(names) - {"id"}, exclude_none=True)
    seen = {name: value for name, value in seen.items() if value not in (None, [])}
    if seen:
        ordered["shown"] = seen
    return ordered


_JOINING = {"id", "kind", "premises", "conclusion", "source", "target"}


def _whole(shown: E, fields: Mapping[str, Any]) -> E:
    """Return an element with its fields put back, except where the file was changed."""
    if not fields:
        return shown
    was = fields.get("shown")
    was = was if isinstance(was, dict) else {}
    now = shown.model_dump(mode="json", exclude_none=True)
    changes = {
        name: value
        for name, value in fields.items()
        if name not in {"shown", "shown_id"}
        and (name == "id" or (now.get(name) or None) == (was.get(name) or None))
    }
    whole: E = type(shown).model_validate({**now, **changes})  # type: ignore[assignment]
    return whole
