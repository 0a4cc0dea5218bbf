"""Both scenes mix."""

from __future__ import annotations

import skia

from render.passage import Pair, lay


def draw(canvas: skia.Canvas, pair: Pair) -> None:
    """Lay the scene that leaves over the one that enters, ever weaker."""
    lay(canvas, pair.entering)
    lay(canvas, pair.leaving, opacity=min(1.0, max(0.0, 1 - pair.share)))
