"""Drop shadows, blurred once and kept as images."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

import skia

from domain.composition import Shadow
from render import color
from render.brush import LINEAR, NEAREST, upright

_KEPT = 96_000_000
_LARGEST = 12_000_000
"""Square pixels from which on a shadow is blurred at a lower resolution."""


class Shadows:
    """Blurs the shadows of shapes, and keeps those that may be wanted again."""

    def __init__(self, scale: float) -> None:
        self._scale = scale
        self._kept: OrderedDict[object, tuple[skia.Image, float, float, float]] = OrderedDict()
        self._bytes = 0

    def draw(
        self,
        canvas: skia.Canvas,
        shadow: Shadow,
        key: object,
        box: skia.Rect,
        opacity: float,
        shape: Callable[[skia.Canvas, skia.Paint], None],
    ) -> None:
        """Draw the shadow of a shape; `key` tells shapes apart, `shape` paints its outline."""
        alpha = color.read(shadow.color)[3] * opacity
        if alpha <= 0:
            return
        found = self._image((key, shadow.blur, shadow.spread, shadow.color[:7]), shadow, box, shape)
        image, left, top, factor = found
        paint = skia.Paint(Alphaf=alpha, AntiAlias=True)
        canvas.save()
        canvas.translate(left + shadow.x, top + shadow.y)
        still = upright(canvas, self._scale) and factor == self._scale
        canvas.scale(1 / factor, 1 / factor)
        canvas.drawImage(image, 0, 0, NEAREST if still else LINEAR, paint)
        canvas.restore()

    def _image(
        self,
        key: object,
        shadow: Shadow,
        box: skia.Rect,
        shape: Callable[[skia.Canvas, skia.Paint], None],
    ) -> tuple[skia.Image, float, float, float]:
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
            return found
        edge = shadow.blur * 3 + max(shadow.spread, 0) + 2
        outer = box.makeOutset(edge, edge)
        factor = self._scale
        while outer.width() * outer.height() * factor * factor > _LARGEST or shadow.blur * factor > 60:
            factor /= 2
        width = max(1, int(outer.width() * factor) + 1)
        height = max(1, int(outer.height() * factor) + 1)
        info = skia.ImageInfo.Make(width, height, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)
        surface = skia.Surface.MakeRaster(info)
        canvas = surface.getCanvas()
        canvas.scale(factor, factor)
        canvas.translate(-outer.left(), -outer.top())
        paint = skia.Paint(AntiAlias=True, Color=color.packed(shadow.color[:7]))
        if shadow.blur:
            paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, shadow.blur))
        if shadow.spread > 0:
            paint.setStyle(skia.Paint.kStrokeAndFill_Style)
            paint.setStrokeWidth(shadow.spread * 2)
            paint.setStrokeJoin(skia.Paint.kRound_Join)
        shape(canvas, paint)
        found = (surface.makeImageSnapshot(), outer.left(), outer.top(), factor)
        self._kept[key] = found
        self._bytes += width * height * 4
        while self._bytes > _KEPT and len(self._kept) > 1:
            _, (old, *_) = self._kept.popitem(last=False)
            self._bytes -= old.width() * old.height() * 4
        return found
