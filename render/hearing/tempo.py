"""How fast music is: which periods come back in its novelty, moment by moment."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from render.hearing.onsets import STEP, Curve

SLOWEST, FASTEST = 40.0, 240.0
"""Beats a minute that are looked for."""
USUAL = 112.0
"""Where tempi lie most often, beats a minute; the spread is in octaves (after Ellis 2007)."""
SPREAD = 0.75
WINDOW_S = 8.0
EVERY_S = 1.0
STATES = 120
BEND = 250.0
"""How hard the tempo changes from one second to the next: cost of an octave's square."""


@dataclass(frozen=True)
class Pace:
    """How likely each tempo is at each moment."""

    tempi: Curve
    """Beats a minute."""
    salience: NDArray[np.float64]
    """Moments by tempi."""
    at: Curve
    """The moments, seconds."""


def pace(curve: Curve) -> Pace:
    """Compare a curve with itself, window by window."""
    size = min(len(curve), round(WINDOW_S / STEP))
    hop = round(EVERY_S / STEP)
    tempi = np.geomspace(SLOWEST, FASTEST, STATES)
    rows: list[Curve] = []
    starts = range(0, max(1, len(curve) - size + 1), hop)
    for start in starts:
        part = curve[start : start + size]
        part = (part - part.mean()) * np.hanning(len(part))
        power = np.abs(np.fft.rfft(part, 2 * len(part))) ** 2
        again = np.fft.irfft(power)[: len(part)]
        again /= again[0] + 1e-9
        rows.append(_combed(again, tempi))
    at = np.array([(start + size / 2) * STEP for start in starts])
    return Pace(tempi, np.array(rows), at)


def _combed(again: Curve, tempi: Curve) -> Curve:
    """How strongly each tempo's beat and its multiples come back."""
    lags = 60 / tempi / STEP
    places = np.arange(len(again))
    found = np.zeros(len(tempi))
    for times, weight in ((1, 1.0), (2, 0.8), (3, 0.5), (4, 0.9), (6, 0.5), (8, 0.7)):
        found += weight * np.interp(lags * times, places, again, right=0)
    return np.maximum(found, 0)


def prior(tempi: Curve) -> Curve:
    """How usual tempi are."""
    return np.exp(-0.5 * (np.log2(tempi / USUAL) / SPREAD) ** 2)


def followed(found: Pace, center: float) -> Curve:
    """The tempo at each moment, near a center: the likeliest way that does not jump."""
    near = np.exp(-0.5 * (np.log2(found.tempi / center) / 0.12) ** 2)
    score = np.log(found.salience * near + 1e-4)
    octaves = np.log2(found.tempi)
    cost = BEND * (octaves[:, None] - octaves[None]) ** 2
    best = score[0]
    back: list[NDArray[np.int64]] = []
    for row in score[1:]:
        ways = best[:, None] - cost
        back.append(ways.argmax(axis=0))
        best = ways.max(axis=0) + row
    state = int(best.argmax())
    states = [state]
    for chosen in reversed(back):
        state = int(chosen[state])
        states.append(state)
    return found.tempi[np.array(states[::-1])]
