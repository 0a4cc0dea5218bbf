"""Paragraphs broken into lines: greedy or balanced, cut with an ellipsis, each line in visual order."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

import skia

from render.text import bidi
from render.text.breaks import SOFT_HYPHEN, is_space, opportunities
from render.text.script import JOINED
from render.text.shape import Run, Source

ELLIPSIS = "…"
Box = tuple[float, float, float, float]


@dataclass
class Row:
    """One line: its runs from left to right; lengths for an unfitted size."""

    source: Source
    start: int
    end: int
    offset: int
    """Where the row begins among all letters of the text."""
    runs: list[tuple[Run, float]]
    width: float
    ascent: float
    descent: float
    gap: float
    size: float
    cut: bool = False

    @property
    def text(self) -> str:
        """The letters of the line, as they are read."""
        return self.source.text[self.start : self.end]

    @property
    def rtl(self) -> bool:
        """Whether the line's paragraph reads from right to left."""
        return bool(self.source.base % 2)

    def ink(self) -> Box:
        """Bounds of what is painted, from the line's left edge and baseline."""
        boxes = [_moved(ink(run), x) for run, x in self.runs]
        boxes = [box for box in boxes if box[2] > box[0]]
        if not boxes:
            return (0, 0, 0, 0)
        return (
            min(box[0] for box in boxes),
            min(box[1] for box in boxes),
            max(box[2] for box in boxes),
            max(box[3] for box in boxes),
        )


