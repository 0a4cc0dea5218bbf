"""Glyphs ready to be painted: large and joined letters as outlines, the others as the font's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import skia

from render.text.parts import Glyphs
from render.text.script import JOINED

_LARGE = 40
"""Device pixels of the em from which on outlines are quicker, and smoother in motion, than glyph masks."""


@dataclass(eq=False)
class Ink:
    """The glyphs of some stretch of text."""

    outlines: list[tuple[int, skia.Path]]
    """Spans, and their letters as paths: letters that join overlap without a seam."""
    blobs: list[tuple[int, skia.TextBlob]]
    glyphs: list[Glyphs]
    _united: skia.Path | None = None

    def draw(self, canvas: skia.Canvas, paint_for: Callable[[int], skia.Paint]) -> None:
        """Paint all letters, each span with its own paint."""
        for span, path in self.outlines:
            canvas.drawPath(path, paint_for(span))
        for span, blob in self.blobs:
            canvas.drawTextBlob(blob, 0, 0, paint_for(span))

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
    ink = Ink([], [], list(glyphs))
    for span in dict.fromkeys(group.span for group in glyphs):
        path = skia.Path()
        maker = skia.TextBlobBuilder()
        small = 0
        for group in glyphs:
            if group.span != span:
                continue
            large = group.size * scale >= _LARGE or group.script in JOINED
            if large and not group.face.color:
                for glyph, (x, y) in zip(group.ids, group.points, strict=True):
                    path.addPath(group.face.outline(group.size, glyph), x, y)
            else:
                font = group.face.sized(group.size)
                maker.allocRunPos(font, group.ids, [skia.Point(x, y) for x, y in group.points])
                small += len(group.ids)
        if not path.isEmpty():
            ink.outlines.append((span, path))
        if small:
            ink.blobs.append((span, maker.make()))
    return ink
