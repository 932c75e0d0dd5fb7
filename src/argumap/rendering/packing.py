"""The parts of a picture that hang together, side by side; and the claims that stand alone."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from argumap.rendering.layout import Curve, Layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from argumap.rendering.layout import Point
    from argumap.rendering.scene import Card, Scene

__all__ = ["arrange", "page_size"]

# Width to height of a page on its side, and of most screens.
_SHAPE = 1.5
_GAP = 34.0
_CAPTION = 26.0


def page_size(width: float, height: float) -> tuple[float, float]:
    """Return how large a page on its side must be to hold a picture: its height, then the area.

    The smaller the page, the larger is the picture where it is shown whole.
    """
    return max(width / _SHAPE, height), width * height


def arrange(scene: Scene, layout: Layout) -> Layout:
    """Return a layout with its parts put together again to the shape of a page.

    The part with the main claim comes first, the others by size. Claims in no relation, which the
    layout need not know, stand in rows below. Near-linear.
    """
    parts = _parts(scene, layout)
    alone = [card for card in scene.cards if card.name not in layout.centres]
    if not parts and not alone:
        return layout
    tried = [_pack(parts, alone, width) for width in _widths(parts, alone)]
    packed = min(tried, key=lambda packed: page_size(packed.width, packed.height))
    layout = _in_order(scene, layout, parts)
    shifts: dict[str, Point] = {}
    for part, (x, y) in zip(parts, packed.corners, strict=True):
        shifts.update(dict.fromkeys(part.names, (x - part.left, y - part.top)))
    moved = {name: _moved(centre, shifts[name]) for name, centre in layout.centres.items()}
    curves = {
        name: Curve(
            tuple(_moved(point, shifts[curve.tail]) for point in curve.points),
            None if curve.tip is None else _moved(curve.tip, shifts[curve.tail]),
            curve.tail,
        )
        for name, curve in layout.curves.items()
    }
    frames = {}
    for group in scene.groups:
        left, top, right, bottom = layout.frames[group.name]
        dx, dy = shifts[group.members[0]]
        frames[group.name] = (left + dx, top + dy, right + dx, bottom + dy)
    centres = {**moved, **packed.alone}
    return Layout(packed.width, packed.height, centres, curves, frames, packed.caption)


@dataclass
class _Part:
    """Cards and dots that hang together, and the rectangle that they take."""

    names: list[str]
    left: float = math.inf
    top: float = math.inf
    right: float = -math.inf
    bottom: float = -math.inf

    def take(self, left: float, top: float, right: float, bottom: float) -> None:
        self.left, self.top = min(self.left, left), min(self.top, top)
        self.right, self.bottom = max(self.right, right), max(self.bottom, bottom)

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass
class _Packed:
    """A way to put the parts: the upper left corner of each, and the centres of those alone."""

    corners: list[Point]
    alone: dict[str, Point]
    width: float
    height: float
    caption: float | None


def _parts(scene: Scene, layout: Layout) -> list[_Part]:
    """Return the connected parts, that of the main claim first, then the larger first."""
    roots = _roots(scene)
    parts: dict[str, _Part] = {}
    main = None
    for card in scene.cards:
        if card.name in layout.centres:
            part = parts.setdefault(roots[card.name], _Part([]))
            part.names.append(card.name)
            _take(part, layout.centres[card.name], *card.outer)
            if card.main:
                main = roots[card.name]
    for dot in scene.dots:
        part = parts[roots[dot.name]]
        part.names.append(dot.name)
        _take(part, layout.centres[dot.name], 10, 10)
    for tie in scene.ties:
        xs, ys = zip(*layout.curves[tie.name].points, strict=True)
        parts[roots[tie.tail]].take(min(xs), min(ys), max(xs), max(ys))
    for group in scene.groups:
        parts[roots[group.members[0]]].take(*layout.frames[group.name])
    order = sorted(parts, key=lambda root: (root != main, -len(parts[root].names)))
    return [parts[root] for root in order]


def _in_order(scene: Scene, layout: Layout, parts: Sequence[_Part]) -> Layout:
    """Return a layout in which reasons for one claim stand in the order of the map, as a whole.

    To Graphviz a part and its mirror image are one as good as the other; to a reader they are not.
    """
    if scene.groups:
        return layout
    across = 0 if scene.direction == "BT" else 1
    order = {card.name: number for number, card in enumerate(scene.cards)}
    reasons: dict[str, list[str]] = {}
    for tie in scene.ties:
        if tie.tail in order:
            reasons.setdefault(tie.head, []).append(tie.tail)
    centres, curves = dict(layout.centres), dict(layout.curves)
    ties: dict[str, list[str]] = {}
    for tie in scene.ties:
        ties.setdefault(tie.tail, []).append(tie.name)
    for part in parts:
        rises = 0
        for name in part.names:
            places = [
                centres[one][across] for one in sorted(reasons.get(name, ()), key=order.__getitem__)
            ]
            rises += sum(1 if a < b else -1 for a, b in pairwise(places))
        if rises >= 0:
            continue
        total = part.left + part.right if across == 0 else part.top + part.bottom
        for name in part.names:
            centres[name] = _mirrored(centres[name], across, total)
            for tie_name in ties.get(name, ()):
                curve = curves[tie_name]
                curves[tie_name] = Curve(
                    tuple(_mirrored(point, across, total) for point in curve.points),
                    None if curve.tip is None else _mirrored(curve.tip, across, total),
                    curve.tail,
                )
    return replace(layout, centres=centres, curves=curves)


def _mirrored(point: Point, across: int, total: float) -> Point:
    return (total - point[0], point[1]) if across == 0 else (point[0], total - point[1])


def _take(part: _Part, centre: Point, width: float, height: float) -> None:
    x, y = centre
    part.take(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def _roots(scene: Scene) -> dict[str, str]:
    """Return for each card and dot the one that stands for all that it hangs together with."""
    leader = {card.name: card.name for card in scene.cards}
    leader.update({dot.name: dot.name for dot in scene.dots})

    def root(name: str) -> str:
        while leader[name] != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    for tie in scene.ties:
        leader[root(tie.tail)] = root(tie.head)
    # Frames lie where they lie, whether there are ties between them or not.
    framed = [name for group in scene.groups for name in group.members]
    for name in framed[1:]:
        leader[root(name)] = root(framed[0])
    return {name: root(name) for name in leader}


def _widths(parts: Sequence[_Part], alone: Sequence[Card]) -> Iterable[float]:
    """Return some widths to try, from the least that there can be to that of a broad page."""
    least = max([part.width for part in parts] + [card.width for card in alone])
    area = sum((p.width + _GAP) * (p.height + _GAP) for p in parts)
    area += sum((card.width + _GAP) * (card.height + _GAP) for card in alone)
    steps = 12 if len(parts) + len(alone) < 2000 else 4
    broad = max(least, 2.2 * math.sqrt(area * _SHAPE))
    return [least * (broad / least) ** (step / steps) for step in range(steps + 1)]


def _pack(parts: Sequence[_Part], alone: Sequence[Card], width: float) -> _Packed:
    """Put each part as high up as it goes, and there as far left."""
    skyline = [(0.0, 0.0)]  # the left end of each stretch, and how far down it is taken
    corners = []
    right = bottom = 0.0
    for part in parts:
        x, y = _highest(skyline, part.width, width)
        corners.append((x, y))
        skyline = _covered(skyline, x, x + part.width + _GAP, y + part.height + _GAP)
        right, bottom = max(right, x + part.width), max(bottom, y + part.height)
    caption = None
    places: dict[str, Point] = {}
    if alone:
        if parts and not all(card.folded for card in alone):
            caption = bottom + _GAP + 12
            bottom += _GAP + _CAPTION
        elif parts:
            bottom += _GAP
        x, row = 0.0, 0.0
        for card in alone:
            if x and x + card.width > width:
                x, bottom, row = 0.0, bottom + row + 16, 0.0
            places[card.name] = (x + card.width / 2, bottom + card.height / 2)
            right, row = max(right, x + card.width), max(row, card.height)
            x += card.width + 20
        bottom += row
    return _Packed(corners, places, right, bottom, caption)


def _highest(skyline: Sequence[Point], needed: float, width: float) -> Point:
    best = (0.0, math.inf)
    for place, (x, _) in enumerate(skyline):
        if x and x + needed > width:
            break
        y = 0.0
        for left, depth in skyline[place:]:
            if left >= x + needed:
                break
            y = max(y, depth)
        if y < best[1]:
            best = x, y
    return best


def _covered(skyline: Sequence[Point], left: float, right: float, depth: float) -> list[Point]:
    """Return the skyline after a part was put at `left` to `right`, down to `depth`."""
    after = [(x, y) for x, y in skyline if x < left]
    after.append((left, depth))
    behind = next((y for x, y in reversed(skyline) if x <= right), 0.0)
    after.append((right, behind))
    after += [(x, y) for x, y in skyline if x > right]
    return after


def _moved(point: Point, shift: Point) -> Point:
    return point[0] + shift[0], point[1] + shift[1]
