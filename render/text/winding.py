"""Text on a way: every letter stands on it, turned as it goes."""

from __future__ import annotations

from collections.abc import Sequence

import skia

from render.item import Item
from render.route import Route, route_of
from render.text.block import Block, Line
from render.text.parts import Part

_PLACES = {"left": 0.0, "center": 0.5, "right": 1.0}


def way_of(item: Item) -> Route | None:
    """Give the way that a text goes, if it goes one that can be read."""
    if "way" not in item.memo:
        data = item.values.text("way") if item.kind == "text" else ""
        item.memo["way"] = route_of(data, item.node.id, item.kit.notice) if data else None
    way = item.memo["way"]
    return way if isinstance(way, Route) else None


class Winding:
    """A laid-out text on its way, on one frame."""

    def __init__(self, item: Item, frame: int, way: Route, block: Block, lines: Sequence[Line]) -> None:
        self._way, self._lines = way, lines
        wide = max((line.row.width for line in lines), default=0) * block.factor
        self._left = min((line.left for line in lines), default=0)
        self._baseline = lines[0].baseline if lines else 0
        share = _PLACES[_side(item, lines)]
        at = item.values.length("way_at", frame)
        self._begin = (share if at is None else at) * way.length - share * wide

    def stance(self, part: Part) -> skia.Matrix | None:
        """Tell how a part is moved from its place in a straight line; nothing when it is off the way."""
        middle = (part.box[0] + part.box[2]) / 2
        along = self._begin + middle - self._left
        if not 0 <= along <= self._way.length:
            return None
        x, y, turn = self._way.at(along / self._way.length)
        bounds = self._way.bounds
        matrix = skia.Matrix.Translate(x - bounds.left(), y - bounds.top())
        matrix.preRotate(turn)
        matrix.preTranslate(-middle, -self._baseline)
        return matrix


def _side(item: Item, lines: Sequence[Line]) -> str:
    """The end of the way at which a text begins, by its alignment and direction."""
    align = item.values.text("align")
    if align in _PLACES:
        return align
    rtl = bool(lines) and lines[0].row.rtl
    return "right" if (align == "end") != rtl else "left"
