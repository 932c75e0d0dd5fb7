"""Scenes as SVG: Graphviz says where things stand, and this draws them.

Nothing of Graphviz's own drawing is used, so every engine gives the same picture, and every
element and attribute in it is written here. Words of strangers appear as escaped text alone.
"""

from __future__ import annotations

import hashlib
import math
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from argumap.rendering._markup import number, written
from argumap.rendering.card import draw_card
from argumap.rendering.labels import fold, is_right_to_left
from argumap.rendering.legend import draw_legend, legend_entries
from argumap.rendering.style import FONTS, PAGE, TIES, author_colour

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.rendering.layout import Curve, Frame, Layout, Point
    from argumap.rendering.scene import Group, Scene
    from argumap.rendering.style import Palette, Theme
    from argumap.rendering.ties import Dot, Tie

__all__ = ["scene_svg"]


# How much wider bold DejaVu Sans, the widest font in use, is than Arial, by which lines are folded.
_BOLD_DEJAVU = 1.32


def scene_svg(scene: Scene, layout: Layout, theme: Theme) -> str:
    """Return a laid out scene as SVG: title, counts, map and legend."""
    colours = theme.palette
    signs, authors = legend_entries(scene)
    least = max(420.0, min(720.0, sum(entry.width for entry in (*signs, *authors))))
    width = max(layout.width, least)
    heading, top = _heading(scene, width, colours)
    key, bottom = "", top
    if scene.cards:
        key, bottom = draw_legend(signs, authors, width, top + layout.height + 26, colours)
    body = "".join(_drawing(scene, layout, colours))
    inside = (
        f'<g transform="translate({number(PAGE.margin)} {number(PAGE.margin)})">{heading}'
        f'<g class="map" transform="translate(0 {number(top)})">{body}</g>{key}</g>'
    )
    # The name is made of the content, so that two pictures on one page do not mix, and the same
    # map always gives the same bytes.
    name = "am" + hashlib.sha256(inside.encode()).hexdigest()[:10]
    points = width + 2 * PAGE.margin, bottom + 2 * PAGE.margin
    w, h = map(number, points)
    # In CSS pixels, of which there are 96 to the inch.
    wide, high = (number(length * 4 / 3) for length in points)
    title = escape(scene.title or "Argument map")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="argumap {name}"'
        f' width="{wide}" height="{high}"'
        f' viewBox="0 0 {w} {h}" role="img" aria-labelledby="{name}-t {name}-d"'
        f' font-family="{escape(FONTS)}" fill="{colours.ink}">'
        f'<title id="{name}-t">{title}</title>'
        f'<desc id="{name}-d">{escape(_description(scene))}</desc>'
        f"{_style(name, theme, labelled=any(card.standing for card in scene.cards))}"
        f'<rect class="paper" width="{w}" height="{h}" fill="{colours.paper}"/>{inside}</svg>\n'
    )


def _description(scene: Scene) -> str:
    bare = [card.id for card in scene.cards if card.unsupported]
    shown = ", ".join(bare[:60]) + (", …" if len(bare) > 60 else "")
    return scene.counts + (f". Unsupported: {shown}." if bare else ".")


def _heading(scene: Scene, width: float, colours: Palette) -> tuple[str, float]:
    """Return title and counts, and where the map begins below them."""
    parts, y = [], 0.0
    if scene.title:
        leftwards = is_right_to_left(scene.title)
        for line in fold(scene.title, width / _BOLD_DEJAVU, 19, most=3):
            y += 23
            words, where = written(line, 0, width, leftwards=leftwards)
            parts.append(
                f'<text {where} y="{number(y - 6)}" font-size="19" font-weight="700">{words}</text>'
            )
    y += 17
    parts.append(
        f'<text class="quiet" y="{number(y - 4)}" font-size="11.5" fill="{colours.muted}">'
        f"{escape(scene.counts)}</text>"
    )
    return f'<g class="heading">{"".join(parts)}</g>', y + (22 if scene.cards else 0)


def _drawing(scene: Scene, layout: Layout, colours: Palette) -> Iterator[str]:
    """Yield frames, then ties, then dots, then cards, so that no line runs over a word."""
    for group in scene.groups:
        yield _frame(group, layout.frames[group.name], colours)
    for tie in scene.ties:
        yield _tie(tie, layout.curves[tie.name], colours)
    for dot in scene.dots:
        yield _dot(dot, layout.centres[dot.name], colours)
    if layout.caption is not None:
        yield (
            f'<text class="quiet" y="{number(layout.caption)}" font-size="10.5"'
            f' fill="{colours.muted}">in no relation to others</text>'
        )
    for card in scene.cards:
        yield draw_card(card, layout.centres[card.name], colours)


def _frame(group: Group, frame: Frame, colours: Palette) -> str:
    left, top, right, bottom = frame
    strip, text = colours.authors[author_colour(group.seat)]
    words, where = written(group.title, left + 10, right - 10)
    return (
        f'<g class="frame by-{author_colour(group.seat)}"><rect x="{number(left)}"'
        f' y="{number(top)}" width="{number(right - left)}" height="{number(bottom - top)}"'
        f' rx="12" fill="{strip}" fill-opacity="0.08" stroke="{strip}" stroke-width="1"/>'
        f'<text class="who" {where} y="{number(top + 15)}" font-size="11" font-weight="600"'
        f' fill="{text}">{words}</text></g>'
    )


