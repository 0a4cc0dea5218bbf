"""Drop shadows: all of a shape's blurred once, laid over each other, and kept as one image."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import skia

from domain.composition import Shadow
from render import color
from render.brush import NEAREST
from render.kept import Kept

_KEPT = 96_000_000
_LARGEST = 12_000_000
"""Square pixels from which on a shadow is blurred at a lower resolution."""
_SHARPEST = 3.0
"""Device pixels of blur below which an image that is turned needs smoothing."""
_WIDEST = 400
"""Pixels that a shadow may spread."""
Shape = Callable[[skia.Canvas, skia.Paint], None]


@dataclass(frozen=True)
class _Shade:
    image: skia.Image
    left: float
    top: float
    factor: float


class Shadows:
    """Blurs the shadows of shapes, and keeps those that may be wanted again."""

    def __init__(self, scale: float) -> None:
        self._scale = scale
        self._kept: Kept[_Shade] = Kept(_KEPT)

    def draw(
        self,
        canvas: skia.Canvas,
        shadows: Sequence[Shadow],
        key: Hashable,
        box: skia.Rect,
        opacity: float,
        shape: Shape,
        hole: skia.Rect | None = None,
    ) -> None:
        """Draw a shape's shadows; `key` tells shapes apart, `shape` paints one, nothing shows in the hole."""
        if not shadows or opacity <= 0:
            return
        whole = (key, *((s.x, s.y, s.blur, s.spread, s.color) for s in shadows))
        shade = self._kept.get(whole)
        if shade is None:
            shade = self._made(shadows, box, shape)
            self._kept.put(whole, shade, shade.image.width() * shade.image.height() * 4)
        softest = min(shadow.blur for shadow in shadows) * shade.factor
        matrix = canvas.getTotalMatrix()
        turned = bool(matrix.getSkewX()) or abs(matrix.getScaleX() - self._scale) > 1e-6
        smooth = turned and softest < _SHARPEST
        sampling = skia.SamplingOptions(skia.FilterMode.kLinear) if smooth else NEAREST
        paint = skia.Paint(Alphaf=opacity)
        canvas.save()
        canvas.translate(shade.left, shade.top)
        canvas.scale(1 / shade.factor, 1 / shade.factor)
        pieces = _around(shade, hole) if hole is not None and not smooth else []
        if not pieces:
            canvas.drawImage(shade.image, 0, 0, sampling, paint)
        for piece in pieces:
            canvas.drawImageRect(
                shade.image, piece, piece, sampling, paint, skia.Canvas.kFast_SrcRectConstraint
            )
        canvas.restore()

    def _made(self, shadows: Sequence[Shadow], box: skia.Rect, shape: Shape) -> _Shade:
        outer = box.makeOutset(0, 0)
        for shadow in shadows:
            edge = shadow.blur * 3 + min(max(shadow.spread, 0), _WIDEST) + 2
            outer.join(box.makeOffset(shadow.x, shadow.y).makeOutset(edge, edge))
        factor = self._scale
        while outer.width() * outer.height() * factor * factor > _LARGEST:
            factor /= 2
        info = skia.ImageInfo.Make(
            max(1, int(outer.width() * factor) + 1),
            max(1, int(outer.height() * factor) + 1),
            skia.kBGRA_8888_ColorType,
            skia.kPremul_AlphaType,
        )
        surface = skia.Surface.MakeRaster(info)
        canvas = surface.getCanvas()
        canvas.scale(factor, factor)
        canvas.translate(-outer.left(), -outer.top())
        for shadow in shadows:
            paint = skia.Paint(AntiAlias=True, Color=color.packed(shadow.color))
            if shadow.blur:
                paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, shadow.blur))
            if shadow.spread > 0:
                paint.setStyle(skia.Paint.kStrokeAndFill_Style)
                paint.setStrokeWidth(min(shadow.spread, _WIDEST) * 2)
                paint.setStrokeJoin(skia.Paint.kRound_Join)
            canvas.save()
            canvas.translate(shadow.x, shadow.y)
            shape(canvas, paint)
            canvas.restore()
        return _Shade(surface.makeImageSnapshot(), outer.left(), outer.top(), factor)


def cast(canvas: skia.Canvas, shadows: Sequence[Shadow], path: skia.Path, opacity: float) -> None:
    """Paint the shadows of a path that is another one on the next frame, so that none is worth keeping."""
    for shadow in shadows:
        paint = skia.Paint(AntiAlias=True, Color=color.packed(shadow.color, opacity))
        if shadow.blur:
            paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, shadow.blur))
        canvas.save()
        canvas.translate(shadow.x, shadow.y)
        canvas.drawPath(path, paint)
        canvas.restore()


def _around(shade: _Shade, hole: skia.Rect) -> list[skia.Rect]:
    """Cut a shadow's image into the pieces around what hides its middle, in the image's pixels."""
    width, height = shade.image.width(), shade.image.height()
    left, top = (hole.left() - shade.left) * shade.factor, (hole.top() - shade.top) * shade.factor
    right, bottom = (hole.right() - shade.left) * shade.factor, (hole.bottom() - shade.top) * shade.factor
    left, top, right, bottom = int(left) + 1, int(top) + 1, int(right), int(bottom)
    if left >= right or top >= bottom or left <= 0 or top <= 0 or right >= width or bottom >= height:
        return []
    return [
        skia.Rect(0, 0, width, top),
        skia.Rect(0, top, left, bottom),
        skia.Rect(right, top, width, bottom),
        skia.Rect(0, bottom, width, height),
    ]
