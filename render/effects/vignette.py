"""A vignette: the corners of a node's box sink into a color."""

from __future__ import annotations

import math

import skia

from render import color
from render.effect import laid, painted
from render.item import Box, Filter, Item

ORDER = 30
PROPERTIES = ("vignette",)
STEPS = 12
"""Stops along the fall, which follows the square of a sine: no edge to be seen where it begins or ends."""


def apply(item: Item, frame: int, picture: Filter) -> Filter:
    """Darken what is painted, ever more from the clear part to the corners."""
    strength = item.number("vignette", frame)
    value = item.values.paint("vignette_color", frame)
    width, height = item.place[2], item.place[3]
    if strength <= 0 or not isinstance(value, str) or width < 1 or height < 1:
        return picture
    clear = min(item.number("vignette_size", frame), 0.98)
    shares = [step / STEPS for step in range(STEPS + 1)]
    colors = [color.packed(value, strength * math.sin(share * math.pi / 2) ** 2) for share in shares]
    places = [clear + (1 - clear) * share for share in shares]
    shader = skia.GradientShader.MakeRadial(
        skia.Point(0, 0), math.sqrt(2), [colors[0], *colors], [0.0, *places]
    )
    middle = skia.Matrix.Translate(width / 2, height / 2).preScale(width / 2, height / 2)
    paint = skia.Paint(Shader=shader.makeWithLocalMatrix(middle), Dither=True)
    box = skia.Rect.MakeWH(width, height).makeOutset(2, 2)
    return laid(skia.BlendMode.kSrcATop, picture, painted(box, paint))


def reach(item: Item, frame: int, box: Box) -> Box:
    """Nothing beyond the picture."""
    return box
