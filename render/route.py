"""Ways that nodes follow: where a node stands, and where it looks, at each share of its way."""

from __future__ import annotations

import math
from collections.abc import Callable

import skia

from render.svgpath import parse


class Route:
    """A way given as SVG path data; raises ValueError when it cannot be read or leads nowhere."""

    def __init__(self, data: str) -> None:
        path = parse(data)
        self._measured = skia.PathMeasure(path, False)
        self.bounds = path.computeTightBounds()
        """Of all its strokes, px."""
        self.length = self._measured.getLength()
        """Of its first stroke, px."""
        if not math.isfinite(self.length) or self.length <= 0:
            raise ValueError("the way has no length")

    def at(self, share: float) -> tuple[float, float, float]:
        """Give x, y and the direction in degrees, 0 to the right, at a share of the way."""
        place, tangent = self._measured.getPosTan(min(max(share, 0.0), 1.0) * self.length)
        return place.x(), place.y(), math.degrees(math.atan2(tangent.y(), tangent.x()))


def route_of(data: str, name: str, notice: Callable[[str], None]) -> Route | None:
    """Read a way; one that cannot be read is noticed and left out."""
    try:
        return Route(data)
    except ValueError as error:
        notice(f"the way that {name!r} follows is left out: {error}")
        return None
