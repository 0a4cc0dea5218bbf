"""A band of light that crosses whatever a node shows."""

from __future__ import annotations

import math

import skia

from render import color
from render.effect import laid, painted
from render.item import Box, Filter, Item

ORDER = 40
PROPERTIES = ("sheen",)
SLANT = math.radians(20)
"""The band leans like light through a window."""


def apply(item: Item, frame: int, picture: Filter) -> Filter:
    """Lay the band over what is painted, and on nothing else."""
    at, wide = item.number("sheen", frame), item.number("sheen_width", frame)
    value = item.values.paint("sheen_color", frame)
    width, height = item.place[2], item.place[3]
    if not isinstance(value, str) or width < 1 or height < 1:
        return picture
    lean = height / 2 * math.tan(SLANT)
    half = wide * width / 2
    middle = at * width
    if middle + half + lean <= 0 or middle - half - lean >= width:
        return picture
    across = skia.Point(math.cos(SLANT) * half, math.sin(SLANT) * half)
    center = skia.Point(middle, height / 2)
    none, full = color.packed(value, 0), color.packed(value)
    soft = color.packed(value, 0.5)
    shader = skia.GradientShader.MakeLinear(
        [center - across, center + across], [none, soft, full, soft, none], [0, 0.3, 0.5, 0.7, 1]
    )
    box = skia.Rect.MakeWH(width, height).makeOutset(height, height)
    return laid(skia.BlendMode.kSrcATop, picture, painted(box, skia.Paint(Shader=shader)))


def reach(item: Item, frame: int, box: Box) -> Box:
    """Nothing beyond the picture."""
    return box
