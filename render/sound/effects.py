"""Sound effects, synthesised: each is samples at 48 kHz and the sample on which it peaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
Wave = NDArray[np.float64]
RATE = 48_000
PEAK = 0.4
"""Of an effect's samples: beside music of the reference loudness it is heard and does not shout."""
_WINDOW, _HOP = 1_024, 256


@dataclass(frozen=True)
class Effect:
    """A finished effect."""

    samples: Samples
    """Frames by two channels."""
    peak: int
    """The sample that belongs on the moment: the contact, not the start of the move."""


@cache
def effect(name: str) -> Effect:
    """Synthesise an effect of the vocabulary; the same name is always the same sound."""
    left, right, peak = _MADE[name]()
    both = np.stack([left, right], axis=1)
    both[-480:] *= np.linspace(1, 0, 480)[:, None]
    both *= PEAK / np.abs(both).max()
    return Effect(both.astype(np.float32), peak)


def _time(seconds: float) -> Wave:
    return np.arange(round(seconds * RATE)) / RATE


def _noise(seconds: float, seed: int) -> Wave:
    return np.random.default_rng(seed).standard_normal(round(seconds * RATE))


def _swept(seconds: float, seed: int, low: float, high: float, peak: float, width: float = 0.7) -> Wave:
    """Noise whose band rises to its height at `peak`, seconds, and falls again; `width` in octaves."""
    noise = _noise(seconds, seed)
    padded = np.pad(noise, _WINDOW)
    starts = np.arange(0, len(padded) - _WINDOW, _HOP)
    shape = np.hanning(_WINDOW + 1)[:-1]
    tones = np.maximum(np.fft.rfftfreq(_WINDOW, 1 / RATE), 20)
    out = np.zeros(len(padded))
    for start in starts:
        now = (start - _WINDOW / 2) / RATE
        near = np.exp(-((abs(now - peak) / (0.45 * (peak if now < peak else seconds - peak) + 1e-6)) ** 2))
        center = low * (high / low) ** near
        band = np.exp(-((np.log2(tones / center) / width) ** 2))
        spectrum = np.fft.rfft(padded[start : start + _WINDOW] * shape) * band * near**1.5
        out[start : start + _WINDOW] += np.fft.irfft(spectrum, _WINDOW) * shape
    return out[_WINDOW : _WINDOW + len(noise)]


def _tone(time: Wave, hertz: float, decay: float) -> Wave:
    return np.sin(2 * np.pi * hertz * time) * np.exp(-time / decay)


def _chirp(time: Wave, first: float, last: float, glide: float) -> Wave:
    """A tone that glides from one pitch to another within `glide` seconds."""
    hertz = last + (first - last) * np.exp(-time / glide)
    return np.sin(2 * np.pi * np.cumsum(hertz) / RATE)


def _bell(time: Wave, hertz: float, decay: float) -> Wave:
    parts = ((1, 1), (2.76, 0.5), (5.4, 0.25), (8.9, 0.12))
    return sum((level * _tone(time, hertz * part, decay / part**0.6) for part, level in parts), 0 * time)


def _panned(wave: Wave, way: Wave) -> tuple[Wave, Wave]:
    """Move a sound from left, -1, to right, 1, at equal power."""
    angle = (way + 1) * np.pi / 4
    return wave * np.cos(angle), wave * np.sin(angle)


def _whoosh() -> tuple[Wave, Wave, int]:
    wave = _swept(0.9, 1, 180, 2_400, 0.5, 0.9)
    return *_panned(wave, np.linspace(-0.6, 0.6, len(wave))), round(0.5 * RATE)


def _swish() -> tuple[Wave, Wave, int]:
    wave = _swept(0.35, 2, 900, 6_500, 0.2, 0.6)
    return *_panned(wave, np.linspace(-0.4, 0.4, len(wave))), round(0.2 * RATE)


def _click() -> tuple[Wave, Wave, int]:
    time = _time(0.06)
    wave = _tone(time, 2_600, 0.004) + 0.6 * _tone(time, 1_150, 0.009)
    wave += 0.5 * _noise(0.06, 3) * np.exp(-time / 0.0015)
    return wave, wave, 0


def _tick() -> tuple[Wave, Wave, int]:
    time = _time(0.08)
    wave = _tone(time, 3_400, 0.006) + 0.5 * _tone(time, 5_100, 0.004)
    wave += 0.3 * _noise(0.08, 4) * np.exp(-time / 0.0008)
    return wave, wave, 0


