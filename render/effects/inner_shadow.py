"""Shadows that a node's own edge throws onto it: pressed into the page, or lit from one side."""

from __future__ import annotations

import skia

from domain.composition import Shadow
from render import color
from render.effect import colored, laid, shrunk, soft
from render.item import Box, Filter, Item

ORDER = 35
PROPERTIES = ("inner_shadow",)
WIDEST = 400
"""Pixels that a shadow may reach inwards besides its blur."""
_SOLID = [0.0] * 15 + [0.0, 0.0, 0.0, 8.0, 0.0]
"""Black wherever something is painted: a pane of glass has an edge as a wall has."""


def apply(item: Item, frame: int, picture: Filter) -> Filter:
    """Lay the shadows onto the picture and nowhere else, the first one at the bottom."""
    for shadow in _shadows(item):
        solid = colored(_SOLID, picture)
        wide = min(shadow.spread, WIDEST)
        lit: Filter = shrunk(wide, item.magnified, solid) if wide > 0 else solid
        if shadow.blur > 0.05:
            lit = soft(shadow.blur, item.magnified, lit)
        lit = skia.ImageFilters.Offset(shadow.x, shadow.y, lit)
        paint = skia.ColorFilters.Blend(color.packed(shadow.color), skia.BlendMode.kSrcIn)
        shade = laid(skia.BlendMode.kDstOut, skia.ImageFilters.ColorFilter(paint, solid), lit)
        picture = laid(skia.BlendMode.kSrcATop, picture, shade)
    return picture


def reach(item: Item, frame: int, box: Box) -> Box:
    """No further than the picture itself."""
    return box


def _shadows(item: Item) -> list[Shadow]:
    value = item.node.props.get("inner_shadow")
    return [each for each in value if isinstance(each, Shadow)] if isinstance(value, tuple) else []
