"""Pictures that are painted apart from the frame, no finer than a machine can bear."""

from __future__ import annotations

import math
from collections.abc import Callable

import skia

LEAST = 200_000
"""Device pixels that are never too many."""


def most(canvas: skia.Canvas) -> float:
    """Give how many device pixels a picture may have at full resolution: a frame with its edges."""
    frame = canvas.getBaseLayerSize()
    return max(LEAST, 1.5 * frame.width() * frame.height())


def bearable(box: skia.Rect, scale: float, pixels: float) -> float:
    """Lower a scale until a box has no more than so many device pixels."""
    area = max(box.width() * box.height(), 1e-9)
    return min(scale, math.sqrt(pixels / area))


def image_of(box: skia.Rect, scale: float, draw: Callable[[skia.Canvas], None]) -> skia.Image:
    """Paint what lies in a box as an image that covers it."""
    width, height = max(1, math.ceil(box.width() * scale)), max(1, math.ceil(box.height() * scale))
    info = skia.ImageInfo.Make(width, height, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)
    surface = skia.Surface.MakeRaster(info)
    canvas = surface.getCanvas()
    canvas.scale(width / max(box.width(), 1e-9), height / max(box.height(), 1e-9))
    canvas.translate(-box.left(), -box.top())
    draw(canvas)
    return surface.makeImageSnapshot()
