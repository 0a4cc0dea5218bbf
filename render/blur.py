"""Gaussian blur of what is painted; a wide one is done at a lower resolution, where nobody can tell."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import skia

from render import brush

_NARROW = 4.0
"""Device pixels of sigma up to which nothing is made smaller."""

_SOFT = 3.0
"""Device pixels of sigma from which on a turned picture needs no smoothing."""
_LARGEST = 4_000_000
"""Square pixels of the largest blurred picture that is kept."""


@dataclass(frozen=True)
class Softened:
    """Something blurred, kept at full resolution."""

    image: skia.Image
    left: float
    top: float
    factor: float

    def draw(self, canvas: skia.Canvas, paint: skia.Paint) -> None:
        """Lay it down; where it is turned, its softness makes smoothing needless."""
        turned = bool(canvas.getTotalMatrix().getSkewX())
        canvas.save()
        canvas.translate(self.left, self.top)
        canvas.scale(1 / self.factor, 1 / self.factor)
        canvas.drawImage(self.image, 0, 0, brush.NEAREST if turned else brush.LINEAR, paint)
        canvas.restore()


def scale_of(matrix: skia.Matrix) -> float:
    """Give how much a matrix enlarges, at most."""
    across = math.hypot(matrix.getScaleX(), matrix.getSkewY())
    return max(across, math.hypot(matrix.getSkewX(), matrix.getScaleY()))


def is_wide(sigma: float, bounds: skia.Rect) -> bool:
    """Tell whether a blur of so many device pixels is soft, and its picture small, enough to be kept."""
    return sigma >= _SOFT and bounds.width() * bounds.height() < _LARGEST


def softened(bounds: skia.Rect, sigma: float, scale: float, draw: Callable[[skia.Canvas], None]) -> Softened:
    """Blur what `draw` paints within bounds into an image."""
    edge = sigma * 3 + 1
    outer = bounds.makeOutset(edge, edge)
    info = skia.ImageInfo.Make(
        max(1, math.ceil(outer.width() * scale)),
        max(1, math.ceil(outer.height() * scale)),
        skia.kBGRA_8888_ColorType,
        skia.kPremul_AlphaType,
    )
    surface = skia.Surface.MakeRaster(info)
    canvas = surface.getCanvas()
    canvas.scale(scale, scale)
    canvas.translate(-outer.left(), -outer.top())
    blurred(canvas, bounds, sigma, skia.Paint(), draw)
    return Softened(surface.makeImageSnapshot(), outer.left(), outer.top(), scale)


def blurred(
    canvas: skia.Canvas,
    bounds: skia.Rect,
    sigma: float,
    paint: skia.Paint,
    draw: Callable[[skia.Canvas], None],
) -> None:
    """Blur what `draw` paints within bounds, and lay it down with a paint's opacity and blend."""
    scale = scale_of(canvas.getTotalMatrix())
    edge = sigma * 3 + 1
    outer = bounds.makeOutset(edge, edge)
    seen = canvas.getLocalClipBounds().makeOutset(edge, edge)
    if scale <= 0 or not outer.intersect(seen):
        return
    shrink = 1
    while sigma * scale / shrink >= _NARROW:
        shrink *= 2
    if shrink == 1:
        paint.setImageFilter(skia.ImageFilters.Blur(sigma, sigma, skia.TileMode.kDecal, None))
        canvas.saveLayer(outer, paint)
        draw(canvas)
        canvas.restore()
        return
    factor = scale / shrink
    info = skia.ImageInfo.Make(
        max(1, math.ceil(outer.width() * factor)),
        max(1, math.ceil(outer.height() * factor)),
        skia.kBGRA_8888_ColorType,
        skia.kPremul_AlphaType,
    )
    small = skia.Surface.MakeRaster(info)
    within = small.getCanvas()
    soft = skia.Paint()
    soft.setImageFilter(skia.ImageFilters.Blur(sigma * factor, sigma * factor, skia.TileMode.kDecal, None))
    within.saveLayer(None, soft)
    within.scale(factor, factor)
    within.translate(-outer.left(), -outer.top())
    draw(within)
    within.restore()
    canvas.save()
    canvas.translate(outer.left(), outer.top())
    canvas.scale(1 / factor, 1 / factor)
    canvas.drawImage(small.makeImageSnapshot(), 0, 0, brush.LINEAR, paint)
    canvas.restore()
