"""From a draft to the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap.model import (
    ArgumentMap,
    Claim,
    Mention,
    Origin,
    Rebuttal,
    Span,
    Support,
    Undercut,
    pause_gc,
)

if TYPE_CHECKING:
    from argumap.extraction._draft import Draft, DraftPost, Link, Unit
    from argumap.model import Relation

__all__ = ["build_map"]


def build_map(draft: Draft, maker: str) -> ArgumentMap:
    """Return the map that a draft has come to; ids follow the order of the text."""
    with pause_gc():
        claims: dict[Unit, list[Mention]] = {}
        for unit in draft.units():
            claims.setdefault(unit.same_as or unit, []).append(_mention(draft, unit))
        for post in draft.posts:
            _add_stands(post, claims)
            _add_quotes(draft, post, claims)
        ids = {unit: f"c{number}" for number, unit in enumerate(claims, start=1)}
        return ArgumentMap(
            title=draft.thread.title,
            claims=tuple(
                Claim(
                    id=ids[unit],
                    text=unit.text,
                    mentions=tuple(mentions),
                    component=unit.component,
                    confidence=unit.confidence,
                    component_confidence=unit.component_confidence,
                    origin=Origin(maker=maker, rule=unit.rule, cues=unit.cues),
                )
                for unit, mentions in claims.items()
            ),
            relations=_relations(draft, ids, maker),
            thread=draft.thread,
        )


def _mention(draft: Draft, unit: Unit) -> Mention:
    post = draft.posts[unit.post].post
    return Mention(
        author=post.author,
        stance="concedes" if unit.conceded else "asserts",
        span=Span(post_id=post.id, start=unit.start, end=unit.end),
        quote=unit.text,
    )


def _add_stands(post: DraftPost, claims: dict[Unit, list[Mention]]) -> None:
    """Add agreement and denial to the claims that they are about."""
    for stand in post.stands:
        if stand.target is None:
            continue
        span = Span(post_id=post.post.id, start=stand.start, end=stand.end)
        claims[stand.target.same_as or stand.target].append(
            Mention(
                author=post.post.author,
                stance=stand.stance,
                span=span,
                quote=post.post.slice(span),
            )
        )


def _add_quotes(draft: Draft, post: DraftPost, claims: dict[Unit, list[Mention]]) -> None:
    """Add the places where a claim is quoted word for word."""
    for quote in post.post.quotes:
        if quote.source is None:
            continue
        start = quote.start
        for unit in draft.within(quote.source):
            place = post.post.text.find(unit.text, start, quote.end)
            if place >= 0:
                start = place + len(unit.text)
                span = Span(post_id=post.post.id, start=place, end=start)
                claims[unit.same_as or unit].append(
                    Mention(author=post.post.author, stance="quotes", span=span, quote=unit.text)
                )


def _relations(draft: Draft, ids: dict[Unit, str], maker: str) -> tuple[Relation, ...]:
    """Return the relations, in the order of their sources; each pair of claims is linked once."""
    links: dict[tuple[Unit, Unit], Link] = {}
    for unit in draft.units():
        for link in unit.links:
            source, target = unit.same_as or unit, link.target.same_as or link.target
            if source is not target:
                links.setdefault((source, target), link)
    names: dict[tuple[Unit, Unit], str] = {}
    inference: dict[Unit, str] = {}
    counts = {"support": 0, "rebuttal": 0, "undercut": 0}
    for pair, link in links.items():
        counts[link.sign] += 1
        names[pair] = f"{link.sign[0]}{counts[link.sign]}"
        if link.sign != "undercut":
            inference.setdefault(pair[0], names[pair])
    relations: list[Relation] = []
    for pair, link in links.items():
        source, target = pair
        origin = Origin(maker=maker, rule=link.rule, cues=link.cues)
        name = names[pair]
        if link.sign == "support":
            relations.append(
                Support(
                    id=name,
                    premises=(ids[source],),
                    conclusion=ids[target],
                    confidence=link.confidence,
                    origin=origin,
                )
            )
        elif link.sign == "undercut" and target in inference:
            relations.append(
                Undercut(
                    id=name,
                    source=ids[source],
                    target=inference[target],
                    confidence=link.confidence,
                    origin=origin,
                )
            )
        else:
            relations.append(
                Rebuttal(
                    id=name,
                    source=ids[source],
                    target=ids[target],
                    confidence=link.confidence,
                    origin=origin,
                )
            )
    return tuple(relations)