def _tie(tie: Tie, curve: Curve, colours: Palette) -> str:
    colour = colours.tie(tie.kind)
    look = TIES[tie.kind]
    way = _path(curve)
    head = ""
    if tie.headed and curve.tip is not None:
        if look.head == "bar":
            base, head = _bar(curve.points[-1], curve.tip, curve.room)
            way += f"L{base[0]:.1f},{base[1]:.1f}"
        else:
            head = _arrow(curve.points[-1], curve.tip, curve.room)
        head = f'<path class="head" fill="{colour}" d="{head}"/>'
    dashes = (
        f' stroke-dasharray="{number(look.dashes[0])},{number(look.dashes[1])}"'
        if look.dashes
        else ""
    )
    return (
        f'<g class="tie {_side_of(tie.kind)}"><title>{escape(tie.title)}</title>'
        f'<path fill="none" stroke="{colour}" stroke-width="{number(tie.width)}"{dashes}'
        f' d="{way}"/>{head}</g>'
    )


def _side_of(kind: str) -> str:
    return "pro" if kind == "supports" else "con"


def _path(curve: Curve) -> str:
    (x, y), *rest = curve.points
    bends = " ".join(f"{x:.1f},{y:.1f}" for x, y in rest)
    return f"M{x:.1f},{y:.1f}C{bends}"


def _arrow(base: Point, tip: Point, room: float) -> str:
    """Return a triangle."""
    dx, dy = _direction(base, tip)
    (bx, by), (tx, ty) = base, tip
    half = min(3.4, room / 2)
    return (
        f"M{bx - half * dy:.1f},{by + half * dx:.1f}L{tx:.1f},{ty:.1f}"
        f"L{bx + half * dy:.1f},{by - half * dx:.1f}Z"
    )


def _bar(base: Point, tip: Point, room: float) -> tuple[Point, str]:
    """Return where the line ends, and a bar across it that nearly touches the target."""
    dx, dy = _direction(base, tip)
    half = min(6.0, max(room / 2 - 1, 2))
    corners = [
        (tip[0] - along * dx + across * dy, tip[1] - along * dy - across * dx)
        for along, across in ((3.4, half), (0.6, half), (0.6, -half), (3.4, -half))
    ]
    bar = "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in corners) + "Z"
    return (tip[0] - 3 * dx, tip[1] - 3 * dy), bar


def _direction(start: Point, end: Point) -> Point:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = math.hypot(dx, dy) or 1.0
    return dx / length, dy / length


def _dot(dot: Dot, centre: Point, colours: Palette) -> str:
    x, y = map(number, centre)
    return (
        f'<g class="dot {_side_of(dot.kind)}"><title>{escape(dot.title)}</title>'
        f'<circle class="head" cx="{x}" cy="{y}" r="{number(PAGE.dot / 2)}"'
        f' fill="{colours.tie(dot.kind)}"/></g>'
    )


def _of_standings(colours: Palette) -> dict[str, str]:
    rules = {".sign": f"stroke:{colours.card}"}
    for standing, look in colours.standings.items():
        rules[f".{standing} .box"] = f"fill:{look.fill}"
        rules[f".{standing} .mark"] = f"fill:{look.mark};stroke:{colours.card}"
        rules[f".{standing} .standing"] = f"fill:{look.text}"
    return rules


def _style(name: str, theme: Theme, *, labelled: bool) -> str:
    """Return the colours for a dark screen; print stays light."""
    dark = theme.dark
    if dark is None:
        return ""
    rules = {
        "": f"fill:{dark.ink}",
        ".paper": f"fill:{dark.paper}",
        ".quiet": f"fill:{dark.muted}",
        ".box": f"fill:{dark.card};stroke:{dark.border}",
        ".ring": f"stroke:{dark.ink}",
        ".alarm .box": f"fill:{dark.alarm};stroke:{dark.attacks}",
        ".who": f"fill:{dark.authors[-1][1]}",
        **(_of_standings(dark) if labelled else {}),
        ".flag": f"fill:{dark.flag}",
        ".note": f"fill:{dark.muted}",
        ".pro path": f"stroke:{dark.supports}",
        ".pro .head": f"fill:{dark.supports};stroke:none",
        ".con path": f"stroke:{dark.attacks}",
        ".con .head": f"fill:{dark.attacks};stroke:none",
        **{f".by-{i} .who": f"fill:{text}" for i, (_, text) in enumerate(dark.authors)},
        ".main .box": f"fill:{dark.main};stroke:{dark.main}",
        ".main text": f"fill:{dark.main_ink}",
        ".main .who,.main .note": f"fill:{dark.main_muted}",
        **({".main .standing": f"fill:{dark.main_muted}"} if labelled else {}),
        ".main .flag": f"fill:{dark.main_flag}",
    }
    css = "".join(
        ",".join(f".{name} {part}".rstrip() for part in place.split(",")) + f"{{{rule}}}"
        for place, rule in rules.items()
    )
    return f"<style>@media screen and (prefers-color-scheme:dark){{{css}}}</style>"
