"""A repeater: what it holds, painted many times over: in rows, around a ring or along a way."""

from __future__ import annotations

import math
import random
import zlib

import skia

from render import box
from render.item import Box, Copy, Item, Size
from render.route import Route, route_of

SIZING = ()
_CLOSED = 359.99
"""Degrees from which on a ring has no ends."""


def measure(item: Item, frame: int, width: float | None, height: float | None) -> Size:
    """Containers are measured by what they hold."""
    return (0.0, 0.0)


def draw(canvas: skia.Canvas, item: Item, frame: int, opacity: float) -> None:
    """Paint the box."""
    box.draw(canvas, item, frame, opacity)


def folds(item: Item) -> bool:
    """Copies may lie over one another, so an opacity never goes into the paint."""
    return False


def reach(item: Item, frame: int) -> Box:
    """Bounds of the box with its outline and shadows."""
    return box.reach(item, frame)


def lag(item: Item) -> int:
    """How many frames the last copy plays behind the first."""
    return math.ceil((_count(item) - 1) * item.number("delay", 0) * item.kit.fps)


def copies(item: Item, frame: int) -> list[Copy]:
    """Tell where each copy stands, how much of it is there, and which frame of what it holds it shows."""
    count = _count(item)
    places = _places(item, frame, count)
    there = _there(item, frame, count)
    turn, size, faint = (item.number(f"step_{name}", frame) for name in ("rotation", "scale", "opacity"))
    delay = item.number("delay", 0) * item.kit.fps
    middle = (item.place[2] / 2, item.place[3] / 2)
    found: list[Copy] = []
    for at, ((x, y, angle), share) in enumerate(zip(places, there, strict=True)):
        if share <= 0:
            continue
        matrix = skia.Matrix.Translate(x + middle[0], y + middle[1])
        matrix.preRotate(angle + at * turn)
        whole = size**at * share
        matrix.preScale(whole, whole)
        matrix.preTranslate(-middle[0], -middle[1])
        found.append(Copy(matrix, share * faint**at, max(0, round(frame - at * delay))))
    return found


def _count(item: Item) -> int:
    count = max(1, round(item.number("count", 0)))
    return count * max(1, round(item.number("rows", 0))) if item.values.text("form") == "grid" else count


def _places(item: Item, frame: int, count: int) -> list[tuple[float, float, float]]:
    """Give the offset of each copy from the middle, and its turn in degrees."""
    form, slide = item.values.text("form"), item.number("slide", frame)
    if form == "ring":
        return _ring(item, frame, count, slide)
    if form == "path" and (way := _way(item)) is not None:
        return _along(item, way, count, slide)
    return _grid(item, frame, slide, count)  # one row where a way cannot be read


def _grid(item: Item, frame: int, slide: float, count: int) -> list[tuple[float, float, float]]:
    across = max(1, round(item.number("count", 0)))
    down = count // across
    gap, rows = item.number("gap", frame), item.values.length("row_gap", frame)
    step = (item.place[2] + gap, item.place[3] + (gap if rows is None else rows))
    brick = item.number("brick", frame)
    found: list[tuple[float, float, float]] = []
    for row in range(down):
        for at in range(across):
            place = (at + slide * across) % across if slide else float(at)
            x = place - (across - 1) / 2 + (brick * (row % 2 - 0.5) if down > 1 else 0)
            found.append((x * step[0], (row - (down - 1) / 2) * step[1], 0.0))
    return found


def _ring(item: Item, frame: int, count: int, slide: float) -> list[tuple[float, float, float]]:
    radius, sweep = item.number("ring", frame), item.number("sweep", frame)
    begin, aims = item.number("begin", frame), item.values.flag("aim")
    parts = count if abs(sweep) >= _CLOSED else max(1, count - 1)
    found: list[tuple[float, float, float]] = []
    for at in range(count):
        angle = begin + sweep * (at / parts + slide)
        x, y = radius * math.cos(math.radians(angle)), radius * math.sin(math.radians(angle))
        found.append((x, y, angle + 90 if aims else 0.0))
    return found


def _along(item: Item, way: Route, count: int, slide: float) -> list[tuple[float, float, float]]:
    aims = item.values.flag("aim")
    found: list[tuple[float, float, float]] = []
    for at in range(count):
        share = (at / count + slide) % 1 if slide else at / max(1, count - 1)
        x, y, turn = way.at(share)
        found.append((x, y, turn if aims else 0.0))
    return found


def _way(item: Item) -> Route | None:
    if "way" not in item.memo:
        item.memo["way"] = route_of(item.values.text("d"), item.node.id, item.kit.notice)
    way = item.memo["way"]
    return way if isinstance(way, Route) else None


def _there(item: Item, frame: int, count: int) -> list[float]:
    """Tell how far each copy has come in, 0 to 1."""
    shown = item.number("shown", frame)
    if shown >= 1:
        return [1.0] * count
    soft = max(1.0, item.number("shown_soft", 0))
    reached = shown * (count - 1 + soft)
    return [min(1.0, max(0.0, (reached - rank) / soft)) for rank in _ranks(item, count)]


def _ranks(item: Item, count: int) -> list[float]:
    """Put copies in the order in which they come, from 0 to one less than their number."""
    ranks = item.memo.get("ranks")
    if isinstance(ranks, list):
        return ranks  # pyright: ignore[reportUnknownVariableType]
    order, far = item.values.text("order"), _far(item, count)
    if order == "random":
        found = [float(at) for at in range(count)]
        random.Random(zlib.crc32(item.node.id.encode())).shuffle(found)
    elif order == "end":
        found = [float(count - 1 - at) for at in range(count)]
    elif order == "center":
        found = [way / max(*far, 1e-9) * (count - 1) for way in far[:count]]
    elif order == "edges":
        found = [(1 - way / max(*far, 1e-9)) * (count - 1) for way in far[:count]]
    else:
        found = [float(at) for at in range(count)]
    item.memo["ranks"] = found
    return found


def _far(item: Item, count: int) -> list[float]:
    """Tell how far each copy stands from the middle one, in copies."""
    across = max(1, round(item.number("count", 0))) if item.values.text("form") == "grid" else count
    middle = ((across - 1) / 2, (count // across - 1) / 2)
    return [math.hypot(at % across - middle[0], at // across - middle[1]) for at in range(count)] + [0.0]
