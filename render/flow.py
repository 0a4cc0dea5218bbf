"""Rows, columns and grids: children one after another, with gaps, growth, wrapping and reading direction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from render.item import Box, Item, Size

Placement = tuple[Item, Box]
_PLIANT = ("text", "row", "column", "grid", "group")


@dataclass(frozen=True)
class Asked:
    """A container, and the room inside its padding; None means as much as is wanted."""

    item: Item
    frame: int
    width: float | None
    height: float | None
    size_of: Callable[[Item, int, float | None, float | None], Size]


@dataclass
class _Line:
    children: list[Item]
    sizes: list[Size]
    """Along and across the flow."""

    def across(self, baseline: bool) -> float:
        if not baseline:
            return max((size[1] for size in self.sizes), default=0)
        above = [_above(child, size[1]) for child, size in zip(self.children, self.sizes, strict=True)]
        below = [size[1] - up for size, up in zip(self.sizes, above, strict=True)]
        return max(above, default=0) + max(below, default=0)


def _above(child: Item, height: float) -> float:
    return child.baseline if child.baseline is not None else height


def _turned(size: Size, column: bool) -> Size:
    return (size[1], size[0]) if column else size


def flow_size(asked: Asked) -> Size:
    """Give the size that a row's or column's children need."""
    column = asked.item.kind == "column"
    gap = asked.item.values.number("gap", asked.frame)
    lines = _lines(asked, definite=False)
    baseline = asked.item.values.text("align") == "baseline" and not column
    along = max(
        (sum(size[0] for size in line.sizes) + gap * (len(line.sizes) - 1) for line in lines), default=0.0
    )
    across = sum(line.across(baseline) for line in lines) + gap * max(0, len(lines) - 1)
    return _turned((along, across), column)


def flow_places(asked: Asked) -> list[Placement]:
    """Place the children of a row or column in its box."""
    item = asked.item
    column = item.kind == "column"
    gap = item.values.number("gap", asked.frame)
    align, justify = item.values.text("align"), item.values.text("justify")
    lines = _lines(asked, definite=True)
    along, across = _turned((asked.width or 0, asked.height or 0), column)
    rtl = _rtl(item)
    found: list[Placement] = []
    top = 0.0
    for line in lines:
        baseline = align == "baseline" and not column
        depth = across if len(lines) == 1 else line.across(baseline)
        used = sum(size[0] for size in line.sizes)
        pen, step = _spread(justify, along - used - gap * (len(line.sizes) - 1), len(line.sizes), gap)
        above = max((_above(c, s[1]) for c, s in zip(line.children, line.sizes, strict=True)), default=0)
        for child, size in zip(line.children, line.sizes, strict=True):
            thick = size[1]
            if align == "stretch" and child.values.fixed["height" if not column else "width"] is None:
                thick = depth
            side = {"center": (depth - thick) / 2, "end": depth - thick}.get(align, 0.0)
            if baseline:
                side = above - _above(child, thick)
            if column:
                left = depth - thick - side if rtl else side
                found.append((child, (left, pen, thick, size[0])))
            else:
                left = along - pen - size[0] if rtl else pen
                found.append((child, (left, top + side, size[0], thick)))
            pen += size[0] + step
        top += depth + gap
    if column and len(lines) > 1:
        found = _columns(lines, found, gap)
    return found


def _columns(lines: Sequence[_Line], found: Sequence[Placement], gap: float) -> list[Placement]:
    """Move the wrapped lines of a column beside each other."""
    moved: list[Placement] = []
    left, at = 0.0, 0
    for line in lines:
        for child, (x, y, width, height) in found[at : at + len(line.children)]:
            moved.append((child, (x + left, y, width, height)))
        at += len(line.children)
        left += line.across(baseline=False) + gap
    return moved


def _rtl(item: Item) -> bool:
    asked = item.values.text("direction")
    return item.kit.rtl if asked == "auto" else asked == "rtl"


def _spread(justify: str, free: float, count: int, gap: float) -> tuple[float, float]:
    """Tell where the first child stands, and the space between two."""
    if justify == "center":
        return free / 2, gap
    if justify == "end":
        return free, gap
    if free > 0 and justify == "between" and count > 1:
        return 0, gap + free / (count - 1)
    if free > 0 and justify == "around" and count:
        return free / count / 2, gap + free / count
    if free > 0 and justify == "evenly":
        return free / (count + 1), gap + free / (count + 1)
    return 0, gap


def _lines(asked: Asked, *, definite: bool) -> list[_Line]:
    """Measure the children, let them shrink, wrap and grow."""
    item, column = asked.item, asked.item.kind == "column"
    gap = item.values.number("gap", asked.frame)
    along, across = _turned_room(asked.width, asked.height, column)
    sizes = [_size(asked, child, None, across, column) for child in item.children]
    if item.values.flag("wrap") and along is not None:
        lines = _wrapped(asked, sizes, along, across, gap)
    else:
        lines = [_Line(list(item.children), sizes)]
    for line in lines:
        if along is None or not line.children:
            continue
        free = along - sum(size[0] for size in line.sizes) - gap * (len(line.sizes) - 1)
        if free < -0.01:
            _shrink(asked, line, -free, across, column)
        elif definite or _said(item, "height" if column else "width"):
            _grow(asked, line, free, across, column)
    return lines


def _said(item: Item, name: str) -> bool:
    return name in item.values.said or name in item.values.moving


def _turned_room(
    width: float | None, height: float | None, column: bool
) -> tuple[float | None, float | None]:
    return (height, width) if column else (width, height)


def _size(asked: Asked, child: Item, along: float | None, across: float | None, column: bool) -> Size:
    room = (across, along) if column else (along, across)
    return _turned(asked.size_of(child, asked.frame, *room), column)


def _wrapped(
    asked: Asked, sizes: Sequence[Size], along: float, across: float | None, gap: float
) -> list[_Line]:
    lines: list[_Line] = []
    used = 0.0
    column = asked.item.kind == "column"
    for child, size in zip(asked.item.children, sizes, strict=True):
        if size[0] > along and child.kind in _PLIANT:
            size = _size(asked, child, along, across, column)
        if not lines or used + gap + size[0] > along + 0.01:
            lines.append(_Line([], []))
            used = -gap
        lines[-1].children.append(child)
        lines[-1].sizes.append(size)
        used += gap + size[0]
    return lines


def _shrink(asked: Asked, line: _Line, over: float, across: float | None, column: bool) -> None:
    """Take what is too much from the children whose text can wrap, by their sizes."""
    name = "height" if column else "width"
    pliant = [
        at for at, child in enumerate(line.children) if child.kind in _PLIANT and not _said(child, name)
    ]
    whole = sum(line.sizes[at][0] for at in pliant)
    if not whole or column:
        return
    for at in pliant:
        wanted = max(1.0, line.sizes[at][0] - over * line.sizes[at][0] / whole)
        size = _size(asked, line.children[at], wanted, across, column)
        line.sizes[at] = (min(size[0], wanted) if size[0] <= wanted * 1.02 else size[0], size[1])


def _grow(asked: Asked, line: _Line, free: float, across: float | None, column: bool) -> None:
    shares = [child.values.number("grow", asked.frame) for child in line.children]
    whole = sum(shares)
    if not whole or free <= 0:
        return
    for at, share in enumerate(shares):
        if share:
            wanted = line.sizes[at][0] + free * share / whole
            size = _size(asked, line.children[at], wanted, across, column)
            line.sizes[at] = (wanted, size[1])


def _grid_lines(asked: Asked) -> tuple[list[list[Item]], float, list[float], list[list[Size]]]:
    """Share children out over a grid's rows; gives rows, column width, row heights and sizes."""
    item = asked.item
    columns = max(1, round(item.values.number("columns", asked.frame)))
    gap = item.values.number("gap", asked.frame)
    rows = [list(item.children[at : at + columns]) for at in range(0, len(item.children), columns)]
    if asked.width is not None:
        wide = max(0.0, (asked.width - gap * (columns - 1)) / columns)
    else:
        wide = max((asked.size_of(c, asked.frame, None, None)[0] for c in item.children), default=0.0)
    sizes = [[asked.size_of(child, asked.frame, wide, None) for child in row] for row in rows]
    heights = [max(size[1] for size in row) for row in sizes]
    return rows, wide, heights, sizes


