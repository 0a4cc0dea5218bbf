"""Both scenes mix."""

from __future__ import annotations

import skia

from render.passage import Pair, mix


def draw(canvas: skia.Canvas, pair: Pair) -> None:
    """Lay the scene that leaves over the one that enters, ever weaker."""
    mix(canvas, pair.leaving, pair.entering, pair.share)
