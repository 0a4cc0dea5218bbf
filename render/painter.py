"""Paints a scene's items onto a canvas: place, turn, blend, cut, and their children after them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import skia
from numpy.typing import NDArray

from render import apart, blur, box, brush, effect, layout, mask, smear
from render.item import TURNS, Box, Copy, Item
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
    if item.upright:
        left, top = item.place[0], item.place[1]
        return skia.Matrix.Translate(left + item.number("x", frame), top + item.number("y", frame))
    return _stand(item, [item.number(name, frame) for name in TURNS])


def _stand(item: Item, turns: Sequence[float]) -> skia.Matrix:
    """Give the matrix of a node's turns, in the order of their names in `TURNS`."""
    left, top, width, height = item.place
    x, y, scale, across, down, rotation, skew, tilt_x, tilt_y, eye, along = turns
    if item.route is not None:
        dx, dy, turn = item.route.at(along)
        x, y = x + dx, y + dy
        rotation += turn if item.values.flag("heading") else 0
    matrix = skia.Matrix.Translate(left + x, top + y)
    across, down = scale * across, scale * down
    if across == 1 and down == 1 and not rotation and not skew and not item.tilts:
        return matrix
    _, (ox, oy) = layout.points(item)
    matrix.preTranslate(ox * width, oy * height)
    if tilt_x or tilt_y:
        matrix.preConcat(_tilt(tilt_x, tilt_y, eye or 2 * max(width, height, 1)))
    matrix.preRotate(rotation)
    if skew:
        matrix.preSkew(math.tan(math.radians(-skew)), 0)
    matrix.preScale(across, down)
    matrix.preTranslate(-ox * width, -oy * height)
    return matrix


def _tilt(across: float, up: float, eye: float) -> skia.Matrix:
    """Give what an eye at a distance sees of a plane turned about its horizontal and its vertical axis."""
    a, b = math.radians(across), math.radians(up)
    return skia.Matrix.MakeAll(
        math.cos(b), 0, 0,
        math.sin(b) * math.sin(a), math.cos(a), 0,
        math.sin(b) * math.cos(a) / eye, -math.sin(a) / eye, 1,
    )  # fmt: skip


def paint(canvas: skia.Canvas, item: Item, frame: int, opacity: float = 1) -> None:
    """Paint an item and all under it; the canvas stands in the parent's box."""
    opacity *= item.opacity(frame)
    if opacity <= FAINT:
        return
    canvas.save()
    if item.upright and item.turns and not item.shutter:
        left, top = item.place[0], item.place[1]
        canvas.translate(left + item.number("x", frame), top + item.number("y", frame))
        _standing(canvas, item, frame, opacity)
    elif not item.shutter or not _smeared(canvas, item, frame, opacity):
        canvas.concat(pose(item, frame))
        _standing(canvas, item, frame, opacity)
    canvas.restore()


def _standing(canvas: skia.Canvas, item: Item, frame: int, opacity: float) -> None:
    """Paint an item into its own box: its wipes, what lies behind it, its effects, its blend."""
    if item.kind in CONTAINERS:
        box.clip(canvas, item, frame)
    if item.plain and (opacity > 0.998 or _folds(item)):
        _content(canvas, item, frame, opacity)
        return
    if item.number("backdrop_blur", frame) > 0.05:
        _glass(canvas, item, frame, opacity)
    soft = item.number("blur", frame)
    blend = item.values.text("blend")
    plain = blend in ("", "normal")
    chain = _chain(canvas, item, frame, soft) if item.effects else None
    if soft > 0.05 or not plain or chain is not None or (opacity <= 0.998 and not _folds(item)):
        bounds = skia.Rect(*reach(item, frame))
        layer = skia.Paint(Alphaf=opacity, BlendMode=brush.BLENDS.get(blend, skia.BlendMode.kSrcOver))
        if chain is not None:
            _filtered(canvas, item, frame, bounds, layer, chain)
        elif soft > 0.05:
            _soft(canvas, item, frame, bounds, soft, layer)
        else:
            _layered(canvas, item, frame, bounds, layer)
    else:
        _content(canvas, item, frame, opacity)


