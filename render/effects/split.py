"""Red and blue moved apart: the fringe of a cheap lens or a broken signal."""

from __future__ import annotations

import skia

from render.effect import colored, laid
from render.item import Box, Filter, Item

ORDER = 50
PROPERTIES = ("split",)
_NONE = (0.0, 0.0, 0.0, 0.0, 0.0)
_ALPHA = (0.0, 0.0, 0.0, 1.0, 0.0)
_ONLY = {
    -1: (1.0, 0.0, 0.0, 0.0, 0.0, *_NONE, *_NONE, *_ALPHA),
    0: (*_NONE, 0.0, 1.0, 0.0, 0.0, 0.0, *_NONE, *_ALPHA),
    1: (*_NONE, *_NONE, 0.0, 0.0, 1.0, 0.0, 0.0, *_ALPHA),
}
"""The mixing that leaves one channel, by the side to which it moves: red, green, blue."""


def apply(item: Item, frame: int, picture: Filter) -> Filter:
    """Add the three channels up again, red to one side and blue to the other."""
    far = item.number("split", frame)
    if abs(far) < 0.05:
        return picture
    red, green, blue = (
        skia.ImageFilters.Offset(side * far, 0, colored(_ONLY[side], picture)) for side in (-1, 0, 1)
    )
    return laid(skia.BlendMode.kScreen, laid(skia.BlendMode.kScreen, red, green), blue)


def reach(item: Item, frame: int, box: Box) -> Box:
    """As far to both sides as the channels move."""
    far = abs(item.number("split", frame))
    return (box[0] - far, box[1], box[2] + far, box[3])
