"""Both scenes go out of focus while they mix."""

from __future__ import annotations

import math

import skia

from render.effect import soft
from render.passage import Pair, mix

WIDEST = 0.018
"""Sigma half way, share of the frame's width."""


def draw(canvas: skia.Canvas, pair: Pair) -> None:
    """Mix, and blur what is mixed."""
    share = min(max(pair.share, 0.0), 1.0)
    sigma = WIDEST * pair.width * math.sin(share * math.pi)
    layer = skia.Paint()
    if sigma > 0.3:
        layer.setImageFilter(soft(sigma, 1, None, skia.TileMode.kClamp))
    canvas.saveLayer(pair.frame, layer)
    mix(canvas, pair.leaving, pair.entering, share)
    canvas.restore()
