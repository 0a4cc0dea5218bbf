"""Many small things on their way."""

from __future__ import annotations

from typing import cast

import numpy as np
import skia

from render import color, corners
from render.item import Box, Item, Size
from render.swarm import Law, Swarm, swarm
from render.timeline import Changes

SIZING = ()


def changes(item: Item) -> Changes:
    """They are on their way from their start on; a burst is over with its last one."""
    first = int(item.values.number("start", 0))
    last = 10_000_000
    if item.values.flag("burst"):
        last = first + int(item.values.number("life", 0) * 1.2 * item.kit.fps) + 2
    return Changes([(first, last)])


def measure(item: Item, frame: int, width: float | None, height: float | None) -> Size:
    """They fill the room there is."""
    return (width if width is not None else 400.0, height if height is not None else 400.0)


def draw(canvas: skia.Canvas, item: Item, frame: int, opacity: float) -> None:
    """Paint all that are there on this frame."""
    number = item.values.number
    law = Law(
        int(number("count", 0)), int(number("seed", 0)), item.values.text("source"),
        item.values.flag("burst"),
        number("life", 0), number("speed", 0), number("speed_least", 0), number("angle", 0),
        number("spread", 0), number("gravity", 0), number("drag", 0), number("sway", 0), number("spin", 0),
        item.place[2], item.place[3],
    )  # fmt: skip
    second = (frame - number("start", 0)) / item.kit.fps
    found = swarm(law, second)
    sizes, alphas = _looks(item, found)
    form = item.values.text("form")
    colors = cast("tuple[str, ...]", item.values.fixed["colors"] or ("#FFFFFF",))
    flutter = item.values.flag("flutter")
    spinning = law.spin > 0 or flutter
    for at in np.nonzero(alphas > 0.004)[0].tolist():
        paint = skia.Paint(AntiAlias=True, Color=color.packed(colors[at % len(colors)], 1.0))
        paint.setAlphaf(paint.getAlphaf() * float(alphas[at]) * opacity)
        x, y, size = float(found.x[at]), float(found.y[at]), float(sizes[at])
        if form == "dot":
            canvas.drawCircle(x, y, size / 2, paint)
            continue
        canvas.save()
        canvas.translate(x, y)
        if spinning:
            canvas.rotate(float(found.turn[at]))
        if flutter:
            canvas.scale(1, max(0.12, abs(float(found.tip[at]))))
        _one(canvas, form, size, paint, item)
        canvas.restore()


def _looks(item: Item, found: Swarm) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    """Give each one's size and how strongly it is seen."""
    number = item.values.number
    least = number("size_least", 0)
    age = found.age
    there = (age >= 0) & (age < 1)
    sizes = (
        number("size", 0)
        * (least + (1 - least) * found.luck)
        * (1 - number("shrink", 0) * np.clip(age, 0, 1))
    )
    appear = np.clip(age / max(number("fade_in", 0), 1e-6), 0, 1)
    vanish = np.clip((1 - age) / max(number("fade_out", 0), 1e-6), 0, 1)
    return sizes, np.where(there, appear * vanish, 0.0)


def _one(canvas: skia.Canvas, form: str, size: float, paint: skia.Paint, item: Item) -> None:
    half = size / 2
    if form == "square":
        canvas.drawRect(skia.Rect(-half, -half, half, half), paint)
    elif form == "ribbon":
        canvas.drawRoundRect(
            skia.Rect(-half, -half * 0.45, half, half * 0.45), size * 0.06, size * 0.06, paint
        )
    elif form == "line":
        canvas.drawRoundRect(
            skia.Rect(-half, -size * 0.06, half, size * 0.06), size * 0.06, size * 0.06, paint
        )
    elif form == "ring":
        paint.setStyle(skia.Paint.kStroke_Style)
        paint.setStrokeWidth(size * 0.14)
        canvas.drawCircle(0, 0, half * 0.86, paint)
    elif form == "soft":
        clear = paint.getColor() & 0x00FFFFFF
        shader = skia.GradientShader.MakeRadial(
            skia.Point(0, 0), half, [paint.getColor() | 0xFF000000, clear]
        )
        paint.setShader(shader)
        canvas.drawCircle(0, 0, half, paint)
    else:
        path = item.memo.get(("star", size))
        if not isinstance(path, skia.Path):
            path = corners.closed(corners.regular(5, size, size, 0.45), size * 0.04)
            path.offset(-half, -half)
            item.memo["star", size] = path
        canvas.drawPath(path, paint)


def folds(item: Item) -> bool:
    """Whether an opacity may go into the paint."""
    return True


def reach(item: Item, frame: int) -> Box:
    """Bounds of all ways, generously."""
    number = item.values.number
    life = number("life", 0)
    far = (
        number("speed", 0) * life
        + abs(number("gravity", 0)) * life**2 / 2
        + number("sway", 0) * 2
        + number("size", 0)
    )
    return (-far, -far, item.place[2] + far, item.place[3] + far)
