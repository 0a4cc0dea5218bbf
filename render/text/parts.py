"""A laid-out text taken apart into lines, words or letters, each with its glyphs and its place."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from domain.composition import Stagger
from render.fonts import Face
from render.text.block import Block, Line, line_ink
from render.text.breaks import words
from render.text.lines import Box
from render.text.script import JOINED


@dataclass
class Glyphs:
    """Glyphs of one face, size and span, placed in the text's box."""

    face: Face
    size: float
    script: str
    span: int
    ids: list[int] = field(default_factory=list[int])
    points: list[tuple[float, float]] = field(default_factory=list[tuple[float, float]])


@dataclass
class Part:
    """A line, a word or a letter."""

    box: Box
    clip: tuple[float, float]
    """Top and bottom of its line, marks and descenders within."""
    rtl: bool
    line: int
    word: int
    glyphs: list[Glyphs]


def glyphs_of(
    line: Line, factor: float, start: int = 0, end: int = 1 << 30
) -> tuple[list[Glyphs], float, float, bool]:
    """Place the glyphs of the letters between two places; also gives left, right and direction."""
    found: list[Glyphs] = []
    left, right = float("inf"), float("-inf")
    rtl = line.row.rtl
    for run, x in line.row.runs:
        if run.end <= start or run.start >= end:
            continue
        pen = line.left + x * factor
        item = run.item
        size = round(item.style.size * factor, 3)
        group = Glyphs(item.face, size, item.script, item.style.span)
        for glyph, cluster, advance, (dx, dy) in zip(
            run.glyphs, run.clusters, run.advances, run.offsets, strict=True
        ):
            if start <= cluster < end:
                group.ids.append(glyph)
                group.points.append((pen + dx * factor, line.baseline + dy * factor))
                left, right = min(left, pen), max(right, pen + advance * factor)
                rtl = bool(item.level % 2)
            pen += advance * factor
        if group.ids:
            found.append(group)
    return found, left, right, rtl


def parts(block: Block, lines: Sequence[Line], unit: str) -> list[Part]:
    """Take a text apart, in reading order."""
    found: list[Part] = []
    word = 0
    for number, line in enumerate(lines):
        ink = line_ink(line, block.factor)
        clip = (min(line.top, ink[1] - 2), max(line.bottom, ink[3] + 2))
        row = line.row
        if unit == "line":
            glyphs, left, right, _ = glyphs_of(line, block.factor)
            if glyphs:
                found.append(Part((left, line.top, right, line.bottom), clip, row.rtl, number, word, glyphs))
            continue
        for start, end in words(row.source.text):
            start, end = max(start, row.start), min(end, row.end)
            if start >= end:
                continue
            for first, last in _pieces(line, start, end) if unit == "char" else [(start, end)]:
                glyphs, left, right, rtl = glyphs_of(line, block.factor, first, last)
                if glyphs:
                    box = (left, line.top, right, line.bottom)
                    found.append(Part(box, clip, rtl, number, word, glyphs))
            word += 1
    return found


def _pieces(line: Line, start: int, end: int) -> list[tuple[int, int]]:
    """Take a word apart into letters; a stretch of a joined script stays whole."""
    edges: list[int] = []
    for run, _ in line.row.runs:
        if run.end <= start or run.start >= end:
            continue
        if run.item.script in JOINED:
            edges.append(max(run.start, start))
        else:
            edges.extend(cluster for cluster in set(run.clusters) if start <= cluster < end)
    edges = sorted({start, *edges})
    return list(zip(edges, [*edges[1:], end], strict=True))


def delays(count: int, stagger: Stagger | None) -> list[float]:
    """Tell how many frames after the first each part begins."""
    if stagger is None or count < 2:
        return [0.0] * count
    middle = (count - 1) / 2
    far = [abs(at - middle) for at in range(count)]
    if stagger.order == "end":
        ranks = [float(count - 1 - at) for at in range(count)]
    elif stagger.order == "center":
        ranks = [way - min(far) for way in far]
    elif stagger.order == "edges":
        ranks = [max(far) - way for way in far]
    else:
        ranks = [float(at) for at in range(count)]
        if stagger.order == "random":
            random.Random(stagger.seed).shuffle(ranks)
    each = stagger.each
    if stagger.total is not None and max(ranks) * each > stagger.total:
        each = stagger.total / max(ranks)
    return [rank * each for rank in ranks]
