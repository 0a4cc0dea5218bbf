"""The new scene pushes the old one out."""

from __future__ import annotations

import skia

from render.passage import Pair, lay


def draw(canvas: skia.Canvas, pair: Pair) -> None:
    """Move both by the same way."""
    across, down = pair.step
    x, y = round(across * pair.share), round(down * pair.share)
    lay(canvas, pair.leaving, x, y)
    lay(canvas, pair.entering, x - across, y - down)
