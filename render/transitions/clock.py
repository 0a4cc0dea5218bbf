"""A hand goes round and uncovers the new scene."""

from __future__ import annotations

import math

import skia

from render.passage import Pair, lay, uncovered


def draw(canvas: skia.Canvas, pair: Pair) -> None:
    """Cut the new scene by what the hand has swept, from twelve o'clock on."""
    share = min(max(pair.share, 0.0), 1.0)
    lay(canvas, pair.leaving)
    middle = skia.Point(pair.width / 2, pair.height / 2)
    if pair.how.softness > 0:
        soft = pair.how.softness / 2
        edge = share * (1 + soft)
        places = [0.0, min(max(edge - soft, 0.0), 1.0), min(edge, 1.0), 1.0]
        last = skia.ColorBLACK if edge - soft >= 1 else skia.ColorTRANSPARENT
        colors = [skia.ColorBLACK, skia.ColorBLACK, last, last]
        turned = skia.Matrix.RotateDeg(-90, middle)
        shader = skia.GradientShader.MakeSweep(middle.x(), middle.y(), colors, places)
        uncovered(canvas, pair.entering, skia.Paint(Shader=shader.makeWithLocalMatrix(turned)))
        return
    reach = math.hypot(pair.width, pair.height)
    round_it = skia.Rect.MakeLTRB(
        middle.x() - reach, middle.y() - reach, middle.x() + reach, middle.y() + reach
    )
    swept = skia.Path()
    swept.moveTo(middle)
    swept.arcTo(round_it, -90, min(share * 360, 359.99), False)
    swept.close()
    canvas.save()
    canvas.clipPath(swept, doAntiAlias=True)
    lay(canvas, pair.entering, blend=skia.BlendMode.kSrc)
    canvas.restore()
