"""Grain over what lies under it: gray noise in a tile that jumps from change to change."""

from __future__ import annotations

import numpy as np
import skia

from render import shape
from render.item import Box, Item, Size
from render.timeline import Changes

SIZING = ()
_TILE = 256
_STEP = 97
"""How far the tile jumps with every change: it comes back to its place only after hundreds of them."""


def changes(item: Item) -> Changes:
    """Grain changes so many times a second."""
    rate, first = item.values.number("rate", 0), int(item.values.number("start", 0))
    if rate <= 0:
        return Changes()
    every = item.kit.fps / rate
    if every <= 1:
        return Changes([(first, 10_000_000)])
    steps = (first + int(-(-at * every // 1)) for at in range(20_000))
    return Changes([(step, step) for step in steps])


def measure(item: Item, frame: int, width: float | None, height: float | None) -> Size:
    """Grain fills the room there is."""
    return (width if width is not None else 400.0, height if height is not None else 400.0)


def draw(canvas: skia.Canvas, item: Item, frame: int, opacity: float) -> None:
    """Paint the gray of the grain; laid over as light, it lightens and darkens by the same amount."""
    strength = item.number("amount", frame) * opacity
    if strength <= 0:
        return
    step = int((frame - item.values.number("start", 0)) * item.values.number("rate", 0) / item.kit.fps + 1e-6)
    size = item.values.number("grain_size", 0)
    matrix = skia.Matrix.Translate((step * _STEP) % _TILE * size, (step * _STEP * 5 // 3) % _TILE * size)
    matrix.preScale(size, size)
    shader = _tile(item).makeShader(
        skia.TileMode.kRepeat, skia.TileMode.kRepeat, skia.SamplingOptions(skia.FilterMode.kLinear), matrix
    )
    paint = skia.Paint(Shader=shader, Alphaf=strength)
    canvas.drawRect(shape.box_of(item), paint)


def _tile(item: Item) -> skia.Image:
    """Make the tile once: a normal spread around middle gray, opaque."""
    found = item.memo.get("tile")
    if not isinstance(found, skia.Image):
        dice = np.random.Generator(np.random.PCG64(int(item.values.number("seed", 0))))
        gray = np.clip(dice.normal(127.5, 60, (_TILE, _TILE)), 0, 255).astype(np.uint8)
        pixels = np.stack([gray, gray, gray, np.full_like(gray, 255)], -1)
        found = skia.Image.fromarray(
            np.ascontiguousarray(pixels), skia.kBGRA_8888_ColorType, skia.kOpaque_AlphaType
        )
        item.memo["tile"] = found
    return found


def folds(item: Item) -> bool:
    """Whether an opacity may go into the paint."""
    return True


def reach(item: Item, frame: int) -> Box:
    """Bounds of the box."""
    return (0, 0, item.place[2], item.place[3])
