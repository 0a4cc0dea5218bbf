"""Numbers as bars, lines, an area or a pie."""

from __future__ import annotations

from collections.abc import Callable

import skia

from render.charts import bars, lines, pies
from render.charts.plot import Plot
from render.item import Box, Item, Size

SIZING = ()
_FORMS: dict[str, Callable[[Plot], None]] = {
    "bar": bars.draw,
    "hbar": bars.draw,
    "line": lines.draw,
    "area": lines.draw,
    "pie": pies.draw,
    "donut": pies.draw,
}


def measure(item: Item, frame: int, width: float | None, height: float | None) -> Size:
    """A chart fills the room there is."""
    return (width if width is not None else 800.0, height if height is not None else 450.0)


def draw(canvas: skia.Canvas, item: Item, frame: int, opacity: float) -> None:
    """Paint the chart; where slices or bars cut what lies under them it has a layer of its own."""
    plot = Plot(canvas, item, frame, opacity)
    cuts = plot.form in ("pie", "donut") or plot.chosen is not None
    if cuts:
        canvas.saveLayer(skia.Rect(*reach(item, frame)))
    _FORMS[plot.form](plot)
    if cuts:
        canvas.restore()


def folds(item: Item) -> bool:
    """Whether an opacity may go into the paint."""
    return False


def reach(item: Item, frame: int) -> Box:
    """Bounds of the box, with room for letters at its edges."""
    edge = item.values.number("size", 0) * 2
    return (-edge, -edge, item.place[2] + edge, item.place[3] + edge)
