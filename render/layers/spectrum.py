"""A sound made visible: bars, a ring, a line or its own outline."""

from __future__ import annotations

import math

import numpy as np
import skia

from render import brush, corners, shape
from render.bands import OUTLINE, STEPS, Array, Tones
from render.item import Box, Item, Size
from render.timeline import Changes

SIZING = ()
_LEAST = 0.03
"""Height of a silent bar, share of the whole."""


def changes(item: Item) -> Changes:
    """It follows its sound from its start on."""
    return Changes([(int(item.values.number("start", 0)), 10_000_000)])


def measure(item: Item, frame: int, width: float | None, height: float | None) -> Size:
    """A spectrum is as wide as its room and as high as is said."""
    return (width if width is not None else 800.0, min(height if height is not None else 200.0, 200.0))


def draw(canvas: skia.Canvas, item: Item, frame: int, opacity: float) -> None:
    """Paint the sound of this frame."""
    value = item.values.paint("fill", frame)
    if value is None or not item.place[2] or not item.place[3]:
        return
    box = shape.box_of(item)
    paint = brush.paint_of(value, box, opacity)
    form = item.values.text("form")
    second = max(0.0, (frame - item.values.number("start", 0)) / item.kit.fps + item.values.number("trim", 0))
    if form == "wave":
        _wave(canvas, item, frame, opacity, second, paint)
        return
    levels = np.clip(_levels(item, second) * item.number("gain", frame), 0, 1.5)
    if form == "ring":
        _ring(canvas, item, levels, paint)
    elif form == "line":
        _line(canvas, item, levels, paint)
    else:
        _bars(canvas, item, levels, paint, mirrored=form == "mirror")


def _levels(item: Item, second: float) -> Array:
    number = item.values.number
    asked = Tones(
        int(number("bars", 0)), number("low", 0), number("high", 0), number("attack", 0), number("release", 0)
    )
    rows = item.kit.sounds.tones(item.values.text("src"), asked)
    at = int(second * STEPS)
    return rows[at] if at < len(rows) else np.zeros(asked.bars, np.float32)


def _bars(canvas: skia.Canvas, item: Item, levels: Array, paint: skia.Paint, *, mirrored: bool) -> None:
    """Draw upright bars on the box's floor, or growing both ways from its middle."""
    width, height = item.place[2], item.place[3]
    room = width / len(levels)
    thick = room * (1 - item.values.number("gap", 0))
    radius = min(item.values.number("radius", 0), thick / 2)
    ordered = levels[::-1] if item.kit.rtl else levels
    for at, level in enumerate(ordered.tolist()):
        long = max(level, _LEAST) * height
        top = (height - long) / 2 if mirrored else height - long
        left = at * room + (room - thick) / 2
        canvas.drawRoundRect(skia.Rect.MakeXYWH(left, top, thick, long), radius, radius, paint)


def _ring(canvas: skia.Canvas, item: Item, levels: Array, paint: skia.Paint) -> None:
    """Draw bars outward around a hole: low tones at the top, both halves alike."""
    radius = min(item.place[2], item.place[3]) / 2
    hole = radius * item.values.number("hole", 0)
    both = np.concatenate([levels, levels[::-1]])
    room = 2 * math.pi * hole / len(both)
    paint.setStyle(skia.Paint.kStroke_Style)
    paint.setStrokeWidth(max(1.0, room * (1 - item.values.number("gap", 0))))
    paint.setStrokeCap(skia.Paint.kRound_Cap if item.values.number("radius", 0) else skia.Paint.kButt_Cap)
    x, y = item.place[2] / 2, item.place[3] / 2
    for at, level in enumerate(both.tolist()):
        turn = 2 * math.pi * (at + 0.5) / len(both) - math.pi / 2
        far = hole + max(level, _LEAST) * (radius - hole)
        across, down = math.cos(turn), math.sin(turn)
        canvas.drawLine(x + across * hole, y + down * hole, x + across * far, y + down * far, paint)


def _line(canvas: skia.Canvas, item: Item, levels: Array, paint: skia.Paint) -> None:
    width, height = item.place[2], item.place[3]
    ordered = levels[::-1] if item.kit.rtl else levels
    step = width / (len(levels) - 1)
    points = [(at * step, height * (1 - level)) for at, level in enumerate(ordered.tolist())]
    paint.setStyle(skia.Paint.kStroke_Style)
    paint.setStrokeWidth(item.values.number("line_width", 0))
    paint.setStrokeJoin(skia.Paint.kRound_Join)
    paint.setStrokeCap(skia.Paint.kRound_Cap)
    canvas.drawPath(corners.through(points, 0, 1), paint)


def _wave(
    canvas: skia.Canvas, item: Item, frame: int, opacity: float, second: float, paint: skia.Paint
) -> None:
    """Draw the sound's outline in bars; what is over takes a paint of its own."""
    outline = item.kit.sounds.outline(item.values.text("src"))
    window = item.values.length("window", 0)
    whole = len(outline) / OUTLINE
    first, length = (0.0, whole) if window is None else (second - window / 2, window)
    count = int(item.values.number("bars", 0))
    edges = (first + np.arange(count + 1) * length / count) * OUTLINE
    levels = np.zeros(count, np.float32)
    for at in range(count):
        start, end = max(0, int(edges[at])), max(0, int(edges[at + 1]) + 1)
        if start < len(outline) and end > start:
            levels[at] = outline[start:end].max()
    levels = np.clip(levels * item.number("gain", frame), 0, 1)
    _bars(canvas, item, levels, paint, mirrored=True)
    played = item.values.paint("played_fill", frame)
    if played is not None:
        share = min(max((second - first) / length, 0.0), 1.0) if length > 0 else 0.0
        width = item.place[2] * share
        left = item.place[2] - width if item.kit.rtl else 0.0
        canvas.save()
        canvas.clipRect(skia.Rect.MakeXYWH(left, 0, width, item.place[3]))
        _bars(canvas, item, levels, brush.paint_of(played, shape.box_of(item), opacity), mirrored=True)
        canvas.restore()


def folds(item: Item) -> bool:
    """Whether an opacity may go into the paint."""
    return not item.values.said & {"played_fill"}


def reach(item: Item, frame: int) -> Box:
    """Bounds, with room for bars that reach beyond."""
    width, height = item.place[2], item.place[3]
    edge = max(width, height) * 0.5 * max(0.2, item.number("gain", frame) - 0.5)
    return (-edge, -edge, width + edge, height + edge)
