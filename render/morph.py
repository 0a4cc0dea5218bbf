"""One outline turning into another: both walked in equal steps from the points that lie closest."""

from __future__ import annotations

import numpy as np
import skia
from numpy.typing import NDArray

Array = NDArray[np.float64]
STEPS = 256
"""Points on each contour; more than a curve of a whole 1080p frame needs to look smooth."""


class Morph:
    """Two outlines in one space, and all that lies between them."""

    def __init__(self, first: skia.Path, second: skia.Path) -> None:
        self.first, self.second = first, second
        ones, others = _contours(first), _contours(second)
        count = max(len(ones), len(others))
        self._pairs = (
            [_aligned(_at(ones, at), _at(others, at)) for at in range(count)] if ones and others else []
        )
        self._closed = [_is_closed(ones, at) or _is_closed(others, at) for at in range(count)]

    def at(self, share: float) -> skia.Path:
        """Give the outline at a share of the way; both ends are exact."""
        if share <= 0 or not self._pairs:
            return self.first
        if share >= 1:
            return self.second
        path = skia.Path()
        for (one, other), closed in zip(self._pairs, self._closed, strict=True):
            mixed = one + (other - one) * share
            path.addPoly([skia.Point(float(x), float(y)) for x, y in mixed], closed)
        path.setFillType(self.first.getFillType())
        return path


def _contours(path: skia.Path) -> list[tuple[Array, bool]]:
    """Walk every contour in equal steps, largest first."""
    found: list[tuple[float, Array, bool]] = []
    measured = skia.PathMeasure(path, False)
    while True:
        length = measured.getLength()
        if length > 0:
            closed = measured.isClosed()
            steps = STEPS - 1 if not closed else STEPS
            places = [length * at / steps for at in range(STEPS)]
            points = [measured.getPosTan(place)[0] for place in places]
            found.append((length, np.array([(point.x(), point.y()) for point in points]), closed))
        if not measured.nextContour():
            break
    return [(points, closed) for _, points, closed in sorted(found, key=lambda each: -each[0])]


def _at(contours: list[tuple[Array, bool]], at: int) -> tuple[Array, bool]:
    """Give a contour; one that is not there is a point in the middle of the largest."""
    if at < len(contours):
        return contours[at]
    points, closed = contours[0]
    return np.repeat(points.mean(axis=0, keepdims=True), STEPS, axis=0), closed


def _is_closed(contours: list[tuple[Array, bool]], at: int) -> bool:
    return contours[min(at, len(contours) - 1)][1] if contours else False


def _aligned(one: tuple[Array, bool], other: tuple[Array, bool]) -> tuple[Array, Array]:
    """Turn the second contour so that its points lie closest to the first one's."""
    first, second = one[0], other[0]
    if not (one[1] and other[1]):
        back = second[::-1]
        return first, back if _way(first, back) < _way(first, second) else second
    best, least = second, np.inf
    for turned in (second, second[::-1]):
        for shift in range(0, STEPS, 4):
            candidate = np.roll(turned, shift, axis=0)
            way = _way(first, candidate)
            if way < least:
                best, least = candidate, way
    return first, best


def _way(one: Array, other: Array) -> float:
    return float((((one - one.mean(axis=0)) - (other - other.mean(axis=0))) ** 2).sum())
