"""The state of a debate: what is contested, what nobody answered, who grants what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap.model import Finding, pause_gc
from argumap.queries._words import holders, listed, named, said_by, weighing
from argumap.queries.support import contested_claims, main_numbers
from argumap.semantics.weighed import considered, weighed_points

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.model import ArgumentMap, Claim

__all__ = ["concessions", "contested", "self_contradictions", "unanswered_rebuttals"]


def contested(argmap: ArgumentMap) -> tuple[Finding, ...]:
    """Return the claims that are rebutted, each with who stands where.

    These are the claims of `contested_claims`, of two kinds:

    - ``rebutted``: somebody who does not stand by the claim rebuts it.
    - ``weighed``: only those who stand by it weigh points against it (`weighed_points`).

    Returns:
        A finding for each: its other claims are those that rebut it; its people, who puts it
        forward and then who rebuts or denies it. Those of the first kind come first, each kind in
        map order. Linear.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> move = builder.claim("We should move.", author="Ana")
        >>> far = builder.claim("It is too far.", author="Ben")
        >>> against = builder.rebuttal(far, move)
        >>> [finding.reason for finding in contested(builder.build())]
        ['c1 (Ana) is rebutted by c2 (Ben).']
    """
    index = argmap.index
    light = set(weighed_points(argmap))
    found = []
    for claim in contested_claims(argmap):
        rebuttals = [argmap.relations[r] for r in index.rebuttals_of[index.claim_number[claim.id]]]
        sources = [argmap.claim(rebuttal.sources[0]) for rebuttal in rebuttals]
        people = [*claim.authors, *(author for s in sources for author in holders(s))]
        points = [argmap.claim(each.sources[0]) for each in rebuttals if each.id in light]
        striking = [argmap.claim(each.sources[0]) for each in rebuttals if each.id not in light]
        reason = f"{said_by(claim)} is rebutted by {listed(map(said_by, striking))}"
        if not striking:
            reason = f"{weighing(points)} against {said_by(claim)}; nobody else rebuts it"
        elif points:
            reason += f"; {weighing(points)} against it"
        found.append(
            Finding(
                query="contested",
                kind="rebutted" if striking else "weighed",
                claims=(claim.id, *dict.fromkeys(s.id for s in sources if s.id != claim.id)),
                relations=tuple(rebuttal.id for rebuttal in rebuttals),
                people=tuple(dict.fromkeys(people)),
                reason=f"{reason}.",
            )
        )
    found.sort(key=lambda finding: finding.kind)
    return tuple(found)


def unanswered_rebuttals(argmap: ArgumentMap) -> tuple[Finding, ...]:
    """Return the rebuttals that nobody answered, those nearest to a main claim first.

    A rebuttal is *answered* when its source is rebutted or the rebuttal itself is undercut, by more
    than a point that its own side weighs. Who
    could answer is whoever asserts or endorses the claim that it strikes and did not put the
    rebuttal forward; where that is nobody, whoever puts forward what that claim is a reason for.

    - ``unanswered``: it comes from somebody else than those who hold what it rebuts.
    - ``own``: all who put the claim forward raise or grant the rebuttal themselves, or it is a
      weighed point (`weighed_points`), so that nobody is waiting for an answer. These come last.

    Returns:
        A finding for each: its claims are what is rebutted and what rebuts it, its people are
        those who could answer. Those of each kind are ranked by the least number of relations
        from the rebutted claim to a main claim (those that reach none last), then by how many
        people hold the rebutted claim, then in map order. Linear.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> move = builder.claim("We should move.", author="Ana")
        >>> far = builder.claim("It is too far.", author="Ben")
        >>> against = builder.rebuttal(far, move)
        >>> [finding.reason for finding in unanswered_rebuttals(builder.build())]
        ['Nobody answered c2 (Ben), which rebuts c1 (Ana), a main claim; Ana could.']
    """
    with pause_gc():
        found = list(_unanswered(argmap))
        found.sort(key=lambda each: each[:3])
        return tuple([finding for *_, finding in found])


def _unanswered(argmap: ArgumentMap) -> Iterator[tuple[bool, float, int, Finding]]:
    """Yield a finding for each rebuttal that nobody answered, after what it is ranked by."""
    index = considered(argmap)
    steps = _steps_to_main(argmap)
    light = set(weighed_points(argmap))
    for rebuttal in argmap.rebuttals:
        source, target = index.claim_number[rebuttal.source], index.claim_number[rebuttal.target]
        r = index.relation_number[rebuttal.id]
        if index.rebuttals_of[source] or r in index.undercuts_of:
            continue
        struck, striking = argmap.claims[target], argmap.claims[source]
        granted = bool(struck.authors) and set(struck.authors) <= holders(striking).keys()
        own = granted or rebuttal.id in light
        could = [] if own else _who_could_answer(argmap, target, source)
        main = ", a main claim" if steps.get(target) == 0 else ""
        reason = f"Nobody answered {said_by(striking)}, which rebuts {said_by(struck)}{main}"
        if rebuttal.id in light:
            reason = f"{weighing([striking])} against {said_by(struck)}{main}; nobody takes it up"
        elif could:
            reason += f"; {listed(could)} could"
        finding = Finding(
            query="unanswered",
            kind="own" if own else "unanswered",
            claims=tuple(dict.fromkeys((struck.id, striking.id))),
            relations=(rebuttal.id,),
            people=tuple(could),
            reason=f"{reason}.",
        )
        far = steps.get(target, float("inf"))
        yield own, far, -len(holders(struck)), finding


def _steps_to_main(argmap: ArgumentMap) -> dict[int, int]:
    """Return how many relations lie between each claim and the nearest main claim. Linear."""
    index = argmap.index
    steps = dict.fromkeys(main_numbers(index), 0)
    front = list(steps)
    for claim in front:
        for r in (*index.supports_of[claim], *index.rebuttals_of[claim]):
            for each in (r, *index.undercuts_of.get(r, ())):
                for source in index.sources[each]:
                    if source not in steps:
                        steps[source] = steps[claim] + 1
                        front.append(source)
    return steps


def _who_could_answer(argmap: ArgumentMap, target: int, source: int) -> list[str]:
    index = argmap.index
    rebutting = argmap.claims[source].authors
    could = [a for a in argmap.claims[target].authors if a not in rebutting]
    if could:
        return could
    above = [
        author
        for r in index.uses_of[target]
        if index.kinds[r] == "support"
        for author in argmap.claims[index.targets[r]].authors
    ]
    return [author for author in dict.fromkeys(above) if author not in rebutting]


def concessions(argmap: ArgumentMap) -> tuple[Finding, ...]:
    """Return where somebody grants a point against his own side, in map order.

    - ``granted``: a mention says so: its stance is *concedes*.
    - ``weighed``: somebody puts a claim forward and in the same post, or in no known post, a
      rebuttal of it: he weighs the point himself.

    Returns:
        Findings in the order of the claims granted. Linear in mentions and relations.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> far = builder.claim("It is too far.", author="Ben")
        >>> builder.mention(far, "Ana", "concedes")
        >>> [finding.reason for finding in concessions(builder.build())]
        ['Ana grants c1 (Ben).']
    """
    found: list[tuple[int, Finding]] = []
    place = argmap.index.claim_number
    for claim in argmap.claims:
        granting = dict.fromkeys(m.author for m in claim.mentions if m.stance == "concedes")
        found += [(place[claim.id], _conceded(claim, author)) for author in granting]
    found += [(place[own.claims[0]], own) for own in _own_rebuttals(argmap, same_post=True)]
    found.sort(key=lambda each: each[0])
    return tuple(finding for _, finding in found)


def _conceded(claim: Claim, author: str | None) -> Finding:
    whose = f"{claim.id} ({listed(a for a in claim.authors if a != author)})"
    others = any(a != author for a in claim.authors)
    return Finding(
        query="concessions",
        kind="granted",
        claims=(claim.id,),
        people=(author,) if author else (),
        reason=f"{named([author] if author else [])} grants {whose if others else claim.id}.",
    )


def self_contradictions(argmap: ArgumentMap) -> tuple[Finding, ...]:
    """Return where somebody contradicts himself, or has changed his mind, in map order.

    - ``denies``: the same person asserts or endorses a claim and denies it.
    - ``rebuts``: the same person puts forward a claim and, in another post, a rebuttal of it. In
      the same post it is a concession: see `concessions`.

    Returns:
        Findings in the order of the claims contradicted. Linear in mentions and relations.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> far = builder.claim("It is too far.", author="Ben")
        >>> builder.mention(far, "Ben", "denies")
        >>> [finding.reason for finding in self_contradictions(builder.build())]
        ['Ben both puts c1 forward and denies it.']
    """
    found: list[tuple[int, Finding]] = []
    place = argmap.index.claim_number
    for claim in argmap.claims:
        denying = {m.author for m in claim.mentions if m.stance == "denies"}
        for author in claim.authors:
            if author in denying:
                finding = Finding(
                    query="contradictions",
                    kind="denies",
                    claims=(claim.id,),
                    people=(author,),
                    reason=f"{author} both puts {claim.id} forward and denies it.",
                )
                found.append((place[claim.id], finding))
    found += [(place[own.claims[0]], own) for own in _own_rebuttals(argmap, same_post=False)]
    found.sort(key=lambda each: each[0])
    return tuple(finding for _, finding in found)


def _own_rebuttals(argmap: ArgumentMap, *, same_post: bool) -> Iterator[Finding]:
    """Yield where somebody rebuts a claim of his own, in one post or in two."""
    for rebuttal in argmap.rebuttals:
        target, source = argmap.claim(rebuttal.target), argmap.claim(rebuttal.source)
        for author in target.authors:
            if author not in source.authors or source is target:
                continue
            here, there = _posts(target, author), _posts(source, author)
            together = not here or not there or not here.isdisjoint(there)
            if together != same_post:
                continue
            claims = f"{source.id} against {target.id}"
            yield Finding(
                query="concessions" if same_post else "contradictions",
                kind="weighed" if same_post else "rebuts",
                claims=(target.id, source.id),
                relations=(rebuttal.id,),
                people=(author,),
                reason=f"{author} weighs {claims}, both {author}'s own claims."
                if same_post
                else f"{author} put {claims} in another post, both {author}'s own claims.",
            )


def _posts(claim: Claim, author: str) -> set[str]:
    return {
        mention.span.post_id
        for mention in claim.mentions
        if mention.span and mention.author == author and mention.stance in {"asserts", "endorses"}
    }
