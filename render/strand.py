"""What lines and arrows share: their points, their path and how far they reach."""

from __future__ import annotations

from typing import cast

import skia

from render import corners, shape
from render.corners import Point
from render.item import Box, Item, Size


def points(item: Item) -> list[Point]:
    """Give the points that a line runs through, in its own box."""
    return list(cast("tuple[Point, ...]", item.values.fixed["points"]))


def measure(item: Item) -> Size:
    """Give the box from the line's own corner to its farthest point."""
    found = points(item)
    return (max((x for x, _ in found), default=0.0), max((y for _, y in found), default=0.0))


def path(item: Item, frame: int) -> skia.Path:
    """Give the whole line, stretched into its box if that has another size."""
    key = ("strand", item.place[2:], item.number("radius", frame), item.number("smooth", frame))
    found = item.memo.get(key)
    if not isinstance(found, skia.Path):
        wide, high = measure(item)
        across = item.place[2] / wide if wide > 0 else 1
        down = item.place[3] / high if high > 0 else 1
        placed = [(x * across, y * down) for x, y in points(item)]
        found = corners.through(placed, key[2], key[3])
        if len(item.memo) > 64:
            item.memo.clear()
        item.memo[key] = found
    return found


def reach(item: Item, frame: int, edge: float = 0) -> Box:
    """Bounds with outline and shadows."""
    bounds = path(item, frame).getBounds()
    edge += item.number("stroke_width", frame)
    box = (bounds.left() - edge, bounds.top() - edge, bounds.right() + edge, bounds.bottom() + edge)
    return shape.outset(item, frame, box)
