"""A clip of the project, fitted into its box, playing by the scene's clock."""

from __future__ import annotations

import skia

from render import brush, picturing, shape
from render.item import Box, Item, Size
from render.timeline import Changes

SIZING = ()


def changes(item: Item) -> Changes:
    """A clip may show another picture on every frame from its start on, unless it is stopped."""
    if item.values.number("speed", 0) == 0 and "speed" not in item.values.moving:
        return Changes()
    return Changes([(int(item.values.number("start", 0)), 10_000_000)])


def measure(item: Item, frame: int, width: float | None, height: float | None) -> Size:
    """Give the clip's own size, no larger than the room; with one side given the other keeps its shape."""
    clip = item.kit.clips.get(item.values.text("src"))
    natural = (float(clip.size[0]), float(clip.size[1])) if clip else (320.0, 180.0)
    return picturing.measured(item, frame, natural, width, height)


def second_of(item: Item, frame: int) -> float:
    """Tell which moment of the clip a frame of the scene shows."""
    values, clip = item.values, item.kit.clips.get(item.values.text("src"))
    trim = values.number("trim", 0)
    end = values.length("trim_end", 0)
    length = (end if end is not None else clip.seconds if clip else 0) - trim
    played = max(0.0, frame - values.number("start", 0)) / item.kit.fps * values.number("speed", 0)
    played += item.number("shift", frame)
    if length <= 0:
        return max(0.0, trim + played)
    if values.flag("loop"):
        return trim + played % length
    return trim + min(max(played, 0.0), length - 0.5 / item.kit.fps)


def draw(canvas: skia.Canvas, item: Item, frame: int, opacity: float) -> None:
    """Paint shadows and the picture of the moment; a neutral box stands in where there is none."""
    box = shape.box_of(item)
    radius = item.number("radius", frame)
    round_box = brush.rounded(box, radius)
    key = ("box", box.width(), box.height(), radius)
    shape.draw_shadows(canvas, item, opacity, key, skia.Path.RRect(round_box), clear=False)
    clip = item.kit.clips.get(item.values.text("src"))
    image = clip.picture(second_of(item, frame)) if clip else None
    if image is None:
        picturing.missing(canvas, box, round_box, opacity)
        return
    canvas.save()
    whole = picturing.target(item, frame, image.width(), image.height(), box)
    if radius:
        canvas.clipRRect(round_box, doAntiAlias=True)
    elif not box.contains(whole):
        canvas.clipRect(box, doAntiAlias=True)
    canvas.drawImageRect(image, whole, brush.LINEAR, skia.Paint(AntiAlias=True, Alphaf=opacity))
    canvas.restore()


def folds(item: Item) -> bool:
    """Whether an opacity may go into the paint."""
    return not item.shadows


def reach(item: Item, frame: int) -> Box:
    """Bounds with shadows."""
    return shape.outset(item, frame, (0, 0, item.place[2], item.place[3]))