def _layered(canvas: skia.Canvas, item: Item, frame: int, bounds: skia.Rect, layer: skia.Paint) -> None:
    canvas.saveLayer(bounds.makeOutset(1, 1), layer)
    _content(canvas, item, frame, 1)
    canvas.restore()


def _chain(canvas: skia.Canvas, item: Item, frame: int, soft: float) -> skia.ImageFilter | None:
    """Give all that happens to an item's picture, at the resolution that it is done at."""
    whole, scale = _needed(canvas, item, frame), blur.scale_of(canvas.getTotalMatrix())
    most = apart.most(canvas)
    item.magnified = (
        scale if apart.bearable(whole, scale, most) == scale else apart.bearable(whole, scale, most / 2)
    )
    chain = effect.chain(item, frame)
    return effect.soft(soft, item.magnified, chain) if chain is not None and soft > 0.05 else chain


def _needed(canvas: skia.Canvas, item: Item, frame: int) -> skia.Rect:
    """Bounds of what must be painted of an item so that what is seen of it is right."""
    inner, whole = reach(item, frame), outer(item, frame)
    edge = max(0.0, *(abs(one - other) for one, other in zip(inner, whole, strict=True)))
    box = skia.Rect(*whole)
    seen = box.intersect(canvas.getLocalClipBounds().makeOutset(edge, edge))
    return box if seen else skia.Rect(0, 0, 0, 0)


def _filtered(
    canvas: skia.Canvas, item: Item, frame: int, bounds: skia.Rect, layer: skia.Paint, chain: skia.ImageFilter
) -> None:
    """Paint an item through its effects; what is far larger than the frame is done coarsely."""
    if item.magnified == blur.scale_of(canvas.getTotalMatrix()):
        layer.setImageFilter(chain)
        _layered(canvas, item, frame, bounds, layer)
        return
    whole, within = _needed(canvas, item, frame), skia.Paint(ImageFilter=chain)
    image = apart.image_of(
        whole, item.magnified, lambda target: _layered(target, item, frame, bounds, within)
    )
    canvas.drawImageRect(image, whole, brush.LINEAR, layer)


def _smeared(canvas: skia.Canvas, item: Item, frame: int, opacity: float) -> bool:
    """Paint an item as an open shutter sees it; false when it moves too little for that."""
    opened = frame - item.number("motion_blur", frame)
    around = skia.Rect(*outer(item, frame))
    ends = _poses(canvas, item, np.linspace(opened, frame, 5))
    distance = smear.way(ends, around)
    if distance < smear.LEAST:
        return False
    poses = _poses(canvas, item, np.linspace(opened, frame, smear.prints(distance)))
    scale = apart.bearable(around, blur.scale_of(ends[-1]), apart.most(canvas))
    image = apart.image_of(around, scale, lambda target: _standing(target, item, frame, 1))
    smear.smear(canvas, poses, around, skia.Paint(Alphaf=opacity), image)
    return True


def _poses(canvas: skia.Canvas, item: Item, times: NDArray[np.float64]) -> list[skia.Matrix]:
    return [
        skia.Matrix.Concat(each, own)
        for each, own in zip(_grounds(canvas, item, times), _stands(item, times), strict=True)
    ]


def _stands(item: Item, times: NDArray[np.float64]) -> list[skia.Matrix]:
    rows = zip(*(item.values.numbers(name, times).tolist() for name in TURNS), strict=True)
    return [_stand(item, row) for row in rows]


def _grounds(canvas: skia.Canvas, item: Item, times: NDArray[np.float64]) -> list[skia.Matrix]:
    """Tell where the box that an item stands in was at some moments, the last of which is now."""
    whole = canvas.getTotalMatrix()
    carried = _carried(item, times)
    back = skia.Matrix()
    if not carried or not carried[-1].invert(back):
        return [whole] * len(times)
    still = skia.Matrix.Concat(whole, back)
    return [skia.Matrix.Concat(still, each) for each in carried]


def _carried(item: Item, times: NDArray[np.float64]) -> list[skia.Matrix]:
    """Give what those that carry an item do to it at some moments; nothing when nobody does."""
    if not item.carriers:
        return []
    found = [skia.Matrix() for _ in times]
    for each in item.carriers:
        found = [skia.Matrix.Concat(one, own) for one, own in zip(found, _stands(each, times), strict=True)]
    return found


