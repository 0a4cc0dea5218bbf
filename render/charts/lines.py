"""Lines and areas, drawn on from the first entry to the last."""

from __future__ import annotations

import skia

from render import brush, color, corners
from render.charts.frame import Frame, frame_of
from render.charts.plot import Plot
from render.corners import Point

_SPACE = 1.25


def draw(plot: Plot) -> None:
    """Paint the lines of a chart, its areas under them, and each line's last number."""
    frame = frame_of(plot)
    share = plot.item.number("reveal", plot.frame)
    if share <= 0 or not plot.count:
        return
    sums = [0.0] * plot.count
    ends: list[tuple[float, int, Point, float]] = []
    for number, row in enumerate(plot.rows):
        tops: list[tuple[int, float]] = []
        for at, value in enumerate(row):
            if value is not None:
                sums[at] = sums[at] + value if plot.stacked else value
                tops.append((at, sums[at]))
        points = [(frame.along(at / max(1, plot.count - 1)), frame.value(value)) for at, value in tops]
        if not points:
            continue
        _line(plot, frame, number, points, share)
        tip = _tip(points, share, plot.item.values.number("smooth", 0))
        value = frame.axis.low + (frame.bottom - tip[1]) / (frame.bottom - frame.top) * (
            frame.axis.high - frame.axis.low
        )
        ends.append((tops[-1][1] if share >= 1 else value, number, tip, share))
    if plot.item.values.flag("values"):
        _ends(plot, ends)


def _line(plot: Plot, frame: Frame, number: int, points: list[Point], share: float) -> None:
    values = plot.item.values
    whole = corners.through(points, 0, values.number("smooth", 0))
    box = skia.Rect(frame.left, frame.top, frame.right, frame.bottom)
    own = plot.paint(number)
    drawn = _part(whole, share)
    tip = _tip(points, share, values.number("smooth", 0))
    if plot.form == "area":
        ground = frame.value(max(frame.axis.low, min(0.0, frame.axis.high)))
        under = skia.Path(drawn)
        under.lineTo(tip[0], ground)
        under.lineTo(points[0][0], ground)
        under.close()
        plot.canvas.drawPath(under, _shade(own, box, plot.opacity))
    paint = brush.paint_of(own, box, plot.opacity)
    if len(points) > 1:
        paint.setStyle(skia.Paint.kStroke_Style)
        paint.setStrokeWidth(values.number("line_width", 0))
        paint.setStrokeCap(skia.Paint.kRound_Cap)
        paint.setStrokeJoin(skia.Paint.kRound_Join)
        plot.canvas.drawPath(drawn, paint)
        paint.setStyle(skia.Paint.kFill_Style)
    radius = values.number("dots", 0)
    for at, (x, y) in enumerate(points):
        if radius > 0 and (len(points) == 1 or share >= at / (len(points) - 1) - 1e-6):
            plot.canvas.drawCircle(x, y, radius, paint)
    if (
        plot.chosen is not None
        and plot.chosen < len(points)
        and share >= plot.chosen / max(1, len(points) - 1)
    ):
        chosen = brush.paint_of(values.paint("highlight_color", plot.frame) or own, box, plot.opacity)
        x, y = points[plot.chosen]
        plot.canvas.drawCircle(x, y, max(radius * 1.6, values.number("line_width", 0) * 1.6), chosen)


def _shade(own: brush.Paint, box: skia.Rect, opacity: float) -> skia.Paint:
    """Fade an area's color out to the ground."""
    if not isinstance(own, str):
        return brush.paint_of(own, box, opacity * 0.35)
    paint = skia.Paint(AntiAlias=True, Dither=True, Alphaf=opacity)
    colors = [color.packed(own, 0.42), color.packed(own, 0.04)]
    ends = [skia.Point(0, box.top()), skia.Point(0, box.bottom())]
    paint.setShader(skia.GradientShader.MakeLinear(ends, colors))
    return paint


def _part(path: skia.Path, share: float) -> skia.Path:
    if share >= 1:
        return path
    measured = skia.PathMeasure(path, False)
    found = skia.Path()
    measured.getSegment(0, measured.getLength() * share, found, True)
    return found


def _tip(points: list[Point], share: float, smooth: float) -> Point:
    """Find where a line that is drawn on has got to."""
    if len(points) == 1 or share >= 1:
        return points[-1]
    measured = skia.PathMeasure(corners.through(points, 0, smooth), False)
    place, _ = measured.getPosTan(measured.getLength() * share)
    return (place.x(), place.y())


def _ends(plot: Plot, ends: list[tuple[float, int, Point, float]]) -> None:
    """Write each line's number, and name, behind its tip: above one another where they would touch."""
    last = float("inf")
    for value, number, (x, y), share in sorted(ends, key=lambda end: -end[2][1]):
        shown = plot.label(plot.end_text(number, value), strong=True)
        y = min(y + plot.size * 0.35, last - plot.size * _SPACE)
        last = y
        away = (plot.item.values.number("line_width", 0) + plot.size) * 0.5
        own = plot.paint(number)
        letters = own if isinstance(own, str) and len(ends) > 1 else plot.ink
        x, align = (x - away, "end") if plot.rtl else (x + away, "start")
        shown.draw(plot.canvas, x, y, letters, plot.opacity * min(1.0, share * 6), align)
