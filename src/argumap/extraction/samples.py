"""Annotated threads, prepared for learning from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from argumap.extraction._draft import Draft
from argumap.extraction.rules.clauses import tokens_of
from argumap.extraction.rules.sentences import find_sentences
from argumap.extraction.scoring import match_places
from argumap.extraction.trained.extractor import find_units
from argumap.extraction.trained.joints import find_joints
from argumap.extraction.trained.units import unit_evidence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from argumap.extraction._draft import Unit
    from argumap.extraction.gold import GoldThread
    from argumap.extraction.rules.clauses import Token
    from argumap.extraction.trained.head import Evidence, Head
    from argumap.model import Thread

__all__ = ["Sample"]

# A unit that lies this much within an annotated one is neither argument nor none.
_PARTLY = 0.3
# So many words at most stand between a joint and the proposition after it.
_FRAME = 7

_Spans = dict[str, list[tuple[int, int]]]


@dataclass(eq=False)
class Sample:
    """An annotated thread, prepared for learning from.

    Attributes:
        gold: The thread and its map.
        thread: The thread, marked up.
        joints: What speaks for each joint that the annotation tells of, and whether clauses part.
        draft: The units that are found in it, by rules or by a head: see `find`.
        units: The same, in order.
        evidence: What each of them shows of itself.
        matched: Which of them are annotated claims, by id.
        partly: Those that lie within an annotated claim to some part.
    """

    gold: GoldThread
    thread: Thread
    joints: list[tuple[Evidence, bool]] = field(init=False)
    draft: Draft = field(init=False)
    units: list[Unit] = field(init=False)
    evidence: list[Evidence] = field(init=False)
    matched: dict[Unit, str] = field(init=False)
    partly: set[Unit] = field(init=False)

    def __post_init__(self) -> None:
        self._wanted = [
            (span.post_id, span.start, span.end)
            for claim in self.gold.argmap.claims
            if (span := claim.mentions[0].span) is not None
        ]
        self._spans: _Spans = {}
        for post_id, start, end in self._wanted:
            self._spans.setdefault(post_id, []).append((start, end))
        self.joints = list(self._find_joints())
        self.find()

    def find(self, joint: Head | None = None) -> None:
        """Find the units, cut at joints by a head, or else by rules."""
        self.draft = Draft(self.thread)
        find_units(self.draft, joint)
        self.units = list(self.draft.units())
        self.evidence = [
            unit_evidence(post, number)
            for post in self.draft.posts
            for number in range(len(post.units))
        ]
        claims = self.gold.argmap.claims
        posts = self.thread.posts
        places = [(posts[unit.post].id, unit.start, unit.end) for unit in self.units]
        pairs = match_places(self._wanted, places)
        self.matched = {self.units[mine]: claims[theirs].id for mine, theirs in pairs.items()}
        self.partly = {
            unit
            for unit, (post_id, start, end) in zip(self.units, places, strict=True)
            if any(
                min(end, b) - max(start, a) > _PARTLY * (end - start)
                for a, b in self._spans.get(post_id, ())
            )
        }

    def _find_joints(self) -> Iterator[tuple[Evidence, bool]]:
        draft = Draft(self.thread)
        find_sentences(draft)
        for post in draft.posts:
            spans = self._spans.get(post.post.id, [])
            for unit in post.units:
                inside = [(a, b) for a, b in spans if a < unit.end and unit.start < b]
                if not inside:
                    continue
                tokens = tokens_of(unit)
                for number, evidence in find_joints(tokens):
                    parts = _parts(tokens, number, inside)
                    if parts is not None:
                        yield evidence, parts


def _parts(tokens: Sequence[Token], number: int, spans: Sequence[tuple[int, int]]) -> bool | None:
    """Return whether a joint parts two annotated propositions, or lies within one.

    At the edge of what is no proposition the annotation does not tell whether there is a joint.
    """
    joint = tokens[number]
    words = [token for token in tokens if token.is_word]
    for start, end in spans:
        rest = any(joint.start <= word.start < end for word in words)
        if start < joint.start and joint.end < end - 1 and rest:
            return False
    ends = any(
        end <= joint.start + 1 and not any(end <= word.start < joint.start for word in words)
        for _, end in spans
        if end > tokens[0].start
    )
    begins = any(
        sum(joint.start <= word.start < start for word in words) <= _FRAME
        for start, _ in spans
        if joint.start <= start < tokens[-1].end
    )
    return True if ends and begins else None
