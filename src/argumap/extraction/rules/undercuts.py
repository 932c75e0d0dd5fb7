"""Some words grant a reason and deny that it bears on its conclusion."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argumap.extraction._draft import Draft

__all__ = ["find_undercuts"]

_CUES = re.compile(
    r"\b(?:(?:does|do|did)(?:n't|\s+not)\s+(?:really\s+|necessarily\s+)?(?:follow|matter|mean\s+(?:that|it|they|we|you|he|she)|imply|"
    r"prove|show\s+that|make\s+it|address|change\s+the\s+fact|provide\s+an\s+argument)|"
    r"non\s+sequitur|irrelevant|beside\s+the\s+point|not\s+relevant|has\s+nothing\s+to\s+do\s+with|who\s+cares|"
    r"(?:is|are)(?:n't|\s+not)\s+(?:an?\s+)?(?:argument|evidence|proof|reason|relevant)\b|not\s+an\s+argument)",
    re.IGNORECASE,
)


def find_undercuts(draft: Draft) -> None:
    """Turn the rebuttal of a reason into an undercut, where words say that it does not bear."""
    for unit in draft.units():
        cue = _CUES.search(unit.text.replace("’", "'"))
        if not cue:
            continue
        for link in unit.links:
            # What an undercut strikes is the inference from its target.
            if (
                link.sign == "rebuttal"
                and link.target.links
                and link.target.links[0].target is not unit
            ):
                link.sign, link.rule = "undercut", "undercuts"
                link.cues = (*link.cues, cue[0].lower())