class Measure:
    """The widths and break places of one paragraph, found once."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.total = [0.0, *accumulate(source.widths())]
        allowed = opportunities(source.text)
        count = len(source.text)
        self.places = [at for at in range(1, count) if allowed[at]] + [count]
        self.clusters = [*source.clusters()[1:], count]
        self.hyphen = 0.36 * (source.styles[-1][1].size if source.styles else 0)

    def width(self, start: int, end: int) -> float:
        """The width of a line that would hold these letters, without the spaces at its end."""
        text = self.source.text
        while end > start and is_space(text[end - 1]):
            end -= 1
        if end <= start:
            return 0
        extra = self.hyphen if text[end - 1] == SOFT_HYPHEN and end < len(text) else 0
        style = self.source.style_at(end - 1)
        return (
            self.total[end]
            - self.total[start]
            + extra
            - style.spacing * style.size * (not self._joined(end - 1))
        )

    def _joined(self, place: int) -> bool:
        item = next((each for each in self.source.items if place < each.end), None)
        return item is not None and item.script in JOINED

    def widest_word(self) -> float:
        """The width of the longest piece that may not be broken."""
        starts = [0, *self.places[:-1]]
        return max((self.width(a, b) for a, b in zip(starts, self.places, strict=True)), default=0)

    def lines(self, limit: float) -> tuple[list[tuple[int, int]], bool]:
        """Break greedily within a width; also tells whether a word had to be torn apart."""
        found: list[tuple[int, int]] = []
        torn = False
        start, count, at = 0, len(self.source.text), 0
        while start < count:
            end = 0
            while at < len(self.places) and (
                self.width(start, self.places[at]) <= limit or self.places[at] <= start
            ):
                end = self.places[at]
                at += 1
            if end <= start:
                fitting = [
                    place for place in self.clusters
                    if place > start and self.width(start, place) <= limit
                ]  # fmt: skip
                first = next(place for place in self.clusters if place > start)
                limit_place = self.places[at] if at < len(self.places) else count
                end = min(max([first, *fitting]), limit_place)
                torn = True
            found.append((start, end))
            start = end
        return found or [(0, 0)], torn

    def balanced(self, limit: float) -> list[tuple[int, int]]:
        """Break into as many lines as greedily, but about equally long."""
        wanted, torn = self.lines(limit)
        if len(wanted) < 2 or torn:
            return wanted
        low, high = max(self.total[-1] / (len(wanted) + 1), self.widest_word()), limit
        for _ in range(12):
            middle = (low + high) / 2
            tried, broken = self.lines(middle)
            if len(tried) > len(wanted) or broken:
                low = middle
            else:
                high = middle
        return self.lines(high)[0]


def make_row(source: Source, start: int, end: int, offset: int) -> Row:
    """Put the letters of a line into visual order; a soft hyphen at its end becomes visible."""
    text = source.text
    if end < len(text) and end > start and text[end - 1] == SOFT_HYPHEN:
        made = make_row(source.cut(start, end - 1, "-"), 0, end - start, offset)
        made.end = len(made.source.text)
        return made
    last = end
    while last > start and is_space(text[last - 1]):
        last -= 1
    runs = [
        source.run(item, max(start, item.start), min(last, item.end))
        for item in source.items
        if start < last and item.start < last and item.end > start
    ]
    placed: list[tuple[Run, float]] = []
    pen = 0.0
    for at in bidi.visual([run.item.level for run in runs]):
        placed.append((runs[at], pen))
        pen += runs[at].width
    if runs and last > start:
        style = source.style_at(last - 1)
        if runs[-1].item.script not in JOINED:
            pen -= style.spacing * style.size
    faces = [(run.item.face, run.item.style.size) for run in runs]
    if not faces:
        style = source.style_at(min(start, max(len(text) - 1, 0)))
        faces = [(source.fonts.face(style.font, style.weight, style.italic), style.size)]
    return Row(
        source=source,
        start=start,
        end=last,
        offset=offset,
        runs=placed,
        width=pen,
        ascent=max(face.ascent * size for face, size in faces),
        descent=max(face.descent * size for face, size in faces),
        gap=max(face.gap * size for face, size in faces),
        size=max(size for _, size in faces),
    )


def shorten(row: Row, limit: float) -> Row:
    """Cut a line so that an ellipsis fits behind it, at the end of its reading direction."""
    source, end = row.source, row.end
    places = [place for place in Measure(source).clusters if row.start < place <= row.end]
    low, high = 0, len(places)
    best = make_row(source.cut(row.start, row.start, ELLIPSIS), 0, 1, row.offset)
    while low < high:
        middle = (low + high + 1) // 2
        end = places[middle - 1]
        cut = source.cut(row.start, end, ELLIPSIS)
        tried = make_row(cut, 0, len(cut.text), row.offset)
        if tried.width <= limit:
            low, best = middle, tried
        else:
            high = middle - 1
    best.cut = True
    return best


def ink(run: Run) -> Box:
    """Bounds of a run's glyphs from its own pen start, for an unfitted size."""
    return _ink(
        id(run.item.face),
        run.item.style.size,
        tuple(run.glyphs),
        tuple(run.advances),
        tuple(run.offsets),
        _Held(run),
    )


class _Held:
    """Carries a run past a cache without being part of its key."""

    def __init__(self, run: Run) -> None:
        self.run = run

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=4096)
def _ink(
    face: int, size: float, glyphs: tuple[int, ...], advances: tuple[float, ...],
    offsets: tuple[tuple[float, float], ...], held: _Held,
) -> Box:  # fmt: skip
    font: skia.Font = held.run.item.face.sized(size)
    bounds = font.getBounds(list(glyphs))
    left = top = right = bottom = 0.0
    pen, first = 0.0, True
    for box, advance, (dx, dy) in zip(bounds, advances, offsets, strict=True):
        if not box.isEmpty():
            here = (box.left() + pen + dx, box.top() + dy, box.right() + pen + dx, box.bottom() + dy)
            if first:
                left, top, right, bottom = here
                first = False
            left, top = min(left, here[0]), min(top, here[1])
            right, bottom = max(right, here[2]), max(bottom, here[3])
        pen += advance
    return (left, top, right, bottom)


def _moved(box: Box, x: float) -> Box:
    return (box[0] + x, box[1], box[2] + x, box[3])
