"""What boxes, ellipses and paths share: fill, outline drawn on, shadows and how far they reach."""

from __future__ import annotations

from collections.abc import Hashable

import skia

from render import brush
from render.item import Box, Item

_CAPS = {"butt": skia.Paint.kButt_Cap, "round": skia.Paint.kRound_Cap, "square": skia.Paint.kSquare_Cap}
_JOINS = {"miter": skia.Paint.kMiter_Join, "round": skia.Paint.kRound_Join, "bevel": skia.Paint.kBevel_Join}
_MOST_DASHES = 20_000


def box_of(item: Item) -> skia.Rect:
    """Give an item's own box, its corner at the origin."""
    return skia.Rect.MakeWH(item.place[2], item.place[3])


def outset(item: Item, frame: int, box: Box) -> Box:
    """Grow a box by an item's outline and shadows."""
    edge = 1.0
    if "stroke_width" in item.values.fixed and item.values.paint("stroke", frame):
        edge += item.number("stroke_width", frame) * (
            2 if item.values.fixed.get("join") == "miter" else 0.75
        )  # fmt: skip
    left, top, right, bottom = box[0] - edge, box[1] - edge, box[2] + edge, box[3] + edge
    for shadow in item.shadows:
        far = shadow.blur * 3 + max(shadow.spread, 0) + 2
        left, top = min(left, box[0] + shadow.x - far), min(top, box[1] + shadow.y - far)
        right, bottom = max(right, box[2] + shadow.x + far), max(bottom, box[3] + shadow.y + far)
    return (left, top, right, bottom)


def folds(item: Item) -> bool:
    """Tell whether a shape is painted in one go, so that its opacity can go into the paint."""
    known = item.memo.get(folds)
    if known is None:
        painted = [
            name for name in ("fill", "stroke") if item.values.fixed.get(name) or name in item.values.moving
        ]
        known = item.memo[folds] = len(painted) <= 1 and not item.shadows
    return known is True


def bare(item: Item) -> bool:
    """Tell whether a shape is nothing but a fill: neither outlined nor shadowed."""
    return not (item.shadows or item.values.fixed.get("stroke") or "stroke" in item.values.moving)


def draw_shadows(
    canvas: skia.Canvas,
    item: Item,
    opacity: float,
    key: Hashable,
    path: skia.Path,
    *,
    clear: bool,
    inside: skia.Rect | None = None,
) -> None:
    """Draw the drop shadows of an outline: none within one that can be seen through."""
    if not item.shadows:
        return
    canvas.save()
    if clear:
        canvas.clipPath(path, skia.ClipOp.kDifference, True)
    hole = inside if opacity == 1 and not clear else None
    item.kit.shadows.draw(
        canvas,
        item.shadows,
        key,
        path.getBounds(),
        opacity,
        lambda target, paint: target.drawPath(path, paint),
        hole,
    )
    canvas.restore()


def hidden_by(box: skia.Rect, radius: float) -> skia.Rect | None:
    """Give the largest upright box that lies wholly within a rounded one."""
    inset = min(radius, box.width() / 2, box.height() / 2) * 0.3 + 2
    inner = box.makeInset(inset, inset)
    return inner if inner.width() > 8 and inner.height() > 8 else None


def sees_through(value: brush.Paint) -> bool:
    """Tell whether what lies under a paint shows."""
    if isinstance(value, str):
        return brush.alpha_of(value) < 1
    return any(brush.alpha_of(stop.color) < 1 for stop in value.stops)


def pen(
    item: Item, frame: int, box: skia.Rect, opacity: float, instead: str | None = None
) -> skia.Paint | None:
    """Make the paint of an item's whole outline; nothing when none is to be seen."""
    width = item.number("stroke_width", frame)
    value = item.values.paint("stroke", frame) if width > 0 else None
    if value is None:
        return None
    paint = brush.paint_of(instead or value, box, opacity)
    paint.setStyle(skia.Paint.kStroke_Style)
    paint.setStrokeWidth(width)
    if "cap" in item.values.fixed:
        paint.setStrokeCap(_CAPS[item.values.text("cap")])
        paint.setStrokeJoin(_JOINS[item.values.text("join")])
    return paint


def stroke_paint(
    item: Item,
    frame: int,
    box: skia.Rect,
    opacity: float,
    instead: str | None = None,
    path: skia.Path | None = None,
) -> skia.Paint | None:
    """Make the paint of an item's outline, dashed, and trimmed to what is drawn on."""
    paint = pen(item, frame, box, opacity, instead)
    if paint is None or "draw_end" not in item.values.fixed:
        return paint
    start, end = item.number("draw_start", frame), item.number("draw_end", frame)
    if end <= start:
        return None
    trim = skia.TrimPathEffect.Make(start, end) if start > 0 or end < 1 else None
    dash = dashes(item, frame, path) if path is not None else None
    if trim is not None and dash is not None:
        paint.setPathEffect(skia.PathEffect.MakeCompose(dash, trim))
    elif trim is not None or dash is not None:
        paint.setPathEffect(trim or dash)
    return paint


def dashes(item: Item, frame: int, path: skia.Path) -> skia.PathEffect | None:
    """Make the dashes of an outline, if it has any; so many that they would run together are a solid line."""
    dash = item.number("dash", frame)
    if dash <= 0:
        return None
    gap = item.values.length("dash_gap", frame)
    lengths = [max(dash, 0.5), max(dash if gap is None else gap, 0.5)]
    if _length(path) / sum(lengths) > _MOST_DASHES:
        return None
    return skia.DashPathEffect.Make(lengths, item.number("dash_offset", frame))


def _length(path: skia.Path) -> float:
    measured = skia.PathMeasure(path, False)
    length = measured.getLength()
    while measured.nextContour():
        length += measured.getLength()
    return length


def draw_shape(
    canvas: skia.Canvas,
    item: Item,
    frame: int,
    opacity: float,
    path: skia.Path,
    key: Hashable,
    inside: skia.Rect | None = None,
) -> None:
    """Paint a path as a shape: shadows, fill, outline."""
    box = box_of(item)

    value = item.values.paint("fill", frame)
    if value is not None:
        if item.shadows:
            draw_shadows(canvas, item, opacity, key, path, clear=sees_through(value), inside=inside)
        brush.fill(canvas, value, box, opacity, path, item.kit.fields)
    stroke = stroke_paint(item, frame, box, opacity, path=path)
    if stroke is not None:
        if value is None and item.shadows:
            _stroke_shadows(canvas, item, frame, opacity, path)
        canvas.drawPath(path, stroke)


def _stroke_shadows(canvas: skia.Canvas, item: Item, frame: int, opacity: float, path: skia.Path) -> None:
    for shadow in item.shadows:
        paint = stroke_paint(item, frame, box_of(item), opacity, shadow.color, path)
        if paint is None:
            continue
        if shadow.blur:
            paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, shadow.blur))
        canvas.save()
        canvas.translate(shadow.x, shadow.y)
        canvas.drawPath(path, paint)
        canvas.restore()
