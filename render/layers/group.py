"""A group: its own box; what it holds is laid out and painted after it."""

from __future__ import annotations

import skia

from render import box
from render.item import Box, Item, Size

SIZING = ()


def measure(item: Item, frame: int, width: float | None, height: float | None) -> Size:
    """Containers are measured by what they hold."""
    return (0.0, 0.0)


def draw(canvas: skia.Canvas, item: Item, frame: int, opacity: float) -> None:
    """Paint the box."""
    box.draw(canvas, item, frame, opacity)


def folds(item: Item) -> bool:
    """Whether an opacity may go into the paint."""
    return box.folds(item)


def reach(item: Item, frame: int) -> Box:
    """Bounds of the box with its outline and shadows."""
    return box.reach(item, frame)
