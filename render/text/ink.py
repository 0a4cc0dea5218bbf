"""Glyphs ready to be painted: large and joined letters as outlines, the others as the font's own."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import skia

from render.text.parts import Glyphs
from render.text.script import JOINED

_LARGE = 40
"""Device pixels of the em from which on outlines are quicker, and smoother in motion, than glyph masks."""

_STRIKE = 128
"""Pixels of the em in which colored letters are drawn to be enlarged: about what their fonts hold."""
_SMOOTH = skia.SamplingOptions(skia.CubicResampler.Mitchell())


@dataclass(eq=False)
class Ink:
    """The glyphs of some stretch of text."""

    outlines: list[tuple[int, skia.Path]]
    """Spans, and their letters as paths: letters that join overlap without a seam."""
    blobs: list[tuple[int, skia.TextBlob]]
    colored: list[Glyphs]
    glyphs: list[Glyphs]
    _united: skia.Path | None = None
    _silhouette: skia.Path | None = None
    _pictures: list[tuple[skia.Image, skia.Rect]] | None = None

    def draw(self, canvas: skia.Canvas, paint_for: Callable[[int], skia.Paint]) -> None:
        """Paint all letters, each span with its own paint."""
        for span, path in self.outlines:
            canvas.drawPath(path, paint_for(span))
        for span, blob in self.blobs:
            canvas.drawTextBlob(blob, 0, 0, paint_for(span))
        if self.colored:
            self._draw_colored(canvas, paint_for)

    def _draw_colored(self, canvas: skia.Canvas, paint_for: Callable[[int], skia.Paint]) -> None:
        matrix = canvas.getTotalMatrix()
        scale = max(
            math.hypot(matrix.getScaleX(), matrix.getSkewY()),
            math.hypot(matrix.getSkewX(), matrix.getScaleY()),
        )
        if self._pictures is None:
            self._pictures = [_picture(group) for group in self.colored]
        for group, (image, box) in zip(self.colored, self._pictures, strict=True):
            if group.size * scale > _STRIKE:
                canvas.drawImageRect(image, box, _SMOOTH, paint_for(group.span))
            else:
                canvas.drawTextBlob(_blob([group]), 0, 0, paint_for(group.span))

    def silhouette(self) -> skia.Path:
        """All letters as one path, to cast a shadow."""
        if self._silhouette is None:
            path = skia.Path()
            for group in self.glyphs:
                for glyph, (x, y) in zip(group.ids, group.points, strict=True):
                    path.addPath(group.face.outline(group.size, glyph), x, y)
            self._silhouette = path
        return self._silhouette

    def united(self) -> skia.Path:
        """All letters as one path without inner edges, to be outlined."""
        if self._united is None:
            maker = skia.OpBuilder()
            for group in self.glyphs:
                for glyph, (x, y) in zip(group.ids, group.points, strict=True):
                    moved = skia.Path(group.face.outline(group.size, glyph))
                    moved.offset(x, y)
                    maker.add(moved, skia.PathOp.kUnion_PathOp)
            united: skia.Path = maker.resolve() or skia.Path()
            self._united = united
        return self._united


def ink_of(glyphs: Sequence[Glyphs], scale: float) -> Ink:
    """Turn placed glyphs into what the rasterizer draws quickest."""
    ink = Ink([], [], [group for group in glyphs if group.face.color], list(glyphs))
    for span in dict.fromkeys(group.span for group in glyphs):
        own = [group for group in glyphs if group.span == span and not group.face.color]
        large = [each for each in own if each.size * scale >= _LARGE or each.script in JOINED]
        path = skia.Path()
        for group in large:
            for glyph, (x, y) in zip(group.ids, group.points, strict=True):
                path.addPath(group.face.outline(group.size, glyph), x, y)
        if not path.isEmpty():
            ink.outlines.append((span, path))
        small = [each for each in own if each.size * scale < _LARGE and each.script not in JOINED]
        if small:
            ink.blobs.append((span, _blob(small)))
    return ink


def _blob(groups: Sequence[Glyphs]) -> skia.TextBlob:
    maker = skia.TextBlobBuilder()
    for group in groups:
        points = [skia.Point(x, y) for x, y in group.points]
        maker.allocRunPos(group.face.sized(group.size), group.ids, points)
    return maker.make()


def _picture(group: Glyphs) -> tuple[skia.Image, skia.Rect]:
    """Draw colored letters at their font's own size; enlarged by the font they would take seconds."""
    factor = _STRIKE / group.size
    font = group.face.sized(_STRIKE)
    points = [(x * factor, y * factor) for x, y in group.points]
    outer = skia.Rect(points[0][0], points[0][1], points[0][0] + 1, points[0][1] + 1)
    for box, (x, y) in zip(font.getBounds(group.ids), points, strict=True):
        outer.join(box.makeOffset(x, y))
    whole = outer.makeOutset(2, 2).roundOut()
    info = skia.ImageInfo.Make(
        whole.width(), whole.height(), skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType
    )
    surface = skia.Surface.MakeRaster(info)
    canvas = surface.getCanvas()
    canvas.translate(-whole.left(), -whole.top())
    maker = skia.TextBlobBuilder()
    maker.allocRunPos(font, group.ids, [skia.Point(x, y) for x, y in points])
    canvas.drawTextBlob(maker.make(), 0, 0, skia.Paint(AntiAlias=True))
    edges = [edge / factor for edge in (whole.left(), whole.top(), whole.right(), whole.bottom())]
    return surface.makeImageSnapshot(), skia.Rect(*edges)
