"""Not every unit is argument: greetings, thanks, plans, questions that want an answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from argumap.extraction._cues import has_verb

if TYPE_CHECKING:
    from argumap.extraction._draft import Draft, Unit

__all__ = ["drop_chaff"]

_LEAST_WORDS = 3
_LINK = re.compile(r"(?:https?://|www\.)\S+")
_CHAFF = re.compile(
    r"(?:"
    r"(?:many\s+)?thanks\b|thank\s+you|cheers|regards|best\s+(?:regards|wishes|of\s+luck)|hi\b|hello\b|hey\b|welcome|good\s+(?:luck|morning)|"
    r"have\s+(?:a\s+)?(?:fun|nice|great|good)|sorry\s+(?:for|about|if)|apolog|my\s+apologies|i\s+apolog|congrat|nice\s+(?:work|job|post)|great\s+(?:work|job|post)|"
    r"(?:edit|update|source|sources|tl;?dr|ps|link|links|see|cc|ref|quote)\s*\d*\s*[:;]|"
    r"please\s+(?:let|see|feel|find|note|read|share|check|post|send|open|help|join)|let\s+me\s+know|feel\s+free|stay\s+tuned|"
    r"(?:see|check\s+out|read|have\s+a\s+look|take\s+a\s+look|look\s+at)\s+(?:the|this|my|here|also|https?)|"
    r"here(?:'s|\s+is|\s+are)\s+(?:a|an|the|my|some)\s+(?:link|links|example|list|article|paper|summary|video|few|source)|"
    r"i(?:'ll|\s+will|\s+am\s+going\s+to|'m\s+going\s+to)\s+(?:try|look|take|post|add|update|read|reply|respond|get\s+back|check|see|open|start|summarize|go|leave|let|hide)|"
    r"i(?:'d|\s+would)?\s+(?:also\s+)?(?:was|am|'m)\s+(?:just\s+|only\s+)?(?:wondering|curious|asking|planning|looking\s+(?:for|at|forward)|trying\s+to\s+(?:find|figure|understand))|"
    r"i(?:'m|\s+am)\s+(?:just\s+)?(?:wondering|curious|planning|looking\s+(?:for|forward))|i(?:'ve|\s+have)\s+(?:just\s+)?(?:opened|created|updated|attached|posted|added|filed|moved|renamed|closed|pushed)|"
    r"i\s+(?:just\s+)?(?:wanted|hope|wonder|look\s+forward|appreciate|didn't\s+expect|started\s+(?:a|this)|want\s+to\s+(?:thank|say|start)|would\s+like\s+to\s+(?:thank|start))|"
    r"(?:cmv|change\s+my\s+view)\s*[.!?]*$|lol|haha|"
    r".{0,80}\b(?:wrote|writes|said|asked)\s*:?\s*$|on\s.{4,60}\bwrote\b"
    r")",
    re.IGNORECASE,
)
# A question is a claim only where it insinuates one.
_ASKS = re.compile(
    r"(?:(?:could|can|would|will)\s+(?:you|someone|anyone|somebody|anybody)\b|do\s+you\s+(?:have|know|mean|happen|remember|plan|think)|have\s+you|did\s+you|are\s+you\s+(?:able|using|sure|saying|referring|talking|on|running)|"
    r"what\s+(?:do|does|did|are|is|about|kind|would|should|makes|if|version|happens)|where\s|which\s|when\s+(?:did|do|will|is)|how\s+(?:do\s+(?:i|you|we)|did|can\s+i|about|much|many|long|old|are|is|does|would|should)|"
    r"is\s+(?:there|this|that|it\s+possible)|are\s+there|any\s|does\s+(?:anyone|anybody|this|that|it)|has\s+any|who\s+(?:is|are)|why\s+(?:did|is|are)|or\s|thoughts|what)",
    re.IGNORECASE,
)
_INSINUATES = re.compile(
    r"\b(?:really|just|n't|not|even|ever|any|else|seriously|truly|worth|supposed|possibly|on\s+earth|the\s+hell|who\s+cares|so\s+what|why\s+(?:would|should|bother|not)|what's\s+the\s+(?:point|difference|harm)|how\s+(?:is|can|could|would)|since\s+when)\b",
    re.IGNORECASE,
)


def drop_chaff(draft: Draft) -> None:
    """Drop the units that put nothing forward."""
    for post in draft.posts:
        kept: list[Unit] = []
        for unit in post.units:
            if _is_chaff(unit):
                for stand in post.stands:
                    stand.before -= stand.before > len(kept)
            else:
                kept.append(unit)
        post.units = kept


def _is_chaff(unit: Unit) -> bool:
    text = unit.whole.replace("’", "'").lstrip(' *_("“-•')
    words = unit.words
    if len(words) < _LEAST_WORDS and not has_verb(words):
        return True
    if len(_LINK.sub("", text).split()) < _LEAST_WORDS:
        return True
    if _CHAFF.match(text) or not any(letter.isalpha() for letter in text):
        return True
    stripped = text.rstrip(' *_)"”')
    if stripped.endswith("?"):
        return _ASKS.match(unit.text) is not None and _INSINUATES.search(text) is None
    if stripped.endswith(":") and len(words) < 12 and unit.is_head:
        return True
    return not has_verb(words) and len(words) < 6
