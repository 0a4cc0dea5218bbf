"""An SVG drawing, of a file or written in place; whatever it refers to outside itself is left out."""

from __future__ import annotations

import skia

from render import brush, shape
from render.item import Box, Item, Size
from render.svg import Drawing, read

SIZING = ()


def _drawing(item: Item, frame: int) -> Drawing | None:
    """Open the drawing in its color; one that cannot be read is noticed, once."""
    color = item.values.paint("color", frame)
    key = ("drawing", color if isinstance(color, str) else "#FFFFFF")
    if key not in item.memo:
        if len(item.memo) > 64:
            item.memo.clear()
        item.memo[key] = _open(item, key[1])
    found = item.memo[key]
    return found if isinstance(found, Drawing) else None


def _open(item: Item, color: str) -> Drawing | None:
    source = item.values.text("src")
    try:
        markup = item.values.text("markup")
        if not markup:
            path = item.kit.images.path(source)
            if not path.is_file():
                raise ValueError("there is no such file; add it under assets/")
            if path.stat().st_size > 4_000_000:
                raise ValueError("it is larger than 4 MB")
            markup = path.read_text(encoding="utf-8")
        return read(markup, color)
    except (OSError, ValueError) as error:
        item.kit.notice(f"svg {source or item.node.id!r} is left out: {error}")
        return None


def measure(item: Item, frame: int, width: float | None, height: float | None) -> Size:
    """Give the drawing's own size; with one side given the other keeps its shape."""
    drawing = _drawing(item, frame)
    natural = drawing.size if drawing else (100.0, 100.0)
    own = (item.values.length("width", frame), item.values.length("height", frame))
    if own[0] is not None:
        return (own[0], own[0] * natural[1] / natural[0])
    if own[1] is not None:
        return (own[1] * natural[0] / natural[1], own[1])
    factor = min(1.0, (width or natural[0]) / natural[0], (height or natural[1]) / natural[1])
    return (natural[0] * factor, natural[1] * factor)


def draw(canvas: skia.Canvas, item: Item, frame: int, opacity: float) -> None:
    """Paint the drawing into its box, its shape kept; a neutral box stands in for one that cannot be read."""
    drawing = _drawing(item, frame)
    box = shape.box_of(item)
    if drawing is None:
        canvas.drawRRect(brush.rounded(box, 4), brush.paint_of("#8A8F98", box, opacity))
        return
    canvas.save()
    wide, high = drawing.size
    factor = min(box.width() / wide, box.height() / high)
    canvas.translate((box.width() - wide * factor) / 2, (box.height() - high * factor) / 2)
    canvas.scale(factor, factor)
    canvas.clipRect(skia.Rect(0, 0, wide, high), doAntiAlias=True)
    canvas.drawPicture(drawing.picture)
    canvas.restore()


def folds(item: Item) -> bool:
    """Whether an opacity may go into the paint."""
    return False


def reach(item: Item, frame: int) -> Box:
    """Bounds of the box."""
    return (0, 0, item.place[2], item.place[3])
