"""A reply bears on what it quotes, or on the post that it answers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING

from argumap.extraction._cues import CONCESSION, CONTRAST
from argumap.extraction._draft import Unit
from argumap.extraction._lexicon import pattern
from argumap.extraction._overlap import Overlap

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from argumap.extraction._draft import Draft, DraftPost, Stand

__all__ = ["Part", "link_replies", "main_unit", "parts_of"]


# Every way to share out so few is tried.
_MOST_LISTS, _MOST_AIMS = 3, 8
_LIMITED = pattern("stands", "limited")


def link_replies(draft: Draft) -> None:
    """Link the leading claim of each part of a reply to the unit that it answers."""
    overlap = Overlap(draft)
    said: dict[str, list[Unit]] = {}
    for post in draft.posts:
        for part in parts_of(draft, post):
            if part.targets:
                _aim_stands(part, overlap, said)
                _link(draft, part, overlap)
        if post.post.author and post.units:
            said[post.post.author.casefold()] = post.units


@dataclass
class Part:
    """A stretch of a reply, and the units that it is about."""

    post: int
    targets: list[Unit]
    units: list[Unit]
    stands: list[Stand]


def parts_of(draft: Draft, post: DraftPost) -> Iterator[Part]:
    """Yield the stretches of a post: before its first quote, and below each quote."""
    parent = draft.posts[post.parent].units if post.parent is not None else []
    cuts: list[tuple[int, list[Unit]]] = [(0, list(parent))]
    places = [*(u.start for u in post.units), *(s.start for s in post.stands)]
    for quote in post.post.quotes:
        if quote.source is None:
            continue
        quoted = draft.within(quote.source)
        if not quoted:
            continue
        if len(cuts) > 1 and not any(cuts[-1][0] <= place < quote.start for place in places):
            cuts[-1][1].extend(quoted)  # two quotes with nothing said between them
        else:
            cuts.append((quote.start, quoted))
    ends = [*(start for start, _ in cuts[1:]), len(post.post.text) + 1]
    for (start, targets), end in zip(cuts, ends, strict=True):
        yield Part(
            post.number,
            targets,
            [u for u in post.units if start <= u.start < end],
            [s for s in post.stands if start <= s.start < end],
        )


def _aim_stands(part: Part, overlap: Overlap, said: Mapping[str, list[Unit]]) -> None:
    """Find the claim that each stance is on: as a rule the main one of what is answered.

    "I agree with Gus" is about what Gus has said last, and "I agree about the rent" about what was
    said of the rent, if anything was.
    """
    main = main_unit(part.targets)
    for stand in part.stands:
        name = stand.cue.partition(" with ")[2].strip("@ .,!").casefold()
        if name in said:
            stand.target = main_unit(said[name])
        elif _LIMITED.search(stand.cue):
            cue = Unit(part.post, stand.start, stand.end, stand.cue, 0, 0)
            stand.target = overlap.best(cue, part.targets)
        else:
            stand.target = main


def _link(draft: Draft, part: Part, overlap: Overlap) -> None:
    agreed = next(
        (s for s in part.stands if s.stance == "endorses" and not _LIMITED.search(s.cue)), None
    )
    lead = next((u for u in part.units if u.component == "claim" and not u.links), None)
    if agreed is not None:
        _link_agreed(part, lead, agreed, overlap)
    lead = lead or next((u for u in part.units if not u.links), None)
    if lead is None:
        return
    target = overlap.best(lead, part.targets) or main_unit(part.targets)
    if agreed is not None and not lead.lead_in(CONTRAST | CONCESSION):
        lead.bears_on(target, "support", "replies", agreed.cue)
    elif draft.same_author(lead, target):
        lead.bears_on(target, "support", "replies")  # who answers himself adds to what he said
    else:
        lead.bears_on(target, "rebuttal", "replies")


def _link_agreed(part: Part, lead: Unit | None, agreed: Stand, overlap: Overlap) -> None:
    """Link the premises that come before the leading claim as reasons for what is agreed to."""
    aims = _aims(part, overlap)
    for unit in part.units:
        if unit is lead:
            break
        if not unit.links and unit.component == "premise":
            target = aims.get(unit.intro) if unit.intro is not None else None
            target = target or overlap.best(unit.intro or unit, part.targets)
            unit.bears_on(target or main_unit(part.targets), "support", "agreed", agreed.cue)


def _aims(part: Part, overlap: Overlap) -> dict[Unit, Unit]:
    """Return what lists side by side are about: different units, those that fit best together."""
    intros = list(dict.fromkeys(u.intro for u in part.units if u.intro is not None))
    if not 1 < len(intros) <= _MOST_LISTS or not len(intros) <= len(part.targets) <= _MOST_AIMS:
        return {}
    scores = {
        (intro, target): overlap.score(intro, target) for intro in intros for target in part.targets
    }
    chosen = max(
        permutations(part.targets, len(intros)),
        key=lambda targets: sum(scores[pair] for pair in zip(intros, targets, strict=True)),
    )
    return {
        intro: target
        for intro, target in zip(intros, chosen, strict=True)
        if scores[intro, target] > 0
    }


def main_unit(targets: list[Unit]) -> Unit:
    """Return the point of a stretch: its first claim that bears on nothing in its own post."""
    claims = [unit for unit in targets if unit.component == "claim"] or targets
    for unit in claims:
        if all(link.target.post != unit.post for link in unit.links):
            return unit
    return claims[0]
