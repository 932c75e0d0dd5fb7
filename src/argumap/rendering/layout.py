"""Where things stand: what Graphviz answers, turned to a plane whose y grows downwards."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from argumap.errors import RenderError

if TYPE_CHECKING:
    from argumap.rendering.scene import Scene

__all__ = ["Curve", "Frame", "Layout", "Point", "read_layout"]

Point = tuple[float, float]
# Left, top, right and bottom.
Frame = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Curve:
    """The way of a tie: a Bézier spline (a start and threes of points), and where its head ends.

    Attributes:
        tail: Name of the card or dot where the tie begins.
        room: How wide its head may be, so that it does not touch the next.
    """

    points: tuple[Point, ...]
    tip: Point | None
    tail: str
    room: float = 14.0


@dataclass(frozen=True)
class Layout:
    """Places in points from the upper left corner.

    Attributes:
        centres: Middle of each card and dot, by name.
        curves: Way of each tie, by name.
        frames: Frame of each group, by name.
        caption: How far down the claims that stand alone begin, or None where there are none.
    """

    width: float
    height: float
    centres: dict[str, Point]
    curves: dict[str, Curve]
    frames: dict[str, Frame] = field(default_factory=dict)
    caption: float | None = None


def read_layout(answer: bytes, scene: Scene) -> Layout:
    """Read what Graphviz answers to `layout_dot` in its format ``json0``.

    Raises:
        RenderError: It is not what such an answer should be.
    """
    try:
        found: dict[str, Any] = json.loads(answer)
        _, _, width, height = map(float, found["bb"].split(","))
        nodes = [each for each in found.get("objects", ()) if "pos" in each]
        centres = {each["name"]: _point(each["pos"], height) for each in nodes}
        names = {each["_gvid"]: each["name"] for each in nodes}
        curves = {
            each["id"]: _curve(each["pos"], height, names[each["tail"]])
            for each in found.get("edges", ())
        }
        frames = {
            each["name"]: _frame(each["bb"], height)
            for each in found.get("objects", ())
            if "bb" in each
        }
    except (ValueError, KeyError, TypeError) as fault:
        raise RenderError(f"Graphviz gave an answer that cannot be read: {fault!r}") from fault
    wanted = {name for tie in scene.ties for name in (tie.tail, tie.head)} - centres.keys()
    wanted |= {group.name for group in scene.groups} - frames.keys()
    wanted |= {tie.name for tie in scene.ties} - curves.keys()
    if wanted:
        raise RenderError(f"Graphviz gave no place for {', '.join(sorted(wanted)[:5])}")
    return Layout(width, height, centres, curves, frames)


def _point(text: str, height: float) -> Point:
    x, y = text.split(",")
    return float(x), height - float(y)


def _frame(text: str, height: float) -> Frame:
    left, bottom, right, top = map(float, text.split(","))
    return left, height - top, right, height - bottom


def _curve(text: str, height: float, tail: str) -> Curve:
    tip = None
    points = []
    # Of several splines (concentrated edges, which we never ask for) the first is the whole.
    for part in text.partition(";")[0].split():
        if part.startswith("e,"):
            tip = _point(part[2:], height)
        elif not part.startswith("s,"):
            points.append(_point(part, height))
    return Curve(tuple(points), tip, tail)
