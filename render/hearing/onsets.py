"""Where something begins to sound: a curve of novelty every 10 ms, and its peaks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

RATE = 24_000
"""Samples a second that music is listened to at."""
HOP = 240
STEP = HOP / RATE
"""Seconds from one value of a curve to the next."""
WINDOW = 1_024
BANDS = 48
LOW, HIGH = 35.0, 10_500.0
LAG = 2
"""Steps that a spectrum is compared with an earlier one (SuperFlux, Böck and Widmer 2013)."""
CHUNK = 6_000
"""Steps whose spectra are held at once."""
LATE = -0.006
"""Seconds that the curve's peaks lie beside the attack of a struck note, measured on played MIDI."""
REGIONS = ((35, 160), (160, 2_000), (2_000, 10_500))
"""Low, middle and high, Hz."""

Curve = NDArray[np.float64]


@dataclass(frozen=True)
class Novelty:
    """How much begins at each step."""

    whole: Curve
    regions: tuple[Curve, ...]
    """The same for low, middle and high tones alone."""
    plain: Curve
    """The whole before soft passages were brought to the scale of loud ones."""
    energy: tuple[Curve, ...]
    """How loud low, middle and high tones are, logarithmic."""

    def part(self, first: int, last: int) -> Novelty:
        """A stretch of it, by steps."""
        return Novelty(
            self.whole[first:last],
            tuple(each[first:last] for each in self.regions),
            self.plain[first:last],
            tuple(each[first:last] for each in self.energy),
        )


def novelty(samples: NDArray[np.float32]) -> Novelty:
    """Hear what begins when; `samples` are mono at RATE."""
    level = float(np.sqrt(np.mean(np.square(samples, dtype=np.float64)))) or 1.0
    steps = max(1, len(samples) // HOP)
    padded = np.pad(samples / np.float32(level), (WINDOW // 2, WINDOW))
    shape = np.hanning(WINDOW).astype(np.float32)
    weights = _bands()
    tall: list[NDArray[np.float32]] = []
    for first in range(0, steps, CHUNK):
        count = min(CHUNK, steps - first)
        view = np.lib.stride_tricks.sliding_window_view(padded[first * HOP :], WINDOW)[: count * HOP : HOP]
        tall.append(
            np.log10(1 + 4 * np.abs(np.fft.rfft(view * shape, axis=1)).astype(np.float32) @ weights.T)
        )
    mel = np.concatenate(tall)
    wide = np.maximum(mel, np.maximum(np.roll(mel, 1, axis=1), np.roll(mel, -1, axis=1)))
    rise = np.zeros_like(mel)
    rise[LAG:] = np.maximum(0, mel[LAG:] - wide[:-LAG])
    centers = _centers()
    parts: list[Curve] = []
    energy: list[Curve] = []
    for low, high in REGIONS:
        chosen = (centers >= low) & (centers < high)
        parts.append(rise[:, chosen].mean(axis=1).astype(np.float64))
        energy.append(mel[:, chosen].mean(axis=1).astype(np.float64))
    whole = sum((_even(part) for part in parts), np.zeros(steps))
    plain = rise.mean(axis=1).astype(np.float64)
    return Novelty(_even(whole), tuple(_even(part) for part in parts), plain, tuple(energy))


def peaks(curve: Curve, sensitivity: float) -> NDArray[np.int64]:
    """Steps at which something begins; with more sensitivity, 0 to 1, softer beginnings count too."""
    if len(curve) < 5:
        return np.zeros(0, np.int64)
    near = np.lib.stride_tricks.sliding_window_view(np.pad(curve, 4, mode="edge"), 9).max(axis=1)
    over = curve > _mean(curve, 50) + 1.6 * (1 - sensitivity) + 0.15
    found = np.flatnonzero((curve >= near) & over)
    kept: list[int] = []
    for step in found.tolist():
        if not kept or step - kept[-1] >= 4:
            kept.append(step)
    return np.array(kept, np.int64)


def refined(curve: Curve, step: int) -> float:
    """The second of a peak, between the steps: the top of a parabola."""
    if 0 < step < len(curve) - 1:
        before, top, after = curve[step - 1], curve[step], curve[step + 1]
        bend = before - 2 * top + after
        if bend < 0:
            return (step + 0.5 * (before - after) / bend) * STEP + LATE
    return step * STEP + LATE


def _even(curve: Curve) -> Curve:
    """Take away what is always there, and bring loud and soft passages to one scale."""
    risen = np.maximum(0, curve - _mean(curve, 40))
    wide = np.sqrt(_mean(risen**2, 500))
    floor = 0.5 * np.sqrt(np.mean(risen**2)) + 1e-6
    return risen / np.maximum(wide, floor)


def _mean(curve: Curve, reach: int) -> Curve:
    """The mean of each value's surroundings."""
    sums = np.cumsum(np.pad(curve, (reach + 1, reach), mode="edge"))
    return (sums[2 * reach + 1 :] - sums[: -2 * reach - 1]) / (2 * reach + 1)


@cache
def _centers() -> Curve:
    return np.geomspace(LOW, HIGH, BANDS + 2)[1:-1]


@cache
def _bands() -> NDArray[np.float32]:
    """Triangles over the tones of a spectrum, evenly by pitch; each reaches at least one."""
    edges = np.geomspace(LOW, HIGH, BANDS + 2)
    tones = np.fft.rfftfreq(WINDOW, 1 / RATE)
    width = tones[1]
    rows: list[Curve] = []
    for low, center, high in zip(edges[:-2], edges[1:-1], edges[2:], strict=True):
        low, high = min(low, center - width), max(high, center + width)
        row = np.maximum(0, np.minimum((tones - low) / (center - low), (high - tones) / (high - center)))
        rows.append(row / row.sum())
    return np.array(rows, np.float32)