def _row_gap(asked: Asked) -> float:
    own = asked.item.values.length("row_gap", asked.frame)
    return own if own is not None else asked.item.values.number("gap", asked.frame)


def grid_size(asked: Asked) -> Size:
    """Give the size that a grid's children need."""
    rows, wide, heights, _ = _grid_lines(asked)
    columns = max(1, round(asked.item.values.number("columns", asked.frame)))
    gap = asked.item.values.number("gap", asked.frame)
    return (wide * columns + gap * (columns - 1), sum(heights) + _row_gap(asked) * max(0, len(rows) - 1))


def grid_places(asked: Asked) -> list[Placement]:
    """Place the children of a grid in its box; rows share out what height is left."""
    item = asked.item
    rows, wide, heights, sizes = _grid_lines(asked)
    gap, between = item.values.number("gap", asked.frame), _row_gap(asked)
    align, justify = item.values.text("align"), item.values.text("justify")
    free = (asked.height or 0) - sum(heights) - between * max(0, len(rows) - 1)
    if align == "stretch" and free > 0 and rows:
        heights = [height + free / len(rows) for height in heights]
        free = 0
    top, step = _spread(justify, free, len(rows), between)
    found: list[Placement] = []
    for row, height, row_sizes in zip(rows, heights, sizes, strict=True):
        for at, (child, size) in enumerate(zip(row, row_sizes, strict=True)):
            left = at * (wide + gap)
            if _rtl(item):
                left = (asked.width or 0) - left - wide
            width = wide if align == "stretch" and child.values.fixed["width"] is None else min(size[0], wide)
            tall = height if align == "stretch" and child.values.fixed["height"] is None else size[1]
            share = {"center": 0.5, "end": 1.0}.get(align, 0.0)
            across = 1 - share if _rtl(item) else share
            found.append(
                (child, (left + (wide - width) * across, top + (height - tall) * share, width, tall))
            )
        top += height + step
    return found
