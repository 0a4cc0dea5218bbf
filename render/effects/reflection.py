"""A mirror image below a node's foot, ever weaker: a polished floor."""

from __future__ import annotations

import skia

from render import brush
from render.effect import laid, painted
from render.item import Box, Filter, Item

ORDER = 80
PROPERTIES = ("reflection",)
SHARE = 0.55
"""How much of the node's height is mirrored before nothing is left."""


def apply(item: Item, frame: int, picture: Filter) -> Filter:
    """Turn the picture over at the foot of its box, and fade it out downwards."""
    strength = item.number("reflection", frame)
    width, height = item.place[2], item.place[3]
    if strength <= 0 or width < 1 or height < 1:
        return picture
    over = skia.Matrix.Translate(0, 2 * height).preScale(1, -1)
    mirror = skia.ImageFilters.MatrixTransform(over, brush.LINEAR, picture)
    ends = [skia.Point(0, height), skia.Point(0, height + height * SHARE)]
    colors = [skia.ColorSetARGB(round(255 * strength * part), 255, 255, 255) for part in (1, 0.35, 0)]
    fall = skia.Paint(Shader=skia.GradientShader.MakeLinear(ends, colors, [0, 0.5, 1]))
    floor = skia.Rect.MakeLTRB(-width, height, 2 * width, height + height * SHARE)
    faded = laid(skia.BlendMode.kSrcIn, painted(floor, fall), mirror)
    return laid(skia.BlendMode.kSrcOver, faded, picture)


def reach(item: Item, frame: int, box: Box) -> Box:
    """As far below the foot as the mirror image is seen."""
    if item.number("reflection", frame) <= 0:
        return box
    return (box[0], box[1], box[2], max(box[3], item.place[3] * (1 + SHARE)))
