"""The new scene slides over the old one, which gives way and sinks into shade."""

from __future__ import annotations

import skia

from render.passage import Pair, lay

GIVES_WAY = 0.28
"""How far the old scene moves along, share of the new one's way."""
SHADE = 0.45
"""How dark the old scene becomes."""
EDGE = 0.035
"""Width of the shadow at the new scene's edge, share of the frame's longer side."""


def draw(canvas: skia.Canvas, pair: Pair) -> None:
    """Lay the new scene over the old one, with the shadow of its edge between them."""
    across, down = pair.step
    share = pair.share
    lay(canvas, pair.leaving, round(across * share * GIVES_WAY), round(down * share * GIVES_WAY))
    canvas.drawColor(
        skia.ColorSetARGB(round(255 * SHADE * min(max(share, 0), 1)), 0, 0, 0), skia.BlendMode.kSrcATop
    )
    x, y = round(across * (share - 1)), round(down * (share - 1))
    box = skia.Rect.MakeXYWH(x, y, pair.width, pair.height)
    soft = EDGE * max(pair.width, pair.height)
    shadow = skia.Paint(
        Color=skia.ColorSetARGB(130, 0, 0, 0),
        MaskFilter=skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, soft),
    )
    canvas.drawRect(box, shadow)
    lay(canvas, pair.entering, x, y, blend=skia.BlendMode.kSrc)
