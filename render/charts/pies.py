"""Pies and donuts, opened clockwise from the top."""

from __future__ import annotations

import math

import skia

from render import brush
from render.charts.plot import Plot
from render.text.label import Label

_ASIDE = 1.14
"""Where names stand, times the radius."""
_LEAST = 0.02
"""Slices smaller than this share of the whole have no name beside them."""


def draw(plot: Plot) -> None:
    """Paint the slices, and beside each its name and number."""
    row = plot.rows[0] if plot.rows else []
    values = [max(value or 0.0, 0.0) for value in row]
    total = sum(values)
    if total <= 0:
        return
    named = plot.item.values.flag("values") or bool(plot.labels())
    margin = _margin(plot, values) if named else (0.0, 0.0)
    radius = max(1.0, min(plot.width / 2 - margin[0], plot.height / 2 - margin[1]))
    middle = (plot.width / 2, plot.height / 2)
    hole = radius * plot.item.values.number("hole", 0) if plot.form == "donut" else 0.0
    turn = plot.item.number("reveal", plot.frame) * 360
    begin = 0.0
    for at, value in enumerate(values):
        whole = value / total * 360
        shown = min(whole, turn - begin)
        if shown > 0:
            _slice(plot, at, middle, (radius, hole), (begin, shown))
            if named and value / total >= _LEAST:
                _name(plot, at, value, middle, radius, begin + whole / 2, min(1.0, shown / whole))
        begin += whole


def _margin(plot: Plot, values: list[float]) -> tuple[float, float]:
    names = plot.labels()
    widest = max(
        (
            max(
                plot.label(plot.written(value), strong=True).width,
                plot.label(names[at]).width if at < len(names) else 0.0,
            )
            for at, value in enumerate(values)
        ),
        default=0.0,
    )
    lines = int(plot.item.values.flag("values")) + int(bool(names))
    return (min(widest + plot.size * 0.9, plot.width * 0.3), plot.size * (1.3 * lines + 0.6))


def _slice(
    plot: Plot,
    at: int,
    middle: tuple[float, float],
    radii: tuple[float, float],
    angles: tuple[float, float],
) -> None:
    """Paint one slice; neighbours are parted by a thin gap."""
    radius, hole = radii
    begin, sweep = angles
    box = skia.Rect.MakeLTRB(middle[0] - radius, middle[1] - radius, middle[0] + radius, middle[1] + radius)
    direction = -1 if plot.rtl else 1
    path = skia.Path()
    if sweep >= 359.99:
        path.addOval(box)
        if hole:
            path.addCircle(*middle, hole, skia.PathDirection.kCCW)
    else:
        start = -90 + begin * direction
        path.arcTo(box, start, sweep * direction, True)
        if hole:
            inner = box.makeInset(radius - hole, radius - hole)
            path.arcTo(inner, start + sweep * direction, -sweep * direction, False)
        else:
            path.lineTo(*middle)
        path.close()
    fill = brush.paint_of(_paint(plot, at), box, plot.opacity)
    plot.canvas.drawPath(path, fill)
    if sweep < 359.99:
        cut = skia.Paint(
            AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeWidth=max(2.0, radius / 70),
            BlendMode=skia.BlendMode.kDstOut,
        )  # fmt: skip
        plot.canvas.drawPath(path, cut)


def _paint(plot: Plot, at: int) -> brush.Paint:
    """Slices take the colors in turn, unless one stands out."""
    if plot.chosen is not None:
        return plot.paint(0, at)
    return plot.paint(at)


def _name(
    plot: Plot,
    at: int,
    value: float,
    middle: tuple[float, float],
    radius: float,
    angle: float,
    grown: float,
) -> None:
    turn = math.radians(angle * (-1 if plot.rtl else 1) - 90)
    x, y = middle[0] + math.cos(turn) * radius * _ASIDE, middle[1] + math.sin(turn) * radius * _ASIDE
    align = "center" if abs(math.cos(turn)) < 0.2 else "start" if math.cos(turn) > 0 else "end"
    opacity = plot.opacity * grown
    names = plot.labels()
    lines: list[tuple[Label, float]] = []
    if plot.item.values.flag("values"):
        lines.append((plot.label(plot.written(value), strong=True), 1.0))
    if at < len(names):
        lines.append((plot.label(names[at]), 0.72))
    # the block stands above the point at the top of the ring, below it at the bottom, beside it between
    top = y - plot.size * 1.2 * len(lines) * (1 - math.sin(turn)) / 2 + plot.size * 0.85
    for number, (shown, strength) in enumerate(lines):
        shown.draw(plot.canvas, x, top + number * plot.size * 1.2, plot.ink, opacity * strength, align)
