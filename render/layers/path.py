"""An outline written as SVG path data, scaled into its box; it may turn into another one."""

from __future__ import annotations

import skia

from render import shape
from render.item import Box, Item, Size
from render.morph import Morph
from render.svgpath import parse

SIZING = ()


def measure(item: Item, frame: int, width: float | None, height: float | None) -> Size:
    """Give the size of the path's own space; with one side given the other keeps its shape."""
    left, top, right, bottom = _space(item)
    wide, high = max(right - left, 0.01), max(bottom - top, 0.01)
    own = (item.values.length("width", frame), item.values.length("height", frame))
    if own[0] is not None:
        return (own[0], own[0] * high / wide)
    if own[1] is not None:
        return (own[1] * wide / high, own[1])
    return (wide, high)


def _outline(item: Item, name: str) -> skia.Path:
    found = item.memo.get(name)
    if not isinstance(found, skia.Path):
        try:
            found = parse(item.values.text(name))
        except ValueError as error:
            item.kit.notice(f"{name} of path {item.node.id!r} is left out: {error}")
            found = skia.Path()
        item.memo[name] = found
    return found


def _space(item: Item) -> Box:
    bounds = _outline(item, "d").computeTightBounds()
    wide, high = item.values.length("view_width", 0), item.values.length("view_height", 0)
    return (
        0 if wide is not None else bounds.left(),
        0 if high is not None else bounds.top(),
        wide if wide is not None else bounds.right(),
        high if high is not None else bounds.bottom(),
    )


def _fitted(item: Item, name: str) -> skia.Path:
    key = (name, item.place[2], item.place[3])
    found = item.memo.get(key)
    if not isinstance(found, skia.Path):
        left, top, right, bottom = _space(item)
        x = item.place[2] / (right - left) if right > left else 1
        y = item.place[3] / (bottom - top) if bottom > top else 1
        matrix = skia.Matrix.Scale(x, y)
        matrix.preTranslate(-left, -top)
        found = skia.Path()
        _outline(item, name).transform(matrix, found)
        if len(item.memo) > 64:
            item.memo.clear()
        item.memo[key] = found
    return found


def _shown(item: Item, frame: int) -> skia.Path:
    share = item.number("morph", frame)
    if share <= 0 or not item.values.text("morph_to"):
        return _fitted(item, "d")
    key = ("morph", item.place[2], item.place[3])
    found = item.memo.get(key)
    if not isinstance(found, Morph):
        found = Morph(_fitted(item, "d"), _fitted(item, "morph_to"))
        item.memo[key] = found
    return found.at(share)


def draw(canvas: skia.Canvas, item: Item, frame: int, opacity: float) -> None:
    """Paint shadows, fill and outline."""
    path = _shown(item, frame)
    if not path.isEmpty():
        key = (
            "path",
            item.node.id,
            item.values.text("d"),
            *item.place[2:],
            round(item.number("morph", frame), 4),
        )
        shape.draw_shape(canvas, item, frame, opacity, path, key)


def folds(item: Item) -> bool:
    """Whether an opacity may go into the paint."""
    return shape.folds(item)


def reach(item: Item, frame: int) -> Box:
    """Bounds with outline and shadows."""
    bounds = _shown(item, frame).getBounds()
    return shape.outset(item, frame, (bounds.left(), bounds.top(), bounds.right(), bounds.bottom()))
