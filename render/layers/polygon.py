"""A regular polygon that fills its box."""

from __future__ import annotations

import skia

from render import corners, shape
from render.item import Box, Item, Size

SIZING = ()


def measure(item: Item, frame: int, width: float | None, height: float | None) -> Size:
    """A polygon has no content: 100 pixels unless said; one side given is both."""
    own = item.values.length("width", frame) or item.values.length("height", frame) or 100.0
    return (own, own)


def draw(canvas: skia.Canvas, item: Item, frame: int, opacity: float) -> None:
    """Paint shadows, fill and outline."""
    width, height = item.place[2:]
    sides, radius = round(item.number("sides", frame)), item.number("radius", frame)
    path = corners.closed(corners.regular(sides, width, height), radius)
    shape.draw_shape(canvas, item, frame, opacity, path, ("polygon", sides, width, height, radius))


def folds(item: Item) -> bool:
    """Whether an opacity may go into the paint."""
    return shape.folds(item)


def reach(item: Item, frame: int) -> Box:
    """Bounds with outline and shadows."""
    return shape.outset(item, frame, (0, 0, item.place[2], item.place[3]))
