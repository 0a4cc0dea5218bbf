"""Watching a piece of a film where it was drawn: its file is decoded and held against the very pixels."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from render.picture import Pixels
from render.watch import parity
from render.watch.banding import banded
from render.watch.decode import Luma, looked_at, recalled, seal, watch


class Sketch:
    """Keeps of a piece, while it is drawn, what its file is held against: its ends and its middle, small."""

    def __init__(self, count: int, size: tuple[int, int], *, alpha: bool) -> None:
        """Begin; frames that keep their transparency have no ground under them, and are not compared."""
        self._count = count
        self._size = looked_at(*size)
        self._ends = parity.cut_size(*size)
        self._alpha = alpha
        self.middle = count // 2
        """Place of the frame that is compared."""
        self.meant: Luma | None = None
        self.opens = self.closes = parity.NOTHING

    def see(self, place: int, pixels: Pixels) -> None:
        """Take in a frame as it was drawn, by its place in the piece."""
        if self._alpha:
            return
        if place == self.middle:
            self.meant = parity.still(pixels, *self._size)
        if place == 0:
            self.opens = rounded(parity.still(pixels, *self._ends))
        if place == self._count - 1:
            self.closes = rounded(parity.still(pixels, *self._ends))


def rounded(luma: Luma) -> NDArray[np.uint8]:
    """Keep luma in bytes."""
    return np.rint(luma).astype(np.uint8)


def watch_piece(path: Path, demuxer: str, count: int, sketch: Sketch) -> bytes | None:
    """Decode the file of a piece on one thread, and write down what it measures.

    Nothing comes of a file that does not decode as a whole: that is for who watches the finished film.
    """
    wanted = frozenset(() if sketch.meant is None else (sketch.middle,))
    seen = watch(path, demuxer, (count,), recalled(()), wanted, threads=1)
    if seen.trouble or len(seen.stretches) != 1 or len(seen.stretches[0]) != count:
        return None
    stretch = replace(seen.stretches[0], opens=sketch.opens, closes=sketch.closes)
    if sketch.meant is not None:
        alike, off = parity.compared(sketch.meant, seen.frames[sketch.middle])
        stretch = replace(stretch, held=np.array([(sketch.middle, alike, off)], np.float32))
        if sketch.middle in seen.flat:
            share = banded(sketch.meant, seen.flat[sketch.middle])
            stretch = replace(stretch, bands=np.array([(sketch.middle, share)], np.float32))
    return seal(seen.marks[0], stretch.packed())
