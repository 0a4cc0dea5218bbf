"""How loud a sound is: as a whole, moment by moment, where it clips, and where it is silent."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from domain.hearing import ENVELOPE_FPS, Stretch
from render.hearing.onsets import STEP, Curve, Novelty
from render.sound.loudness import Meter
from render.sound.pipes import RATE

FRAME = RATE // ENVELOPE_FPS
SILENT = 10 ** (-60 / 20)
SHORTEST_SILENCE_S = 0.5
FULL = 0.9995
RUN = 3
"""Samples at full scale in a row that are heard as clipping."""
LOWEST_DB = 48.0
"""Below the loudest frame, an envelope is 0."""


@dataclass
class Levels:
    """What is gathered while a sound streams by, 48 kHz stereo, a whole number of seconds at a time."""

    meter: Meter = field(default_factory=Meter)
    peak: float = 0.0
    """True peak, linear."""
    clipped: int = 0
    frames: list[NDArray[np.float64]] = field(default_factory=list[NDArray[np.float64]])
    """Mean squares of each frame of the envelope."""
    tops: list[NDArray[np.float32]] = field(default_factory=list[NDArray[np.float32]])
    """Largest sample of each frame."""

    def hear(self, samples: NDArray[np.float32]) -> None:
        """Take in the next samples."""
        self.meter.hear(samples)
        top = float(np.abs(samples).max(initial=0))
        if top > 0.9 * self.peak:
            self.peak = max(self.peak, top, _between(samples))
        if top >= FULL:
            self.clipped += _runs(samples)
        padded = np.pad(samples, ((0, -len(samples) % FRAME), (0, 0))).reshape(-1, FRAME * 2)
        self.frames.append(np.square(padded, dtype=np.float64).mean(axis=1))
        self.tops.append(np.abs(padded).max(axis=1))

    def envelope(self) -> Curve:
        """How loud each frame is, 0 to 1, by the ear's logarithm."""
        squares = np.concatenate(self.frames) if self.frames else np.zeros(0)
        loudest = squares.max(initial=0)
        if loudest <= SILENT**2:
            return np.zeros(len(squares))
        return np.clip(1 + 10 * np.log10(np.maximum(squares, 1e-12) / loudest) / LOWEST_DB, 0, 1)

    def silences(self, seconds: float) -> tuple[Stretch, ...]:
        """Where nothing is heard for half a second and more."""
        tops = np.concatenate(self.tops) if self.tops else np.zeros(0, np.float32)
        quiet = np.concatenate([[False], tops < SILENT, [False]])
        edges = np.flatnonzero(np.diff(quiet.astype(int)))
        found = [
            Stretch(start=round(first / ENVELOPE_FPS, 3), end=round(min(seconds, last / ENVELOPE_FPS), 3))
            for first, last in edges.reshape(-1, 2).tolist()
        ]
        return tuple(each for each in found if each.end - each.start >= SHORTEST_SILENCE_S)


def band_envelopes(heard: Novelty, count: int) -> tuple[Curve, ...]:
    """How strong low, middle and high tones are in each frame, 0 to 1."""
    at = (np.arange(count) + 0.5) / ENVELOPE_FPS / STEP
    found: list[Curve] = []
    for energy in heard.energy:
        floor, top = np.percentile(energy, 5), np.percentile(energy, 99)
        level = np.interp(at, np.arange(len(energy)), energy)
        found.append(np.clip((level - floor) / max(top - floor, 1e-6), 0, 1) if top > 1e-3 else 0 * level)
    return tuple(found)


def _runs(samples: NDArray[np.float32]) -> int:
    full = (np.abs(samples) >= FULL).any(axis=1).astype(int)
    long = np.convolve(full, np.ones(RUN, int), "valid") == RUN
    return int(np.count_nonzero(np.diff(np.concatenate([[0], long.astype(int)])) == 1))


def _between(samples: NDArray[np.float32]) -> float:
    """The largest value between the samples too, on four for each one."""
    length = len(samples)
    if length < 8:
        return 0.0
    eased = samples.copy()
    edge = min(48, length // 2)
    eased[:edge] *= np.linspace(0, 1, edge, dtype=np.float32)[:, None]
    eased[-edge:] *= np.linspace(1, 0, edge, dtype=np.float32)[:, None]
    spectrum = np.fft.rfft(eased, axis=0)
    fine = np.fft.irfft(np.pad(spectrum, ((0, 2 * length - len(spectrum) + 1), (0, 0))), 4 * length, axis=0)
    return float(np.abs(fine).max() * 4)
