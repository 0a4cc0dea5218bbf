"""Bands in gradients: squares of one single value where the drawn picture changes softly."""

from __future__ import annotations

from collections.abc import Iterable

import av
import numpy as np
from numpy.typing import NDArray

from domain.checks import limit
from domain.finding import Finding

BLOCK = 8
"""Sides of the squares that encoders flatten, px."""
TILE = 8
"""Sides of the squares of the small picture by which gradients are told from grounds and edges, px."""
STEP = 1.5
"""A gradient's neighbouring pixels differ by no more, of 255: what differs by more is an edge."""
LEAST = 0.05
"""What changes less over three tiles, of 255, is a ground of one color."""
Flags = NDArray[np.bool_]


def flat_blocks(luma: NDArray[np.uint8]) -> Flags:
    """Tell which whole squares of a picture have one single value."""
    rows, columns = luma.shape[0] // BLOCK, luma.shape[1] // BLOCK
    lines = luma[: rows * BLOCK, : columns * BLOCK].reshape(rows, BLOCK, -1)
    high, low = lines.max(axis=1), lines.min(axis=1)
    shape = (rows, columns, BLOCK)
    return high.reshape(shape).max(axis=2) == low.reshape(shape).min(axis=2)


def flat_of(frame: av.VideoFrame) -> Flags | None:
    """Tell which squares of a decoded frame are flat; nothing for more than 8 bits, or less than a square."""
    if frame.format.name != "yuv420p" or min(frame.width, frame.height) < BLOCK:
        return None
    plane = frame.planes[0]
    luma = np.frombuffer(memoryview(plane), np.uint8).reshape(plane.height, plane.line_size)
    return flat_blocks(luma[:, : frame.width])


def gradients(meant: NDArray[np.float32]) -> Flags:
    """Tell which tiles of a small drawn picture lie, with those around them, in a soft change of light."""
    steps = np.zeros_like(meant)
    steps[:, 1:] = np.abs(np.diff(meant, axis=1))
    steps[1:] = np.maximum(steps[1:], np.abs(np.diff(meant, axis=0)))
    high, low = around(tiles(meant, np.maximum), np.maximum), around(tiles(meant, np.minimum), np.minimum)
    return (high - low > LEAST) & (around(tiles(steps, np.maximum), np.maximum) <= STEP)


def tiles(values: NDArray[np.float32], which: np.ufunc) -> NDArray[np.float32]:
    """Take the largest or smallest value of every tile; the last ones may be smaller."""
    rows, columns = np.arange(0, len(values), TILE), np.arange(0, len(values[0]), TILE)
    return which.reduceat(which.reduceat(values, rows, axis=0), columns, axis=1)


def around(values: NDArray[np.float32], which: np.ufunc) -> NDArray[np.float32]:
    """Take the largest or smallest of each tile and the eight around it."""
    wide = np.pad(values, 1, mode="edge")
    across = which(which(wide[:, :-2], wide[:, 1:-1]), wide[:, 2:])
    return which(which(across[:-2], across[1:-1]), across[2:])


def banded(meant: NDArray[np.float32], flat: Flags) -> float:
    """Share of a decoded frame's squares that are flat where the drawn picture, small, is a gradient."""
    soft = gradients(meant)
    high, wide = len(flat), len(flat[0])
    rows = (np.arange(high) * 2 + 1) * len(meant) // (2 * TILE * high)
    columns = (np.arange(wide) * 2 + 1) * len(meant[0]) // (2 * TILE * wide)
    return float((flat & soft[rows][:, columns]).mean())


def bands(shares: Iterable[tuple[int, float]], fps: float) -> Iterable[Finding]:
    """Find the frame of the film that has become bands the most, where it is too many."""
    frame, share = max(shares, key=lambda each: each[1], default=(0, 0.0))
    most = limit("look_bands", "most")
    if share > most:
        yield Finding(
            code="look_bands", severity="advice", value=round(share, 3), limit=most,
            message=f"gradients have become bands on {share:.0%} of frame {frame}",
            span=(frame / fps, frame / fps),
            fix_hint="render in quality high, or as mp4; give a dark gradient more contrast or a grain",
        )  # fmt: skip
