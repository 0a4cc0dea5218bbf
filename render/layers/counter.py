"""A number that changes: figures of equal width in a box as wide as its widest value."""

from __future__ import annotations

import skia

from render import shape
from render.item import Box, Item, Size
from render.text import build
from render.text.paint import Writer

SIZING = ("size", "letter_spacing", "weight")


def measure(item: Item, frame: int, width: float | None, height: float | None) -> Size:
    """Give the size of the widest value that it comes to rest on, so that nothing beside it moves."""
    motions = item.values.moving.get("value", [])
    ends = {
        float(key.value) for motion in motions for key in motion.keys if isinstance(key.value, int | float)
    }
    if not motions:
        ends = {item.number("value", frame)}
    blocks = [build.block(item, frame, (None, None), build.written(item, value)) for value in sorted(ends)]
    widest = max(blocks, key=lambda block: block.width)
    item.baseline = widest.lines[0].baseline if widest.lines else None
    return (widest.width, widest.height)


def draw(canvas: skia.Canvas, item: Item, frame: int, opacity: float) -> None:
    """Paint the number of this frame."""
    block = build.block(item, frame, item.room, build.written(item, item.number("value", frame)))
    Writer(canvas, item, frame, block, build.lines(item, frame, block)).paint(opacity)


def folds(item: Item) -> bool:
    """Whether an opacity may go into the paint."""
    return not item.values.fixed.get("outline") and not item.shadows


def reach(item: Item, frame: int) -> Box:
    """Bounds of the box, with room for overhanging letters."""
    edge = item.number("size", frame) + item.number("outline_width", frame)
    width, height = item.place[2], item.place[3]
    return shape.outset(item, frame, (-edge, -edge / 2, width + edge, height + edge / 2))
