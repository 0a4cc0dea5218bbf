"""Light around a node: its picture, blurred wide and narrow, laid behind it."""

from __future__ import annotations

import skia

from render import color
from render.effect import colored, laid, soft
from render.item import Box, Filter, Item

ORDER = 60
PROPERTIES = ("glow",)


def apply(item: Item, frame: int, picture: Filter) -> Filter:
    """Lay a halo in the node's own colors, or in one color, behind the picture."""
    sigma, strength = item.number("glow", frame), item.number("glow_strength", frame)
    if sigma <= 0.05 or strength <= 0:
        return picture
    value = item.values.paint("glow_color", frame)
    source = picture
    if isinstance(value, str):
        paint = skia.ColorFilters.Blend(color.packed(value), skia.BlendMode.kSrcIn)
        source = skia.ImageFilters.ColorFilter(paint, picture)
    halo = soft(sigma, item.magnified, source)
    tight = soft(sigma / 3, item.magnified, source)
    light = laid(skia.BlendMode.kScreen, halo, tight)
    strong = [float(row == column) * (strength if row == 3 else 1) for row in range(4) for column in range(5)]
    return laid(skia.BlendMode.kSrcOver, colored(strong, light), picture)


def reach(item: Item, frame: int, box: Box) -> Box:
    """Three sigma all around."""
    edge = item.number("glow", frame) * 3
    return (box[0] - edge, box[1] - edge, box[2] + edge, box[3] + edge)
