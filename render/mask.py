"""A group whose first child cuts the others: by its opacity, by its light, or by what it leaves out."""

from __future__ import annotations

from collections.abc import Callable

import skia

from render.item import Item

Draw = Callable[[Item], None]
"""Paints one child onto the canvas."""


def masks(item: Item) -> bool:
    """Tell whether an item's first child is a mask."""
    return item.values.fixed.get("mask", "none") != "none" and bool(item.children)


def paint(canvas: skia.Canvas, item: Item, bounds: skia.Rect, draw: Draw) -> None:
    """Paint the children after the first, cut by the first."""
    asked = item.values.text("mask")
    layer = skia.Paint(BlendMode=skia.BlendMode.kDstOut if asked.endswith("out") else skia.BlendMode.kDstIn)
    if asked.startswith("luma"):
        layer.setColorFilter(skia.LumaColorFilter.Make())
    canvas.saveLayer(bounds, None)
    for child in item.children[1:]:
        draw(child)
    canvas.saveLayer(bounds, layer)
    draw(item.children[0])
    canvas.restore()
    canvas.restore()
