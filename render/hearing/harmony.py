"""Which notes sound when, and in which key (profiles of Krumhansl and Kessler, 1982)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from render.hearing.onsets import RATE, STEP

SIZE = 8_192
EVERY = 2_400
"""Samples from one look to the next: 0.1 s."""
LOOKS = 600
"""Spectra that are held at once."""
NAMES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
MAJOR = np.array([6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88])
MINOR = np.array([6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17])
TONELESS = 0.08
"""Noise favours its strongest note by less than this share."""
SUREST = 0.12
"""Lead of the best key over the next one, in correlation, that leaves no doubt."""


@dataclass(frozen=True)
class Chroma:
    """Strength of the twelve notes, every tenth of a second."""

    notes: NDArray[np.float64]

    def between(self, steps: NDArray[np.int64]) -> NDArray[np.float64]:
        """The notes from each step of a novelty curve to the next."""
        marks = np.append(steps, steps[-1] + np.median(np.diff(steps))) * STEP * RATE / EVERY
        rows: list[NDArray[np.float64]] = []
        for first, last in pairwise(marks.tolist()):
            low = min(int(np.ceil(first)), len(self.notes) - 1)
            high = max(low + 1, min(int(last), len(self.notes)))
            rows.append(self.notes[low:high].mean(axis=0))
        return np.array(rows)


def chroma(samples: NDArray[np.float32]) -> Chroma:
    """Sum the tones of each note up to 1 kHz, above which overtones mislead; mono at RATE."""
    used, notes = _notes()
    sums = np.zeros((12, len(notes)), np.float32)
    sums[notes, np.arange(len(notes))] = 1
    padded = np.pad(samples, SIZE // 2)
    count = max(1, len(samples) // EVERY)
    shape = np.hanning(SIZE).astype(np.float32)
    rows: list[NDArray[np.float32]] = []
    for first in range(0, count, LOOKS):
        many = min(LOOKS, count - first)
        view = np.lib.stride_tricks.sliding_window_view(padded[first * EVERY :], SIZE)
        spectra = np.abs(np.fft.rfft(view[: many * EVERY : EVERY] * shape, axis=1))[:, used]
        rows.append(spectra.astype(np.float32) @ sums.T)
    return Chroma(np.concatenate(rows).astype(np.float64))


def key_of(found: Chroma) -> tuple[str, float]:
    """Name the key and how sure it is, 0 to 1; nothing for what has no tones."""
    levels = found.notes.sum(axis=1, keepdims=True)
    whole = (found.notes / (levels + 1e-3 * levels.max() + 1e-9)).sum(axis=0)
    flat = whole / _tones_of_notes()
    if whole.max() <= 0 or flat.std() / (flat.mean() + 1e-9) < TONELESS:
        return "", 0.0
    fits: list[tuple[float, str]] = []
    for tonic, name in enumerate(NAMES):
        for profile, mode in ((MAJOR, "major"), (MINOR, "minor")):
            fits.append((float(np.corrcoef(np.roll(profile, tonic), whole)[0, 1]), f"{name} {mode}"))
    fits.sort(reverse=True)
    return fits[0][1], round(min(1.0, (fits[0][0] - fits[1][0]) / SUREST), 2)


def _notes() -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Which tones of a spectrum are listened to, and the note that each belongs to."""
    tones = np.fft.rfftfreq(SIZE, 1 / RATE)
    used = (tones > 60) & (tones < 1_000)
    return used, np.round(12 * np.log2(tones[used] / 440) + 69).astype(np.int64) % 12


def _tones_of_notes() -> NDArray[np.int64]:
    """How many tones each note has: noise is as strong as these."""
    return np.bincount(_notes()[1], minlength=12)
