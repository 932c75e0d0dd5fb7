"""The key to a picture: each sign that is in it, drawn, and what it means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from argumap.rendering._markup import number
from argumap.rendering.card import draw_mark
from argumap.rendering.labels import needed, shorten
from argumap.rendering.style import SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from argumap.rendering.scene import Scene
    from argumap.rendering.style import Palette

__all__ = ["Entry", "draw_legend", "legend_entries"]

_ROW = 24.0
_SIGN = 32.0
_SIZE = 10.5
_STRIP = "M-.5,5A5.5,5.5 0 0 1 5,-.5V16.5A5.5,5.5 0 0 1 -.5,11Z"
# How many authors have a colour of their own.
_NAMED = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """A sign and what it means.

    Attributes:
        author: For the sign of an author, which colour it has.
    """

    sign: str
    meaning: str
    author: int | None = None

    @property
    def width(self) -> float:
        """How much room it takes in a row, in points."""
        return _SIGN + 8 + needed(self.meaning, _SIZE) - 6


def legend_entries(scene: Scene) -> tuple[list[Entry], list[Entry]]:
    """Return an entry for each sign that the picture holds, and for each author."""
    kinds = {tie.kind for tie in scene.ties}
    plain = [card for card in scene.cards if not card.main and not card.folded]
    signs = (
        Entry("supports", "supports"),
        Entry("linked", "reasons taken together"),
        Entry("rebuts", "rebuts"),
        Entry("undercuts", "undercuts the step"),
        Entry("plain", "has support"),
        Entry("bare", "unsupported"),
        Entry("alarm", "contested, unsupported"),
        *(Entry(standing, standing) for standing in SIGNS),
        Entry("ring", "highlighted"),
        Entry("folded", "claims not drawn"),
    )
    there: dict[str, bool] = {
        **dict.fromkeys(kinds, True),
        "linked": any(dot.linked for dot in scene.dots),
        "plain": any(not card.unsupported for card in plain),
        "bare": any(card.unsupported and not card.alarming for card in plain),
        "alarm": any(card.alarming for card in plain),
        **{each.standing: True for each in scene.cards if each.standing is not None},
        "ring": any(card.highlighted for card in scene.cards),
        "folded": any(card.folded for card in scene.cards),
    }
    speaking = sorted({seat for card in scene.cards for seat in card.seats})
    authors = [
        Entry("author", shorten(scene.authors[seat], 150, _SIZE), seat)
        for seat in speaking
        if seat < _NAMED
    ]
    others = len(speaking) - len(authors)
    if others:
        words = "1 other person" if others == 1 else f"{others:,} other people"
        authors.append(Entry("author", words, _NAMED))
    return [entry for entry in signs if there.get(entry.sign)], authors


def draw_legend(
    signs: list[Entry], authors: list[Entry], width: float, y: float, colours: Palette
) -> tuple[str, float]:
    """Return the legend in as many rows as it needs, and where it ends."""
    parts = []
    x = 0.0
    whole = sum(entry.width for entry in (*signs, *authors)) <= width
    for entry in (*signs, *authors):
        begins_authors = bool(authors) and entry is authors[0]
        if x and (x + entry.width > width or (begins_authors and not whole)):
            x, y = 0.0, y + _ROW
        parts.append(
            f'<g transform="translate({number(x)} {number(y)})">{"".join(_sign(entry, colours))}'
            f'<text class="quiet" x="40" y="12" font-size="{_SIZE}" fill="{colours.muted}">'
            f"{escape(entry.meaning)}</text></g>"
        )
        x += entry.width
    key = f'<g class="legend" aria-hidden="true">{"".join(parts)}</g>' if parts else ""
    return key, y + (16 if parts else 0)


def _sign(entry: Entry, colours: Palette) -> Iterator[str]:
    blue, orange = colours.supports, colours.attacks
    arrow = f'<path class="head" fill="{blue}" d="M24,4.6L32,8L24,11.4Z"/>'
    match entry.sign:
        case "supports":
            yield f'<g class="pro">{_line("M0,8H24", blue)}{arrow}</g>'
        case "linked":
            yield f'<g class="pro">{_line("M0,2L12,8L0,14M12,8H24", blue)}'
            yield f'<circle class="head" cx="12" cy="8" r="4" fill="{blue}"/>{arrow}</g>'
        case "rebuts":
            yield f'<g class="con">{_line("M0,8H29", orange, dashed=True)}'
            yield f'<path class="head" fill="{orange}" d="M29,2.2H32V13.8H29Z"/></g>'
        case "undercuts":
            yield f'<g class="con">{_line("M0,8H18", orange, dashed=True)}'
            yield f'<path class="head" fill="{orange}" d="M18,2.2H21V13.8H18Z"/></g>'
            yield f'<g class="pro"><circle class="head" cx="27" cy="8" r="4.7" fill="{blue}"/></g>'
        case "alarm":
            yield f'<g class="alarm">{_box(colours.alarm, orange, 2, dashed=True)}</g>'
        case "author":
            yield _box(colours.card, colours.border, 1)
            strip = colours.authors[entry.author or 0][0]
            yield f'<path fill="{strip}" d="{_STRIP}"/>'
        case "accepted" | "rejected" | "undecided" as standing:
            fill = colours.standings[standing].fill
            yield f'<g class="{standing}">{_box(fill, colours.border, 1)}'
            yield f"{draw_mark(standing, (_SIGN / 2, 8), colours)}</g>"
        case "ring":
            yield (
                f'<rect class="ring" width="{number(_SIGN)}" height="16" rx="7" fill="none"'
                f' stroke="{colours.ink}" stroke-width="2.5"/>'
            )
        case "folded":
            yield f'<g transform="translate(3 3)">{_box(colours.card, colours.border, 1)}</g>'
            yield _box(colours.card, colours.border, 1)
        case sign:
            yield _box(colours.card, colours.border, 1, dashed=sign == "bare")


def _line(way: str, colour: str, *, dashed: bool = False) -> str:
    look = ' stroke-width="2.2" stroke-dasharray="5,2.5"' if dashed else ' stroke-width="1.6"'
    return f'<path fill="none" stroke="{colour}"{look} d="{way}"/>'


def _box(fill: str, stroke: str, width: float, *, dashed: bool = False) -> str:
    dashes = ' stroke-dasharray="5,3"' if dashed else ""
    return (
        f'<rect class="box" width="{number(_SIGN)}" height="16" rx="5" fill="{fill}"'
        f' stroke="{stroke}" stroke-width="{number(width)}"{dashes}/>'
    )
