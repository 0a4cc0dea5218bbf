"""What is done to the picture of a node before it is laid down: one chain of filters, in a fixed order."""

from __future__ import annotations

from collections.abc import Sequence

import skia

from render import brush
from render.item import Box, Filter, Item

_NARROW = 4.0
"""Device pixels of sigma up to which a blur is not made smaller."""


def chain(item: Item, frame: int) -> Filter:
    """Give all that happens to an item's picture on a frame; nothing when nothing does."""
    picture: Filter = None
    for each in item.effects:
        picture = each.apply(item, frame, picture)
    return picture


def grown(item: Item, frame: int, box: Box) -> Box:
    """Bounds of an item with its effects and its blur, in its own pixels."""
    for each in item.effects:
        box = each.reach(item, frame, box)
    edge = item.number("blur", frame) * 3
    return box if edge <= 0 else (box[0] - edge, box[1] - edge, box[2] + edge, box[3] + edge)


def soft(
    sigma: float, scale: float, picture: Filter, tile: skia.TileMode = skia.TileMode.kDecal
) -> skia.ImageFilter:
    """Blur a picture; a wide blur is done on smaller and smaller halves of it, where nobody can tell."""
    halves, small = _halved(sigma * scale, 2 * _NARROW, picture)
    near = sigma / 2**halves
    return _doubled(halves, skia.ImageFilters.Blur(near, near, tile, small))


def spread(far: float, scale: float, picture: Filter) -> skia.ImageFilter:
    """Make what is painted wider on all sides; a wide edge is made on halves of the picture."""
    halves, small = _halved(far * scale, _NARROW, picture)
    near = far / 2**halves
    return _doubled(halves, skia.ImageFilters.Dilate(near, near, small))


def shrunk(far: float, scale: float, picture: Filter) -> skia.ImageFilter:
    """Make what is painted narrower on all sides, as `spread` makes it wider."""
    halves, small = _halved(far * scale, _NARROW, picture)
    near = far / 2**halves
    return _doubled(halves, skia.ImageFilters.Erode(near, near, small))


def _halved(far: float, most: float, picture: Filter) -> tuple[int, Filter]:
    """Halve a picture until so many device pixels are few."""
    halves = 0
    while far / 2**halves >= most:
        picture = skia.ImageFilters.MatrixTransform(skia.Matrix.Scale(0.5, 0.5), brush.LINEAR, picture)
        halves += 1
    return halves, picture


def _doubled(halves: int, picture: skia.ImageFilter) -> skia.ImageFilter:
    if not halves:
        return picture
    grow = skia.Matrix.Scale(2.0**halves, 2.0**halves)
    return skia.ImageFilters.MatrixTransform(grow, brush.LINEAR, picture)


def painted(box: skia.Rect, paint: skia.Paint) -> skia.ImageFilter:
    """Give a box of paint as a picture."""
    recorder = skia.PictureRecorder()
    recorder.beginRecording(box).drawRect(box, paint)
    return skia.ImageFilters.Picture(recorder.finishRecordingAsPicture(), box)


def laid(mode: skia.BlendMode, under: Filter, over: Filter) -> skia.ImageFilter:
    """Lay one picture over another."""
    return skia.ImageFilters.Xfermode(mode, under, over)


def colored(matrix: Sequence[float], picture: Filter) -> skia.ImageFilter:
    """Mix a picture's channels anew by a matrix of 4 rows and 5 columns, whose last one is added; 0 to 1."""
    return skia.ImageFilters.ColorFilter(skia.ColorFilters.Matrix(list(matrix)), picture)
