"""Bars, standing or lying, side by side or on one another."""

from __future__ import annotations

import skia

from render import brush
from render.charts.frame import Frame, frame_of
from render.charts.plot import Plot


def draw(plot: Plot) -> None:
    """Paint the bars of a chart."""
    frame = frame_of(plot, lying=plot.form == "hbar")
    count = max(1, plot.count)
    room = ((frame.bottom - frame.top) if frame.lying else (frame.right - frame.left)) / count
    thick = room * (1 - plot.item.values.number("gap", 0))
    rows = 1 if plot.stacked else max(1, len(plot.rows))
    for at in range(plot.count):
        middle = frame.along((at + 0.5) / count)
        grown = plot.grown(at, plot.count)
        above = below = 0.0
        for number, row in enumerate(plot.rows):
            value = row[at] if at < len(row) else None
            if value is None:
                continue
            own = thick / rows
            order = rows - 1 - number if plot.rtl and not frame.lying else number
            center = middle - thick / 2 + own * (0.5 if plot.stacked else order + 0.5)
            base = (above if value >= 0 else below) if plot.stacked else 0.0
            if plot.stacked:
                above, below = (above + value, below) if value >= 0 else (above, below + value)
            width = own if rows == 1 else own * 0.92
            free = not plot.stacked or number == len(plot.rows) - 1
            _bar(plot, frame, (center, width), (base, base + value), grown, plot.paint(number, at), free)
            if plot.item.values.flag("values") and free:
                _number(plot, frame, center, base + value, grown, at, own)


def _bar(
    plot: Plot,
    frame: Frame,
    across: tuple[float, float],
    span: tuple[float, float],
    grown: float,
    paint: brush.Paint,
    free: bool,
) -> None:
    """Paint one bar; its free end is round."""
    center, width = across
    low = max(frame.axis.low, min(span[0], frame.axis.high))
    begin = frame.value(low)
    end = begin + (frame.value(min(max(span[1], frame.axis.low), frame.axis.high)) - begin) * grown
    if abs(end - begin) < 0.05:
        return
    radius = min(plot.item.values.number("radius", 0) if free else 0, width / 2, abs(end - begin))
    if frame.lying:
        box = skia.Rect(min(begin, end), center - width / 2, max(begin, end), center + width / 2)
        ends = (0, 1, 1, 0) if end > begin else (1, 0, 0, 1)
    else:
        box = skia.Rect(center - width / 2, min(begin, end), center + width / 2, max(begin, end))
        ends = (1, 1, 0, 0) if end < begin else (0, 0, 1, 1)
    shape = skia.RRect()
    shape.setRectRadii(box, [skia.Point(radius * each, radius * each) for each in ends])
    whole = skia.Rect(frame.left, frame.top, frame.right, frame.bottom)
    if plot.chosen is not None:  # what steps back is translucent, but no line of the grid runs through it
        plot.canvas.drawRRect(shape, skia.Paint(AntiAlias=True, BlendMode=skia.BlendMode.kDstOut))
    plot.canvas.drawRRect(shape, brush.paint_of(paint, whole, plot.opacity))


def _number(
    plot: Plot, frame: Frame, center: float, value: float, grown: float, at: int, room: float
) -> None:
    """Write a bar's number at its end; it counts while the bar grows."""
    if grown <= 0:
        return
    shown = plot.label(plot.written(value * grown), strong=True)
    opacity = plot.opacity * min(1.0, grown * 4)
    if plot.chosen is not None and plot.chosen != at:
        opacity *= 0.72
    zero = frame.value(max(frame.axis.low, min(0.0, frame.axis.high)))
    place = zero + (frame.value(value) - zero) * grown
    away = plot.size * 0.4
    if frame.lying:
        right = (value >= 0) != plot.rtl
        x, align = (place + away, "start") if right else (place - away, "end")
        shown.draw(plot.canvas, x, center + plot.size * 0.35, plot.ink, opacity, align)
    elif shown.width <= max(room * 1.5, plot.size * 1.2) or plot.chosen == at:
        y = place - away if value >= 0 else place + away + plot.size * 0.7
        shown.draw(plot.canvas, center, y, plot.ink, opacity, "center")
