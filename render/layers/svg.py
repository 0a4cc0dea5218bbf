"""An SVG drawing, of a file or written in place; whatever it refers to outside itself is left out."""

from __future__ import annotations

import skia

from render import brush, drawing, painter, shape
from render.item import Box, Item, Size

SIZING = ()


def measure(item: Item, frame: int, width: float | None, height: float | None) -> Size:
    """Give the drawing's own size; with one side given the other keeps its shape."""
    found = drawing.drawing(item, frame)
    natural = found.size if found else (100.0, 100.0)
    own = (item.values.length("width", frame), item.values.length("height", frame))
    if own[0] is not None:
        return (own[0], own[0] * natural[1] / natural[0])
    if own[1] is not None:
        return (own[1] * natural[0] / natural[1], own[1])
    factor = min(1.0, (width or natural[0]) / natural[0], (height or natural[1]) / natural[1])
    return (natural[0] * factor, natural[1] * factor)


def places(item: Item, frame: int) -> list[tuple[Item, Box]]:
    """Give each element the place that it has in the drawing."""
    found = drawing.drawing(item, frame)
    bounds = {piece.name: piece.bounds for piece in found.pieces} if found else {}
    left, top, factor = drawing.fit(item, found.size) if found else (0.0, 0.0, 1.0)
    placed: list[tuple[Item, Box]] = []
    for child in item.children:
        box = bounds.get(child.values.text("of"), (0, 0, 0, 0))
        size = ((box[2] - box[0]) * factor, (box[3] - box[1]) * factor)
        placed.append((child, (left + box[0] * factor, top + box[1] * factor, *size)))
    return placed


def draw(canvas: skia.Canvas, item: Item, frame: int, opacity: float) -> None:
    """Paint the drawing into its box, its elements on their own; a neutral box where there is none."""
    found = drawing.drawing(item, frame)
    if found is None:
        box = shape.box_of(item)
        canvas.drawRRect(brush.rounded(box, 4), brush.paint_of("#8A8F98", box, opacity))
        return
    left, top, factor = drawing.fit(item, found.size)
    share = item.number("draw_end", frame)
    elements = {child.values.text("of"): child for child in item.children}
    for piece in found.pieces:
        if piece.name:
            painter.paint(canvas, elements[piece.name], frame, opacity)
            continue
        canvas.save()
        canvas.translate(left, top)
        canvas.scale(factor, factor)
        canvas.clipRect(skia.Rect(0, 0, *found.size), doAntiAlias=True)
        canvas.drawPicture(drawing.picture(item, piece, found.size, share))
        canvas.restore()


def folds(item: Item) -> bool:
    """Whether an opacity may go into the paint."""
    return False


def reach(item: Item, frame: int) -> Box:
    """Bounds of the box."""
    return (0, 0, item.place[2], item.place[3])
