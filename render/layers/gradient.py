"""A gradient over a box, colors mixed in OKLab."""

from __future__ import annotations

import skia

from render import brush, shape
from render.fields import Ramp
from render.item import Box, Item, Size

SIZING = ()


def measure(item: Item, frame: int, width: float | None, height: float | None) -> Size:
    """A gradient fills the room there is."""
    return (width if width is not None else 100.0, height if height is not None else 100.0)


def draw(canvas: skia.Canvas, item: Item, frame: int, opacity: float) -> None:
    """Paint the gradient."""
    box = shape.box_of(item)
    path = skia.Path.RRect(brush.rounded(box, item.number("radius", frame)))
    ramp = _ramp(item, frame, box.width(), box.height())
    if not item.kit.fields.cover(canvas, ramp, path, opacity):
        paint = brush.ramp_paint(ramp)
        paint.setAlphaf(opacity)
        canvas.drawPath(path, paint)


def _stops(item: Item, frame: int) -> tuple[tuple[float, str], ...]:
    colors = [item.values.paint(f"color_{at}", frame) for at in (1, 2, 3)]
    named = [each if isinstance(each, str) else None for each in colors]
    first, second = named[0] or "#101820", named[1] or "#203040"
    if named[2]:
        middle = item.number("middle", frame)
        return ((0.0, first), (min(max(middle, 0.001), 0.999), second), (1.0, named[2]))
    return ((0.0, first), (1.0, second))


def _ramp(item: Item, frame: int, width: float, height: float) -> Ramp:
    """Give how the colors run over the box."""
    stops = _stops(item, frame)
    if item.values.text("shape") == "radial":
        middle = (item.number("center_x", frame) * width, item.number("center_y", frame) * height)
        return Ramp("radial", stops, *middle, item.number("spread", frame) * max(width, height))
    x1, y1, x2, y2 = brush.line_ends(item.number("angle", frame), width, height)
    return Ramp("linear", stops, x1, y1, x2 - x1, y2 - y1)


def folds(item: Item) -> bool:
    """Whether an opacity may go into the paint."""
    return True


def reach(item: Item, frame: int) -> Box:
    """Bounds of the box."""
    return (0, 0, item.place[2], item.place[3])
