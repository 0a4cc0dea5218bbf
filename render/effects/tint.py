"""Tint and duotone: one color for what is light, one for what is dark."""

from __future__ import annotations

import numpy as np

from render import color
from render.effect import colored
from render.item import Box, Filter, Item

ORDER = 20
PROPERTIES = ("tint",)
LUMA = np.array([0.2126, 0.7152, 0.0722])
"""BT.709."""


def apply(item: Item, frame: int, picture: Filter) -> Filter:
    """Lay the picture's light along the line from the dark color to the light one."""
    light = item.values.paint("tint", frame)
    dark = item.values.paint("shade", frame)
    amount = item.number("tint_amount", frame)
    if not isinstance(light, str) or not isinstance(dark, str) or amount <= 0:
        return picture
    bright, deep = np.array(color.read(light)[:3]), np.array(color.read(dark)[:3])
    matrix = np.eye(5)[:4]
    matrix[:3, :3] = (1 - amount) * np.eye(3) + amount * np.outer(bright - deep, LUMA)
    matrix[:3, 4] = amount * deep
    return colored(matrix.ravel().tolist(), picture)


def reach(item: Item, frame: int, box: Box) -> Box:
    """Nothing beyond the picture."""
    return box
