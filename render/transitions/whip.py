"""The camera is torn around: both scenes rush by, smeared along the way."""

from __future__ import annotations

import skia

from render.passage import Pair, lay

SMEAR = 0.32
"""Sigma of the smear, share of the way of one frame."""
LEAST = 1.0
"""Device pixels of sigma below which nothing is smeared."""


def draw(canvas: skia.Canvas, pair: Pair) -> None:
    """Push, and blur along the push by its speed."""
    across, down = pair.step
    x, y = round(across * pair.share), round(down * pair.share)
    sigma = abs(pair.share - pair.before) * (abs(across) + abs(down)) * SMEAR
    layer = skia.Paint()
    if sigma >= LEAST:
        wide, high = (sigma, 0.0) if across else (0.0, sigma)
        layer.setImageFilter(skia.ImageFilters.Blur(wide, high, skia.TileMode.kClamp, None))
    canvas.saveLayer(pair.frame, layer)
    lay(canvas, pair.leaving, x, y)
    lay(canvas, pair.entering, x - across, y - down)
    canvas.restore()
