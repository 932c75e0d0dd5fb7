"""A map as an outline that people can read and compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argumap import ArgumentMap

__all__ = ["outline"]

_SIGNS = {"support": "+", "rebuttal": "-", "undercut": "!"}


def outline(argmap: ArgumentMap) -> str:
    """Return one line for each claim, mention after the first, and relation."""
    lines: list[str] = []
    of_source: dict[str, list[str]] = {}
    for relation in argmap.relations:
        origin = relation.origin
        why = f"{origin.rule}: {', '.join(origin.cues)}" if origin and origin.cues else ""
        why = why or (origin.rule if origin and origin.rule else "")
        line = f"    {_SIGNS[relation.kind]} {relation.target} ({why})"
        of_source.setdefault(relation.sources[0], []).append(line)
    for claim in argmap.claims:
        first = claim.mentions[0]
        lines.append(f"{claim.id} {first.author} {first.stance} ({claim.component}): {claim.text}")
        lines += [f"    {m.author} {m.stance}: {m.quote}" for m in claim.mentions[1:]]
        lines += of_source.get(claim.id, [])
    return "\n".join(lines)
