"""Paints for the rasterizer, and quick ways to fill large areas."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

import numpy as np
import skia

from domain.composition import Gradient
from render import color

Paint = str | Gradient
_LARGE = 30_000
"""From this many square pixels on, a translucent fill is quicker as an opaque one in a layer."""
BLENDS = {
    "normal": skia.BlendMode.kSrcOver,
    "multiply": skia.BlendMode.kMultiply,
    "screen": skia.BlendMode.kScreen,
    "overlay": skia.BlendMode.kOverlay,
    "add": skia.BlendMode.kPlus,
    "soft-light": skia.BlendMode.kSoftLight,
}
NEAREST = skia.SamplingOptions()
LINEAR = skia.SamplingOptions(skia.FilterMode.kLinear)
SMOOTH = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)


def line_ends(angle: float, width: float, height: float) -> tuple[float, float, float, float]:
    """Give where a linear gradient of an angle begins and ends so that it just covers a box."""
    turn = math.radians(angle)
    across, down = math.cos(turn), math.sin(turn)
    half = (abs(width * across) + abs(height * down)) / 2
    x, y = width / 2, height / 2
    return (x - across * half, y - down * half, x + across * half, y + down * half)


@lru_cache(maxsize=256)
def stops_of(stops: tuple[tuple[float, str], ...]) -> tuple[list[int], list[float]]:
    """Give a gradient's colors so closely spaced that mixing in between looks as in OKLab."""
    ordered = tuple(sorted(stops, key=lambda stop: stop[0]))
    places = sorted({0.0, 1.0, *(at for at, _ in ordered), *np.linspace(ordered[0][0], ordered[-1][0], 17)})
    rows = color.ramp(ordered, np.array(places))
    return [color.pack(*map(float, row)) for row in rows], [float(place) for place in places]


def shader(gradient: Gradient, left: float, top: float, width: float, height: float) -> skia.Shader:
    """Make a gradient's shader for a box."""
    colors, places = stops_of(tuple((stop.at, stop.color) for stop in gradient.stops))
    if gradient.shape == "radial":
        middle = skia.Point(left + width / 2, top + height / 2)
        return skia.GradientShader.MakeRadial(
            middle, max(math.hypot(width, height) / 2, 0.01), colors, places
        )
    x1, y1, x2, y2 = line_ends(gradient.angle, max(width, 0.01), max(height, 0.01))
    ends = [skia.Point(left + x1, top + y1), skia.Point(left + x2, top + y2)]
    return skia.GradientShader.MakeLinear(ends, colors, places)


def paint_of(value: Paint, box: skia.Rect, opacity: float = 1) -> skia.Paint:
    """Make a paint of a color or a gradient over a box."""
    paint = skia.Paint(AntiAlias=True)
    if isinstance(value, Gradient):
        paint.setShader(shader(value, box.left(), box.top(), box.width(), box.height()))
        paint.setAlphaf(opacity)
    else:
        paint.setColor(color.packed(value, opacity))
    return paint


def alpha_of(value: Paint) -> float:
    """Give a color's alpha; 1 for a gradient."""
    return color.read(value)[3] if isinstance(value, str) else 1.0


def fill(
    canvas: skia.Canvas, value: Paint, box: skia.Rect, opacity: float, draw: Callable[[skia.Paint], None]
) -> None:
    """Fill a shape; a large translucent one is drawn opaque into a layer of its own."""
    alpha = alpha_of(value) * opacity
    if alpha <= 0:
        return
    large = box.width() * box.height() > _LARGE
    if not large or alpha > 0.998:
        draw(paint_of(value, box, opacity))
        return
    canvas.saveLayerAlpha(box.makeOutset(1, 1), int(alpha * 255 + 0.5))
    if isinstance(value, str):
        value = value[:7]
    draw(paint_of(value, box))
    canvas.restore()


def rounded(box: skia.Rect, radius: float) -> skia.RRect:
    """Make a box with round corners, which are never larger than the box allows."""
    radius = min(radius, box.width() / 2, box.height() / 2)
    return skia.RRect.MakeRectXY(box, radius, radius)


def upright(canvas: skia.Canvas, scale: float) -> bool:
    """Tell whether the canvas only moves what is drawn, and neither turns nor resizes it."""
    matrix = canvas.getTotalMatrix()
    return (
        abs(matrix.getScaleX() - scale) < 1e-6
        and abs(matrix.getScaleY() - scale) < 1e-6
        and not matrix.getSkewX()
        and not matrix.getSkewY()
    )
