"""A picture of the project, fitted into its box."""

from __future__ import annotations

import skia

from render import brush, shape
from render.item import Box, Item, Size

SIZING = ()


def measure(item: Item, frame: int, width: float | None, height: float | None) -> Size:
    """Give the picture's own size, no larger than the room; with one side given the other keeps its shape."""
    image = item.kit.images.get(item.values.text("src"))
    natural = (float(image.width()), float(image.height())) if image else (320.0, 180.0)
    own = (item.values.length("width", frame), item.values.length("height", frame))
    if own[0] is not None:
        return (own[0], own[0] * natural[1] / natural[0])
    if own[1] is not None:
        return (own[1] * natural[0] / natural[1], own[1])
    factor = min(1.0, (width or natural[0]) / natural[0], (height or natural[1]) / natural[1])
    return (natural[0] * factor, natural[1] * factor)


def draw(canvas: skia.Canvas, item: Item, frame: int, opacity: float) -> None:
    """Paint shadows and the picture; a neutral box stands in for one that cannot be shown."""
    box = shape.box_of(item)
    radius = item.number("radius", frame)
    round_box = brush.rounded(box, radius)
    key = ("box", box.width(), box.height(), radius)
    source = item.values.text("src")
    image = item.kit.images.get(source)
    if image is None or image.isOpaque() or radius:
        shape.draw_shadows(canvas, item, opacity, key, skia.Path.RRect(round_box), clear=False)
    if image is None:
        _missing(canvas, box, round_box, opacity)
        return
    canvas.save()
    whole = _target(item, frame, image.width(), image.height(), box)
    scale = abs(canvas.getTotalMatrix().getScaleX()) or item.kit.scale
    found = item.kit.images.nearest(source, whole.width() * scale / image.width())
    shown = found[0] if found else image
    if radius:
        canvas.clipRRect(round_box, doAntiAlias=True)
    elif not box.contains(whole):
        canvas.clipRect(box, doAntiAlias=True)
    sampling = brush.LINEAR
    if whole.width() * scale > shown.width() * 1.5:
        sampling = skia.SamplingOptions(skia.CubicResampler.Mitchell())
    canvas.drawImageRect(shown, whole, sampling, skia.Paint(AntiAlias=True, Alphaf=opacity))
    canvas.restore()


def _target(item: Item, frame: int, width: int, height: int, box: skia.Rect) -> skia.Rect:
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


def _missing(canvas: skia.Canvas, box: skia.Rect, round_box: skia.RRect, opacity: float) -> None:
    canvas.drawRRect(round_box, brush.paint_of("#8A8F98", box, opacity))
    line = brush.paint_of("#5C616B", box, opacity)
    line.setStyle(skia.Paint.kStroke_Style)
    line.setStrokeWidth(max(2.0, min(box.width(), box.height()) * 0.012))
    canvas.save()
    canvas.clipRRect(round_box, doAntiAlias=True)
    canvas.drawLine(box.left(), box.top(), box.right(), box.bottom(), line)
    canvas.drawLine(box.left(), box.bottom(), box.right(), box.top(), line)
    canvas.restore()


def folds(item: Item) -> bool:
    """Whether an opacity may go into the paint."""
    image = item.kit.images.get(item.values.text("src"))
    return image is not None and not item.shadows


def reach(item: Item, frame: int) -> Box:
    """Bounds with shadows."""
    return shape.outset(item, frame, (0, 0, item.place[2], item.place[3]))
