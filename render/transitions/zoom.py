"""Through the old scene into the new one, which comes to rest."""

from __future__ import annotations

import skia

from render import brush
from render.passage import Pair

GROWS = 1.3
"""How much larger the old scene becomes."""
SETTLES = 0.45
"""How much too large the new scene comes in."""
TRAIL = 6
"""Prints of a picture along its growth on one frame: a soft trail towards the edges."""
LENGTH = 1.6
"""Length of the trail, frames."""


def draw(canvas: skia.Canvas, pair: Pair) -> None:
    """Lay the growing old scene over the new one while it lasts."""
    share, before = pair.share, pair.share - (pair.share - pair.before) * LENGTH
    mixed = min(max((share - 0.3) / 0.4, 0.0), 1.0)
    new = 1.0 if pair.entering.isOpaque() else mixed
    if mixed > 0:
        _trail(canvas, pair, pair.entering, 1 + SETTLES * (1 - share), 1 + SETTLES * (1 - before), new)
    if mixed < 1:
        _trail(canvas, pair, pair.leaving, 1 + GROWS * share**2, 1 + GROWS * max(before, 0) ** 2, 1 - mixed)


def _trail(
    canvas: skia.Canvas, pair: Pair, image: skia.Image, now: float, then: float, opacity: float
) -> None:
    """Lay the mean of a picture's sizes between then and now."""
    count = TRAIL if abs(now - then) * pair.width > 4 else 1
    if opacity < 1:
        canvas.saveLayerAlpha(None, round(opacity * 255))
    for at in range(count):
        size = now + (then - now) * at / max(1, count - 1)
        canvas.save()
        canvas.translate(pair.center.x(), pair.center.y())
        canvas.scale(size, size)
        canvas.translate(-pair.center.x(), -pair.center.y())
        canvas.drawImage(image, 0, 0, brush.LINEAR, skia.Paint(Alphaf=1 / (at + 1)))
        canvas.restore()
    if opacity < 1:
        canvas.restore()
