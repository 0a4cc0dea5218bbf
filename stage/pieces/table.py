"""Rows of words and numbers under a head."""

from __future__ import annotations

import re
from collections.abc import Sequence

from stage.listed import listed, numbers, texts
from stage.mistakes import Wrong, mistake
from stage.nodes import Column, Rect, Row, Text
from stage.pieces.piece import Stack
from stage.timeline import Timeline

NUMERIC = re.compile(r"^[^\w]{0,3}[\d٠-٩][\d٠-٩.,٬٫:\s]*\S{0,4}$")
"""A cell that is set like a number, at the end of its column: `1,200`, `€ 4.50`, `12 %`, `40 km`."""
MOST_ROWS = 200


class Table(Stack):
    """A table: `Table([["Tea", "2025"], ["Mint", 41]], width=1200)`; its first row is the head."""

    head: Row | None
    rows: list[Column]
    """The rows under the head, each with its rule."""
    cells: list[list[Text]]
    """The texts of those rows."""

    def __init__(
        self,
        rows: Sequence[Sequence[object]],
        *,
        width: float = 1200,
        widths: Sequence[float] = (),
        size: float = 40,
        head: bool = True,
        highlight: int | None = None,
        id: str | None = None,
        **properties: object,
    ) -> None:
        wide, letters = self.measured("width", width, 40), self.measured("size", size, 1)
        super().__init__(id, {"width": wide, **properties})
        written = read(rows)
        columns = shared(wide, widths, max((len(row) for row in written), default=1))
        self.keep(head=None, rows=[], cells=[])
        body = written[1:] if head else written
        if head and written:
            ends = {
                at
                for at in range(1, len(columns))
                if body and all(NUMERIC.match(cell_of(row, at)) for row in body)
            }
            top = _row(written[0], columns, letters * 0.78, "muted", 600, ends)
            self.keep(head=top)
            self.add(top, Rect(width=wide, height=max(2.0, letters * 0.07), fill="ink"))
        for at, row in enumerate(body):
            chosen = at == highlight
            ends = {at for at in range(1, len(columns)) if NUMERIC.match(cell_of(row, at))}
            line = _row(row, columns, letters, "accent" if chosen else "ink", 700 if chosen else 400, ends)
            rule = Rect(width=wide, height=max(1.5, letters * 0.035), fill="ink/0.16")
            held = Column(line, rule, width=wide)
            self.rows.append(held)
            self.cells.append([cell for cell in line.children if isinstance(cell, Text)])
            self.add(held)

    def play(self, timeline: Timeline, at: float | str | None = None) -> None:
        """Bring the head in, then row after row."""
        if self.head is not None:
            timeline.from_(self.head, opacity=0, duration=0.35, at=at)
            at = "<0.12"
        if self.rows:
            stagger = {"each": 0.08, "total": 0.6}
            timeline.from_(
                self.rows, y=24, opacity=0, duration=0.5, ease="power3.out", stagger=stagger, at=at
            )


def read(rows: object) -> list[tuple[str, ...]]:
    """Bring rows of cells into texts; what is no table is noted."""
    try:
        given = listed("a table", rows, "rows of cells: [['Name', 'Price'], ['Mint', 4]]")
        if len(given) > MOST_ROWS:
            raise Wrong(f"a table has {len(given)} rows", f"give at most {MOST_ROWS}")
        return [texts("a row of a table", row) for row in given]
    except Wrong as wrong:
        mistake("value_wrong", wrong.message, wrong.hint)
        return []


def shared(width: float, widths: Sequence[float], count: int) -> list[float]:
    """Share a width out between columns: evenly, or by the shares that are given."""
    try:
        given = [each for each in numbers("widths of a table", widths) if each > 0]
    except Wrong as wrong:
        mistake("value_wrong", wrong.message, wrong.hint)
        given, widths = [], ()
    if widths and (len(given) != len(widths) or len(given) < count):
        mistake("value_wrong", f"widths of a table are {list(widths)!r}", f"give {count} numbers above 0")
        given = []
    shares = given[:count] or [1.0] * count
    return [width * share / sum(shares) for share in shares]


def cell_of(row: tuple[str, ...], at: int) -> str:
    """Give a cell; a row that is too short has empty ones."""
    return row[at] if at < len(row) else ""


def _row(
    row: tuple[str, ...], columns: list[float], size: float, color: str, weight: int, ends: set[int]
) -> Row:
    line = Row(padding_y=size * 0.42, align="baseline")
    for at, wide in enumerate(columns):
        # a space between columns, so that long cells wrap before they touch their neighbours
        room = wide - (size * 0.6 if at + 1 < len(columns) else 0)
        cell = Text(cell_of(row, at), width=room, size=size, color=color, weight=weight)
        line.add(cell.set(align="end" if at in ends else "start", features="tnum" if at in ends else ""))
        if room < wide:
            line.add(Rect(width=wide - room, height=1, fill="#00000000"))
    return line
