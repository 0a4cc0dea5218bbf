"""What pictures and clips share: their size, and how they lie in their box."""

from __future__ import annotations

import skia

from render import brush
from render.item import Item, Size


def measured(item: Item, frame: int, natural: Size, width: float | None, height: float | None) -> Size:
    """Give a picture's own size, no larger than the room; with one side given the other keeps its shape."""
    own = (item.values.length("width", frame), item.values.length("height", frame))
    if own[0] is not None:
        return (own[0], own[0] * natural[1] / natural[0])
    if own[1] is not None:
        return (own[1] * natural[0] / natural[1], own[1])
    factor = min(1.0, (width or natural[0]) / natural[0], (height or natural[1]) / natural[1])
    return (natural[0] * factor, natural[1] * factor)


def target(item: Item, frame: int, width: int, height: int, box: skia.Rect) -> skia.Rect:
    """Find where the whole picture lies, so that its focus stays in view."""
    fit = item.values.text("fit")
    across, down = box.width() / width, box.height() / height
    if fit == "cover":
        across = down = max(across, down)
    elif fit == "contain":
        across = down = min(across, down)
    zoom = item.number("zoom", frame)
    wide, high = width * across * zoom, height * down * zoom
    x, y = item.number("focus_x", frame), item.number("focus_y", frame)
    left = _slide(box.width(), wide, x)
    top = _slide(box.height(), high, y)
    return skia.Rect.MakeXYWH(left, top, wide, high)


def _slide(room: float, size: float, focus: float) -> float:
    """Bring the focus to the middle as far as the picture's edges stay outside the box."""
    if size <= room:
        return (room - size) / 2
    return min(0.0, max(room - size, room / 2 - focus * size))


def missing(canvas: skia.Canvas, box: skia.Rect, round_box: skia.RRect, opacity: float) -> None:
    """Paint a neutral box in the place of a picture that cannot be shown."""
    canvas.drawRRect(round_box, brush.paint_of("#8A8F98", box, opacity))
    line = brush.paint_of("#5C616B", box, opacity)
    line.setStyle(skia.Paint.kStroke_Style)
    line.setStrokeWidth(max(2.0, min(box.width(), box.height()) * 0.012))
    canvas.save()
    canvas.clipRRect(round_box, doAntiAlias=True)
    canvas.drawLine(box.left(), box.top(), box.right(), box.bottom(), line)
    canvas.drawLine(box.left(), box.bottom(), box.right(), box.top(), line)
    canvas.restore()
