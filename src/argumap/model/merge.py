"""Join maps of parts of one discussion."""

from __future__ import annotations

import json
from collections import defaultdict, deque
from typing import TYPE_CHECKING

from argumap.errors import ModelError
from argumap.model.argument_map import ArgumentMap
from argumap.model.relation import Rebuttal, Support, Undercut

if TYPE_CHECKING:
    from pydantic import JsonValue

    from argumap.model.claim import Claim
    from argumap.model.thread import Thread

__all__ = ["merge_maps"]

AnyRelation = Support | Rebuttal | Undercut


def merge_maps(first: ArgumentMap, *others: ArgumentMap) -> ArgumentMap:
    """Return the map that holds what several maps hold, what they share once.

    Claims of different maps whose words are the same, but for case and blanks, are one claim with
    the mentions of all. Relations that join the same are one relation. Of what both say, the
    first map's version stays; what only another says of a claim is added to it, and the fields
    of other formats are joined, list to list. An id that is taken by something else gets a
    number.

    Args:
        first: A map.
        others: More maps, such as of the other parts of its thread.

    Returns:
        The claims and relations of the first map, then what each other adds, in map order. The
        thread holds the posts of all. Linear.

    Raises:
        ModelError: Two maps have posts of the same id and different texts.

    Examples:
        >>> from argumap import MapBuilder
        >>> one, two = MapBuilder(), MapBuilder()
        >>> reason = one.support(one.claim("It rained."), one.claim("It is wet."))
        >>> against = two.rebuttal(two.claim("It is dry."), two.claim("it is wet."))
        >>> merged = merge_maps(one.build(), two.build())
        >>> [claim.text for claim in merged.claims]
        ['It rained.', 'It is wet.', 'It is dry.']
        >>> [(relation.sources, relation.target) for relation in merged.relations]
        [(('c1',), 'c2'), (('c1-2',), 'c2')]
    """
    merged = first
    for other in others:
        merged = _joined(merged, other)
    return merged


def _joined(one: ArgumentMap, two: ArgumentMap) -> ArgumentMap:
    thread = _joined_threads(one.thread, two.thread)
    taken = {element.id for element in (*one.claims, *one.relations)}
    claims = {claim.id: claim for claim in one.claims}
    by_words: dict[str, deque[str]] = defaultdict(deque)
    for claim in one.claims:
        by_words[_words(claim)].append(claim.id)
    names: dict[str, str] = {}
    for claim in two.claims:
        # Each claim of the one map is that of one of the other at most: no relation can come to
        # join a claim with itself.
        same = by_words[_words(claim)]
        if same:
            names[claim.id] = same.popleft()
            claims[names[claim.id]] = _said_by_both(claims[names[claim.id]], claim)
        else:
            names[claim.id] = _free(claim.id, taken)
            claims[names[claim.id]] = claim.replace(id=names[claim.id])
    relations = _joined_relations(one, two, names, taken)
    return ArgumentMap(
        title=one.title if one.title is not None else two.title,
        claims=tuple(claims.values()),
        relations=tuple(relations),
        thread=thread,
        extra=_joined_extra(one.extra, two.extra),
    )


def _words(claim: Claim) -> str:
    # Claims without any words have nothing in common but their ids.
    return " ".join(claim.text.casefold().split()) or f"\n{claim.id}"


def _said_by_both(one: Claim, two: Claim) -> Claim:
    """Return the claim of the one map, with what only the other says of it."""
    more = tuple(mention for mention in two.mentions if mention not in one.mentions)
    names = ("component", "component_confidence", "confidence", "origin")
    changes = {name: getattr(two, name) for name in names if getattr(one, name) is None}
    changes |= {"mentions": (*one.mentions, *more), "extra": _joined_extra(one.extra, two.extra)}
    changes = {name: value for name, value in changes.items() if value != getattr(one, name)}
    return one.replace(**changes) if changes else one


def _joined_extra(
    one: dict[str, JsonValue] | None, two: dict[str, JsonValue] | None
) -> dict[str, JsonValue] | None:
    """Return the fields of both: objects and lists are joined, of other values the first stays."""
    if not one or not two or one == two:
        return one or two
    joined = dict(one)
    for name, value in two.items():
        own = joined.get(name)
        if own is None:
            joined[name] = value
        elif isinstance(own, dict) and isinstance(value, dict):
            joined[name] = _joined_extra(own, value) or {}
        elif isinstance(own, list) and isinstance(value, list):
            known = {json.dumps(each, sort_keys=True) for each in own}
            more = (each for each in value if json.dumps(each, sort_keys=True) not in known)
            joined[name] = [*own, *more]
    return joined


def _free(id_: str, taken: set[str]) -> str:
    name, number = id_, 1
    while name in taken:
        number += 1
        name = f"{id_}-{number}"
    taken.add(name)
    return name


def _joined_relations(
    one: ArgumentMap, two: ArgumentMap, names: dict[str, str], taken: set[str]
) -> list[AnyRelation]:
    """Return the relations of both, those that join the same once.

    An undercut joins the same when it strikes at the same, so those are looked at last, from
    what they strike upwards.
    """
    # Each is that of one of the other map at most: what a map has twice, it has twice.
    known: dict[tuple[str, frozenset[str], str], deque[str]] = defaultdict(deque)
    for relation in one.relations:
        known[relation.kind, frozenset(relation.sources), relation.target].append(relation.id)
    striking: dict[str, list[Undercut]] = defaultdict(list)
    for undercut in two.undercuts:
        striking[undercut.target].append(undercut)
    same: set[str] = set()
    ready: deque[AnyRelation] = deque(r for r in two.relations if not isinstance(r, Undercut))
    while ready:
        relation = ready.popleft()
        sources = frozenset(names[source] for source in relation.sources)
        found = known[relation.kind, sources, names[relation.target]]
        if found:
            names[relation.id] = found.popleft()
            same.add(relation.id)
        else:
            names[relation.id] = _free(relation.id, taken)
        ready += striking[relation.id]
    added = [relation for relation in two.relations if relation.id not in same]
    for relation in added:
        if relation.id not in names:  # undercuts in a circle
            names[relation.id] = _free(relation.id, taken)
    return [*one.relations, *(_renamed(relation, names) for relation in added)]


def _renamed(relation: AnyRelation, names: dict[str, str]) -> AnyRelation:
    if isinstance(relation, Support):
        return relation.replace(
            id=names[relation.id],
            premises=tuple(names[premise] for premise in relation.premises),
            conclusion=names[relation.conclusion],
        )
    return relation.replace(
        id=names[relation.id], source=names[relation.source], target=names[relation.target]
    )


def _joined_threads(one: Thread | None, two: Thread | None) -> Thread | None:
    if one is None or two is None:
        return one or two
    posts = {post.id: post for post in one.posts}
    problems = [
        f"two maps have a post {post.id!r}, with different texts"
        for post in two.posts
        if post.id in posts and posts[post.id].text != post.text
    ]
    if problems:
        raise ModelError("merged thread", problems)
    more = tuple(post for post in two.posts if post.id not in posts)
    notes = tuple(note for note in two.notes if note not in one.notes)
    return one.replace(posts=(*one.posts, *more), notes=(*one.notes, *notes))
