"""Paints a scene's items onto a canvas: place, turn, blend, cut, and their children after them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import skia

from render import blur, box, brush, layout
from render.item import Box, Item
from stage.vocabulary import CONTAINERS

FAINT = 0.002
_LEAST_RUN = 6
"""A blurred picture is kept when it serves more than this many frames."""
_FAR = 200_000.0


@dataclass(frozen=True)
class View:
    """How a scene's camera stands on a frame."""

    x: float = 0
    y: float = 0
    zoom: float = 1
    rotation: float = 0
    width: float = 0
    height: float = 0

    def matrix(self, depth: float) -> skia.Matrix:
        """Give what the camera does to a node at a depth."""
        matrix = skia.Matrix()
        zoom = self.zoom**depth
        middle = (self.width / 2, self.height / 2)
        matrix.preTranslate(*middle)
        matrix.preRotate(-self.rotation * depth)
        matrix.preScale(zoom, zoom)
        matrix.preTranslate(-middle[0] - self.x * depth, -middle[1] - self.y * depth)
        return matrix


def pose(item: Item, frame: int) -> skia.Matrix:
    """Give where an item stands in its parent's box: place, offset, and turns about its pivot."""
    if item.turns:
        return _pose(item, frame)
    if item.stance is None or item.stance[0] != item.place:
        item.stance = (item.place, _pose(item, frame))
    return item.stance[1]


def _pose(item: Item, frame: int) -> skia.Matrix:
    left, top, width, height = item.place
    matrix = skia.Matrix.Translate(left + item.number("x", frame), top + item.number("y", frame))
    scale = item.number("scale", frame)
    across, down = scale * item.number("scale_x", frame), scale * item.number("scale_y", frame)
    rotation, skew = item.number("rotation", frame), item.number("skew_x", frame)
    if across == 1 and down == 1 and not rotation and not skew:
        return matrix
    _, (ox, oy) = layout.points(item)
    matrix.preTranslate(ox * width, oy * height)
    matrix.preRotate(rotation)
    if skew:
        matrix.preSkew(math.tan(math.radians(-skew)), 0)
    matrix.preScale(across, down)
    matrix.preTranslate(-ox * width, -oy * height)
    return matrix


def paint(canvas: skia.Canvas, item: Item, frame: int, opacity: float = 1) -> None:
    """Paint an item and all under it; the canvas stands in the parent's box."""
    opacity *= item.opacity(frame)
    if opacity <= FAINT:
        return
    canvas.save()
    canvas.concat(pose(item, frame))
    if item.kind in CONTAINERS:
        box.clip(canvas, item, frame)
    blend = item.values.text("blend")
    soft = item.number("blur", frame)
    plain = blend in ("", "normal")
    if soft > 0.05 or not plain or (opacity <= 0.998 and not _folds(item)):
        bounds = skia.Rect(*reach(item, frame))
        layer = skia.Paint(Alphaf=opacity, BlendMode=brush.BLENDS.get(blend, skia.BlendMode.kSrcOver))
        if soft > 0.05:
            _soft(canvas, item, frame, bounds, soft, layer)
        else:
            canvas.saveLayer(bounds.makeOutset(1, 1), layer)
            _content(canvas, item, frame, 1)
            canvas.restore()
    else:
        _content(canvas, item, frame, opacity)
    canvas.restore()


def _soft(
    canvas: skia.Canvas, item: Item, frame: int, bounds: skia.Rect, sigma: float, layer: skia.Paint
) -> None:
    """Blur an item; what stands still behind the blur is blurred once and kept."""

    def draw(target: skia.Canvas) -> None:
        _content(target, item, frame, 1)

    first, last = item.inner_moves.run(frame)
    begun, ended = item.blur_moves.run(frame)
    if min(last, ended) - max(first, begun) < _LEAST_RUN or not blur.is_wide(sigma * item.kit.scale, bounds):
        blur.blurred(canvas, bounds, sigma, layer, draw)
        return
    key = (item, first, begun)
    kept = item.kit.blurs.get(key)
    if kept is None:
        kept = blur.softened(bounds, sigma, item.kit.scale, draw)
        item.kit.blurs.put(key, kept, kept.image.width() * kept.image.height() * 4)
    kept.draw(canvas, layer)


def _content(canvas: skia.Canvas, item: Item, frame: int, opacity: float) -> None:
    """Paint what an item shows, and its children."""
    item.layer.draw(canvas, item, frame, opacity)
    if not item.children:
        return
    clipped = item.values.flag("clip")
    if clipped:
        canvas.save()
        box.clip_children(canvas, item, frame)
    for child in item.children:
        paint(canvas, child, frame, opacity)
    if clipped:
        canvas.restore()


def _folds(item: Item) -> bool:
    """Tell whether an opacity reaches the pixels right without a layer."""
    if not item.children:
        return item.layer.folds(item)
    return len(item.children) == 1 and not box.paints(item) and _folds(item.children[0])


def reach(item: Item, frame: int) -> Box:
    """Bounds of all that an item and its children paint, in the item's own box."""
    found = list(item.layer.reach(item, frame))
    for child in item.children:
        if not child.shown(frame):
            continue
        inner = reach(child, frame)
        edge = child.number("blur", frame) * 3
        mapped = pose(child, frame).mapRect(skia.Rect(*inner).makeOutset(edge, edge))
        found[0], found[1] = min(found[0], mapped.left()), min(found[1], mapped.top())
        found[2], found[3] = max(found[2], mapped.right()), max(found[3], mapped.bottom())
    return (
        max(found[0], -_FAR),
        max(found[1], -_FAR),
        min(found[2], _FAR),
        min(found[3], _FAR),
    )
