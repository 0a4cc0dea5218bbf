"""An edge runs over the frame and uncovers the new scene."""

from __future__ import annotations

import skia

from render import color
from render.passage import Pair, lay, uncovered

BAND = 0.09
"""Width of the colored band that goes ahead, share of the way."""


def draw(canvas: skia.Canvas, pair: Pair) -> None:
    """Uncover the new scene behind the edge; with a color its band leads."""
    across, down = pair.step
    band = BAND if pair.how.color else 0.0
    soft = pair.how.softness
    at = pair.share * (1 + band + soft) - band
    lay(canvas, pair.leaving)
    start = skia.Point(pair.width if across < 0 else 0, pair.height if down < 0 else 0)
    way = skia.Point(across, down)
    if pair.how.color:
        _behind(canvas, pair, start, way, at + band)
        canvas.drawColor(color.packed(pair.how.color))
        canvas.restore()
    if soft > 0:
        ends = [start + way * (at - soft), start + way * at]
        solid, none = skia.ColorBLACK, skia.ColorTRANSPARENT
        shader = skia.GradientShader.MakeLinear(ends, [solid, none], None, skia.TileMode.kClamp)
        uncovered(canvas, pair.entering, skia.Paint(Shader=shader))
        return
    _behind(canvas, pair, start, way, at)
    lay(canvas, pair.entering, blend=skia.BlendMode.kSrc)
    canvas.restore()


def _behind(canvas: skia.Canvas, pair: Pair, start: skia.Point, way: skia.Point, at: float) -> None:
    """Cut off what the edge has not reached."""
    share = min(max(at, 0.0), 1.0)
    width = pair.width * (share if way.x() else 1)
    height = pair.height * (share if way.y() else 1)
    left, top = start.x() - (width if way.x() < 0 else 0), start.y() - (height if way.y() < 0 else 0)
    canvas.save()
    canvas.clipRect(skia.Rect.MakeXYWH(left, top, width, height), doAntiAlias=True)
