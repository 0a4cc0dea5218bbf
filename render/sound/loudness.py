"""Loudness by ITU-R BS.1770-4: K-weighting and gates, computed from spectra of 100 ms blocks."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

RATE = 48_000
BLOCK = RATE // 10
"""Samples of a block; four of them make a gating block of 400 ms that overlaps the next by 75 %."""
ABSOLUTE_GATE = -70.0
RELATIVE_GATE = -10.0
OFFSET = -0.691
"""LUFS; a sine of 997 Hz at full scale in one channel is -3.01."""
SILENT_LUFS = -69.0


class Meter:
    """Hears blocks as they come and tells their loudness at the end."""

    def __init__(self) -> None:
        self._energies: list[NDArray[np.float64]] = []
        self._rest = np.zeros((0, 2), np.float32)
        self.peak = 0.0
        """Largest sample, linear."""

    def hear(self, samples: NDArray[np.float32]) -> None:
        """Take in frames of two channels."""
        if len(samples):
            self.peak = max(self.peak, float(np.abs(samples).max()))
        joined = np.concatenate([self._rest, samples]) if len(self._rest) else samples
        whole = len(joined) // BLOCK
        if whole:
            self._energies.append(_energy(joined[: whole * BLOCK].reshape(whole, BLOCK, 2)))
        self._rest = joined[whole * BLOCK :]

    def momentary(self) -> NDArray[np.float64]:
        """Loudness of each 400 ms, every 100 ms, LUFS; a shorter sound is one block."""
        energies = np.concatenate(self._energies) if self._energies else np.zeros(0)
        if len(energies) < 4:
            rest = [_energy(_filled(self._rest)[None])] if len(self._rest) else []
            energies = np.concatenate([energies, *rest, np.zeros(4)])
            energies = energies[:4] * 4 / max(1, min(4, np.count_nonzero(energies)))
        windows = np.convolve(energies, np.full(4, 0.25), "valid")
        return OFFSET + 10 * np.log10(np.maximum(windows, 1e-12))

    def integrated(self) -> float | None:
        """Gated loudness of everything heard, LUFS; None for silence."""
        blocks = self.momentary()
        loud = blocks[blocks > ABSOLUTE_GATE]
        if not len(loud):
            return None
        loud = loud[loud > _mean(loud) + RELATIVE_GATE]
        found = _mean(loud)
        return found if found > SILENT_LUFS else None


def loudness_of(samples: NDArray[np.float32]) -> float | None:
    """Measure a whole sound of two channels."""
    meter = Meter()
    meter.hear(samples)
    return meter.integrated()


def _mean(lufs: NDArray[np.float64]) -> float:
    return float(10 * np.log10(np.mean(10 ** (lufs / 10))))


def _filled(rest: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.pad(rest, ((0, BLOCK - len(rest)), (0, 0)))


def _energy(blocks: NDArray[np.float32]) -> NDArray[np.float64]:
    """Mean square of K-weighted blocks, both channels added."""
    spectra = np.fft.rfft(blocks, axis=1)
    power = (spectra.real**2 + spectra.imag**2).sum(axis=2) * k_weight()[None]
    power[:, 1:-1] *= 2
    return power.sum(axis=1) / BLOCK**2


@cache
def k_weight() -> NDArray[np.float64]:
    """Power response of the K filter on a block's frequencies: both biquads of BS.1770-4, annex 1."""
    turn = np.exp(-2j * np.pi * np.fft.rfftfreq(BLOCK, 1 / RATE) / RATE)
    shelf = (1.53512485958697 - 2.69169618940638 * turn + 1.19839281085285 * turn**2) / (
        1 - 1.69065929318241 * turn + 0.73248077421585 * turn**2
    )
    high = (1 - 2 * turn + turn**2) / (1 - 1.99004745483398 * turn + 0.99007225036621 * turn**2)
    return np.abs(shelf * high) ** 2
