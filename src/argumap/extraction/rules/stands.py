"""Agreement and denial in so many words are a stance on somebody's claim, not claims."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from argumap.extraction._draft import Stand
from argumap.extraction._lexicon import alternatives, phrases
from argumap.extraction.rules.sentences import OWN

if TYPE_CHECKING:
    from argumap.extraction._draft import Draft, DraftPost, Unit

__all__ = ["find_stands"]

_WORD = re.compile(r"\w")
_MOST_WORDS = 12
_MOST_CHARACTERS = 200


def _whole(key: str) -> re.Pattern[str]:
    """Return a pattern that matches a unit that is one of these phrases and nothing else."""
    adverbs = "|".join(re.escape(word) for word in sorted(phrases("stands", "adverbs")))
    either = "|".join(alternatives("stands", key)).replace("{adverbs}", rf"(?:(?:{adverbs})\s+)*")
    before = r"(?:(?:yes|yeah|yep|sure|ok|okay|well|oh|ah|and|but|right|sorry|dude|no)[,.!]?\s+)*"
    return re.compile(rf"{before}(?:{either})\s*[.!,…:)\-—–]*\s*$", re.IGNORECASE)


_STANCES: tuple[tuple[Literal["denies", "endorses"], re.Pattern[str]], ...] = (
    ("denies", _whole("denies")),
    ("endorses", _whole("endorses")),
)


# On Change My View the author of a post gives one of these to whoever changed his view.
_DELTA = re.compile(r"(?<!\w)(?:∆|Δ|&#8710;|!delta\b)(?!\w)")


def find_stands(draft: Draft) -> None:
    """Turn units that only agree or disagree into stances; their targets are found later."""
    for post in draft.posts:
        if post.parent is None:
            continue
        kept: list[Unit] = []
        for unit in post.units:
            stance = _stance(unit.whole)
            if stance is not None:
                cue = unit.text.lower()
                post.stands.append(Stand(stance, unit.start, unit.end, cue, before=len(kept)))
            elif _WORD.search(_DELTA.sub("", unit.whole)):
                kept.append(unit)
        post.units = kept
        if delta := _first_delta(post):
            before = sum(unit.end <= delta.start() for unit in kept)
            post.stands.append(Stand("endorses", *delta.span(), delta[0], before))
            post.stands.sort(key=lambda stand: stand.start)


def _first_delta(post: DraftPost) -> re.Match[str] | None:
    text = post.post.text
    own = (block for block in post.post.blocks if block.kind in OWN)
    found = (_DELTA.search(text, block.start, block.end) for block in own)
    return next((delta for delta in found if delta), None)


def _stance(text: str) -> Literal["endorses", "denies"] | None:
    if len(text) > _MOST_CHARACTERS or text.count(" ") >= _MOST_WORDS:
        return None
    words = text.replace("’", "'").strip(' *_"“”(')
    return next((stance for stance, words_of in _STANCES if words_of.match(words)), None)
