"""Paints a laid-out text: still in one go, moving part by part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import skia

from domain.composition import Span
from render import blur, brush, shadow
from render.item import Item
from render.text.block import Block, Line
from render.text.ink import Ink, ink_of
from render.text.lines import Box
from render.text.marker import markers, strikes
from render.text.motion import Moving, Pose, moving_of
from render.text.parts import Part, glyphs_of, parts
from render.text.underline import Underline, underlines
from render.text.winding import Winding, way_of

Find = Callable[[Sequence[Span], Sequence[Line], float], list[Underline]]

_SOFT = 0.22
"""Width of a wipe's soft edge, as a share of the part."""


class Writer:
    """Everything needed to paint one item's text on one frame."""

    def __init__(
        self, canvas: skia.Canvas, item: Item, frame: int, block: Block, lines: Sequence[Line]
    ) -> None:
        self.canvas = canvas
        self.item = item
        self.frame = frame
        self.block = block
        self.lines = lines
        self.box = _paint_box(item, block, lines)

    def paint(self, opacity: float) -> None:
        """Paint shadows, outline, letters and underline."""
        tracks = [track for track in self.item.node.tracks if track.unit is not None]
        moving = moving_of(self.item, self.block, self.lines) if tracks else None
        way = way_of(self.item)
        if way is not None:
            self._wind(Winding(self.item, self.frame, way, self.block, self.lines), moving, opacity)
            return
        self._marks(opacity)
        if moving is None or not moving.fine or moving.resting(self.frame):
            self._shadows(self._whole(), opacity)
            self._underline(opacity)
            self._ink(self.canvas, self._whole(), opacity, None)
            self._ruled(opacity, "strike", strikes, None)
            return
        self._underline(opacity)
        for index, part in enumerate(moving.fine):
            chain = moving.chain(index, self.frame)
            self._part(part, self._piece(moving, index), chain, opacity)
        self._ruled(opacity, "strike", strikes, None)

    def _wind(self, winding: Winding, moving: Moving | None, opacity: float) -> None:
        """Paint the letters where they stand on their way, each moved as its tracks say."""
        fine = moving.fine if moving is not None and moving.fine else self._letters()
        for index, part in enumerate(fine):
            stance = winding.stance(part)
            if stance is None:
                continue
            self.canvas.save()
            self.canvas.concat(stance)
            chain = moving.chain(index, self.frame) if moving is not None and moving.fine else []
            ink = self._inked(("piece", moving is None, self.block, index), part)
            self._part(part, ink, chain, opacity)
            self.canvas.restore()

    def _letters(self) -> list[Part]:
        key = ("letters", self.block, self.item.place[2:])
        found = self.item.memo.get(key)
        if not isinstance(found, Letters):
            found = Letters(parts(self.block, self.lines, "char"))
            self.item.memo[key] = found
        return found.all

    def _inked(self, name: tuple[object, ...], part: Part) -> Ink:
        key = (*name, self.item.place[2:])
        found = self.item.memo.get(key)
        if not isinstance(found, Ink):
            found = ink_of(part.glyphs, self.item.kit.scale)
            self.item.memo[key] = found
        return found

    def _whole(self) -> Ink:
        key = ("ink", self.block, self.item.place[2:])
        found = self.item.memo.get(key)
        if not isinstance(found, Ink):
            glyphs = [group for line in self.lines for group in glyphs_of(line, self.block.factor)[0]]
            found = ink_of(glyphs, self.item.kit.scale)
            self.item.memo[key] = found
        return found

    def _piece(self, moving: Moving, index: int) -> Ink:
        return self._inked(("piece", self.block, index), moving.fine[index])

    def _part(self, part: Part, ink: Ink, chain: Sequence[tuple[Part, Pose]], opacity: float) -> None:
        canvas = self.canvas
        tint: str | None = None
        soft = 0.0
        wiped: list[tuple[Part, float]] = []
        for _, pose in chain:
            opacity *= min(max(pose.opacity, 0), 1)
            tint = pose.color or tint
            soft += max(pose.blur, 0)
            wiped.extend([(_, pose.wipe)] if pose.wipe > 0 else [])
        if opacity <= 0.002 or any(share >= 1 for _, share in wiped):
            return
        canvas.save()
        for held, pose in chain:
            _stand(canvas, held, pose)
        bounds = skia.Rect(part.box[0], part.clip[0], part.box[2], part.clip[1])
        bounds = bounds.makeOutset(bounds.height() * 0.6, bounds.height() * 0.4)

        def letters(target: skia.Canvas, share: float) -> None:
            self._part_shadows(target, ink, share)
            self._ink(target, ink, share, tint)
            for held, hidden in wiped:
                _wipe(target, held, hidden, bounds)

        layer = skia.Paint(Alphaf=opacity)
        if soft > 0.05:
            blur.blurred(canvas, bounds, soft, layer, lambda target: letters(target, 1))
        elif wiped:
            canvas.saveLayer(bounds, layer)
            letters(canvas, 1)
            canvas.restore()
        else:
            letters(canvas, opacity)
        canvas.restore()

    def _part_shadows(self, canvas: skia.Canvas, ink: Ink, opacity: float) -> None:
        if self.item.shadows:
            shadow.cast(canvas, self.item.shadows, ink.silhouette(), opacity)

    def _shadows(self, ink: Ink, opacity: float) -> None:
        if self.item.shadows:
            self.item.kit.shadows.draw(
                self.canvas,
                self.item.shadows,
                ink,
                skia.Rect(*self.block_ink()),
                opacity,
                lambda target, paint: target.drawPath(ink.silhouette(), paint),
            )

    def block_ink(self) -> Box:
        """Bounds of what is painted, in the text's box."""
        placed = Block(list(self.lines), self.block.factor, self.block.width, self.block.height, False)
        return placed.ink()

    def _ink(self, canvas: skia.Canvas, ink: Ink, opacity: float, tint: str | None) -> None:
        values, frame = self.item.values, self.frame
        outline, width = values.paint("outline", frame), self.item.number("outline_width", frame)
        if outline is not None and width > 0:
            stroke = brush.paint_of(outline, self.box, opacity)
            stroke.setStyle(skia.Paint.kStroke_Style)
            stroke.setStrokeWidth(width * 2)
            stroke.setStrokeJoin(skia.Paint.kRound_Join)
            canvas.drawPath(ink.united(), stroke)
        spans = self.item.spans()
        whole = tint or values.paint("color", frame) or "#FFFFFF"

        def paint_for(span: int) -> skia.Paint:
            own = spans[span].color if span < len(spans) else None
            return brush.paint_of(tint or own or whole, self.box, opacity)

        ink.draw(canvas, paint_for)

    def _bars(self, name: str, find: Find) -> list[Underline]:
        """Give what is drawn along the lines, found once."""
        key = (name, self.block, self.item.place[2:])
        found = self.item.memo.get(key)
        if not isinstance(found, Underlines):
            found = Underlines(find(self.item.spans(), self.lines, self.block.factor))
            self.item.memo[key] = found
        return found.lines

    def _marks(self, opacity: float) -> None:
        """Paint the highlighter behind the spans that have one."""
        spans = self.item.spans()
        share = self.item.number("mark", self.frame) if self.item.kind == "text" and spans else 0.0
        for line in self._bars("mark", markers) if share > 0 else ():
            for bar in line.drawn(share):
                box = skia.Rect(bar.left, bar.top, bar.right, bar.top + bar.thick)
                paint = brush.paint_of(spans[bar.span].mark or "#00000000", box, opacity)
                self.canvas.drawRoundRect(box, bar.thick * 0.14, bar.thick * 0.14, paint)

    def _ruled(self, opacity: float, name: str, find: Find, said: brush.Paint | None) -> None:
        """Paint lines under or through the words."""
        share = self.item.number(name, self.frame) if self.item.kind == "text" else 0.0
        if share <= 0:
            return
        whole = self.item.values.paint("color", self.frame) or "#FFFFFF"
        spans = self.item.spans()
        for line in self._bars(name, find):
            for bar in line.drawn(share):
                own = spans[bar.span].color if spans else None
                box = skia.Rect(bar.left, bar.top, bar.right, bar.top + bar.thick)
                paint = brush.paint_of(said or own or whole, self.box, opacity)
                self.canvas.drawRoundRect(box, bar.thick / 2, bar.thick / 2, paint)

    def _underline(self, opacity: float) -> None:
        if self.item.kind == "text":
            said = self.item.values.paint("underline_color", self.frame)
            self._ruled(opacity, "underline", underlines, said)


