"""A gradient over a box, colors mixed in OKLab; upright ones are written pixel by pixel, which is quick."""

from __future__ import annotations

import math

import skia

from domain.composition import Gradient, GradientStop
from render import brush, shape
from render.fields import Field
from render.item import Box, Item, Size

SIZING = ()
MOVING = (
    "angle", "color_1", "color_2", "color_3", "middle", "center_x", "center_y", "spread", "width", "height",
)  # fmt: skip


def measure(item: Item, frame: int, width: float | None, height: float | None) -> Size:
    """A gradient fills the room there is."""
    return (width if width is not None else 100.0, height if height is not None else 100.0)


def draw(canvas: skia.Canvas, item: Item, frame: int, opacity: float) -> None:
    """Paint the gradient."""
    stops = _stops(item, frame)
    radius = item.number("radius", frame)
    scale = item.kit.scale
    if radius or not brush.upright(canvas, scale):
        _draw_shaded(canvas, item, frame, opacity, stops)
        return
    matrix = canvas.getTotalMatrix()
    left, top = matrix.getTranslateX(), matrix.getTranslateY()
    x1, y1 = math.floor(left + 0.01), math.floor(top + 0.01)
    x2, y2 = math.ceil(left + item.place[2] * scale - 0.01), math.ceil(top + item.place[3] * scale - 0.01)
    width, height = item.place[2] * scale, item.place[3] * scale
    if x2 <= x1 or y2 <= y1 or (x2 - x1) * (y2 - y1) > 40_000_000:
        return
    x, y, dx, dy = _geometry(item, frame, width, height)
    field = Field(item.values.text("shape"), stops, x2 - x1, y2 - y1, x + left - x1, y + top - y1, dx, dy)
    moving = any(name in item.values.moving for name in MOVING)
    image = item.kit.fields.image(field, keep=not moving)
    canvas.save()
    canvas.clipRect(shape.box_of(item), doAntiAlias=True)
    canvas.setMatrix(skia.Matrix.Translate(x1, y1))
    canvas.drawImage(image, 0, 0, brush.NEAREST, skia.Paint(Alphaf=opacity))
    canvas.restore()


def _stops(item: Item, frame: int) -> tuple[tuple[float, str], ...]:
    colors = [item.values.paint(f"color_{at}", frame) for at in (1, 2, 3)]
    named = [each if isinstance(each, str) else None for each in colors]
    first, second = named[0] or "#101820", named[1] or "#203040"
    if named[2]:
        middle = item.number("middle", frame)
        return ((0.0, first), (min(max(middle, 0.001), 0.999), second), (1.0, named[2]))
    return ((0.0, first), (1.0, second))


def _geometry(item: Item, frame: int, width: float, height: float) -> tuple[float, float, float, float]:
    """Give the beginning and the way of a linear gradient, or center and radius of a radial one."""
    if item.values.text("shape") == "radial":
        reach = item.number("spread", frame) * max(width, height)
        return item.number("center_x", frame) * width, item.number("center_y", frame) * height, reach, 0
    x1, y1, x2, y2 = brush.line_ends(item.number("angle", frame), width, height)
    return x1, y1, x2 - x1, y2 - y1


def _draw_shaded(
    canvas: skia.Canvas, item: Item, frame: int, opacity: float, stops: tuple[tuple[float, str], ...]
) -> None:
    box = shape.box_of(item)
    round_box = brush.rounded(box, item.number("radius", frame))
    if item.values.text("shape") == "radial":
        x, y, reach, _ = _geometry(item, frame, box.width(), box.height())
        colors, places = brush.stops_of(stops)
        paint = skia.Paint(AntiAlias=True, Alphaf=opacity)
        paint.setShader(skia.GradientShader.MakeRadial(skia.Point(x, y), max(reach, 0.01), colors, places))
    else:
        value = Gradient(
            angle=item.number("angle", frame),
            stops=tuple(GradientStop(color=text, at=at) for at, text in stops),
        )
        paint = brush.paint_of(value, box, opacity)
    canvas.drawRRect(round_box, paint)


def folds(item: Item) -> bool:
    """Whether an opacity may go into the paint."""
    return True


def reach(item: Item, frame: int) -> Box:
    """Bounds of the box."""
    return (0, 0, item.place[2], item.place[3])
