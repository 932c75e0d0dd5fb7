"""Join maps of parts of one discussion."""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING

from argumap.errors import ModelError
from argumap.model.argument_map import ArgumentMap
from argumap.model.relation import Rebuttal, Support, Undercut

if TYPE_CHECKING:
    from argumap.model.claim import Claim
    from argumap.model.thread import Thread

__all__ = ["merge_maps"]

AnyRelation = Support | Rebuttal | Undercut


def merge_maps(first: ArgumentMap, *others: ArgumentMap) -> ArgumentMap:
    """Return the map that holds what several maps hold, what they share once.

    Claims of different maps whose words are the same, but for case and blanks, are one claim with
    the mentions of all. Relations that join the same are one relation. Of what both have, the
    first map's version stays; an id that is taken by something else gets a number.

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
    extra = {**(two.extra or {}), **(one.extra or {})}
    return ArgumentMap(
        title=one.title if one.title is not None else two.title,
        claims=tuple(claims.values()),
        relations=tuple(relations),
        thread=thread,
        extra=extra or None,
    )


def _words(claim: Claim) -> str:
    return " ".join(claim.text.casefold().split())


def _said_by_both(one: Claim, two: Claim) -> Claim:
    more = tuple(mention for mention in two.mentions if mention not in one.mentions)
    return one.replace(mentions=(*one.mentions, *more)) if more else one


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
    known = {(r.kind, frozenset(r.sources), r.target): r.id for r in one.relations}
    striking: dict[str, list[Undercut]] = defaultdict(list)
    for undercut in two.undercuts:
        striking[undercut.target].append(undercut)
    same: set[str] = set()
    ready: deque[AnyRelation] = deque(r for r in two.relations if not isinstance(r, Undercut))
    while ready:
        relation = ready.popleft()
        sources = frozenset(names[source] for source in relation.sources)
        found = known.get((relation.kind, sources, names[relation.target]))
        if found is not None:
            names[relation.id] = found
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
