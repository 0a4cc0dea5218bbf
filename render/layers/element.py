"""One element of a drawing, by its id: it stands where the drawing has it, and moves on its own."""

from __future__ import annotations

import skia

from render import drawing
from render.item import Box, Item, Size

SIZING = ()


def measure(item: Item, frame: int, width: float | None, height: float | None) -> Size:
    """The drawing gives it its place; by itself it is nothing."""
    return (0.0, 0.0)


def draw(canvas: skia.Canvas, item: Item, frame: int, opacity: float) -> None:
    """Paint the element; without a drawing there is none."""
    whole = drawing.drawing(item.parent, frame) if item.parent and item.parent.kind == "svg" else None
    if item.parent is None or whole is None:
        return
    piece = next((each for each in whole.pieces if each.name == item.values.text("of")), None)
    if piece is None:
        return
    left, top, factor = drawing.fit(item.parent, whole.size)
    share = min(item.number("draw_end", frame), item.parent.number("draw_end", frame))
    canvas.save()
    canvas.translate(left - item.place[0], top - item.place[1])
    canvas.scale(factor, factor)
    canvas.drawPicture(drawing.picture(item.parent, piece, whole.size, share))
    canvas.restore()


def folds(item: Item) -> bool:
    """Whether an opacity may go into the paint."""
    return False


def reach(item: Item, frame: int) -> Box:
    """Bounds of the element, with room for the thin lines that draw it on."""
    edge = max(item.place[2], item.place[3]) * 0.1 + 4
    return (-edge, -edge, item.place[2] + edge, item.place[3] + edge)
