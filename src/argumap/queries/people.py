"""Who agrees with whom on what."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from argumap.model import Finding
from argumap.queries._words import holders, listed
from argumap.semantics.weighed import committed

if TYPE_CHECKING:
    from argumap.model import ArgumentMap, Claim

__all__ = ["common_ground", "disagreements", "positions"]


def common_ground(argmap: ArgumentMap) -> tuple[Finding, ...]:
    """Return the claims that several people hold, those who are otherwise at odds first.

    Somebody *holds* a claim when he asserts, endorses or concedes it and does not deny it.

    - ``across``: two of the holders disagree on something else, by `disagreements`. This is the
      ground that a moderator can build on.
    - ``shared``: nothing is known that they disagree on.

    Returns:
        Findings, ``across`` first, then those with most holders, then in map order. Linear in
        mentions and relations, and in the pairs of people who hold the same claim.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> rent = builder.claim("The rent went up.", author="Ana")
        >>> builder.mention(rent, "Ben")
        >>> [finding.reason for finding in common_ground(builder.build())]
        ['Ana and Ben agree on c1.']
    """
    at_odds = {pair for claim in argmap.claims for pair in _pairs_at_odds(argmap, claim)}
    found = []
    for claim in argmap.claims:
        holding = _holding(claim)
        if len(holding) < 2:
            continue
        across = any(frozenset(pair) in at_odds for pair in combinations(holding, 2))
        tail = ", though they disagree elsewhere" if across else ""
        found.append(
            Finding(
                query="common-ground",
                kind="across" if across else "shared",
                claims=(claim.id,),
                people=tuple(holding),
                reason=f"{listed(holding)} agree on {claim.id}{tail}.",
            )
        )
    found.sort(key=lambda finding: (finding.kind != "across", -len(finding.people)))
    return tuple(found)


def disagreements(argmap: ArgumentMap) -> tuple[Finding, ...]:
    """Return the claims that some hold and others deny or rebut, in map order.

    Whoever weighs a point against a claim that he is committed to (`weighed_points`) is for it.
    Whoever both holds and denies a claim is on neither side; `self_contradictions` tells of them.

    Returns:
        A finding for each claim: its people are those for it and then those against it, its other
        claims the rebuttals that those against put forward. Linear in mentions and relations.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> move = builder.claim("We should move.", author="Ana")
        >>> far = builder.claim("It is too far.", author="Ben")
        >>> against = builder.rebuttal(far, move)
        >>> [finding.reason for finding in disagreements(builder.build())]
        ['On c1, Ana is for and Ben is against.']
    """
    found = []
    for claim in argmap.claims:
        pro, con = _sides(argmap, claim)
        if not pro or not con:
            continue
        index = argmap.index
        rebuttals = [argmap.relations[r] for r in index.rebuttals_of[index.claim_number[claim.id]]]
        put = [r for r in rebuttals if any(a in con for a in argmap.claim(r.sources[0]).authors)]
        found.append(
            Finding(
                query="disagreements",
                kind="rebutted" if put else "denied",
                claims=(claim.id, *dict.fromkeys(r.sources[0] for r in put)),
                relations=tuple(r.id for r in put),
                people=(*pro, *con),
                reason=f"On {claim.id}, {listed(pro)} {'is' if len(pro) == 1 else 'are'} for and "
                f"{listed(con)} {'is' if len(con) == 1 else 'are'} against.",
            )
        )
    return tuple(found)


def positions(argmap: ArgumentMap) -> tuple[Finding, ...]:
    """Return where each person stands: what he holds, concedes and opposes.

    Somebody *weighs* a point against a claim that he is committed to (`weighed_points`), and
    *rebuts* other claims.

    Returns:
        A finding for each author in the order of `ArgumentMap.authors`. Its claims are those that
        he asserts, endorses, concedes, denies, rebuts and weighs points against, in this order,
        each once; the reason names all but the first. Linear.

    Examples:
        >>> from argumap import MapBuilder
        >>> builder = MapBuilder()
        >>> move = builder.claim("We should move.", author="Ana")
        >>> far = builder.claim("It is too far.", author="Ben")
        >>> against = builder.rebuttal(far, move)
        >>> [finding.reason for finding in positions(builder.build())]
        ['Ana asserts 1 claim.', 'Ben asserts 1 claim and rebuts c1.']
    """
    verbs = ("asserts", "endorses", "concedes", "denies", "rebuts", "weighs points against")
    taken: dict[str, dict[str, dict[str, None]]] = {
        author: {verb: {} for verb in verbs} for author in argmap.authors
    }
    for claim in argmap.claims:
        for mention in claim.mentions:
            if mention.author in taken and mention.stance in verbs:
                taken[mention.author][mention.stance][claim.id] = None
    for rebuttal in argmap.rebuttals:
        standing_by = committed(argmap, argmap.index.claim_number[rebuttal.target])
        for author in argmap.claim(rebuttal.source).authors:
            verb = "weighs points against" if author in standing_by else "rebuts"
            taken[author][verb][rebuttal.target] = None
    found = []
    for author, stances in taken.items():
        count = len(stances["asserts"])
        parts = [f"asserts {count} claim{'' if count == 1 else 's'}"] if count else []
        parts += [f"{verb} {listed(stances[verb])}" for verb in verbs[1:] if stances[verb]]
        claims = dict.fromkeys(c for verb in verbs for c in stances[verb])
        found.append(
            Finding(
                query="positions",
                kind="position",
                claims=tuple(claims),
                people=(author,),
                reason=f"{author} {listed(parts) if parts else 'only quotes others'}.",
            )
        )
    return tuple(found)


def _holding(claim: Claim) -> list[str]:
    denying = {mention.author for mention in claim.mentions if mention.stance == "denies"}
    return [author for author in holders(claim) if author not in denying]


def _sides(argmap: ArgumentMap, claim: Claim) -> tuple[list[str], list[str]]:
    """Return who is for a claim and who is against it, those on both sides left out.

    Whoever is committed to the claim and only weighs a point against it is for it.
    """
    index = argmap.index
    number = index.claim_number[claim.id]
    against = dict.fromkeys(m.author for m in claim.mentions if m.author and m.stance == "denies")
    rebuttals = index.rebuttals_of[number]
    standing_by = committed(argmap, number) if rebuttals else set()
    for r in rebuttals:
        raising = argmap.claims[index.sources[r][0]].authors
        against.update(dict.fromkeys(author for author in raising if author not in standing_by))
    holding = holders(claim)
    pro = [author for author in holding if author not in against]
    return pro, [author for author in against if author not in holding]


def _pairs_at_odds(argmap: ArgumentMap, claim: Claim) -> set[frozenset[str]]:
    pro, con = _sides(argmap, claim)
    return {frozenset((one, other)) for one in pro for other in con}
