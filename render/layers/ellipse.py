"""An ellipse that fills its box."""

from __future__ import annotations

import skia

from render import shape
from render.item import Box, Item, Size

SIZING = ()


def measure(item: Item, frame: int, width: float | None, height: float | None) -> Size:
    """An ellipse has no content: 100 pixels unless said; with one side given it is a circle."""
    own = item.values.length("width", frame) or item.values.length("height", frame) or 100.0
    return (own, own)


def draw(canvas: skia.Canvas, item: Item, frame: int, opacity: float) -> None:
    """Paint shadows, fill and outline; the outline begins at the top and runs clockwise."""
    path = skia.Path()
    path.addOval(shape.box_of(item), skia.PathDirection.kCW, 0)
    shape.draw_shape(canvas, item, frame, opacity, path, ("ellipse", *item.place[2:]))


def folds(item: Item) -> bool:
    """Whether an opacity may go into the paint."""
    return shape.folds(item)


def reach(item: Item, frame: int) -> Box:
    """Bounds with outline and shadows."""
    return shape.outset(item, frame, (0, 0, item.place[2], item.place[3]))
