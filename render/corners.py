"""Paths through points: with sharp, round or flowing corners."""

from __future__ import annotations

import math
from collections.abc import Sequence

import skia

Point = tuple[float, float]
_EVEN = 1e-6


def closed(points: Sequence[Point], radius: float) -> skia.Path:
    """Join points to a closed outline; no corner is rounder than its sides allow."""
    path = skia.Path()
    if len(points) < 3 or radius <= 0:
        path.addPoly([skia.Point(x, y) for x, y in points], True)
        return path
    first = _middle(points[-1], points[0])
    path.moveTo(*first)
    for at, corner in enumerate(points):
        after = points[(at + 1) % len(points)]
        _bend(path, points[at - 1], corner, after, radius)
    path.close()
    return path


def through(points: Sequence[Point], radius: float, smooth: float) -> skia.Path:
    """Join points to an open line: round at its corners, or curved through its points."""
    path = skia.Path()
    if not points:
        return path
    path.moveTo(*points[0])
    for at in range(1, len(points)):
        if smooth > 0 and len(points) > 2:
            path.cubicTo(*_handles(points, at, smooth), *points[at])
        elif radius > 0 and at + 1 < len(points):
            _bend(path, points[at - 1], points[at], points[at + 1], radius)
        else:
            path.lineTo(*points[at])
    return path


def regular(count: int, width: float, height: float, inner: float = 1) -> list[Point]:
    """Give the corners of a polygon in a box, from the top clockwise; those between are moved inward."""
    found: list[Point] = []
    steps = count if inner >= 1 else count * 2
    for at in range(steps):
        turn = 2 * math.pi * at / steps - math.pi / 2
        far = inner if at % 2 and inner < 1 else 1
        found.append((math.cos(turn) * far, math.sin(turn) * far))
    left, right = min(x for x, _ in found), max(x for x, _ in found)
    top, bottom = min(y for _, y in found), max(y for _, y in found)
    return [((x - left) / (right - left) * width, (y - top) / (bottom - top) * height) for x, y in found]


def _bend(path: skia.Path, before: Point, corner: Point, after: Point, radius: float) -> None:
    """Go round a corner by an arc that takes no more than half of either side."""
    room = min(math.dist(before, corner), math.dist(corner, after)) / 2
    one = math.atan2(before[1] - corner[1], before[0] - corner[0])
    other = math.atan2(after[1] - corner[1], after[0] - corner[0])
    half = abs(math.remainder(one - other, 2 * math.pi)) / 2
    if room <= _EVEN or half <= _EVEN or abs(half - math.pi / 2) <= _EVEN:
        path.lineTo(*corner)
        return
    path.arcTo(*corner, *_middle(corner, after), min(radius, room * math.tan(half)))


def _middle(one: Point, other: Point) -> Point:
    return ((one[0] + other[0]) / 2, (one[1] + other[1]) / 2)


def _handles(points: Sequence[Point], at: int, smooth: float) -> tuple[float, float, float, float]:
    """Give the handles of the curve to a point: a Catmull-Rom spline, tighter where less is asked."""
    p0, p1 = points[max(0, at - 2)], points[at - 1]
    p2, p3 = points[at], points[min(len(points) - 1, at + 1)]
    pull = smooth / 6
    return (
        p1[0] + (p2[0] - p0[0]) * pull,
        p1[1] + (p2[1] - p0[1]) * pull,
        p2[0] - (p3[0] - p1[0]) * pull,
        p2[1] - (p3[1] - p1[1]) * pull,
    )
