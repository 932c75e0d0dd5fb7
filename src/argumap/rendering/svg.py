"""Scenes as SVG: Graphviz says where things stand, and this draws them.

Nothing of Graphviz's own drawing is used, so every engine gives the same picture, and every
element and attribute in it is written here. Words of strangers appear as escaped text alone.
"""

from __future__ import annotations

import hashlib
import math
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from argumap.rendering.labels import fold, is_right_to_left, needed
from argumap.rendering.style import CARD, FONTS, MAIN, PAGE, TIES, Palette

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.rendering.layout import Curve, Layout, Point
    from argumap.rendering.scene import Card, Dot, Scene, Tie
    from argumap.rendering.style import Theme

__all__ = ["scene_svg"]


def scene_svg(scene: Scene, layout: Layout, theme: Theme) -> str:
    """Return a laid out scene as SVG: title, counts, map and legend."""
    colours = theme.palette
    legend = _legend_items(scene)
    least = max(420.0, min(720.0, sum(item.width for item in legend)))
    width = max(layout.width, least)
    heading, top = _heading(scene, width, colours)
    left = (width - layout.width) / 2 if scene.cards else 0
    key, bottom = _legend(legend, width, top + layout.height + 26, colours)
    if not scene.cards:
        key, bottom = "", top
    body = "".join(_drawing(scene, layout, colours))
    inside = (
        f'<g transform="translate({_n(PAGE.margin)} {_n(PAGE.margin)})">{heading}'
        f'<g class="map" transform="translate({_n(left)} {_n(top)})">{body}</g>{key}</g>'
    )
    # The name is made of the content, so that two pictures on one page do not mix, and the same
    # map always gives the same bytes.
    name = "am" + hashlib.sha256(inside.encode()).hexdigest()[:10]
    points = width + 2 * PAGE.margin, bottom + 2 * PAGE.margin
    w, h = map(_n, points)
    # In CSS pixels, of which there are 96 to the inch.
    wide, high = (_n(length * 4 / 3) for length in points)
    title = escape(scene.title or "Argument map")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="argumap {name}" width="{wide}" height="{high}"'
        f' viewBox="0 0 {w} {h}" role="img" aria-labelledby="{name}-t {name}-d"'
        f' font-family="{escape(FONTS)}" fill="{colours.ink}">'
        f'<title id="{name}-t">{title}</title>'
        f'<desc id="{name}-d">{escape(_description(scene))}</desc>'
        f"{_style(name, theme)}"
        f'<rect class="paper" width="{w}" height="{h}" fill="{colours.paper}"/>{inside}</svg>\n'
    )


