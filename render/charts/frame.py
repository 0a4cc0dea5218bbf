"""The room of a chart with an axis: margins, grid, numbers, names and the legend above."""

from __future__ import annotations

from dataclasses import dataclass

import skia

from render import brush
from render.charts.plot import Plot
from render.charts.scale import Scale
from render.text.label import Label

_LINE = 1.5
"""Height of a line of letters, times their size."""


@dataclass(frozen=True)
class Frame:
    """Where the numbers are drawn, and by which axis."""

    left: float
    top: float
    right: float
    bottom: float
    axis: Scale
    lying: bool
    rtl: bool

    def along(self, share: float) -> float:
        """Give the place of a share of the entries' way: across for standing charts, down for lying ones."""
        if self.lying:
            return self.top + share * (self.bottom - self.top)
        return (
            self.right - share * (self.right - self.left)
            if self.rtl
            else self.left + share * (self.right - self.left)
        )

    def value(self, number: float) -> float:
        """Give the place of a number on the axis."""
        share = self.axis.share(number)
        if not self.lying:
            return self.bottom - share * (self.bottom - self.top)
        return (
            self.right - share * (self.right - self.left)
            if self.rtl
            else self.left + share * (self.right - self.left)
        )


def frame_of(plot: Plot, *, lying: bool = False) -> Frame:
    """Find the room that letters leave, and draw grid, axis and legend."""
    axis, size = plot.scale(), plot.size
    shown, names = plot.item.values.flag("axis"), plot.labels()
    numbers = [plot.label(plot.tick(tick, axis)) for tick in axis.ticks] if shown else []
    side = max((each.width for each in numbers), default=0.0)
    wide = max((plot.label(name).width for name in names[: plot.count]), default=0.0)
    top = _legend(plot)
    bottom = size * _LINE if (names if not lying else shown) else size * 0.2
    start = (wide + size * 0.7 if names else 0.0) if lying else (side + size * 0.6 if shown else 0.0)
    end = side / 2 if lying and shown else 0.0
    if plot.item.values.flag("values"):
        top += 0 if lying else size * (0.5 if plot.pointed else _LINE)
        end = max(end, _widest(plot) + size * 0.6) if lying or plot.pointed else end
    left, right = (end, plot.width - start) if plot.rtl else (start, plot.width - end)
    found = Frame(left, top, max(right, left + 1), max(plot.height - bottom, top + 1), axis, lying, plot.rtl)
    _rules(plot, found, numbers)
    _names(plot, found, names)
    return found


def _widest(plot: Plot) -> float:
    """Give the width of the longest text at the end of a bar or a line."""
    texts = (
        plot.end_text(number, value)
        for number, row in enumerate(plot.rows)
        for value in row
        if value is not None
    )
    return max((plot.label(text, strong=True).width for text in texts), default=0.0)


def _rules(plot: Plot, frame: Frame, numbers: list[Label]) -> None:
    """Draw the axis's numbers, the grid and the line that bars stand on."""
    paint = brush.paint_of(plot.rule, skia.Rect(0, 0, 1, 1), plot.opacity)
    paint.setStyle(skia.Paint.kStroke_Style)
    paint.setStrokeWidth(max(1.5, plot.size / 20))
    zero = max(frame.axis.low, min(0.0, frame.axis.high))
    for tick in {*(frame.axis.ticks if plot.item.values.flag("grid") else ()), zero}:
        at = frame.value(tick)
        if frame.lying:
            plot.canvas.drawLine(at, frame.top, at, frame.bottom, paint)
        else:
            plot.canvas.drawLine(frame.left, at, frame.right, at, paint)
    for tick, number in zip(frame.axis.ticks, numbers, strict=False):
        at = frame.value(tick)
        if frame.lying:
            number.draw(
                plot.canvas, at, frame.bottom + plot.size * 1.2, plot.ink, plot.opacity * 0.72, "center"
            )
        else:
            x, align = (
                (frame.right + plot.size * 0.6, "start")
                if plot.rtl
                else (frame.left - plot.size * 0.6, "end")
            )
            number.draw(plot.canvas, x, at + plot.size * 0.35, plot.ink, plot.opacity * 0.72, align)


def _names(plot: Plot, frame: Frame, names: tuple[str, ...]) -> None:
    """Write what the entries are of; so many that they would touch are thinned out."""
    if not names or not plot.count:
        return
    step = (frame.bottom - frame.top if frame.lying else frame.right - frame.left) / plot.count
    needed = (
        plot.size * 1.25 if frame.lying else max(plot.label(name).width for name in names) + plot.size * 0.4
    )
    every = max(1, -(-needed // max(step, 0.01)))
    pointed = plot.pointed
    for at, name in enumerate(names[: plot.count]):
        if at % every:
            continue
        share = at / max(1, plot.count - 1) if pointed else (at + 0.5) / plot.count
        strong = plot.chosen == at
        shown = plot.label(name, strong=strong)
        opacity = plot.opacity * (1 if strong else 0.72)
        place = frame.along(share)
        if frame.lying:
            x, align = (
                (frame.right + plot.size * 0.7, "start")
                if plot.rtl
                else (frame.left - plot.size * 0.7, "end")
            )
            shown.draw(plot.canvas, x, place + plot.size * 0.35, plot.ink, opacity, align)
        else:
            half = shown.width / 2
            if pointed:
                place = min(max(place, half), plot.width - half)
            shown.draw(plot.canvas, place, frame.bottom + plot.size * 1.3, plot.ink, opacity, "center")


def _legend(plot: Plot) -> float:
    """Write the names of several rows above, each behind its color; gives the height that takes."""
    given = plot.series()
    if not plot.item.values.flag("names") or len(given) < 2 or not any(row.name for row in given):
        return 0.0
    if plot.pointed and plot.item.values.flag("values"):
        return 0.0  # each line bears its name at its end
    pen, mark = 0.0, plot.size * 0.62
    for at, row in enumerate(given):
        shown = plot.label(row.name)
        left = plot.width - pen - mark if plot.rtl else pen
        box = skia.Rect.MakeXYWH(left, plot.size * 0.35, mark, mark)
        paint = brush.paint_of(plot.paint(at), box, plot.opacity)
        plot.canvas.drawRoundRect(box, mark / 4, mark / 4, paint)
        x = left - plot.size * 0.3 if plot.rtl else left + mark + plot.size * 0.3
        shown.draw(plot.canvas, x, plot.size, plot.ink, plot.opacity * 0.86, "end" if plot.rtl else "start")
        pen += mark + shown.width + plot.size * 1.2
    return plot.size * 1.7