def _typing() -> tuple[Wave, Wave, int]:
    time = _time(0.09)
    late = np.maximum(time - 0.012, 0)
    wave = 0.8 * _noise(0.09, 5) * np.exp(-time / 0.003) + 0.7 * _tone(time, 420, 0.012)
    wave += (time >= 0.012) * _noise(0.09, 6) * np.exp(-late / 0.005) * 0.5
    return wave, 0.9 * wave, 0


def _pop() -> tuple[Wave, Wave, int]:
    time = _time(0.16)
    hertz = 380 + 620 * (1 - np.exp(-time / 0.02))
    wave = np.sin(2 * np.pi * np.cumsum(hertz) / RATE) * np.exp(-time / 0.032) * (1 - np.exp(-time / 0.002))
    return wave, wave, round(0.006 * RATE)


def _blip() -> tuple[Wave, Wave, int]:
    time = _time(0.3)
    later = np.maximum(time - 0.07, 0)
    wave = _tone(time, 880, 0.07) + (time >= 0.07) * _tone(later, 1_318.5, 0.09)
    wave *= 1 - np.exp(-time / 0.002)
    return wave, wave, 0


def _chime() -> tuple[Wave, Wave, int]:
    time = _time(1.8)
    left, right = 0 * time, 0 * time
    for place, hertz in enumerate((1_046.5, 1_318.5, 1_568.0)):
        later = np.maximum(time - 0.09 * place, 0)
        bell = (time >= 0.09 * place) * _bell(later, hertz, 0.7)
        left += bell * (1 - 0.25 * place)
        right += bell * (0.5 + 0.25 * place)
    return left, right, 0


def _shimmer() -> tuple[Wave, Wave, int]:
    time = _time(1.6)
    draw = np.random.default_rng(8)
    left, right = 0 * time, 0 * time
    for place in range(14):
        begins = 0.05 * place * (1 + 0.2 * draw.random())
        later = np.maximum(time - begins, 0)
        grain = (time >= begins) * _tone(later, 2_093 * 2 ** (draw.integers(0, 24) / 12), 0.22)
        side = draw.random()
        left += grain * (1 - side)
        right += grain * side
    swell = np.exp(-(((time - 0.35) / 0.5) ** 2))
    return left * swell, right * swell, round(0.35 * RATE)


def _boom() -> tuple[Wave, Wave, int]:
    time = _time(2.2)
    wave = _chirp(time, 130, 38, 0.09) * np.exp(-time / 0.55) * (1 - np.exp(-time / 0.003))
    wave += 0.35 * _swept(2.2, 9, 60, 220, 0.05, 1.2) / 3
    wave += 0.2 * _noise(2.2, 10) * np.exp(-time / 0.006)
    return wave, np.roll(wave, 20), round(0.012 * RATE)


def _impact() -> tuple[Wave, Wave, int]:
    time = _time(1.1)
    wave = _chirp(time, 220, 52, 0.03) * np.exp(-time / 0.22) * (1 - np.exp(-time / 0.001))
    wave += 0.55 * _noise(1.1, 11) * np.exp(-time / 0.02)
    tail = 0.12 * _noise(1.1, 12) * np.exp(-time / 0.25)
    return wave + tail, wave + 0.12 * _noise(1.1, 13) * np.exp(-time / 0.25), round(0.004 * RATE)


def _rise() -> tuple[Wave, Wave, int]:
    time = _time(1.6)
    way = np.minimum(time / 1.5, 1)
    cut = np.where(time < 1.5, 1.0, np.exp(-(time - 1.5) / 0.015))
    tone = np.sin(2 * np.pi * np.cumsum(110 * 2 ** (3 * way**2)) / RATE) * way**2.2 * cut
    noise = _swept(1.6, 14, 300, 7_000, 1.5, 0.8) * cut
    air = _swept(1.6, 15, 300, 7_000, 1.5, 0.8) * cut
    return 0.3 * tone + noise, 0.3 * tone + air, round(1.5 * RATE)


_MADE: dict[str, Callable[[], tuple[Wave, Wave, int]]] = {
    "blip": _blip, "boom": _boom, "chime": _chime, "click": _click, "impact": _impact, "pop": _pop,
    "rise": _rise, "shimmer": _shimmer, "swish": _swish, "tick": _tick, "typing": _typing, "whoosh": _whoosh,
}  # fmt: skip
