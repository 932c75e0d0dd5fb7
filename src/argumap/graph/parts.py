"""Parts of a map that are maps of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from argumap.model import ArgumentMap, Claim, Rebuttal, Support, Thread, Undercut

__all__ = ["around", "as_of", "between", "submap"]


def submap(argmap: ArgumentMap, claim_ids: Collection[str]) -> ArgumentMap:
    """Return the part of a map that has some of its claims and every relation among them.

    A relation is kept when all that it comes from and what it points at are kept.

    Raises:
        UnknownNameError: There is no such claim.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> move, rent = builder.claim("We should move."), builder.claim("The rent went up.")
        >>> reason = builder.support(rent, move)
        >>> submap(builder.build(), [rent])
        ArgumentMap(1 claim, 0 supports, 0 rebuttals, 0 undercuts)
    """
    wanted = {argmap.claim(claim_id).id for claim_id in claim_ids}
    claims = tuple(claim for claim in argmap.claims if claim.id in wanted)
    return argmap.replace(claims=claims, relations=_among(argmap, wanted))


def _among(argmap: ArgumentMap, wanted: set[str]) -> tuple[Support | Rebuttal | Undercut, ...]:
    """Return the relations among some claims, in map order. An undercut waits for its target."""
    kept = {
        relation.id
        for relation in argmap.relations
        if relation.kind != "undercut"
        and relation.target in wanted
        and wanted.issuperset(relation.sources)
    }
    waiting = [u for u in argmap.undercuts if u.source in wanted]
    while True:
        reached = [undercut for undercut in waiting if undercut.target in kept]
        if not reached:
            return tuple(relation for relation in argmap.relations if relation.id in kept)
        kept.update(undercut.id for undercut in reached)
        waiting = [undercut for undercut in waiting if undercut.id not in kept]


def around(argmap: ArgumentMap, claim_id: str, depth: int = 2) -> ArgumentMap:
    """Return the part of a map around a claim: what is at most `depth` relations away from it.

    It goes both ways, to reasons for and against and to what the claim is a reason for; from an
    undercut to the claims that the struck relation joins.

    Raises:
        UnknownNameError: There is no such claim.
        ValueError: The depth is less than 0.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> move, rent = builder.claim("We should move."), builder.claim("The rent went up.")
        >>> reason, alone = builder.support(rent, move), builder.claim("It rained.")
        >>> [claim.id for claim in around(builder.build(), move).claims]
        ['c1', 'c2']
    """
    if depth < 0:
        raise ValueError(f"depth is {depth}, and cannot be less than 0")
    index = argmap.index
    start = index.claim_number[argmap.claim(claim_id).id]
    steps = {start: 0}
    front = [start]
    for claim in front:
        if steps[claim] == depth:
            continue
        into = (*index.supports_of[claim], *index.rebuttals_of[claim])
        for r in dict.fromkeys((*into, *index.uses_of[claim])):
            for other in _joined_by(argmap, r):
                if other not in steps:
                    steps[other] = steps[claim] + 1
                    front.append(other)
    return submap(argmap, [index.claim_ids[claim] for claim in steps])


def _joined_by(argmap: ArgumentMap, r: int) -> list[int]:
    """Return the claims that a relation joins, and those of undercuts that it is tied up with."""
    index = argmap.index
    claims: list[int] = []
    seen = {r}
    stack = [r]
    while stack:
        relation = stack.pop()
        claims += index.sources[relation]
        near = list(index.undercuts_of.get(relation, ()))
        if index.kinds[relation] == "undercut":
            near.append(index.targets[relation])
        else:
            claims.append(index.targets[relation])
        for other in near:
            if other not in seen:
                seen.add(other)
                stack.append(other)
    return claims


def between(argmap: ArgumentMap, *people: str) -> ArgumentMap:
    """Return the part of a map that some people argue over.

    It has the claims that any of them takes a stance on, other than by only quoting it.

    Raises:
        UnknownNameError: Somebody says nothing in the map.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> move = builder.claim("We should move.", author="Ana")
        >>> far = builder.claim("It is too far.", author="Eve")
        >>> [claim.id for claim in between(builder.build(), "Ana").claims]
        ['c1']
    """
    for person in people:
        if person not in argmap.authors:
            raise UnknownNameError("author", person, argmap.authors)
    wanted = set(people)
    return submap(
        argmap,
        [
            claim.id
            for claim in argmap.claims
            if any(m.author in wanted and m.stance != "quotes" for m in claim.mentions)
        ],
    )


def as_of(argmap: ArgumentMap, moment: str | datetime) -> ArgumentMap:
    """Return a map as it was at a moment of its thread.

    It has the posts up to then, what they mention, and the relations among the claims that were
    there. A relation has no time of its own: it is taken to be there when all its claims are.
    Mentions and claims without a known post are kept, since nothing says that they came later.

    Args:
        argmap: A map that holds its thread.
        moment: Id of the last post to take in, or a time: then the posts written up to it, and
            those without a known time.

    Raises:
        UnknownNameError: There is no such post, or the map holds no thread.

    Examples:
        >>> from argumap import Post, Thread, extract
        >>> posts = (
        ...     Post(id="p1", author="Ana", text="We should move because the rent went up."),
        ...     Post(id="p2", author="Ben", text="I disagree, since the new place is far."),
        ... )
        >>> argmap = extract(Thread(posts=posts))
        >>> [post.id for post in as_of(argmap, "p1").thread.posts]
        ['p1']
    """
    thread = argmap.thread
    if thread is None:
        raise UnknownNameError("post", str(moment), ())
    there = _posts_until(thread, moment)
    claims = []
    for claim in argmap.claims:
        kept = tuple(m for m in claim.mentions if m.span is None or m.span.post_id in there)
        if kept or not claim.mentions:
            claims.append(_with_mentions(claim, kept))
    return argmap.replace(
        claims=tuple(claims),
        relations=_among(argmap, {claim.id for claim in claims}),
        thread=thread.replace(
            posts=tuple(post for post in thread.posts if post.id in there),
            notes=tuple(n for n in thread.notes if n.post_id is None or n.post_id in there),
        ),
    )


def _with_mentions(claim: Claim, mentions: tuple[object, ...]) -> Claim:
    return claim if len(mentions) == len(claim.mentions) else claim.replace(mentions=mentions)


def _posts_until(thread: Thread, moment: str | datetime) -> set[str]:
    if isinstance(moment, str):
        last = thread.post(moment)
        place = next(i for i, post in enumerate(thread.posts) if post is last)
        return {post.id for post in thread.posts[: place + 1]}
    there: set[str] = set()
    for post in thread.posts:
        in_time = post.created_at is None or post.created_at <= moment
        # A reply is not there before the post that it answers, whatever the clocks say.
        if in_time and (post.parent_id is None or post.parent_id in there):
            there.add(post.id)
    return there
