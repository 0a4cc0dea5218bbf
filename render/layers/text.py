"""A text: shaped, wrapped, fitted, and painted whole or part by part."""

from __future__ import annotations

import skia

from render import shape
from render.item import Box, Item, Size
from render.text import build
from render.text.paint import Writer
from render.text.winding import way_of

SIZING = ("size", "letter_spacing", "weight")


def measure(item: Item, frame: int, width: float | None, height: float | None) -> Size:
    """Give the text's size within a room; on a way, the size of the way."""
    way = way_of(item)
    if way is not None:
        return (way.bounds.width(), way.bounds.height())
    block = build.block(item, frame, (width, height))
    item.baseline = block.lines[0].baseline if block.lines else None
    wide = width if width is not None and item.values.text("fit") == "fill" else block.width
    return (wide, block.height)


def draw(canvas: skia.Canvas, item: Item, frame: int, opacity: float) -> None:
    """Paint the text."""
    block = build.block(item, frame, item.room)
    Writer(canvas, item, frame, block, build.lines(item, frame, block)).paint(opacity)


def folds(item: Item) -> bool:
    """Whether an opacity may go into the paint: not where outline or shadow lie under the letters."""
    values = item.values
    return not values.fixed.get("outline") and not item.shadows and not _underlined(item)


def _underlined(item: Item) -> bool:
    ruled = any(name in item.values.moving or item.values.fixed[name] for name in ("underline", "strike"))
    return ruled or any(span.mark is not None for span in item.spans())


def reach(item: Item, frame: int) -> Box:
    """Bounds of the ink, with room for outline, shadows and moving parts."""
    block = build.block(item, frame, item.room)
    writer_lines = build.lines(item, frame, block)
    way = way_of(item)
    if way is not None:
        edge = max((line.bottom - line.top for line in writer_lines), default=0) * (len(writer_lines) + 0.5)
        return shape.outset(
            item, frame, (-edge, -edge, way.bounds.width() + edge, way.bounds.height() + edge)
        )
    left, top, right, bottom = Writer(
        skia.Canvas(skia.Bitmap()), item, frame, block, writer_lines
    ).block_ink()
    edge = item.number("outline_width", frame) + 2
    if any(span.mark is not None for span in item.spans()) or item.number("strike", frame):
        sizes = [(line.baseline, line.row.size * block.factor) for line in writer_lines]
        wide = max((size * 0.12 for _, size in sizes), default=0)
        left, right = left - wide, right + wide
        top = min([top, *(baseline - size * 0.9 for baseline, size in sizes)])
        bottom = max([bottom, *(baseline + size * 0.3 for baseline, size in sizes)])
    if item.number("underline", frame):
        bottom = max([bottom, *(line.baseline + line.row.size * block.factor * 0.3 for line in writer_lines)])
    if any(track.unit for track in item.node.tracks):
        edge += max(bottom - top, 200.0)
    return shape.outset(item, frame, (left - edge, top - edge, right + edge, bottom + edge))
