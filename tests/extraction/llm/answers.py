"""Good answers about the small thread, and ways to give answers in a certain order."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from extraction.llm.stub_server import Request

__all__ = ["CLAIMS", "RELATIONS", "by_stage", "in_turn"]

CLAIMS: dict[str, Any] = {
    "claims": [
        {"units": ["p1.1"], "part": "the library should open on Sundays", "kind": "claim"},
        {
            "units": ["p1.1"],
            "part": "people who work all week cannot come otherwise",
            "kind": "premise",
        },
        {
            "units": ["p1.2"],
            "part": "It would cost a bit more",
            "kind": "premise",
            "stance": "concedes",
        },
        {"units": ["p2.2"], "part": None, "kind": "premise"},
        {"units": ["p3.1"], "kind": "claim"},
        {"units": ["p3.2"], "part": "staff is short", "kind": "premise"},
        {"units": ["p3.2"], "part": "nobody could open", "kind": "claim"},
    ]
}
RELATIONS: dict[str, Any] = {
    "relations": [
        {"id": "r1", "kind": "support", "sources": ["c2"], "target": "c1", "cue": "because"},
        {"id": "r2", "kind": "rebuttal", "sources": ["c3"], "target": "c1"},
        {"id": "r3", "kind": "support", "sources": ["c4"], "target": "c2"},
        {"id": "r4", "kind": "undercut", "sources": ["c5"], "target": "r3"},
        {"id": "r5", "kind": "support", "sources": ["c6"], "target": "c7", "cue": "so"},
        {"id": "r6", "kind": "rebuttal", "sources": ["c7"], "target": "c1"},
    ],
    "stances": [{"unit": "p2.1", "stance": "endorses", "claim": "c1"}],
    "restatements": [],
}


def by_stage(**answers: Any) -> Callable[[Request], Any]:
    """Answer by what is asked for: ``claims``, ``relations`` or ``review``."""
    known = {"claims": CLAIMS, "relations": RELATIONS, **answers}
    return lambda request: known[request.stage]


def in_turn(*answers: Any) -> Callable[[Request], Any]:
    """Answer with one after the other; when they are used up, with what is good."""
    left = list(answers)
    lock = threading.Lock()
    good = by_stage()

    def answer(request: Request) -> Any:
        with lock:
            return left.pop(0) if left else good(request)

    return answer
