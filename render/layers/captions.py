"""What is said, when it is said: the cue of the moment, its word of the moment brought out."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import cast

import skia

from domain.composition import Cue
from render import brush, color, shadow, shape
from render.item import Box, Item, Size
from render.text import build
from render.text.block import Block, Line, line_ink
from render.text.ink import Ink, ink_of
from render.text.parts import Part, parts
from render.timeline import Changes

SIZING = ("size", "letter_spacing", "weight")
_LEAST_CONTRAST = 3.0
"""For large letters (WCAG 2.2, 1.4.3)."""
_POP = 4
"""Frames in which a word grows to its size."""


@dataclass(eq=False)
class _Set:
    """A cue laid out: its lines, its words, and when each of them is said."""

    lines: list[Line]
    factor: float
    words: list[Part]
    inks: list[Ink]
    times: list[tuple[float, float]]


def _cues(item: Item) -> tuple[Cue, ...]:
    value = item.values.fixed["cues"]
    return cast("tuple[Cue, ...]", value) if isinstance(value, tuple) else ()


def changes(item: Item) -> Changes:
    """Tell on which frames another cue or another word is shown."""
    found: list[tuple[int, int]] = []
    spoken = bool(
        item.values.said & {"highlight_color", "pill", "upcoming"} or item.values.number("pop", 0) != 1
    )
    for cue in _cues(item):
        found += [(_first(cue.start), _first(cue.start)), (_first(cue.end), _first(cue.end))]
        if spoken:
            for start, end in times(cue, len(cue.text.split())):
                found += [(_first(start), _first(start) + _POP), (_first(end), _first(end) + _POP)]
    return Changes(found)


def _first(moment: float) -> int:
    """The first frame that shows a moment as reached."""
    return int(-(-moment // 1))


def times(cue: Cue, count: int) -> list[tuple[float, float]]:
    """Tell when each word of a cue is said: as given, else shared out by their letters."""
    if len(cue.words) == count and count:
        return [(word.start, word.end) for word in cue.words]
    weights = [len(word) + 2.0 for word in cue.text.split()] if not cue.words else []
    if cue.words or len(weights) != count:
        weights = [1.0] * count
    pen, found = cue.start, list[tuple[float, float]]()
    for weight in weights:
        length = (cue.end - cue.start) * weight / sum(weights)
        found.append((pen, pen + length))
        pen += length
    return found


def _cue_on(item: Item, frame: int) -> Cue | None:
    """Find the cue that began last and is not over."""
    cues = _cues(item)
    at = bisect_right([cue.start for cue in cues], frame) - 1
    return cues[at] if at >= 0 and frame < cues[at].end else None


def measure(item: Item, frame: int, width: float | None, height: float | None) -> Size:
    """Give a zone as wide as its room and as high as its lines, so that nothing moves from cue to cue."""
    block = build.block(item, frame, (None, None), "Ág")
    padding = item.values.number("padding", 0) * 2 if item.values.fixed.get("fill") else 0
    most = item.values.number("max_lines", 0)
    wide = width if width is not None else 1_200.0
    return (wide, min(block.height * most + padding, height if height is not None else 1e9))


def _laid(item: Item, frame: int, cue: Cue) -> _Set:
    width, height = item.place[2], item.place[3]
    block = build.block(item, frame, (width, height), cue.text)
    key = ("cue", block, cue.start, width, height)
    found = item.memo.get(key)
    if not isinstance(found, _Set):
        lines = build.lines(item, frame, block)
        words = parts(block, lines, "word")
        inks = [ink_of(part.glyphs, item.kit.scale) for part in words]
        found = _Set(lines, block.factor, words, inks, times(cue, len(words)))
        item.memo[key] = found
    return found


def said(item: Item, frame: int) -> tuple[Cue, Block] | None:
    """Give the cue of a frame, laid out; nothing while nobody speaks."""
    cue = _cue_on(item, frame)
    if cue is None or not cue.text.strip():
        return None
    return cue, build.block(item, frame, (item.place[2], item.place[3]), cue.text)


def draw(canvas: skia.Canvas, item: Item, frame: int, opacity: float) -> None:
    """Paint the cue of this frame."""
    cue = _cue_on(item, frame)
    if cue is None or not cue.text.strip():
        return
    laid = _laid(item, frame, cue)
    _grounds(canvas, item, frame, opacity, laid)
    for at in range(len(laid.words)):
        _word(canvas, item, frame, opacity, laid, at)


def _grounds(canvas: skia.Canvas, item: Item, frame: int, opacity: float, laid: _Set) -> None:
    """Paint what lies behind each line."""
    value = item.values.paint("fill", frame)
    if value is None:
        return
    padding = item.values.number("padding", 0)
    for number, line in enumerate(laid.lines):
        held = [part.box for part in laid.words if part.line == number]
        if held:
            left, right = min(box[0] for box in held), max(box[2] for box in held)
            box = skia.Rect(
                left - padding, line.top - padding * 0.3, right + padding, line.bottom + padding * 0.3
            )
            canvas.drawRRect(
                brush.rounded(box, item.number("radius", frame)), brush.paint_of(value, box, opacity)
            )


def _word(canvas: skia.Canvas, item: Item, frame: int, opacity: float, laid: _Set, at: int) -> None:
    part, ink, (start, end) = laid.words[at], laid.inks[at], laid.times[at]
    _, ink_top, _, ink_bottom = line_ink(laid.lines[part.line], laid.factor)
    active = start <= frame < end
    if frame < start:
        opacity *= item.values.number("upcoming", 0)
    if opacity <= 0.002:
        return
    grown = min(1.0, (frame - start + 1) / _POP) if active else max(0.0, 1 - (frame - end + 1) / _POP)
    scale = 1 + (item.values.number("pop", 0) - 1) * (grown if frame >= start else 0)
    canvas.save()
    if scale != 1:
        x, y = (part.box[0] + part.box[2]) / 2, (part.box[1] + part.box[3]) / 2
        canvas.translate(x, y)
        canvas.scale(scale, scale)
        canvas.translate(-x, -y)
    values = item.values
    pill = values.paint("pill", frame) if active else None
    if pill is not None:
        padding = min(item.values.number("padding", 0), item.number("size", frame) * 0.09)
        box = skia.Rect(part.box[0], ink_top, part.box[2], ink_bottom).makeOutset(padding, padding)
        radius = item.number("radius", frame)
        canvas.drawRRect(brush.rounded(box, radius), brush.paint_of(pill, box, opacity))
    said = values.paint("highlight_color", frame) if active else None
    own = said or values.paint("color", frame) or "#FFFFFF"
    _letters(canvas, item, frame, opacity, part, ink, own if pill is None else _readable(own, pill))
    canvas.restore()


def _readable(own: brush.Paint, pill: brush.Paint) -> brush.Paint:
    """Keep a word's paint where it reads on what lies behind it, else take the better of black and white."""
    if not isinstance(own, str) or not isinstance(pill, str) or color.read(pill)[3] < 0.5:
        return own
    if color.contrast(own, pill) >= _LEAST_CONTRAST:
        return own
    return max(("#FFFFFF", "#0A0A0C"), key=lambda each: color.contrast(each, pill))