@dataclass(frozen=True)
class Letters:
    """All letters of one laid-out text."""

    all: list[Part]


@dataclass(frozen=True)
class Underlines:
    """All underlines of one laid-out text."""

    lines: list[Underline]


def _stand(canvas: skia.Canvas, part: Part, pose: Pose) -> None:
    """Move the canvas to where a part stands; one that rises is cut at its line's edges."""
    if pose.rise:
        top, bottom = part.clip
        canvas.clipRect(skia.Rect(-100_000, top, 100_000, bottom), doAntiAlias=True)
        canvas.translate(0, pose.rise * (bottom - top))
    if pose.x or pose.y:
        canvas.translate(pose.x, pose.y)
    if pose.scale != 1 or pose.rotation:
        x, y = (part.box[0] + part.box[2]) / 2, (part.box[1] + part.box[3]) / 2
        canvas.translate(x, y)
        canvas.rotate(pose.rotation)
        canvas.scale(pose.scale, pose.scale)
        canvas.translate(-x, -y)


def _wipe(canvas: skia.Canvas, part: Part, share: float, bounds: skia.Rect) -> None:
    """Fade out what is still hidden of a part, from its reading end."""
    left, top, right, bottom = part.box
    left, right = left - 0.1 * (bottom - top), right + 0.1 * (bottom - top)
    soft = max((right - left) * _SOFT, 1)
    edge = (1 - share) * (right - left + soft)
    if part.rtl:
        ends = [skia.Point(right - edge + soft, 0), skia.Point(right - edge, 0)]
    else:
        ends = [skia.Point(left + edge - soft, 0), skia.Point(left + edge, 0)]
    paint = skia.Paint(BlendMode=skia.BlendMode.kDstIn)
    paint.setShader(skia.GradientShader.MakeLinear(ends, [0xFFFFFFFF, 0x00FFFFFF]))
    canvas.drawRect(bounds, paint)


def _paint_box(item: Item, block: Block, lines: Sequence[Line]) -> skia.Rect:
    """Give the box that a text's gradient runs over: its lines, not the empty room beside them."""
    left = min((line.left for line in lines), default=0)
    right = max((line.left + line.row.width * block.factor for line in lines), default=item.place[2])
    top = min((line.top for line in lines), default=0)
    bottom = max((line.bottom for line in lines), default=item.place[3])
    return skia.Rect(left, top, max(right, left + 1), max(bottom, top + 1))
