"""An opening grows and shows the new scene."""

from __future__ import annotations

import math

import skia

from render.passage import Pair, lay, uncovered

FARTHEST = {"circle": 1.0, "box": 1.0, "diamond": math.sqrt(2), "star": 2.7, "arch": 1.25}
"""How much larger than the way to the farthest corner each shape must be to cover the frame."""
INNER = 0.45
"""Where a star's inner corners lie, share of the way to its tips."""


def draw(canvas: skia.Canvas, pair: Pair) -> None:
    """Cut the new scene by the opening."""
    lay(canvas, pair.leaving)
    share = max(pair.share, 0.0)
    if share <= 0:
        return
    opening = shape(pair, share)
    soft = pair.how.softness * max(pair.width, pair.height) / 4
    if soft < 1:
        canvas.save()
        canvas.clipPath(opening, doAntiAlias=True)
        lay(canvas, pair.entering, blend=skia.BlendMode.kSrc)
        canvas.restore()
        return
    surface = canvas.makeSurface(canvas.imageInfo())
    mask = surface.getCanvas()
    mask.drawPath(opening, skia.Paint(MaskFilter=skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, soft)))
    shader = surface.makeImageSnapshot().makeShader(skia.TileMode.kClamp, skia.TileMode.kClamp)
    uncovered(canvas, pair.entering, skia.Paint(Shader=shader))


def shape(pair: Pair, share: float) -> skia.Path:
    """Give the opening's outline."""
    center = pair.center
    far_x, far_y = max(center.x(), pair.width - center.x()), max(center.y(), pair.height - center.y())
    soft = 1 + pair.how.softness * 1.6
    reach = math.hypot(far_x, far_y) * FARTHEST[pair.how.shape] * share * soft
    path = skia.Path()
    match pair.how.shape:
        case "circle":
            path.addCircle(center.x(), center.y(), reach)
        case "box":
            grow = share * soft
            path.addRect(skia.Rect.MakeLTRB(
                center.x() - far_x * grow, center.y() - far_y * grow,
                center.x() + far_x * grow, center.y() + far_y * grow,
            ))  # fmt: skip
        case "arch":
            path.addPath(_arch(reach), center.x(), center.y())
        case _:
            tips, inner = (4, 1.0) if pair.how.shape == "diamond" else (5, INNER)
            path.addPath(_tips(tips, inner, reach), center.x(), center.y())
    return path


def _tips(count: int, inner: float, reach: float) -> skia.Path:
    path = skia.Path()
    corners = count if inner == 1 else count * 2
    for at in range(corners):
        turn = math.tau * at / corners - math.pi / 2
        far = reach * (inner if inner < 1 and at % 2 else 1)
        point = (math.cos(turn) * far, math.sin(turn) * far)
        if at:
            path.lineTo(*point)
        else:
            path.moveTo(*point)
    path.close()
    return path


def _arch(reach: float) -> skia.Path:
    """A pointed arch: two flanks that meet over the middle, on straight sides."""
    half, top = reach * 0.8, -reach * 1.15
    path = skia.Path()
    path.moveTo(-half, reach)
    path.lineTo(-half, -reach * 0.2)
    path.cubicTo(-half, -reach * 0.75, -half * 0.35, top * 0.9, 0, top)
    path.cubicTo(half * 0.35, top * 0.9, half, -reach * 0.75, half, -reach * 0.2)
    path.lineTo(half, reach)
    path.close()
    return path
