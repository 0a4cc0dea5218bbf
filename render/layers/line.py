"""A line through points."""

from __future__ import annotations

import skia

from render import shape, strand
from render.item import Box, Item, Size

SIZING = ()


def measure(item: Item, frame: int, width: float | None, height: float | None) -> Size:
    """Give the box that its points take."""
    return strand.measure(item)


def draw(canvas: skia.Canvas, item: Item, frame: int, opacity: float) -> None:
    """Paint the line, and what it encloses when it has a fill."""
    shape.draw_shape(
        canvas, item, frame, opacity, strand.path(item, frame), ("line", item.node.id, *item.place[2:])
    )


def folds(item: Item) -> bool:
    """Whether an opacity may go into the paint."""
    return shape.folds(item)


def reach(item: Item, frame: int) -> Box:
    """Bounds with outline and shadows."""
    return strand.reach(item, frame)
