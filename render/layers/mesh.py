"""A ground of colors that flow into one another: worked out on a coarse net, laid over the box smoothly."""

from __future__ import annotations

import math
from typing import Any, cast

import numpy as np
import skia
from numpy.typing import NDArray

from render import brush, color, shape
from render.item import Box, Item, Size
from render.timeline import Changes

SIZING = ()
_NET = 40
"""Points of the net along the longer side: the colors are so soft that no more of them can be seen."""
_ROUND_S = 24.0
"""Seconds in which a color wanders once around, calmly."""
_FALLBACK = ("#101820", "#203040")


def changes(item: Item) -> Changes:
    """The colors wander for ever, unless they stand still."""
    return (
        Changes([(int(item.values.number("start", 0)), 10_000_000)])
        if item.values.number("drift", 0)
        else Changes()
    )


def measure(item: Item, frame: int, width: float | None, height: float | None) -> Size:
    """A mesh fills the room there is."""
    return (width if width is not None else 400.0, height if height is not None else 400.0)


def draw(canvas: skia.Canvas, item: Item, frame: int, opacity: float) -> None:
    """Paint the mesh."""
    box = shape.box_of(item)
    net = _net(item, frame)
    image = skia.Image.fromarray(net, skia.kRGBA_F32_ColorType, skia.kUnpremul_AlphaType)
    rows, columns = net.shape[:2]
    # the net's outermost points lie on the box's edges, half a step beyond the picture's own
    inner = skia.Rect(0.5, 0.5, columns - 0.5, rows - 0.5)
    canvas.save()
    canvas.clipRRect(brush.rounded(box, item.number("radius", frame)), doAntiAlias=True)
    paint = skia.Paint(Alphaf=opacity, Dither=True)
    smooth = skia.SamplingOptions(skia.CubicResampler.Mitchell())
    canvas.drawImageRect(image, inner, box, smooth, paint, skia.Canvas.kFast_SrcRectConstraint)
    canvas.restore()


def _net(item: Item, frame: int) -> NDArray[np.float32]:
    """Mix the colors at every point of the net by how near they are, in OKLab."""
    values = item.values
    colors = cast("tuple[str, ...]", values.fixed["colors"] or _FALLBACK)
    colors = colors if len(colors) > 1 else (*colors, *_FALLBACK[:1])
    width, height = max(item.place[2], 1.0), max(item.place[3], 1.0)
    columns = max(4, round(_NET * width / max(width, height)))
    rows = max(4, round(_NET * height / max(width, height)))
    turn = (frame - values.number("start", 0)) / item.kit.fps * values.number("drift", 0) / _ROUND_S
    centers = _centers(len(colors), int(values.number("seed", 0)), turn + item.number("phase", frame))
    y, x = np.mgrid[0:rows, 0:columns]
    x, y = x / (columns - 1), y / (rows - 1)
    aspect = width / height
    softness = values.number("softness", 0)
    read = np.array([color.read(each) for each in colors])
    lab = color.to_lab(read[:, :3])
    weights: list[NDArray[Any]] = []
    for cx, cy in centers:
        far = ((x - cx) * max(1.0, aspect)) ** 2 + ((y - cy) * max(1.0, 1 / aspect)) ** 2
        weights.append(1 / (far + 0.02 + 0.12 * softness) ** (1 + 2.5 * (1 - softness)))
    share = np.stack(weights, -1)
    share /= share.sum(axis=-1, keepdims=True)
    mixed = np.concatenate([color.from_lab(share @ lab), (share @ read[:, 3])[..., None]], axis=-1)
    return np.ascontiguousarray(mixed.astype(np.float32))


def _centers(count: int, seed: int, turn: float) -> list[tuple[float, float]]:
    """Stand the colors around the middle, each on a loop of its own."""
    dice = np.random.Generator(np.random.PCG64(seed)).random((count, 4))
    found: list[tuple[float, float]] = []
    for at in range(count):
        angle = 2 * math.pi * (at / count + dice[at, 0] * 0.3)
        wander = 2 * math.pi * (turn * (0.7 + 0.6 * dice[at, 1]) * (1 if at % 2 else -1) + dice[at, 2])
        far = 0.34 + 0.2 * dice[at, 3]
        x = 0.5 + math.cos(angle) * far + math.cos(wander) * 0.2
        y = 0.5 + math.sin(angle) * far + math.sin(wander * 1.3) * 0.2
        found.append((x, y))
    return found


def folds(item: Item) -> bool:
    """Whether an opacity may go into the paint."""
    return True


def reach(item: Item, frame: int) -> Box:
    """Bounds of the box."""
    return (0, 0, item.place[2], item.place[3])
