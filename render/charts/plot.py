"""What every form of chart needs: its numbers on a frame, its colors, its letters and its room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import skia

from domain.composition import Series
from render import brush, color, numbers
from render.charts.scale import Scale, digits, scale
from render.item import Item
from render.text.label import Label, label
from render.text.shape import Style

QUIET = 0.28
"""How strong the entries are that step back behind a highlighted one."""


@dataclass
class Plot:
    """A chart on one frame."""

    canvas: skia.Canvas
    item: Item
    frame: int
    opacity: float

    def __post_init__(self) -> None:
        values = self.item.values
        self.form = values.text("form")
        self.rows = rows_on(self.item, self.frame)
        self.count = max((len(row) for row in self.rows), default=0)
        self.size = values.number("size", 0)
        self.ink = str(values.paint("color", self.frame) or "#FFFFFF")
        self.rule = str(values.paint("line_color", self.frame) or "#FFFFFF33")
        self.rtl = self.item.kit.rtl
        chosen = values.length("highlight", 0)
        self.chosen = None if chosen is None or chosen < 0 else int(chosen)
        self.width, self.height = self.item.place[2], self.item.place[3]

    def series(self) -> tuple[Series, ...]:
        """The rows as they were given."""
        return series_of(self.item, "data")

    def labels(self) -> tuple[str, ...]:
        """What each entry is of."""
        value = self.item.values.fixed["labels"]
        return cast("tuple[str, ...]", value) if isinstance(value, tuple) else ()

    def scale(self) -> Scale:
        """Find the axis, which holds the numbers before and after a change."""
        found: list[float] = []
        for name in ("data", "data_to"):
            given = [list(row.values) for row in series_of(self.item, name)]
            if self.stacked:
                given = [_sums(given, 1), _sums(given, -1)]
            found += [value for row in given for value in row if value is not None]
        values = self.item.values
        zero = self.form in ("bar", "hbar", "area")
        return scale(
            found,
            values.length("low", 0),
            values.length("high", 0),
            int(values.number("ticks", 0)),
            zero=zero,
        )

    @property
    def stacked(self) -> bool:
        """Whether bars stand on one another."""
        return self.item.values.flag("stacked") and self.form in ("bar", "hbar", "area")

    def grown(self, at: int, count: int) -> float:
        """Tell how far one of several entries has grown."""
        reveal = self.item.number("reveal", self.frame)
        spread = self.item.values.number("stagger", 0) if count > 1 else 0.0
        begins = spread * at / max(1, count - 1)
        return min(max((reveal - begins) / (1 - spread), 0.0), 1.0)

    def paint(self, row: int, at: int | None = None) -> brush.Paint:
        """Give what an entry of a row is painted with."""
        if at is not None and self.chosen == at:
            chosen = self.item.values.paint("highlight_color", self.frame)
            return chosen or self._own(row)
        own = self._own(row)
        if at is not None and self.chosen is not None:
            return color.faded(self.ink, QUIET)
        return own

    def _own(self, row: int) -> brush.Paint:
        given = self.series()
        if row < len(given) and given[row].color is not None and self.form not in ("pie", "donut"):
            return cast("brush.Paint", given[row].color)
        colors = self.item.values.fixed["colors"]
        if isinstance(colors, tuple) and colors:
            each = cast("tuple[str, ...]", colors)
            turn = row // len(each)
            return (
                each[row % len(each)]
                if not turn
                else color.faded(each[row % len(each)], max(0.25, 1 - 0.3 * turn))
            )
        return self.ink

    def written(self, value: float, decimals: int | None = None) -> str:
        """Write a number as the chart shows it."""
        values = self.item.values
        places = int(values.number("decimals", 0)) if decimals is None else decimals
        number = numbers.write(value, places, grouping=True, locale=values.text("locale"))
        return f"{values.text('prefix')}{number}{values.text('suffix')}"

    def end_text(self, number: int, value: float) -> str:
        """Write what stands at the end of a bar, or of a line that bears its name."""
        given = self.series()
        named = self.pointed and self.item.values.flag("names") and len(given) > 1
        return f"{given[number].name} {self.written(value)}".lstrip() if named else self.written(value)

    @property
    def pointed(self) -> bool:
        """Whether entries are points of a line."""
        return self.form in ("line", "area")

    def tick(self, value: float, axis: Scale) -> str:
        """Write a number of the axis."""
        places = max(int(self.item.values.number("decimals", 0)), digits(axis.ticks, 3))
        return self.written(value, places)

    def label(self, text: str, *, strong: bool = False, scale: float = 1.0) -> Label:
        """Shape a number or a name."""
        weight = self.item.values.number("weight", 0) if strong else 400.0
        font = self.item.values.text("font") or "body"
        return label(
            self.item, text, Style(font=font, size=self.size * scale, weight=weight, features="tnum")
        )


def series_of(item: Item, name: str) -> tuple[Series, ...]:
    """Give the rows of a property."""
    value = item.values.fixed[name]
    return cast("tuple[Series, ...]", value) if isinstance(value, tuple) else ()


def rows_on(item: Item, frame: int) -> list[list[float | None]]:
    """Give the numbers on a frame, on their way to the others."""
    first, second = series_of(item, "data"), series_of(item, "data_to")
    share = item.number("change", frame) if second else 0.0
    found: list[list[float | None]] = []
    for at, row in enumerate(first):
        other = second[at].values if at < len(second) else row.values
        found.append(
            [
                _between(value, other[place] if place < len(other) else value, share)
                for place, value in enumerate(row.values)
            ]
        )
    return found


def _between(one: float | None, other: float | None, share: float) -> float | None:
    if one is None or other is None:
        return one if share < 0.5 else other
    return one + (other - one) * share


def _sums(rows: list[list[float | None]], sign: int) -> list[float | None]:
    count = max((len(row) for row in rows), default=0)
    return [
        sum(value for row in rows if at < len(row) and (value := row[at] or 0) * sign > 0)
        for at in range(count)
    ]
