"""Paints for the rasterizer, and quick ways to fill large areas."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import skia

from domain.composition import Gradient
from render import color
from render.fields import Fields, Ramp

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
    "hard-light": skia.BlendMode.kHardLight,
    "darken": skia.BlendMode.kDarken,
    "lighten": skia.BlendMode.kLighten,
    "color-dodge": skia.BlendMode.kColorDodge,
    "color-burn": skia.BlendMode.kColorBurn,
    "difference": skia.BlendMode.kDifference,
    "exclusion": skia.BlendMode.kExclusion,
    "hue": skia.BlendMode.kHue,
    "saturation": skia.BlendMode.kSaturation,
    "color": skia.BlendMode.kColor,
    "luminosity": skia.BlendMode.kLuminosity,
}
NEAREST = skia.SamplingOptions()
LINEAR = skia.SamplingOptions(skia.FilterMode.kLinear)


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


def ramp_of(gradient: Gradient, box: skia.Rect) -> Ramp:
    """Give how a gradient runs over a box."""
    stops = tuple((stop.at, stop.color) for stop in gradient.stops)
    width, height = max(box.width(), 0.01), max(box.height(), 0.01)
    if gradient.shape == "radial":
        return Ramp("radial", stops, box.centerX(), box.centerY(), math.hypot(width, height) / 2)
    x1, y1, x2, y2 = line_ends(gradient.angle, width, height)
    return Ramp("linear", stops, box.left() + x1, box.top() + y1, x2 - x1, y2 - y1)


def ramp_paint(ramp: Ramp) -> skia.Paint:
    """Make a paint of a gradient."""
    colors, places = stops_of(ramp.stops)
    start = skia.Point(ramp.x, ramp.y)
    paint = skia.Paint(AntiAlias=True)
    if ramp.shape == "radial":
        paint.setShader(skia.GradientShader.MakeRadial(start, max(ramp.dx, 0.01), colors, places))
    else:
        end = skia.Point(ramp.x + ramp.dx, ramp.y + ramp.dy)
        paint.setShader(skia.GradientShader.MakeLinear([start, end], colors, places))
    return paint


def paint_of(value: Paint, box: skia.Rect, opacity: float = 1) -> skia.Paint:
    """Make a paint of a color or a gradient over a box."""
    if isinstance(value, Gradient):
        paint = ramp_paint(ramp_of(value, box))
        paint.setAlphaf(opacity)
        return paint
    return skia.Paint(AntiAlias=True, Color=color.packed(value, opacity))


def alpha_of(value: Paint) -> float:
    """Give a color's alpha; 1 for a gradient."""
    return color.read(value)[3] if isinstance(value, str) else 1.0


def fill(
    canvas: skia.Canvas, value: Paint, box: skia.Rect, opacity: float, path: skia.Path, fields: Fields
) -> None:
    """Fill a path; large gradients and large translucent fills take a quicker way round."""
    alpha = alpha_of(value) * opacity
    if alpha <= 0:
        return
    large = box.width() * box.height() > _LARGE
    if isinstance(value, Gradient):
        if not large or not fields.cover(canvas, ramp_of(value, box), path, opacity):
            canvas.drawPath(path, paint_of(value, box, opacity))
    elif not large or alpha > 0.998:
        canvas.drawPath(path, paint_of(value, box, opacity))
    else:
        canvas.saveLayerAlpha(box.makeOutset(1, 1), int(alpha * 255 + 0.5))
        canvas.drawPath(path, paint_of(value[:7], box))
        canvas.restore()


def fill_small(
    canvas: skia.Canvas, value: Paint, box: skia.Rect, opacity: float, round_box: skia.RRect
) -> bool:
    """Fill a box with round corners as `fill` would; gives false for what takes another way there."""
    if not isinstance(value, str) or box.width() * box.height() > _LARGE or round_box.isRect():
        return False
    if color.read(value)[3] * opacity > 0:
        canvas.drawRRect(round_box, skia.Paint(AntiAlias=True, Color=color.packed(value, opacity)))
    return True


def rounded(box: skia.Rect, radius: float) -> skia.RRect:
    """Make a box with round corners, which are never larger than the box allows."""
    radius = min(radius, box.width() / 2, box.height() / 2)
    return skia.RRect.MakeRectXY(box, radius, radius)
