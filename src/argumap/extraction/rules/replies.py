"""A reply bears on what it quotes, or on the post that it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from argumap.extraction._overlap import Overlap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.extraction._draft import Draft, DraftPost, Stand, Unit

__all__ = ["link_replies"]


def link_replies(draft: Draft) -> None:
    """Link the leading claim of each part of a reply to the unit that it answers."""
    overlap = Overlap(draft)
    for post in draft.posts:
        for targets, units, stands in _parts(draft, post):
            _link_part(draft, overlap, targets, units, stands)


def _parts(draft: Draft, post: DraftPost) -> Iterator[tuple[list[Unit], list[Unit], list[Stand]]]:
    """Yield what is quoted or answered, the units below it, and the stances among them."""
    quotes = []
    for quote in post.post.quotes:
        if quote.source is None:
            targets = []
        else:
            source = draft.posts[draft.numbers[quote.source.post_id]]
            targets = [
                u for u in source.units if u.start < quote.source.end and quote.source.start < u.end
            ]
        quotes.append((quote.start, targets))
    parent = list(draft.posts[post.parent].units) if post.parent is not None else []
    starts = [0]
    answered = [parent]
    last_end = -1
    for quote, (start, targets) in zip(post.post.quotes, quotes, strict=True):
        if not targets:
            continue
        own_between = (
            any(last_end <= u.start < start for u in post.units) if last_end >= 0 else True
        )
        if not own_between and len(starts) > 1:
            answered[-1] = answered[-1] + targets
        else:
            starts.append(start)
            answered.append(targets)
        last_end = quote.end
    ends = [*starts[1:], len(post.post.text) + 1]
    for start, end, targets in zip(starts, ends, answered, strict=True):
        units = [u for u in post.units if start <= u.start < end]
        stands = [s for s in post.stands if start <= s.start < end]
        yield targets, units, stands


def _link_part(draft, overlap, targets, units, stands):
    for stand in stands:
        stand.target = _main(targets) if targets else None
    if not targets or not units:
        return
    agrees = any(stand.stance == "endorses" for stand in stands)
    free = [u for u in units if not u.links]
    lead = next((u for u in units if u.component == "claim" and not u.links), None) or (
        free[0] if free else units[0]
    )
    target = overlap.best(lead, targets) or _main(targets)
    sign = "support" if agrees else "rebuttal"
    if agrees and lead.lead_in({"but", "however", "though", "though,"}):
        sign = "rebuttal"
    lead.bears_on(target, sign, "replies", *(s.cue for s in stands[:1]))


def _main(targets: list[Unit]) -> Unit:
    """Return the unit that is the point of a stretch: the first claim that bears on nothing in it."""
    claims = [u for u in targets if u.component == "claim"] or targets
    return next((u for u in claims if all(l.target.post != u.post for l in u.links)), claims[0])
