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
    pause_gc,
)

if TYPE_CHECKING:
    from argumap.extraction._draft import Draft, Link, Unit
    from argumap.model import Relation

__all__ = ["build_map"]


def build_map(draft: Draft, maker: str) -> ArgumentMap:
    """Return the map that a draft has come to; ids follow the order of the text."""
    with pause_gc():
        units = list(draft.units())
        ids = {unit: f"c{number}" for number, unit in enumerate(units, start=1)}
        claims = tuple(_claim(draft, unit, ids[unit], maker) for unit in units)
        relations: list[Relation] = []
        for unit in units:
            for link in unit.links:
                _add(relations, unit, link, ids, maker)
        return ArgumentMap(
            title=draft.thread.title, claims=claims, relations=tuple(relations), thread=draft.thread
        )


def _claim(draft: Draft, unit: Unit, claim_id: str, maker: str) -> Claim:
    post = draft.posts[unit.post].post
    mention = Mention(
        author=post.author,
        stance="concedes" if unit.conceded else "asserts",
        span=Span(post_id=post.id, start=unit.start, end=unit.end),
        quote=unit.text,
    )
    return Claim(
        id=claim_id,
        text=unit.text,
        mentions=(mention,),
        component=unit.component,
        confidence=unit.confidence,
        origin=Origin(maker=maker, rule=unit.rule, cues=unit.cues),
    )


def _add(
    relations: list[Relation], unit: Unit, link: Link, ids: dict[Unit, str], maker: str
) -> None:
    origin = Origin(maker=maker, rule=link.rule, cues=link.cues)
    number = len(relations) + 1
    source, target = ids[unit], ids[link.target]
    if link.sign == "support":
        relations.append(
            Support(
                id=f"s{number}",
                premises=(source,),
                conclusion=target,
                confidence=link.confidence,
                origin=origin,
            )
        )
    else:
        relations.append(
            Rebuttal(
                id=f"r{number}",
                source=source,
                target=target,
                confidence=link.confidence,
                origin=origin,
            )
        )
