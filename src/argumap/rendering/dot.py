r"""Scenes as DOT: one for Graphviz users that stands alone, one for the layout that has no words.

Ids and names of strangers never become names of nodes: those are ``n0``, ``n1``, … Labels are plain
strings, never HTML-like ones.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from argumap.rendering.labels import escape, needed
from argumap.rendering.style import CARD, LIGHT, MAIN, PAGE, author_colour

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.rendering.scene import Card, Group, Scene
    from argumap.rendering.ties import Tie

__all__ = ["layout_dot", "scene_dot"]


def scene_dot(scene: Scene) -> str:
    """Return a scene as DOT that any Graphviz from 2.43 on draws well."""
    label = "".join(f"{escape(line)}\\l" for line in (scene.title, scene.counts, _KEY) if line)
    graph = (
        f'rankdir={scene.direction} bgcolor="{LIGHT.paper}" fontname="Arial" fontsize=16'
        f' fontcolor="{LIGHT.ink}" labelloc=t labeljust=l label="{label}" nodesep=0.3'
        f" ranksep={_RANKSEP[scene.direction]} pad=0.3 outputorder=edgesfirst pack=20"
    )
    node = (
        f'shape=box style="rounded,filled" fontname="Arial" fontsize={CARD.text}'
        f' fontcolor="{LIGHT.ink}" color="{LIGHT.border}" margin="0.2,0.11" gradientangle=0'
    )
    lines = [
        "digraph argumap {",
        f"  graph [{graph}]",
        f"  node [{node}]",
        f'  edge [color="{LIGHT.supports}" arrowsize=0.8]',
    ]
    lines += (f"  {card.name} [{_card(card)}]" for card in scene.cards)
    lines += (f"  subgraph {group.name} {{{_group(group)}}}" for group in scene.groups)
    lines += (
        f'  {dot.name} [shape=circle style=filled label="" width=0.13 height=0.13 fixedsize=true'
        f' margin=0 penwidth=0 fillcolor="{LIGHT.tie(dot.kind)}"]'
        for dot in scene.dots
    )
    lines += (f"  {tie.tail} -> {tie.head} [{_tie(tie)}]" for tie in scene.ties)
    lines.append("}")
    return "\n".join(lines) + "\n"


# Only what nobody can tell without being told; the counts above name the rest.
_KEY = (
    "solid arrow: supports · dashed bar: rebuts or undercuts · dashed box: unsupported · "
    "shaded: contested and unsupported · strip at the left: author"
)
_RANKSEP = {"BT": 0.6, "RL": 0.7}


def _card(card: Card) -> str:
    look = MAIN if card.main else CARD
    width = max(PAGE.narrowest, *(needed(line, look.text) for line in (card.heading, *card.lines)))
    label = "".join(f"{escape(line)}\\l" for line in (card.heading, *card.lines))
    fill = LIGHT.main if card.main else LIGHT.alarm if card.alarming else LIGHT.card
    if card.standing is not None and not card.main:
        fill = LIGHT.standings[card.standing].fill
    if card.seats:
        # A gradient with a hard edge: the only way to a coloured strip without HTML-like labels.
        strip = LIGHT.authors[author_colour(card.seats[0])][0]
        fill = f"{strip};{PAGE.strip / width:.3f}:{fill}"
    parts = [f'label="{label}" width={width / 72:.2f} fillcolor="{fill}"']
    if card.main:
        parts.append(f'fontsize={look.text} fontcolor="{LIGHT.main_ink}" color="{LIGHT.main}"')
    if card.unsupported:
        parts.append('style="rounded,filled,dashed"')
    if card.alarming:
        parts.append(f'color="{LIGHT.attacks}" penwidth=2')
    if card.folded:
        parts.append("shape=folder style=filled")
    if card.highlighted:
        parts.append("peripheries=2")
    return " ".join(parts)


def _group(group: Group) -> str:
    strip, text = LIGHT.authors[author_colour(group.seat)]
    look = f'color="{strip}" fontcolor="{text}" style=rounded labeljust=l'
    return f'label="{escape(group.title)}" {look} {"; ".join(group.members)}'


def _tie(tie: Tie) -> str:
    parts = [f"weight={tie.weight} penwidth={tie.width}"]
    if tie.kind != "supports":
        parts.append(f'color="{LIGHT.attacks}" style=dashed arrowhead=tee arrowsize=1.1')
    if not tie.headed:
        parts.append("arrowhead=none")
    return " ".join(parts)


def layout_dot(scene: Scene) -> str:
    """Return what the layout must know: sizes and ties, not one word of anybody.

    So no text can reach Graphviz's parser, no font changes the picture, and no label is too long.
    Claims in no relation are left out: they need no layout.
    """
    return "\n".join(_layout_lines(scene)) + "\n"


def _layout_lines(scene: Scene) -> Iterator[str]:
    # Frames hold cards of several parts together, which are then no parts any more.
    pack = "" if scene.groups else " pack=20 packmode=array"
    yield (
        f"digraph{{graph[rankdir={scene.direction} nodesep=0.3{pack}"
        f" ranksep={_ranksep(scene):.2f} margin=20]"
    )
    yield 'node[shape=box label="" fixedsize=true]edge[arrowsize=0.8]'
    placed = {name for tie in scene.ties for name in (tie.tail, tie.head)}
    placed.update(name for group in scene.groups for name in group.members)
    for card in scene.cards:
        if card.name in placed:
            width, height = card.outer
            yield f"{card.name}[width={width / 72:.3f} height={height / 72:.3f}]"
    for dot in scene.dots:
        size = f"{PAGE.dot / 72:.3f}"
        yield f"{dot.name}[shape=circle width={size} height={size}]"
    for tie in scene.ties:
        # A bar needs less room than the arrow that the layout leaves for it.
        head = "" if tie.kind == "supports" else " arrowsize=0.5"
        head = head if tie.headed else " arrowhead=none"
        yield f"{tie.tail}->{tie.head}[id={tie.name} weight={tie.weight}{head}]"
    for group in scene.groups:
        yield f"subgraph {group.name}{{{' '.join(group.members)}}}"
    yield "}"


def _ranksep(scene: Scene) -> float:
    """Return the distance of ranks in inches: wider where many lines meet, so that they part."""
    meeting = Counter(tie.head for tie in scene.ties)
    most = max(meeting.values(), default=0)
    return _RANKSEP[scene.direction] + 0.04 * min(max(most - 4, 0), 25)
