"""A whole text laid out: fitted, wrapped, cut, with every line's place in its box."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from render.text.lines import Box, Measure, Row, make_row, shorten
from render.text.shape import Source

_SLACK = 0.01


@dataclass(frozen=True)
class Wish:
    """What is asked of a text's layout; lengths in px."""

    width: float | None = None
    height: float | None = None
    line_height: float | None = None
    max_lines: int | None = None
    fit: str = "none"
    smallest: float = 24
    balance: bool = False
    align: str = "start"
    vertical: str = "top"


@dataclass
class Line:
    """One line in the text's box."""

    row: Row
    left: float
    top: float
    bottom: float
    baseline: float


@dataclass(eq=False)
class Block:
    """A text in its own box."""

    lines: list[Line]
    factor: float
    """What fitting multiplied the sizes with."""
    width: float
    height: float
    cut: bool

    def ink(self) -> Box:
        """Bounds of what is painted."""
        boxes = [line_ink(line, self.factor) for line in self.lines]
        boxes = [box for box in boxes if box[2] > box[0]] or [(0.0, 0.0, 0.0, 0.0)]
        return (
            min(box[0] for box in boxes),
            min(box[1] for box in boxes),
            max(box[2] for box in boxes),
            max(box[3] for box in boxes),
        )


def line_ink(line: Line, factor: float) -> Box:
    """Bounds of what is painted of one line, in the text's box."""
    left, top, right, bottom = line.row.ink()
    return (
        line.left + left * factor,
        line.baseline + top * factor,
        line.left + right * factor,
        line.baseline + bottom * factor,
    )


class Composer:
    """Lays one text out, as often as its box changes."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self.sources = sources
        self.measures = [Measure(source) for source in sources]
        self.size = max((style.size for source in sources for _, style in source.styles), default=1)

    def compose(self, wish: Wish) -> Block:
        """Fit, wrap and cut the text as is wished."""
        factor = self._fitted(wish)
        rows, torn = self._rows(wish, factor)
        if wish.fit == "fill":
            factor = self._to_ink(wish, factor, rows)
        cut = torn and wish.width is not None and any(
            row.width * factor > wish.width + 1 for row in rows
        )  # fmt: skip
        if wish.max_lines is not None and len(rows) > wish.max_lines:
            rows, cut = self._shortened(rows, wish, factor), True
        width = max((row.width for row in rows), default=0) * factor
        if wish.fit == "fill" and wish.width is not None:
            width = min(width, wish.width)
        lines = _stacked(rows, wish, factor)
        height = lines[-1].bottom if lines else 0.0
        cut = cut or bool(wish.width is not None and width > wish.width + 1)
        cut = cut or bool(wish.height is not None and height > wish.height + 1)
        return Block(lines, factor, width, height, cut)

    def _rows(self, wish: Wish, factor: float) -> tuple[list[Row], bool]:
        rows: list[Row] = []
        torn = False
        offset = 0
        for measure in self.measures:
            count = len(measure.source.text)
            places = [(0, count)]
            if wish.width is not None:
                limit = wish.width / factor + _SLACK
                places, broken = measure.lines(limit)
                torn = torn or broken
                if wish.balance and not broken:
                    places = measure.balanced(limit)
            rows.extend(make_row(measure.source, a, b, offset + a) for a, b in places)
            offset += count + 1
        return rows, torn

    def _shortened(self, rows: list[Row], wish: Wish, factor: float) -> list[Row]:
        """Keep the allowed lines; the last one takes what follows it, as far as it fits, and an ellipsis."""
        kept = rows[: wish.max_lines]
        last = kept[-1]
        following = rows[len(kept)]
        if following.source is last.source:
            last = make_row(last.source, last.start, following.end, last.offset)
        limit = wish.width / factor if wish.width is not None else last.width + last.size
        kept[-1] = shorten(last, limit)
        return kept

    def _fitted(self, wish: Wish) -> float:
        if wish.fit == "none" or (wish.width is None and wish.height is None):
            return 1.0
        low = min(1.0, wish.smallest / self.size)
        if wish.fit == "shrink":
            return 1.0 if self._fits(wish, 1) else self._largest(wish, low, 1)
        high = 1.0
        while high < 64 and self._fits(wish, high * 2):
            high *= 2
        return self._largest(wish, min(low, 1), high * 2)

    def _to_ink(self, wish: Wish, factor: float, rows: list[Row]) -> float:
        """Let the widest line's ink, not its side bearings, touch the box."""
        ink = max((box[2] - box[0] for box in (row.ink() for row in rows)), default=0) * factor
        if wish.width is None or ink <= 0:
            return factor
        grown = factor * wish.width / ink
        if wish.height is not None and self._height(wish, grown, rows) > wish.height:
            return factor
        return grown if grown / factor < 1.15 else factor

    def _largest(self, wish: Wish, low: float, high: float) -> float:
        for _ in range(16):
            middle = (low + high) / 2
            if self._fits(wish, middle):
                low = middle
            else:
                high = middle
        return low

    def _fits(self, wish: Wish, factor: float) -> bool:
        most = wish.max_lines
        if wish.fit == "fill" and most is None:
            most = len(self.measures)
        count = 0
        for measure in self.measures:
            if wish.width is None:
                count += 1
                continue
            places, torn = measure.lines(wish.width / factor + _SLACK)
            if torn or measure.widest_word() * factor > wish.width + _SLACK:
                return False
            count += len(places)
        if most is not None and count > most:
            return False
        if wish.height is None:
            return True
        rows, _ = self._rows(wish, factor)
        return self._height(wish, factor, rows) <= wish.height + _SLACK

    def _height(self, wish: Wish, factor: float, rows: list[Row]) -> float:
        return _stacked(rows, wish, factor)[-1].bottom


def _stacked(rows: Sequence[Row], wish: Wish, factor: float) -> list[Line]:
    """Stand lines under each other; extra leading is shared above and below each."""
    found: list[Line] = []
    top = 0.0
    for row in rows:
        own = row.ascent + row.descent
        tall = row.size * wish.line_height if wish.line_height is not None else own + row.gap
        baseline = top + ((tall - own) / 2 + row.ascent) * factor
        found.append(Line(row, 0, top, top + tall * factor, baseline))
        top += tall * factor
    return found


def place(block: Block, wish: Wish, width: float, height: float) -> list[Line]:
    """Align the lines of a text in a box that may be larger than the text."""
    share = {"top": 0.0, "center": 0.5, "bottom": 1.0}[wish.vertical]
    down = (height - block.height) * share
    placed: list[Line] = []
    for line in block.lines:
        row = line.row
        side = wish.align
        if side in ("start", "end"):
            side = "right" if row.rtl == (side == "start") else "left"
        free = width - row.width * block.factor
        left = {"left": 0.0, "center": free / 2, "right": free}[side]
        if wish.fit == "fill":
            ink = row.ink()
            free = width - (ink[2] - ink[0]) * block.factor
            left = {"left": 0.0, "center": free / 2, "right": free}[side] - ink[0] * block.factor
        placed.append(Line(row, left, line.top + down, line.bottom + down, line.baseline + down))
    return placed
