"""Agreement and denial in so many words are a stance on somebody's claim, not claims."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from argumap.extraction._draft import Stand

if TYPE_CHECKING:
    from argumap.extraction._draft import Draft, Unit

__all__ = ["find_stands"]

_LONGEST = 12
_END = r"\s*[.!,…:)\-—–]*\s*$"
_ADVERB = r"(?:(?:completely|totally|fully|strongly|wholeheartedly|absolutely|definitely|100%|mostly|generally|certainly|also|do|very much|entirely|actually|really|tend to|would|have to|can|respectfully|partially|partly|kind of|sort of|largely|must|still)\s+)*"
_ENDORSES = re.compile(
    r"(?:(?:yes|yeah|yep|sure|ok|okay|well|oh|and|ah|right|but)[,.!]?\s+)?(?:"
    r"(?:i\s+)?"
    + _ADVERB
    + r"agree(?:d)?(?:\s+(?:completely|totally|fully|entirely|wholeheartedly|there|100%|here))?(?:\s+(?:with|re|about|on|regarding)\b.*)?"
    r"|exactly(?:\s+(?:this|that|right|so))?|this|precisely|\+\s?1(?:\s+(?:to|for|on)\b.*)?|seconded|indeed|absolutely|definitely|certainly"
    r"|(?:that(?:'s| is|s)\s+|it(?:'s| is)\s+|you(?:'re| are)\s+|very\s+|quite\s+)?(?:a\s+)?(?:very\s+|really\s+|totally\s+|absolutely\s+|completely\s+|all\s+|so\s+|probably\s+|exactly\s+)?(?:true|right|correct|good\s+(?:point|answer|idea|call|question)|fair(?:\s+(?:point|enough))?|great\s+(?:point|answer|idea|post)|excellent\s+point|well\s+said|spot\s+on|my\s+thoughts\s+exactly|makes\s+sense)"
    r"|(?:i\s+)?(?:couldn't|could\s+not)\s+agree\s+more|(?:that|this|it)\s+(?:all\s+)?makes\s+(?:a\s+lot\s+of\s+|total\s+|perfect\s+)?sense|(?:that\s+)?(?:sounds|looks)\s+good(?:\s+to\s+me)?|works\s+for\s+me|lgtm|same\s+here|same|me\s+too|yep|yup|yes|yeah|true|point\s+taken|what\s+(?:he|she|they|you)\s+said|you\s+have\s+a\s+(?:good\s+)?point|i\s+(?:also\s+)?(?:like|love)\s+(?:this|that|the|your)\s+(?:idea|proposal|suggestion|approach)|i\s+(?:was\s+wrong|stand\s+corrected)|you(?:'ve| have)\s+(?:convinced|changed)\s+(?:me|my\s+(?:view|mind))"
    r")" + _END,
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"(?:(?:well|sorry|but|and|dude|man|no|nope|nah|um|oh)[,.!]?\s+)?(?:"
    r"(?:i\s+)?"
    + _ADVERB
    + r"(?:disagree|(?:don't|do\s+not|cannot|can't|couldn't)\s+(?:really\s+|quite\s+|entirely\s+|at\s+all\s+)?agree)(?:\s+(?:completely|totally|strongly|entirely|here|more))?(?:\s+(?:with|re|about|on|there)\b.*)?"
    r"|no|nope|nah|wrong|false|nonsense|bullshit|not\s+(?:really|true|at\s+all|quite|so|necessarily|exactly)|hardly|absolutely\s+not|of\s+course\s+not|definitely\s+not"
    r"|(?:that(?:'s| is|s)|this\s+is|it(?:'s| is)|you(?:'re| are))\s+(?:just\s+|simply\s+|completely\s+|totally\s+|plain\s+|absolutely\s+|really\s+)?(?:not\s+(?:at\s+all\s+)?(?:true|right|correct|the\s+case|so|right\s+at\s+all)|(?:a\s+)?(?:wrong|false|untrue|incorrect|nonsense|bullshit|ridiculous|mistaken))(?:\s+at\s+all)?"
    r"|i\s+(?:don't|do\s+not|doubt)\s+(?:think\s+so|buy\s+(?:it|that|this)|believe\s+(?:it|that|this)|it|that)|i\s+beg\s+to\s+differ|citation\s+needed|-1"
    r")" + _END,
    re.IGNORECASE,
)


def find_stands(draft: Draft) -> None:
    """Turn units that only agree or disagree into stances; their targets are found later."""
    for post in draft.posts:
        kept: list[Unit] = []
        for unit in post.units:
            stance = _stance(unit.whole)
            if stance is None or post.parent is None:
                kept.append(unit)
            else:
                post.stands.append(
                    Stand(
                        stance,
                        unit.start,
                        unit.end,
                        unit.text.lower(),
                        before=len(kept),
                        sentence=unit.sentence,
                    )
                )
        post.units = kept


def _stance(text: str) -> Literal["endorses", "denies"] | None:
    if len(text) > 200 or text.count(" ") >= _LONGEST:
        return None
    words = text.replace("’", "'").strip(' *_"“”(')
    if _DENIES.match(words):
        return "denies"
    if _ENDORSES.match(words):
        return "endorses"
    return None
