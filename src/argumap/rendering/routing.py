"""The way of a tie where there is a plain one: out of the near side of one card, into the other.

Graphviz aims every line at the middle of its target, so that many of them meet at one corner. Here
each gets a place of its own along the side that faces the reasons, in their order, so no two cross.
A tie whose plain way would run over a card or a dot keeps the way that Graphviz found for it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from argumap.rendering.layout import Curve

if TYPE_CHECKING:
    from argumap.rendering.layout import Frame, Layout, Point
    from argumap.rendering.scene import Scene
    from argumap.rendering.ties import Tie

__all__ = ["route"]

# Length of an arrow's head, and the most room that one place along a side needs.
_HEAD = 8.0
_SPACING = {"BT": 30.0, "RL": 14.0}
_CELL = 120.0


def route(scene: Scene, layout: Layout) -> Layout:
    """Return a layout in which ties that can be plain are. Linear in ties and cards nearby."""
    turned = scene.direction == "BT"
    boxes = {card.name: _box(layout.centres[card.name], *card.outer) for card in scene.cards}
    boxes.update({dot.name: _box(layout.centres[dot.name], 10, 10) for dot in scene.dots})
    # Everything below is for a root at the left; with the root on top the axes change places.
    if turned:
        boxes = {
            name: (top, left, bottom, right) for name, (left, top, right, bottom) in boxes.items()
        }
    grid = _Grid(boxes)
    cards = {card.name for card in scene.cards}
    arriving: dict[str, list[Tie]] = defaultdict(list)
    for tie in scene.ties:
        # Lines may meet in a dot; and a tie that runs against the direction needs its own way.
        if tie.head in cards and boxes[tie.tail][0] > boxes[tie.head][2]:
            arriving[tie.head].append(tie)
    curves = dict(layout.curves)
    for head, ties in arriving.items():
        ties.sort(key=lambda tie: _middle(boxes[tie.tail]))
        side = boxes[head][3] - boxes[head][1] - 16
        spacing = min(_SPACING[scene.direction], side / max(len(ties) - 1, 1))
        first = _middle(boxes[head]) - spacing * (len(ties) - 1) / 2
        for number, tie in enumerate(ties):
            place = first + spacing * number
            start = boxes[tie.tail][0], _middle(boxes[tie.tail])
            points = _plain(start, (boxes[head][2] + _HEAD, place))
            if not grid.is_crossed(points, {tie.tail, head}):
                tip = boxes[head][2], place
                curve = Curve(points, tip, tie.tail, spacing)
                curves[tie.name] = _turned(curve) if turned else curve
    return replace(layout, curves=curves)


def _box(centre: Point, width: float, height: float) -> Frame:
    x, y = centre
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _middle(box: Frame) -> float:
    return (box[1] + box[3]) / 2


def _plain(start: Point, end: Point) -> tuple[Point, ...]:
    """Return a curve that leaves and arrives straight."""
    bend = (start[0] - end[0]) * 0.45
    return start, (start[0] - bend, start[1]), (end[0] + bend, end[1]), end


def _turned(curve: Curve) -> Curve:
    points = tuple((y, x) for x, y in curve.points)
    tip = None if curve.tip is None else (curve.tip[1], curve.tip[0])
    return replace(curve, points=points, tip=tip)


class _Grid:
    """Boxes by the squares of the plane that they lie in, so that few must be looked at."""

    def __init__(self, boxes: dict[str, Frame]) -> None:
        self._boxes = boxes
        self._cells: dict[tuple[int, int], list[str]] = defaultdict(list)
        for name, (left, top, right, bottom) in boxes.items():
            for column in range(int(left // _CELL), int(right // _CELL) + 1):
                for row in range(int(top // _CELL), int(bottom // _CELL) + 1):
                    self._cells[column, row].append(name)

    def is_crossed(self, points: tuple[Point, ...], own: set[str]) -> bool:
        """Whether a curve runs over a box other than its own two, or close by."""
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = points
        # Near enough that no card slips between two of the places that are looked at.
        steps = 8 + int((abs(ax - dx) + abs(ay - dy)) / 40)
        for step in range(1, steps):
            t = step / steps
            u = 1 - t
            x = u * u * u * ax + 3 * u * t * (u * bx + t * cx) + t * t * t * dx
            y = u * u * u * ay + 3 * u * t * (u * by + t * cy) + t * t * t * dy
            for name in self._cells.get((int(x // _CELL), int(y // _CELL)), ()):
                left, top, right, bottom = self._boxes[name]
                if left - 3 < x < right + 3 and top - 3 < y < bottom + 3 and name not in own:
                    return True
        return False
