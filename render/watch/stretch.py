"""What a stretch of decoded frames measures: light, change and a small picture of its ends."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from domain.checks import limit

WIDE = 320
"""Width of the pictures that are measured, px."""
CELLS = 16
"""Cells across and down in which flashes are looked for."""
EDGE = 8
BLACK_LUMA = limit("film_black", "luma")
MOVED = limit("film_freeze", "apart")
Planes = NDArray[np.uint8]
"""Luma over both chromas of a small 4:2:0 frame: rows of one width."""


@dataclass(frozen=True)
class Stretch:
    """Numbers of each frame, in order; the first frame's change is against the frame before the stretch."""

    luma: NDArray[np.float32]
    """Mean, 0 to 255."""
    spread: NDArray[np.float32]
    """Standard deviation of luma."""
    edges: NDArray[np.float32]
    """Share of pixels that differ from their neighbour."""
    moved: NDArray[np.float32]
    """Share of pixels that differ from the frame before."""
    change: NDArray[np.float32]
    """Mean difference to the frame before, luma and chroma, of 255."""
    cells: NDArray[np.uint8]
    """Mean luma of each cell."""
    first: Planes
    last: Planes
    held: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 3), np.float32))
    """Frames that were held against what was drawn: place in the stretch, likeness, and luma too light by."""
    bands: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 2), np.float32))
    """Frames of which gradients were looked at: place in the stretch, and the share that is bands."""
    opens: NDArray[np.uint8] = field(default_factory=lambda: np.zeros((0, 0), np.uint8))
    """Luma of its first frame as it was drawn, small; empty where it was not watched while it was drawn."""
    closes: NDArray[np.uint8] = field(default_factory=lambda: np.zeros((0, 0), np.uint8))
    """The same of its last frame."""

    def __len__(self) -> int:
        return len(self.luma)

    def packed(self) -> bytes:
        """Write it down."""
        page = io.BytesIO()
        np.savez_compressed(page, **{each.name: getattr(self, each.name) for each in fields(self)})
        return page.getvalue()

    @classmethod
    def unpacked(cls, content: bytes) -> Stretch:
        """Read what was written; raises ValueError for anything else."""
        try:
            with np.load(io.BytesIO(content), allow_pickle=False) as page:
                return cls(**{each.name: page[each.name] for each in fields(cls)})
        except (KeyError, OSError, EOFError) as error:
            raise ValueError(f"these are no measures of frames: {error}") from error


class Gauge:
    """Measures frames as they come."""

    def __init__(self) -> None:
        self._rows: list[tuple[float, float, float, float, float]] = []
        self._cells: list[NDArray[np.uint8]] = []
        self._first: Planes | None = None
        self._last: Planes | None = None

    def see(self, planes: Planes) -> None:
        """Take in the next frame."""
        height = len(planes) * 2 // 3
        luma = (planes[:height].astype(np.float32) - 16) * (255 / 219)
        edges = (np.abs(np.diff(luma, axis=1)) > EDGE).mean()
        moved, change = difference(self._last, planes) if self._last is not None else (0.0, 0.0)
        self._rows.append((float(luma.mean()), float(luma.std()), float(edges), moved, change))
        self._cells.append(cells_of(luma))
        self._last = planes
        if self._first is None:
            self._first = planes

    def stretch(self) -> Stretch | None:
        """Give what was measured; nothing when no frame came."""
        if self._first is None or self._last is None:
            return None
        luma, spread, edges, moved, change = np.array(self._rows, np.float32).T
        cells = np.array(self._cells)
        return Stretch(luma, spread, edges, moved, change, cells, self._first, self._last)


def difference(before: Planes, after: Planes) -> tuple[float, float]:
    """Share of pixels that changed, and mean change of 255."""
    apart = np.abs(before.astype(np.int16) - after)
    return float((apart[: len(apart) * 2 // 3] > MOVED).mean()), float(apart.mean() * (255 / 219))


def cells_of(luma: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Mean luma of a grid of cells."""
    height, width = luma.shape
    rows = np.arange(CELLS) * height // CELLS
    columns = np.arange(CELLS) * width // CELLS
    sums = np.add.reduceat(np.add.reduceat(luma, rows, axis=0), columns, axis=1)
    counts = np.diff([*rows, height])[:, None] * np.diff([*columns, width])[None]
    return np.clip(sums / counts, 0, 255).round().astype(np.uint8)


def joined(stretches: Sequence[Stretch]) -> Stretch:
    """Lay stretches one behind the other."""
    for before, after in pairwise(stretches):
        after.moved[0], after.change[0] = difference(before.last, after.first)
    return Stretch(
        luma=np.concatenate([each.luma for each in stretches]),
        spread=np.concatenate([each.spread for each in stretches]),
        edges=np.concatenate([each.edges for each in stretches]),
        moved=np.concatenate([each.moved for each in stretches]),
        change=np.concatenate([each.change for each in stretches]),
        cells=np.concatenate([each.cells for each in stretches]),
        first=stretches[0].first,
        last=stretches[-1].last,
    )
