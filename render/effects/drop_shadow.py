"""Shadows of all that a node shows together, whatever its outline."""

from __future__ import annotations

import skia

from domain.composition import Shadow
from render import color
from render.effect import laid, soft, spread
from render.item import Box, Filter, Item

ORDER = 70
PROPERTIES = ("drop_shadow",)
WIDEST = 400
"""Pixels that a shadow may spread."""


def apply(item: Item, frame: int, picture: Filter) -> Filter:
    """Lay the shadows behind the picture, the first one at the back."""
    under: Filter = None
    for shadow in _shadows(item):
        wide = min(shadow.spread, WIDEST)
        source = spread(wide, item.magnified, picture) if wide > 0 else picture
        paint = skia.ColorFilters.Blend(color.packed(shadow.color), skia.BlendMode.kSrcIn)
        shade: Filter = skia.ImageFilters.ColorFilter(paint, source)
        if shadow.blur > 0.05:
            shade = soft(shadow.blur, item.magnified, shade)
        shade = skia.ImageFilters.Offset(shadow.x, shadow.y, shade)
        under = shade if under is None else laid(skia.BlendMode.kSrcOver, under, shade)
    return picture if under is None else laid(skia.BlendMode.kSrcOver, under, picture)


def reach(item: Item, frame: int, box: Box) -> Box:
    """As far as the softest edge of the farthest shadow."""
    left, top, right, bottom = box
    for shadow in _shadows(item):
        far = shadow.blur * 3 + min(max(shadow.spread, 0), WIDEST) + 1
        left, top = min(left, box[0] + shadow.x - far), min(top, box[1] + shadow.y - far)
        right, bottom = max(right, box[2] + shadow.x + far), max(bottom, box[3] + shadow.y + far)
    return (left, top, right, bottom)


def _shadows(item: Item) -> list[Shadow]:
    value = item.node.props.get("drop_shadow")
    return [each for each in value if isinstance(each, Shadow)] if isinstance(value, tuple) else []
