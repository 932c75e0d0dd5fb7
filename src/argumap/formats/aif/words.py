"""Words of AIF."""

from __future__ import annotations

__all__ = ["DEFAULT", "STANCES", "STANCE_OF"]

STANCES = {
    "asserts": "Asserting",
    "endorses": "Agreeing",
    "concedes": "Conceding",
    "denies": "Disagreeing",
    "quotes": "Quoting",
}
STANCE_OF = {word.lower(): stance for stance, word in STANCES.items()} | {
    # Illocutions that leave open whether it is so: the claim is named, not put forward.
    "pure questioning": "quotes",
    "pure challenging": "quotes",
    "popular conceding": "concedes",
}
DEFAULT = {"RA": "Default Inference", "CA": "Default Conflict"}
