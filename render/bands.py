"""Sounds of the project as numbers to be seen: how strong each tone is, moment by moment, and the outline."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from render.sound.pipes import RATE, FileReader

Array = NDArray[np.float32]
STEPS = 60
"""Moments a second at which tones are measured."""
OUTLINE = 100
"""Moments a second of the outline."""
_WINDOW = 4096
_HOP = RATE // STEPS
_RANGE_DB = 42.0
"""From the loudest moment down to what is shown as nothing."""
_TILT_DB = 2.0
"""Raised with every octave: in speech and music high tones are weaker, and are heard no less."""
LONGEST_S = 1_800


@dataclass(frozen=True)
class Tones:
    """Which tones are asked for, and how quickly they follow the sound."""

    bars: int
    low: float
    high: float
    attack: float
    release: float


class Sounds:
    """Listens to the project's sounds; one that cannot be heard is noticed, once."""

    def __init__(self, path: Callable[[str], Path], notice: Callable[[str], None]) -> None:
        self._path = path
        self._notice = notice
        self._tones: dict[tuple[str, Tones], Array] = {}
        self._outlines: dict[str, Array] = {}

    def tones(self, source: str, asked: Tones) -> Array:
        """Give how strong each tone is, 0 to 1, as rows of one sixtieth of a second."""
        key = (source, asked)
        if key not in self._tones:
            self._tones[key] = self._heard(source, lambda: _measured(self._blocks(source), asked), asked.bars)
        return self._tones[key]

    def outline(self, source: str) -> Array:
        """Give the largest sample of every hundredth of a second, 0 to 1."""
        if source not in self._outlines:
            self._outlines[source] = self._heard(source, lambda: _outline(self._blocks(source)), 0)
        return self._outlines[source]

    def _heard(self, source: str, listen: Callable[[], Array], bars: int) -> Array:
        try:
            return listen()
        except (OSError, ValueError) as error:
            self._notice(f"sound {source!r} is not shown: {error}")
            return np.zeros((1, bars) if bars else 1, np.float32)

    def _blocks(self, source: str) -> Iterator[Array]:
        """Decode to one channel, ten seconds at a time."""
        path = self._path(source)
        if not path.is_file():
            raise ValueError("there is no such file; add it under assets/")
        reader = FileReader(path, name=source)
        try:
            for _ in range(LONGEST_S // 10):
                block = reader.read(RATE * 10)
                if len(block):
                    yield block.mean(axis=1)
                if len(block) < RATE * 10:
                    break
        finally:
            reader.close()


def _measured(blocks: Iterator[Array], asked: Tones) -> Array:
    edges = np.geomspace(asked.low, max(asked.high, asked.low * 1.1), asked.bars + 1)
    bins = np.fft.rfftfreq(_WINDOW, 1 / RATE)
    owner = np.searchsorted(edges, bins, side="right") - 1
    inside = (owner >= 0) & (owner < asked.bars)
    middles = np.sqrt(edges[:-1] * edges[1:])
    nearest = np.abs(bins[:, None] - middles[None, :]).argmin(axis=0)
    window = np.hanning(_WINDOW).astype(np.float32)
    rest = np.zeros(_WINDOW // 2, np.float32)  # so that a moment stands in the middle of its window
    found: list[NDArray[np.float64]] = []
    for block in blocks:
        held = np.concatenate([rest, block])
        count = max(0, (len(held) - _WINDOW) // _HOP + 1)
        if count:
            frames = np.lib.stride_tricks.sliding_window_view(held, _WINDOW)[::_HOP][:count] * window
            power = np.abs(np.fft.rfft(frames, axis=1)) ** 2
            bands = power[:, nearest]  # low bars are narrower than a bin: they take the nearest one
            sums = np.zeros((count, asked.bars))
            np.add.at(sums.T, owner[inside], power[:, inside].T)
            found.append(np.maximum(bands, sums))
        rest = held[count * _HOP :]
    if not found:
        raise ValueError("there is nothing in it")
    level = 10 * np.log10(np.concatenate(found) + 1e-9) + _TILT_DB * np.log2(middles / asked.low)
    top = float(np.percentile(level.max(axis=1), 98))
    shown = np.clip((level - (top - _RANGE_DB)) / _RANGE_DB, 0, 1) if top > -40 else np.zeros_like(level)
    return _followed(shown.astype(np.float32), asked)


def _followed(level: Array, asked: Tones) -> Array:
    """Let every bar rise and fall no quicker than is asked."""
    rise = 1 - math.exp(-1 / (STEPS * max(asked.attack, 1e-3)))
    fall = 1 - math.exp(-1 / (STEPS * max(asked.release, 1e-3)))
    now: list[float] = [0.0] * level.shape[1]
    rows: list[list[float]] = level.tolist()
    for at, row in enumerate(rows):
        now = [old + (new - old) * (rise if new > old else fall) for old, new in zip(now, row, strict=True)]
        level[at] = now
    return level


def _outline(blocks: Iterator[Array]) -> Array:
    step = RATE // OUTLINE
    found = [
        np.abs(block[: len(block) // step * step]).reshape(-1, step).max(axis=1)
        for block in blocks
        if len(block) >= step
    ]
    if not found:
        raise ValueError("there is nothing in it")
    whole = np.concatenate(found)
    return (whole / max(float(whole.max()), 1e-4)).astype(np.float32)