def _n(number: float) -> str:
    """Return a number with at most two decimals, none where it has none."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _description(scene: Scene) -> str:
    bare = [card.id for card in scene.cards if card.unsupported]
    shown = ", ".join(bare[:60]) + (", …" if len(bare) > 60 else "")
    return scene.counts + (f". Unsupported: {shown}." if bare else ".")


def _heading(scene: Scene, width: float, colours: Palette) -> tuple[str, float]:
    """Return title and counts, and where the map begins below them."""
    parts, y = [], 0.0
    if scene.title:
        for line in fold(scene.title, width / 1.1, 19, most=3):
            y += 23
            parts.append(
                f'<text{_side(line, width)} y="{_n(y - 6)}" font-size="19" font-weight="700">'
                f"{escape(line)}</text>"
            )
    y += 17
    parts.append(
        f'<text class="quiet" y="{_n(y - 4)}" font-size="11.5" fill="{colours.muted}">'
        f"{escape(scene.counts)}</text>"
    )
    return f'<g class="heading">{"".join(parts)}</g>', y + (22 if scene.cards else 0)


def _side(text: str, right: float, left: float = 0) -> str:
    """Return where a line begins: at the left, or at the right where it is read from there."""
    if is_right_to_left(text):
        return f' x="{_n(right)}" direction="rtl"'
    return f' x="{_n(left)}"' if left else ""


def _drawing(scene: Scene, layout: Layout, colours: Palette) -> Iterator[str]:
    """Yield ties, then dots, then cards, so that no line runs over a word."""
    for tie in scene.ties:
        yield _tie(tie, layout.curves[tie.name], colours)
    for dot in scene.dots:
        yield _dot(dot, layout.centres[dot.name], colours)
    for card in scene.cards:
        yield _card(card, layout.centres[card.name], colours)


def _tie(tie: Tie, curve: Curve, colours: Palette) -> str:
    colour = colours.tie(tie.kind)
    look = TIES[tie.kind]
    way = _path(curve)
    head = ""
    if tie.headed and curve.tip is not None:
        if look.head == "bar":
            base, head = _bar(curve.points[-1], curve.tip)
            way += f"L{base[0]:.1f},{base[1]:.1f}"
        else:
            head = _arrow(curve.points[-1], curve.tip)
        head = f'<path class="head" fill="{colour}" d="{head}"/>'
    dashes = f' stroke-dasharray="{_n(look.dashes[0])},{_n(look.dashes[1])}"' if look.dashes else ""
    return (
        f'<g class="tie {_side_of(tie.kind)}"><title>{escape(tie.title)}</title>'
        f'<path fill="none" stroke="{colour}" stroke-width="{_n(tie.width)}"{dashes} d="{way}"/>'
        f"{head}</g>"
    )


def _side_of(kind: str) -> str:
    return "pro" if kind == "supports" else "con"


def _path(curve: Curve) -> str:
    (x, y), *rest = curve.points
    bends = " ".join(f"{x:.1f},{y:.1f}" for x, y in rest)
    return f"M{x:.1f},{y:.1f}C{bends}"


def _arrow(base: Point, tip: Point) -> str:
    """Return a triangle."""
    dx, dy, _ = _direction(base, tip)
    (bx, by), (tx, ty) = base, tip
    return (
        f"M{bx - 3.4 * dy:.1f},{by + 3.4 * dx:.1f}L{tx:.1f},{ty:.1f}"
        f"L{bx + 3.4 * dy:.1f},{by - 3.4 * dx:.1f}Z"
    )


def _bar(base: Point, tip: Point) -> tuple[Point, str]:
    """Return where the line ends, and a bar across it that nearly touches the target."""
    dx, dy, _ = _direction(base, tip)
    corners = [
        (tip[0] - along * dx + across * dy, tip[1] - along * dy - across * dx)
        for along, across in ((3.4, 6), (0.6, 6), (0.6, -6), (3.4, -6))
    ]
    bar = "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in corners) + "Z"
    return (tip[0] - 3 * dx, tip[1] - 3 * dy), bar


def _direction(start: Point, end: Point) -> tuple[float, float, float]:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = math.hypot(dx, dy) or 1.0
    return dx / length, dy / length, length


def _dot(dot: Dot, centre: Point, colours: Palette) -> str:
    return (
        f'<g class="dot {_side_of(dot.kind)}"><title>{escape(dot.title)}</title>'
        f'<circle class="head" cx="{_n(centre[0])}" cy="{_n(centre[1])}" r="{_n(PAGE.dot / 2)}"'
        f' fill="{colours.tie(dot.kind)}"/></g>'
    )


def _card(card: Card, centre: Point, colours: Palette) -> str:
    look = MAIN if card.main else CARD
    names = " ".join(_classes(card))
    parts = [
        f'<g class="{names}" transform="translate({_n(centre[0] - card.width / 2)}'
        f' {_n(centre[1] - card.height / 2)})">'
        f"<title>{escape(f'{card.heading}: {card.text}')}</title>",
        _box(card.width, card.height, card, colours),
        "".join(_strip(card, colours)),
        _author_line(card, look.author, colours),
    ]
    y = 8 + look.author * 1.4
    style = f' fill="{colours.main_ink}" font-weight="600"' if card.main else ""
    leftwards = is_right_to_left(card.text)
    where = f'x="{_n(card.width - 14)}" direction="rtl"' if leftwards else 'x="15"'
    for line in card.lines:
        y += look.leading
        parts.append(
            f'<text {where} y="{_n(y - look.leading * 0.24)}" font-size="{_n(look.text)}"{style}>'
            f"{escape(line)}</text>"
        )
    parts.append("</g>")
    return "".join(parts)


def _classes(card: Card) -> Iterator[str]:
    yield "claim"
    yield f"by-{_seat(card.seats[0])}" if card.seats else "by-nobody"
    if card.main:
        yield "main"
    if card.contested:
        yield "contested"
    if card.unsupported:
        yield "unsupported"
    if card.alarming:
        yield "alarm"


def _seat(seat: int) -> int:
    return min(seat, len(_LIGHTEST) - 1)


_LIGHTEST = range(5)


def _box(width: float, height: float, card: Card, colours: Palette) -> str:
    if card.alarming:
        stroke, line = colours.attacks, 2.0
    elif card.main:
        stroke, line = colours.main, 1.0
    else:
        stroke, line = colours.border, 1.0
    fill = colours.main if card.main else colours.alarm if card.alarming else colours.card
    if card.main and card.alarming:
        line = 3.0
    dashes = ' stroke-dasharray="5,3"' if card.unsupported else ""
    return (
        f'<rect class="box" width="{_n(width)}" height="{_n(height)}" rx="{_n(PAGE.radius)}"'
        f' fill="{fill}" stroke="{stroke}" stroke-width="{_n(line)}"{dashes}/>'
    )


def _strip(card: Card, colours: Palette) -> Iterator[str]:
    """Yield the strip at the left edge, one stretch for each author."""
    seats = list(dict.fromkeys(map(_seat, card.seats)))
    w, r, h = PAGE.strip, PAGE.radius, card.height
    # Where the rounded corner meets the right edge of the strip.
    c = r - math.sqrt(r * r - (r - w) ** 2)
    for place, seat in enumerate(seats):
        top, bottom = h * place / len(seats), h * (place + 1) / len(seats)
        upper = (
            f"M0,{_n(r)}A{_n(r)},{_n(r)} 0 0 1 {_n(w)},{_n(c)}"
            if place == 0
            else (f"M0,{_n(top)}L{_n(w)},{_n(top)}")
        )
        lower = (
            f"L{_n(w)},{_n(h - c)}A{_n(r)},{_n(r)} 0 0 1 0,{_n(h - r)}Z"
            if place == len(seats) - 1
            else f"L{_n(w)},{_n(bottom)}L0,{_n(bottom)}Z"
        )
        yield f'<path fill="{colours.authors[seat][0]}" d="{upper}{lower}"/>'


def _author_line(card: Card, size: float, colours: Palette) -> str:
    who = " · ".join(part for part in (card.id, card.who) if part)
    seat = _seat(card.seats[0]) if card.seats else -1
    fill = colours.main_muted if card.main else colours.authors[seat][1]
    status = ""
    if card.status:
        flag = "flag" if card.contested else "note"
        colour = colours.flag if card.contested else colours.muted
        if card.main:
            colour = colours.main_flag if card.contested else colours.main_muted
        status = f' · <tspan class="{flag}" font-weight="400" fill="{colour}">{card.status}</tspan>'
    return (
        f'<text class="who" x="15" y="{_n(8 + size)}" font-size="{_n(size)}" font-weight="600"'
        f' fill="{fill}">{escape(who)}{status}</text>'
    )


class _Item:
    """One entry of the legend: a sign and a word."""

    def __init__(self, sign: str, word: str) -> None:
        self.sign = sign
        self.word = word
        self.width = 32 + 8 + needed(word, 10.5) - 29 + 22


def _legend_items(scene: Scene) -> list[_Item]:
    """Return what the picture holds, each kind once."""
    kinds = {tie.kind for tie in scene.ties}
    struck = any(tie.kind == "undercuts" for tie in scene.ties)
    linked = any(dot.kind == "supports" for dot in scene.dots) and len(scene.dots) > struck
    plain = [card for card in scene.cards if not card.main]
    items = [
        ("supports", "supports", "supports" in kinds),
        ("rebuts", "rebuts", "rebuts" in kinds),
        ("undercuts", "undercuts the step", struck),
        ("linked", "reasons taken together", linked),
        ("plain", "has support", any(not card.unsupported for card in plain)),
        ("bare", "unsupported", any(card.unsupported and not card.alarming for card in plain)),
        ("alarm", "contested, unsupported", any(card.alarming for card in plain)),
    ]
    found = [_Item(sign, word) for sign, word, there in items if there]
    speaking = {seat for card in scene.cards for seat in card.seats}
    named = [seat for seat in sorted(speaking) if seat < 4]
    found += [_Item(f"by-{seat}", _clipped(scene.authors[seat])) for seat in named]
    others = len(speaking) - len(named)
    if others:
        found.append(_Item("by-4", "1 other person" if others == 1 else f"{others:,} other people"))
    return found


def _clipped(name: str) -> str:
    return fold(name, 160, 10.5, most=1)[0]


def _legend(items: list[_Item], width: float, y: float, colours: Palette) -> tuple[str, float]:
    """Return the legend in as many rows as it needs, and where it ends."""
    parts, x = [], 0.0
    for item in items:
        if x and x + item.width - 22 > width:
            x, y = 0.0, y + 24
        parts.append(
            f'<g transform="translate({_n(x)} {_n(y)})">{_sign(item.sign, colours)}'
            f'<text class="quiet" x="40" y="12" font-size="10.5" fill="{colours.muted}">'
            f"{escape(item.word)}</text></g>"
        )
        x += item.width
    return f'<g class="legend" aria-hidden="true">{"".join(parts)}</g>', y + (16 if items else 0)


def _sign(sign: str, colours: Palette) -> str:
    blue, orange = colours.supports, colours.attacks
    dashed = ' stroke-dasharray="5,2.5"'
    line = '<path fill="none" stroke="{}" stroke-width="{}"{} d="{}"/>'
    bar = '<path class="head" fill="{}" d="M{x},2.5h2.8v11h-2.8Z"/>'
    if sign == "supports":
        return (
            f'<g class="pro">{line.format(blue, 1.6, "", "M0,8H24")}'
            f'<path class="head" fill="{blue}" d="M24,4.6L32,8L24,11.4Z"/></g>'
        )
    if sign == "rebuts":
        return (
            f'<g class="con">{line.format(orange, 2.2, dashed, "M0,8H29")}'
            f"{bar.format(orange, x=29)}</g>"
        )
    if sign == "undercuts":
        return (
            f'<g class="con">{line.format(orange, 2.2, dashed, "M0,8H18")}'
            f'{bar.format(orange, x=18)}</g><g class="pro"><circle class="head" cx="27" cy="8"'
            f' r="4.7" fill="{blue}"/></g>'
        )
    if sign == "linked":
        return (
            f'<g class="pro">{line.format(blue, 1.6, "", "M0,2L12,8L0,14M12,8H24")}'
            f'<circle class="head" cx="12" cy="8" r="3.8" fill="{blue}"/>'
            f'<path class="head" fill="{blue}" d="M24,4.6L32,8L24,11.4Z"/></g>'
        )
    stroke, fill, width, dashes, strip, name = colours.border, colours.card, 1, "", "", "claim"
    if sign in {"bare", "alarm"}:
        dashes = ' stroke-dasharray="5,3"'
    if sign == "alarm":
        stroke, fill, width, name = orange, colours.alarm, 2, "claim alarm"
    if sign.startswith("by-"):
        strip = (
            f'<path fill="{colours.authors[int(sign[3:])][0]}"'
            ' d="M0,5A5,5 0 0 1 5,0L5,16A5,5 0 0 1 0,11Z"/>'
        )
    return (
        f'<g class="{name}"><rect class="box" width="32" height="16" rx="5" fill="{fill}"'
        f' stroke="{stroke}" stroke-width="{width}"{dashes}/>{strip}</g>'
    )


def _style(name: str, theme: Theme) -> str:
    """Return the colours for a dark screen; print stays light."""
    dark = theme.dark
    if dark is None:
        return ""
    rules = {
        "": f"fill:{dark.ink}",
        ".paper": f"fill:{dark.paper}",
        ".quiet": f"fill:{dark.muted}",
        ".box": f"fill:{dark.card};stroke:{dark.border}",
        ".alarm .box": f"fill:{dark.alarm};stroke:{dark.attacks}",
        ".who": f"fill:{dark.authors[-1][1]}",
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
        ".main .flag": f"fill:{dark.main_flag}",
    }
    css = "".join(
        ",".join(f".{name} {part}".rstrip() for part in place.split(",")) + f"{{{rule}}}"
        for place, rule in rules.items()
    )
    return f"<style>@media screen and (prefers-color-scheme:dark){{{css}}}</style>"
