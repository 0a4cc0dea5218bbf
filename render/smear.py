"""Motion blur: a node's picture laid down all along its way while the shutter is open."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import skia

from render import brush

LEAST = 1.5
"""Device pixels of way below which nothing is smeared."""
STEP = 2.0
"""Device pixels from one print to the next; more would be seen as prints."""
MOST = 48
"""Prints of one frame."""
MOST_WORK = 24_000_000
"""Pixels of all prints of one frame."""


def way(poses: Sequence[skia.Matrix], box: skia.Rect) -> float:
    """Measure how far the box's farthest corner travels, px."""
    corners = [skia.Point(box.left(), box.top()), skia.Point(box.right(), box.top()),
               skia.Point(box.left(), box.bottom()), skia.Point(box.right(), box.bottom())]  # fmt: skip
    rows = np.array([[(p.x(), p.y()) for p in pose.mapPoints(corners)] for pose in poses])
    return float(np.linalg.norm(np.diff(rows, axis=0), axis=2).sum(axis=0).max())


def prints(distance: float) -> int:
    """Count the prints that a way of so many device pixels needs."""
    return min(MOST, max(2, math.ceil(distance / STEP) + 1))


def smear(
    canvas: skia.Canvas, poses: Sequence[skia.Matrix], reach: skia.Rect, paint: skia.Paint, what: skia.Image
) -> None:
    """Lay the mean of a node's prints down.

    `what` shows the node within its reach, and `poses` lead from its own box to the device's pixels.
    """
    area = skia.Rect.MakeEmpty()
    for pose in poses:
        area.join(pose.mapRect(reach))
    if not area.intersect(skia.Rect.Make(canvas.getDeviceClipBounds())):
        return
    whole = area.roundOut()
    width, height = whole.width(), whole.height()
    if width < 1 or height < 1:
        return
    info = skia.ImageInfo.Make(width, height, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType)
    pixels = np.zeros((height, width, 4), np.uint8)
    surface = skia.Surface.MakeRasterDirect(info, pixels, width * 4)
    total = np.zeros((height, width, 4), np.uint16)
    within = surface.getCanvas()
    few = poses[:: max(1, len(poses) * width * height // MOST_WORK)]
    for pose in few:
        within.clear(0)
        within.setMatrix(skia.Matrix.Concat(skia.Matrix.Translate(-whole.left(), -whole.top()), pose))
        within.drawImageRect(what, reach, brush.LINEAR)
        total += pixels
    mean = ((total + len(few) // 2) // len(few)).astype(np.uint8)
    image = skia.Image.fromarray(mean, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType, None, True)
    canvas.save()
    canvas.resetMatrix()
    canvas.drawImage(image, whole.left(), whole.top(), brush.NEAREST, paint)
    canvas.restore()
