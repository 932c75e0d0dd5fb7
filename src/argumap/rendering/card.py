"""A claim as a card: what it looks like is in `style`."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from argumap.rendering._markup import number, written
from argumap.rendering.labels import is_right_to_left
from argumap.rendering.style import CARD, MAIN, PAGE, SIGNS, author_colour

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.model import Standing
    from argumap.rendering.layout import Point
    from argumap.rendering.scene import Card
    from argumap.rendering.style import Palette

__all__ = ["draw_card", "draw_mark"]


def draw_card(card: Card, centre: Point, colours: Palette) -> str:
    """Return a card: its box, the strip of its authors, and its words."""
    look = MAIN if card.main else CARD
    names = " ".join(_classes(card))
    x, y = number(centre[0] - card.width / 2), number(centre[1] - card.height / 2)
    top = (card.height - look.author * 1.4 - look.leading * len(card.lines)) / 2
    parts = [
        f'<g class="{names}" transform="translate({x} {y})">',
        f"<title>{escape(f'{card.heading}: {card.text}')}</title>",
        _around(card, colours),
        _box(card, colours),
        "".join(_strip(card, colours)),
        _author_line(card, top + look.author, look.author, colours),
    ]
    down = top + look.author * 1.4
    style = ""
    if card.main:
        style = f' fill="{colours.main_ink}" font-weight="600"'
    elif card.folded:
        style = f' class="quiet" fill="{colours.muted}"'
    leftwards = is_right_to_left(card.text)
    for line in card.lines:
        down += look.leading
        words, where = written(line, 15, card.width - 14, leftwards=leftwards)
        parts.append(
            f'<text {where} y="{number(down - look.leading * 0.24)}"'
            f' font-size="{number(look.text)}"{style}>{words}</text>'
        )
    if card.standing is not None:
        parts.append(draw_mark(card.standing, (card.width - 13, 13), colours))
    parts.append("</g>")
    return "".join(parts)


def draw_mark(standing: Standing, centre: Point, colours: Palette) -> str:
    """Return the round mark of a standing: a tick, a cross or a bar."""
    x, y = centre
    return (
        f'<circle class="mark" cx="{number(x)}" cy="{number(y)}" r="6.6"'
        f' fill="{colours.standings[standing].mark}" stroke="{colours.card}" stroke-width="1.2"/>'
        f'<path class="sign" transform="translate({number(x - 4)} {number(y - 4)})" fill="none"'
        f' stroke="{colours.card}" stroke-width="1.6" stroke-linecap="round"'
        f' stroke-linejoin="round" d="{SIGNS[standing]}"/>'
    )


def _classes(card: Card) -> Iterator[str]:
    yield "claim"
    yield f"by-{author_colour(card.seats[0])}" if card.seats else "by-nobody"
    if card.folded:
        yield "folded"
    if card.highlighted:
        yield "highlighted"
    if card.main:
        yield "main"
    if card.contested:
        yield "contested"
    if card.unsupported:
        yield "unsupported"
    if card.alarming:
        yield "alarm"
    if card.standing is not None:
        yield card.standing


def _around(card: Card, colours: Palette) -> str:
    """Return what is drawn under the box: a ring, or the edge of a card below."""
    width, height, radius = card.width, card.height, PAGE.radius
    if card.highlighted:
        return (
            f'<rect class="ring" x="-5" y="-5" width="{number(width + 10)}"'
            f' height="{number(height + 10)}" rx="{number(radius + 5)}" fill="none"'
            f' stroke="{colours.ink}" stroke-width="2.5"/>'
        )
    if card.folded:
        return (
            f'<rect class="box" x="3.5" y="3.5" width="{number(width)}" height="{number(height)}"'
            f' rx="{number(radius)}" fill="{colours.card}" stroke="{colours.border}"'
            f' stroke-width="1"/>'
        )
    return ""


def _border(card: Card) -> float:
    return 2.0 if card.alarming else 1.0


def _box(card: Card, colours: Palette) -> str:
    if card.main:
        fill, stroke = colours.main, colours.main
    elif card.alarming:
        fill, stroke = colours.alarm, colours.attacks
    else:
        fill, stroke = colours.card, colours.border
    if card.main and card.alarming:
        stroke = colours.attacks
    if card.standing is not None and not card.main:
        fill = colours.standings[card.standing].fill
    dashes = ' stroke-dasharray="5,3"' if card.unsupported else ""
    return (
        f'<rect class="box" width="{number(card.width)}" height="{number(card.height)}"'
        f' rx="{number(PAGE.radius)}" fill="{fill}" stroke="{stroke}"'
        f' stroke-width="{number(_border(card))}"{dashes}/>'
    )


def _strip(card: Card, colours: Palette) -> Iterator[str]:
    """Yield the strip at the left edge, one stretch for each author."""
    seats = list(dict.fromkeys(map(author_colour, card.seats)))
    # It covers the border, whose dashes would fray its edge.
    out = _border(card) / 2
    radius, right, height = PAGE.radius + out, PAGE.strip, card.height
    # Where the rounded corner meets the right edge of the strip.
    corner = PAGE.radius - math.sqrt(radius**2 - (PAGE.radius - right) ** 2)
    arc = f"A{number(radius)},{number(radius)} 0 0 1"
    for place, seat in enumerate(seats):
        top = number(height * place / len(seats))
        bottom = number(height * (place + 1) / len(seats))
        way = (
            f"M{-out},{number(PAGE.radius)}{arc} {number(right)},{number(corner)}"
            if place == 0
            else f"M{-out},{top}H{number(right)}"
        )
        way += (
            f"V{number(height - corner)}{arc} {-out},{number(height - PAGE.radius)}Z"
            if place == len(seats) - 1
            else f"V{bottom}H{-out}Z"
        )
        yield f'<path fill="{colours.authors[seat][0]}" d="{way}"/>'


def _author_line(card: Card, down: float, size: float, colours: Palette) -> str:
    who = " · ".join(part for part in (card.id, card.who) if part)
    seat = author_colour(card.seats[0]) if card.seats else -1
    fill = colours.main_muted if card.main else colours.authors[seat][1]
    status = ""
    if card.status:
        flag = "flag" if card.contested else "note"
        colour = colours.flag if card.contested else colours.muted
        if card.main:
            colour = colours.main_flag if card.contested else colours.main_muted
        status = f' · <tspan class="{flag}" font-weight="400" fill="{colour}">{card.status}</tspan>'
    if card.standing is not None:
        colour = colours.main_muted if card.main else colours.standings[card.standing].text
        status += f' · <tspan class="standing" fill="{colour}">{card.standing}</tspan>'
    return (
        f'<text class="who" x="15" y="{number(down)}" font-size="{number(size)}"'
        f' font-weight="600" fill="{fill}">{escape(who)}{status}</text>'
    )