def _letters(
    canvas: skia.Canvas, item: Item, frame: int, opacity: float, part: Part, ink: Ink, own: brush.Paint
) -> None:
    values, box = item.values, skia.Rect(*part.box)
    if item.shadows:
        shadow.cast(canvas, item.shadows, ink.silhouette(), opacity)
    outline, width = values.paint("outline", frame), item.number("outline_width", frame)
    if outline is not None and width > 0:
        stroke = brush.paint_of(outline, box, opacity)
        stroke.setStyle(skia.Paint.kStroke_Style)
        stroke.setStrokeWidth(width * 2)
        stroke.setStrokeJoin(skia.Paint.kRound_Join)
        canvas.drawPath(ink.united(), stroke)
    letters = brush.paint_of(own, box, opacity)
    ink.draw(canvas, lambda _: letters)


def folds(item: Item) -> bool:
    """Whether an opacity may go into the paint."""
    return not (item.shadows or item.values.said & {"fill", "pill", "outline"})


def reach(item: Item, frame: int) -> Box:
    """Bounds of the zone, with room for what lies behind the letters."""
    edge = item.values.number("padding", 0) + item.number("size", frame) * item.values.number("pop", 0) * 0.5
    edge += item.number("outline_width", frame)
    return shape.outset(item, frame, (-edge, -edge, item.place[2] + edge, item.place[3] + edge))
