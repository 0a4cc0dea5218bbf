"""Underlines of a laid-out text, drawn on along the reading direction and clear of descenders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import skia

from domain.composition import Span
from render.text.block import Line
from render.text.parts import Glyphs, glyphs_of
from render.text.script import JOINED


@dataclass
class Bar:
    """A piece of an underline between two descenders."""

    left: float
    right: float
    top: float
    thick: float
    span: int


@dataclass
class Underline:
    """One line's underline."""

    bars: list[Bar]
    left: float
    right: float
    rtl: bool

    def drawn(self, share: float) -> list[Bar]:
        """Give what is drawn when a share of the line is."""
        reach = (self.right - self.left) * share
        low, high = (self.right - reach, self.right) if self.rtl else (self.left, self.left + reach)
        cut = [
            Bar(max(bar.left, low), min(bar.right, high), bar.top, bar.thick, bar.span) for bar in self.bars
        ]
        return [bar for bar in cut if bar.right > bar.left]


def underlines(spans: Sequence[Span], lines: Sequence[Line], factor: float) -> list[Underline]:
    """Find every line's underline: of the spans that ask for it, or of all when none does."""
    marked = {at for at, span in enumerate(spans) if span.underline}
    found: list[Underline] = []
    for line in lines:
        runs = [(run, x) for run, x in line.row.runs if not marked or run.item.style.span in marked]
        glyphs = [group for group in glyphs_of(line, factor)[0] if not marked or group.span in marked]
        if not runs or not glyphs:
            continue
        size = max(run.item.style.size for run, _ in runs) * factor
        joined = any(run.item.script in JOINED for run, _ in runs)
        thick = max(2.0, size * 0.06)
        top = line.baseline + size * (0.2 if joined else 0.13)
        gaps = _gaps(glyphs, top, thick)
        bars: list[Bar] = []
        for left, right, span in stretches(
            [
                (line.left + x * factor, line.left + (x + run.width) * factor, run.item.style.span)
                for run, x in runs
            ]
        ):
            bars.extend(Bar(a, b, top, thick, span) for a, b in _between(left, right, gaps) if b - a > thick)
        if bars:
            edges = (min(bar.left for bar in bars), max(bar.right for bar in bars))
            found.append(Underline(bars, *edges, line.row.rtl))
    return found


def _gaps(glyphs: Sequence[Glyphs], top: float, thick: float) -> list[tuple[float, float]]:
    """Find where letters reach through the underline."""
    found: list[tuple[float, float]] = []
    for group in glyphs:
        maker = skia.TextBlobBuilder()
        font = group.face.sized(group.size)
        maker.allocRunPos(font, group.ids, [skia.Point(x, y) for x, y in group.points])
        cuts: list[float] = list(maker.make().getIntercepts([top - thick * 0.4, top + thick * 1.4]))
        found.extend(
            (cuts[at] - thick * 0.9, cuts[at + 1] + thick * 0.9) for at in range(0, len(cuts) - 1, 2)
        )
    return sorted(found)


def _between(left: float, right: float, gaps: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    pen = left
    for start, end in gaps:
        if end <= pen:
            continue
        if start >= right:
            break
        if start > pen:
            found.append((pen, start))
        pen = end
    if pen < right:
        found.append((pen, right))
    return found


def stretches(pieces: Sequence[tuple[float, float, int]]) -> list[tuple[float, float, int]]:
    """Join neighbouring runs of one span."""
    found: list[tuple[float, float, int]] = []
    for left, right, span in sorted(pieces):
        if found and found[-1][2] == span and left <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(right, found[-1][1]), span)
        else:
            found.append((left, right, span))
    return found
