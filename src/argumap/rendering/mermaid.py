"""Scenes as Mermaid flowcharts, for pages that draw those: GitHub, GitLab, wikis, notes."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from argumap.rendering.style import LIGHT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.rendering.scene import Card, Scene
    from argumap.rendering.ties import Tie

__all__ = ["MOST_CHARACTERS", "MOST_TIES", "scene_mermaid"]

# Above these, Mermaid shows an error in place of the picture; hosts do not let pages change them.
MOST_CHARACTERS = 50_000
MOST_TIES = 500


def scene_mermaid(scene: Scene) -> str:
    """Return a scene as a Mermaid flowchart."""
    return "\n".join(_lines(scene)) + "\n"


def _lines(scene: Scene) -> Iterator[str]:
    if scene.title:
        # A JSON string is a YAML string.
        yield f"---\ntitle: {json.dumps(_plain(scene.title), ensure_ascii=False)}\n---"
    yield f"flowchart {scene.direction}"
    yield f"  %% {_plain(scene.counts)}"
    for card in scene.cards:
        words = "<br/>".join(map(_words, (card.heading, *card.lines)))
        yield f'  {card.name}["{words}"]:::{_class(card)}'
        if card.standing is not None and not card.main:
            yield f"  style {card.name} fill:{LIGHT.standings[card.standing].fill}"
        if card.highlighted:
            yield f"  style {card.name} stroke-width:4px"
    for group in scene.groups:
        yield f'  subgraph {group.name}["{_words(group.title)}"]'
        yield from (f"    {member}" for member in group.members)
        yield "  end"
    for dot in scene.dots:
        yield f'  {dot.name}((" ")):::{"pro" if dot.kind == "supports" else "con"}'
    for tie in scene.ties:
        yield f"  {tie.tail} {_arrow(tie)} {tie.head}"
    if not scene.cards:
        yield '  nothing["no claims"]'
    for name, numbers in _by_kind(scene).items():
        yield f"  linkStyle {','.join(map(str, numbers))} stroke:{name}"
    yield from _CLASSES


_DASHED = "stroke-dasharray:5 3"
_CLASSES = (
    f"  classDef plain fill:{LIGHT.card},stroke:{LIGHT.border},color:{LIGHT.ink},text-align:left",
    f"  classDef bare fill:{LIGHT.card},stroke:{LIGHT.border},color:{LIGHT.ink},{_DASHED}",
    f"  classDef alarm fill:{LIGHT.alarm},stroke:{LIGHT.attacks},color:{LIGHT.ink},{_DASHED}",
    f"  classDef main fill:{LIGHT.main},stroke:{LIGHT.main},color:{LIGHT.main_ink}",
    f"  classDef pro fill:{LIGHT.supports},stroke:{LIGHT.supports}",
    f"  classDef con fill:{LIGHT.attacks},stroke:{LIGHT.attacks}",
)


def _class(card: Card) -> str:
    if card.main:
        return "main"
    if card.alarming:
        return "alarm"
    return "bare" if card.unsupported else "plain"


def _arrow(tie: Tie) -> str:
    if tie.kind == "supports":
        return "-->" if tie.headed else "---"
    return "-.-x" if tie.headed else "-.-"


def _by_kind(scene: Scene) -> dict[str, list[int]]:
    numbers: dict[str, list[int]] = {}
    for number, tie in enumerate(scene.ties):
        numbers.setdefault(LIGHT.tie(tie.kind), []).append(number)
    return numbers


# What means nothing to Mermaid, Markdown or HTML; all else is written as a number.
_HARMLESS = re.compile(r"[^\w ,.!?’‘“”–—…·()'/+\u0080-\U0010ffff-]", re.ASCII)


def _words(text: str) -> str:
    # Mermaid makes a new line of a backslash and an n, even of two numbers that stand for them.
    text = text.replace("\\n", "\\\u2060n")
    return _HARMLESS.sub(lambda found: f"#{ord(found[0])};", text)


def _plain(text: str) -> str:
    """Return a text where no numbers can stand for characters: with blanks in their place."""
    return " ".join(_HARMLESS.sub(" ", text).split())
