"""Gradients over large areas as images, written row by row in numpy: many times quicker than a shader."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import skia
from numpy.typing import NDArray

from render import color
from render.kept import Kept

Pixels = NDArray[np.uint32]
_STEPS = 2048
_KEPT = 48_000_000
"""Bytes of images that are kept."""


@dataclass(frozen=True)
class Ramp:
    """A gradient in a node's own space."""

    shape: str
    stops: tuple[tuple[float, str], ...]
    x: float
    """Where a linear gradient begins, or the center of a radial one."""
    y: float
    dx: float
    """The way from the beginning to the end; the radius of a radial one."""
    dy: float = 0


@dataclass(frozen=True)
class Field:
    """A gradient over a whole box of pixels; lengths in pixels of the image."""

    shape: str
    stops: tuple[tuple[float, str], ...]
    width: int
    height: int
    x: float
    """Where a linear gradient begins, or the center of a radial one."""
    y: float
    dx: float
    """The way from the beginning to the end; the radius of a radial one."""
    dy: float = 0


class Fields:
    """Makes gradient images, and keeps those that may be wanted again."""

    def __init__(self) -> None:
        self._kept: Kept[skia.Image] = Kept(_KEPT)
        self._last: Pixels | None = None
        self._distance: NDArray[np.uint16] | None = None

    def cover(self, canvas: skia.Canvas, ramp: Ramp, path: skia.Path, opacity: float) -> bool:
        """Fill a path with a gradient; gives up, and says so, where the canvas is slanted or stretched."""
        matrix = canvas.getTotalMatrix()
        across, down = matrix.getScaleX(), matrix.getSkewY()
        scale = math.hypot(across, down)
        slant = abs(matrix.getScaleY() - across) + abs(matrix.getSkewX() + down)
        if not scale or slant > scale * 1e-4:
            return False
        seen = matrix.mapRect(path.getBounds()).roundOut()
        if not seen.intersect(canvas.getDeviceClipBounds()):
            return True
        start = matrix.mapXY(ramp.x, ramp.y)
        way = (ramp.dx * across - ramp.dy * down, ramp.dx * down + ramp.dy * across)
        if ramp.shape == "radial":
            way = (ramp.dx * scale, 0.0)
        size = (seen.width(), seen.height())
        field = Field(ramp.shape, ramp.stops, *size, start.x() - seen.left(), start.y() - seen.top(), *way)
        under = _under(canvas, matrix, path, seen) if opacity > 0.999 and _opaque(field) else None
        if under is not None:
            self._write(field, under)
            return True
        canvas.save()
        canvas.clipPath(path, skia.ClipOp.kIntersect, True)
        canvas.setMatrix(skia.Matrix.Translate(seen.left(), seen.top()))
        canvas.drawImage(
            self.image(field, keep=False), 0, 0, skia.SamplingOptions(), skia.Paint(Alphaf=opacity)
        )
        canvas.restore()
        return True

    def image(self, field: Field, *, keep: bool) -> skia.Image:
        """Give a gradient as an image, to be drawn pixel by pixel."""
        found = self._kept.get(field)
        if found is not None:
            return found
        pixels = np.empty((field.height, field.width), np.uint32)
        self._write(field, pixels)
        kind = skia.kOpaque_AlphaType if _opaque(field) else skia.kPremul_AlphaType
        shown = pixels.view(np.uint8).reshape(field.height, field.width, 4)
        found = skia.Image.fromarray(shown, skia.kBGRA_8888_ColorType, kind, None, keep)
        self._last = pixels
        return self._kept.put(field, found, pixels.nbytes) if keep else found

    def _write(self, field: Field, out: Pixels) -> None:
        if field.shape == "radial":
            self._radial(field, out)
        else:
            _linear(field, out)

    def _radial(self, field: Field, out: Pixels) -> None:
        """Look every pixel's distance up in one map of distances that serves all circles."""
        reach_x = max(abs(field.x), abs(field.width - field.x)) + 1
        reach_y = max(abs(field.y), abs(field.height - field.y)) + 1
        half_x, half_y = math.ceil(reach_x), math.ceil(reach_y)
        most = 2 * max(field.width, field.height)
        if half_x > most or half_y > most:
            half_x, half_y = min(half_x, most), min(half_y, most)
        have = self._distance
        if have is None or have.shape[0] < 2 * half_y or have.shape[1] < 2 * half_x:
            half_x = max(half_x, 0 if have is None else have.shape[1] // 2)
            half_y = max(half_y, 0 if have is None else have.shape[0] // 2)
            y = np.arange(-half_y, half_y, dtype=np.float32)[:, None] + 0.5
            x = np.arange(-half_x, half_x, dtype=np.float32)[None, :] + 0.5
            have = self._distance = np.sqrt(x * x + y * y).astype(np.uint16)
        top = min(max(have.shape[0] // 2 - round(field.y), 0), have.shape[0] - field.height)
        left = min(max(have.shape[1] // 2 - round(field.x), 0), have.shape[1] - field.width)
        far = int(have[0, 0]) + 2
        table = _packed(field.stops, (np.arange(far) + 0.5) / max(field.dx, 0.5))
        window = have[top : top + field.height, left : left + field.width]
        np.take(table, window, out=out, mode="clip")


def _opaque(field: Field) -> bool:
    return all(color.read(text)[3] == 1 for _, text in field.stops)


def _under(canvas: skia.Canvas, matrix: skia.Matrix, path: skia.Path, seen: skia.IRect) -> Pixels | None:
    """Give the canvas's own memory under a box that a path fills whole: writing there spares three copies."""
    if not canvas.isClipRect() or not path.isRect(None):
        return None
    whole = matrix.mapRect(path.getBounds()).makeOutset(1e-3, 1e-3)
    if not whole.contains(skia.Rect.Make(seen)):
        return None
    pixmap = skia.Pixmap()
    top = canvas.accessTopLayerPixels()
    if top is None or not canvas.peekPixels(pixmap) or pixmap.rowBytes() != pixmap.width() * 4:
        return None
    pixels = np.asarray(memoryview(pixmap)).view(np.uint32)[:, :, 0]
    if np.asarray(top).ctypes.data != pixels.ctypes.data:
        return None  # a layer lies over the canvas
    return pixels[seen.top() : seen.bottom(), seen.left() : seen.right()]


def _packed(stops: tuple[tuple[float, str], ...], at: NDArray[np.floating[Any]]) -> Pixels:
    """Give premultiplied BGRA pixels for shares of the gradient's way."""
    ordered = tuple(sorted(stops, key=lambda stop: stop[0]))
    rows = color.ramp(ordered, np.linspace(0, 1, 129))
    rows[:, :3] *= rows[:, 3:]
    bgra = rows[:, [2, 1, 0, 3]]
    fine = np.linspace(0, 1, _STEPS)
    table = np.stack([np.interp(fine, np.linspace(0, 1, 129), bgra[:, i]) for i in range(4)], axis=-1)
    packed = np.ascontiguousarray((table * 255 + 0.5).astype(np.uint8)).view(np.uint32)[:, 0]
    index = (np.clip(at, 0, 1) * (_STEPS - 1) + 0.5).astype(np.int32)
    return packed[index]


def _linear(field: Field, out: Pixels) -> None:
    """Copy every row out of one strip: the rows of a slanted gradient are the same, shifted."""
    length = field.dx * field.dx + field.dy * field.dy
    if not length:
        out[:] = _packed(field.stops, np.ones(1))[0]
        return
    across, down = field.dx / length, field.dy / length
    start = -(field.x * across + field.y * down)
    rows = np.arange(field.height) + 0.5
    if abs(across) < abs(down) * 0.002:
        out[:] = _packed(field.stops, start + rows * down)[:, None]
        return
    shift = np.rint(rows * (down / across)).astype(np.int64)
    first = int(shift.min())
    columns = np.arange(field.width + int(shift.max()) - first) + first + 0.5
    strip = _packed(field.stops, start + columns * across)
    width = field.width
    starts = (shift - first).tolist()
    row = 0
    while row < field.height:
        last = row + 1
        while last < field.height and starts[last] == starts[row]:
            last += 1
        out[row:last] = strip[starts[row] : starts[row] + width]
        row = last
