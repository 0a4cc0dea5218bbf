"""A line with a head, which follows the line's end as that is drawn on."""

from __future__ import annotations

import math
from dataclasses import dataclass

import skia

from render import brush, shape, strand
from render.item import Box, Item, Size

SIZING = ()
_WIDE = 0.42
"""Half the width of a head, as a share of its length."""
_NECK = 0.8
"""How far a filled head covers the line's end, as a share of its length."""


@dataclass(frozen=True)
class _Drawn:
    """What of an arrow is seen on a frame."""

    line: skia.Path
    heads: skia.Path
    filled: bool


def measure(item: Item, frame: int, width: float | None, height: float | None) -> Size:
    """Give the box that its points take."""
    return strand.measure(item)


def draw(canvas: skia.Canvas, item: Item, frame: int, opacity: float) -> None:
    """Paint shadows, the line up to its heads, and the heads, which take the fill if there is one."""
    drawn = _drawn(item, frame)
    if drawn is None:
        return
    for shadow in item.shadows:
        canvas.save()
        canvas.translate(shadow.x, shadow.y)
        _paint(canvas, item, frame, opacity, drawn, shadow.color, shadow.blur)
        canvas.restore()
    _paint(canvas, item, frame, opacity, drawn)


def _paint(
    canvas: skia.Canvas,
    item: Item,
    frame: int,
    opacity: float,
    drawn: _Drawn,
    color: str | None = None,
    blur: float = 0,
) -> None:
    paint = shape.pen(item, frame, shape.box_of(item), opacity, color)
    if paint is None:
        return
    if blur:
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur))
    tips = skia.Paint(paint)
    dash = shape.dashes(item, frame, drawn.line)
    if dash is not None:
        paint.setPathEffect(dash)
    canvas.drawPath(drawn.line, paint)
    if drawn.filled:
        fill = item.values.paint("fill", frame)
        if fill is not None and color is None:
            tips = brush.paint_of(fill, shape.box_of(item), opacity)
        tips.setStyle(skia.Paint.kFill_Style)
    canvas.drawPath(drawn.heads, tips)


def _drawn(item: Item, frame: int) -> _Drawn | None:
    start, end = item.number("draw_start", frame), item.number("draw_end", frame)
    measured = skia.PathMeasure(strand.path(item, frame), False)
    length = measured.getLength()
    way = (end - start) * length
    if way <= 0.01:
        return None
    which = item.values.text("heads")
    filled = item.values.text("head_shape") == "filled"
    head = min(item.number("head", frame), way)
    neck = head * _NECK if filled else 0
    line, heads = skia.Path(), skia.Path()
    first = start * length + (neck if which != "end" else 0)
    last = end * length - (neck if which != "start" else 0)
    if last > first:
        measured.getSegment(first, last, line, True)
    if which != "start" and head > 0:
        _head(heads, measured, end * length, head, filled=filled)
    if which != "end" and head > 0:
        _head(heads, measured, start * length, -head, filled=filled)
    return _Drawn(line, heads, filled)


def _head(path: skia.Path, measured: skia.PathMeasure, at: float, head: float, *, filled: bool) -> None:
    """Add a head whose tip stands at a place of the line; a negative length looks back to its start."""
    length = measured.getLength()
    tip, _ = measured.getPosTan(min(max(at, 0), length))
    base, _ = measured.getPosTan(min(max(at - head, 0), length))
    turn = math.atan2(tip.y() - base.y(), tip.x() - base.x())
    size = abs(head)
    back = (tip.x() - math.cos(turn) * size, tip.y() - math.sin(turn) * size)
    side = (-math.sin(turn) * size * _WIDE, math.cos(turn) * size * _WIDE)
    path.moveTo(back[0] + side[0], back[1] + side[1])
    path.lineTo(tip.x(), tip.y())
    path.lineTo(back[0] - side[0], back[1] - side[1])
    if filled:
        path.lineTo(tip.x() - math.cos(turn) * size * _NECK, tip.y() - math.sin(turn) * size * _NECK)
        path.close()


def folds(item: Item) -> bool:
    """Whether an opacity may go into the paint: the head overlaps the line."""
    return False


def reach(item: Item, frame: int) -> Box:
    """Bounds with heads, outline and shadows."""
    return strand.reach(item, frame, item.number("head", frame) * _WIDE)
