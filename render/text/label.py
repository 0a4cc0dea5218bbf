"""One short line of text, shaped once, to be written anywhere: numbers and names beside pictures."""

from __future__ import annotations

from dataclasses import dataclass

import skia

from render import brush
from render.item import Item
from render.text.block import Composer, Wish, line_ink
from render.text.ink import Ink, ink_of
from render.text.parts import glyphs_of
from render.text.shape import Style, paragraphs

_SHARES = {"start": 0.0, "center": 0.5, "end": 1.0}


@dataclass
class Label:
    """A shaped line; lengths in px."""

    ink: Ink
    width: float
    top: float
    """The highest ink above the baseline, negative."""
    bottom: float
    rtl: bool

    def draw(
        self, canvas: skia.Canvas, x: float, baseline: float, color: str, opacity: float, align: str = "start"
    ) -> None:
        """Write it on a baseline; `start` puts its left end at x, `end` its right end."""
        if opacity <= 0.002:
            return
        canvas.save()
        canvas.translate(x - self.width * _SHARES[align], baseline)
        paint = brush.paint_of(color, skia.Rect(0, 0, 1, 1), opacity)
        self.ink.draw(canvas, lambda _: paint)
        canvas.restore()


def label(item: Item, text: str, style: Style) -> Label:
    """Shape a line, or find it shaped already."""
    key = ("label", text, style)
    found = item.memo.get(key)
    if not isinstance(found, Label):
        sources = paragraphs([(text.replace("\n", " "), style)], "auto", 0, item.kit.fonts, item.kit.notice)
        block = Composer(sources).compose(Wish())
        if len(item.memo) > 2_000:
            item.memo.clear()
        if not block.lines:
            found = Label(ink_of([], 1), 0, 0, 0, False)
        else:
            line = block.lines[0]
            glyphs = glyphs_of(line, 1)[0]
            for group in glyphs:
                group.points = [(x - line.left, y - line.baseline) for x, y in group.points]
            ink = line_ink(line, 1)
            top, bottom = ink[1] - line.baseline, ink[3] - line.baseline
            found = Label(ink_of(glyphs, item.kit.scale), line.row.width, top, bottom, line.row.rtl)
        item.memo[key] = found
    return found