def _glass(canvas: skia.Canvas, item: Item, frame: int, opacity: float) -> None:
    """Blur what was painted behind an item's box."""
    sigma = item.number("backdrop_blur", frame)
    within = skia.Rect.MakeWH(item.place[2], item.place[3])
    canvas.save()
    radius = item.number("radius", frame) if "radius" in item.values.fixed else 0
    if item.kind == "ellipse":
        canvas.clipPath(skia.Path.Oval(within), doAntiAlias=True)
    else:
        canvas.clipRRect(brush.rounded(within, radius), doAntiAlias=True)
    scale, paint = blur.scale_of(canvas.getTotalMatrix()), skia.Paint(Alphaf=opacity)
    behind = effect.soft(sigma, scale, None, skia.TileMode.kClamp)
    record = skia.Canvas.SaveLayerRec(within, paint, behind, 0)  # keeps only pointers to what stands here
    canvas.saveLayer(record)
    canvas.restore()
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
    if not item.children or item.kind not in CONTAINERS:
        return
    clipped = item.values.flag("clip")
    if clipped:
        canvas.save()
        box.clip_children(canvas, item, frame)
    if mask.masks(item):
        bounds = skia.Rect(*reach(item, frame)).makeOutset(1, 1)
        mask.paint(canvas, item, bounds, lambda child: paint(canvas, child, frame, opacity))
    elif item.repeats is not None:
        _copies(canvas, item, item.repeats.copies(item, frame), opacity)
    else:
        for child in item.children:
            paint(canvas, child, frame, opacity)
    if clipped:
        canvas.restore()


def _copies(canvas: skia.Canvas, item: Item, copies: Sequence[Copy], opacity: float) -> None:
    """Paint what an item holds once for each copy."""
    for copy in copies:
        canvas.save()
        canvas.concat(copy.matrix)
        for child in item.children:
            paint(canvas, child, copy.frame, opacity * copy.opacity)
        canvas.restore()


def _folds(item: Item) -> bool:
    """Tell whether an opacity reaches the pixels right without a layer."""
    if item.effects or item.shutter or item.repeats is not None:
        return False
    if not item.children or item.kind not in CONTAINERS:
        return item.layer.folds(item)
    return len(item.children) == 1 and not box.paints(item) and _folds(item.children[0])


def _before(item: Item, frame: int) -> skia.Matrix:
    """Tell where an item stood a frame ago, in the box of its parent as it stands now."""
    own = pose(item, max(0, frame - 1))
    carried = _carried(item, np.array([max(0.0, frame - 1.0), float(frame)]))
    back = skia.Matrix()
    if not carried or not carried[1].invert(back):
        return own
    return skia.Matrix.Concat(skia.Matrix.Concat(back, carried[0]), own)


def _reached(one: skia.Rect, copies: Sequence[Copy]) -> list[float]:
    """Bounds of something and all its copies."""
    whole = one.makeOutset(0, 0)
    for copy in copies:
        whole.join(copy.matrix.mapRect(one))
    return [whole.left(), whole.top(), whole.right(), whole.bottom()]


def outer(item: Item, frame: int) -> Box:
    """Bounds of an item with its effects and its blur, in its own box."""
    return effect.grown(item, frame, reach(item, frame))


def reach(item: Item, frame: int) -> Box:
    """Bounds of all that an item and its children paint, in the item's own box, its own effects left out."""
    found = list(item.layer.reach(item, frame))
    for child in item.children:
        if not child.shown(frame):
            continue
        mapped = pose(child, frame).mapRect(skia.Rect(*outer(child, frame)))
        if child.shutter:
            before = skia.Rect(*outer(child, max(0, frame - 1)))
            mapped.join(_before(child, frame).mapRect(before))
        found[0], found[1] = min(found[0], mapped.left()), min(found[1], mapped.top())
        found[2], found[3] = max(found[2], mapped.right()), max(found[3], mapped.bottom())
    if item.repeats is not None:
        found = _reached(skia.Rect(*found), item.repeats.copies(item, frame))
    return (
        max(found[0], -_FAR),
        max(found[1], -_FAR),
        min(found[2], _FAR),
        min(found[3], _FAR),
    )
