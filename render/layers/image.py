"""A picture of the project, fitted into its box."""

from __future__ import annotations

import skia

from render import brush, picturing, shape
from render.item import Box, Item, Size

SIZING = ()


def measure(item: Item, frame: int, width: float | None, height: float | None) -> Size:
    """Give the picture's own size, no larger than the room; with one side given the other keeps its shape."""
    image = item.kit.images.get(item.values.text("src"))
    natural = (float(image.width()), float(image.height())) if image else (320.0, 180.0)
    return picturing.measured(item, frame, natural, width, height)


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
        picturing.missing(canvas, box, round_box, opacity)
        return
    canvas.save()
    whole = picturing.target(item, frame, image.width(), image.height(), box)
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


def folds(item: Item) -> bool:
    """Whether an opacity may go into the paint."""
    image = item.kit.images.get(item.values.text("src"))
    return image is not None and not item.shadows


def reach(item: Item, frame: int) -> Box:
    """Bounds with shadows."""
    return shape.outset(item, frame, (0, 0, item.place[2], item.place[3]))
