"""The box of a group, row, column or grid: its ground, outline, shadows, clip and wipes."""

from __future__ import annotations

import skia

from render import brush, shape
from render.item import Box, Item


def draw(canvas: skia.Canvas, item: Item, frame: int, opacity: float) -> None:
    """Paint a container's own box."""
    box = shape.box_of(item)
    radius = item.number("radius", frame)
    round_box = brush.rounded(box, radius)
    value = item.values.paint("fill", frame)
    if value is not None:
        key = ("box", box.width(), box.height(), radius)
        path = skia.Path.RRect(round_box)
        shape.draw_shadows(
            canvas,
            item,
            opacity,
            key,
            path,
            clear=shape.sees_through(value),
            inside=shape.hidden_by(box, radius),
        )
        brush.fill(canvas, value, box, opacity, path, item.kit.fields)
    stroke = shape.stroke_paint(item, frame, box, opacity)
    if stroke is not None:
        inset = stroke.getStrokeWidth() / 2
        canvas.drawRRect(brush.rounded(box.makeInset(inset, inset), max(0, radius - inset)), stroke)


def paints(item: Item) -> bool:
    """Tell whether a container paints anything itself."""
    values = item.values
    return any(values.fixed.get(name) or name in values.moving for name in ("fill", "stroke"))


def clip(canvas: skia.Canvas, item: Item, frame: int) -> None:
    """Cut what follows at the container's edge and by its wipes."""
    wipes = [item.number(f"wipe_{side}", frame) for side in ("left", "top", "right", "bottom")]
    if any(wipes):
        left, top, right, bottom = reach(item, frame)
        width, height = item.place[2], item.place[3]
        hidden = skia.Rect(
            width * wipes[0] if wipes[0] else left - 4_000,
            height * wipes[1] if wipes[1] else top - 4_000,
            width * (1 - wipes[2]) if wipes[2] else right + 4_000,
            height * (1 - wipes[3]) if wipes[3] else bottom + 4_000,
        )
        if hidden.left() >= hidden.right() or hidden.top() >= hidden.bottom():
            hidden = skia.Rect(0, 0, 0, 0)
        canvas.clipRect(hidden, doAntiAlias=True)


def clip_children(canvas: skia.Canvas, item: Item, frame: int) -> None:
    """Cut the children at the rounded edge, when that is asked for."""
    if item.values.flag("clip"):
        canvas.clipRRect(brush.rounded(shape.box_of(item), item.number("radius", frame)), doAntiAlias=True)


def reach(item: Item, frame: int) -> Box:
    """Bounds of what a container paints itself."""
    if not paints(item):
        return (0, 0, item.place[2], item.place[3])
    return shape.outset(item, frame, (0, 0, item.place[2], item.place[3]))


def folds(item: Item) -> bool:
    """Tell whether opacity may go into the paint: only when there is nothing but one paint."""
    return not item.children and shape.folds(item)
