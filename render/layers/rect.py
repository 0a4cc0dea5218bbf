"""A box with round corners."""

from __future__ import annotations

import skia

from render import brush, shape
from render.item import Box, Item, Size

SIZING = ()


def measure(item: Item, frame: int, width: float | None, height: float | None) -> Size:
    """A box has no content: 100 pixels unless said."""
    return (100.0, 100.0)


def draw(canvas: skia.Canvas, item: Item, frame: int, opacity: float) -> None:
    """Paint shadows, fill and outline."""
    radius = item.number("radius", frame)
    box = shape.box_of(item)
    round_box = brush.rounded(box, radius)
    if shape.bare(item):
        value = item.values.paint("fill", frame)
        if value is None or brush.fill_small(canvas, value, box, opacity, round_box):
            return
    path = skia.Path()
    path.addRRect(round_box, skia.PathDirection.kCW, 0)
    inside = shape.hidden_by(box, radius) if item.shadows else None
    shape.draw_shape(canvas, item, frame, opacity, path, ("rect", *item.place[2:], radius), inside)


def folds(item: Item) -> bool:
    """Whether an opacity may go into the paint."""
    return shape.folds(item)


def reach(item: Item, frame: int) -> Box:
    """Bounds with outline and shadows."""
    return shape.outset(item, frame, (0, 0, item.place[2], item.place[3]))
