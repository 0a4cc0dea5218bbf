"""Holding true peaks below a ceiling: a gain that looks ahead, computed on four samples for each one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from render.sound.pipes import RATE, Samples

HOP = 48
"""Samples of a control step: 1 ms."""
AHEAD = 5
"""Steps that the gain begins to fall before a peak."""
RELEASE_DB = 0.06
"""How fast it comes back, dB a step."""
CHUNK = RATE
"""Samples of a chunk, a whole number of steps."""
_CONTEXT = 20 * HOP
"""Samples to both sides that a chunk needs to know of."""
_NEAR = 0.7
"""A chunk whose samples stay below this share of the ceiling has no peak between them above it."""


def limited(blocks: Iterable[Samples], gain_db: float, ceiling_db: float) -> Iterator[Samples]:
    """Turn a stream up or down, and hold its true peaks; not a sample later than it came."""
    gain, ceiling = 10 ** (gain_db / 20), 10 ** (ceiling_db / 20)
    before: Samples = np.zeros((_CONTEXT, 2), np.float32)
    chunks = _chunks(blocks)
    now = next(chunks, None)
    level = 0.0
    while now is not None:
        then = next(chunks, None)
        after = then[:_CONTEXT] if then is not None else np.zeros((0, 2), np.float32)
        after = np.pad(after, ((0, _CONTEXT - len(after)), (0, 0)))
        loud = np.concatenate([before, now, after]) * np.float32(gain)
        if level == 0 and np.abs(loud).max() < _NEAR * ceiling:
            yield loud[_CONTEXT : _CONTEXT + len(now)]
        else:
            curve, level = _curve(_needed(loud, ceiling), level, -(-len(now) // HOP))
            yield loud[_CONTEXT : _CONTEXT + len(now)] * curve[: len(now), None]
        before, now = np.concatenate([before, now])[-_CONTEXT:], then


def _chunks(blocks: Iterable[Samples]) -> Iterator[Samples]:
    """Cut a stream into chunks of one length, but for the last."""
    held: list[Samples] = []
    count = 0
    for block in blocks:
        held.append(block)
        count += len(block)
        while count >= CHUNK:
            joined = np.concatenate(held)
            yield joined[:CHUNK]
            held, count = [joined[CHUNK:]], count - CHUNK
    if count:
        yield np.concatenate(held)


def _needed(loud: Samples, ceiling: float) -> NDArray[np.float64]:
    """The gain that each step of a chunk and of its surroundings needs, dB: 0 or less."""
    length = len(loud)
    spectrum = np.fft.rfft(loud, axis=0)
    fine = (
        np.fft.irfft(np.pad(spectrum, ((0, 2 * length - len(spectrum) + 1), (0, 0))), 4 * length, axis=0) * 4
    )
    tops = np.maximum(np.abs(fine).max(axis=1).reshape(-1, 4).max(axis=1), np.abs(loud).max(axis=1))
    steps = np.pad(tops, (0, -length % HOP)).reshape(-1, HOP).max(axis=1)
    return np.minimum(0, 20 * np.log10(ceiling / np.maximum(steps, 1e-9)))


def _curve(needed: NDArray[np.float64], level: float, steps: int) -> tuple[NDArray[np.float32], float]:
    """Draw the gain between the edges of a chunk's steps; `level` is what its first edge has, dB.

    An edge needs what the steps beside it need, and begins to fall before them; so no step is ever louder
    than its own need.
    """
    first = _CONTEXT // HOP
    edges = np.minimum(needed[:-1], needed[1:])
    goals = edges.copy()
    for ahead in range(1, AHEAD + 1):
        goals[:-ahead] = np.minimum(goals[:-ahead], edges[ahead:] * (1 - ahead / (AHEAD + 1)))
    found = np.empty(steps + 1)
    found[0] = min(level, goals[first - 1])
    for step in range(1, steps + 1):
        found[step] = min(goals[first - 1 + step], found[step - 1] + RELEASE_DB, 0.0)
    gains = 10 ** (found / 20)
    curve = np.interp(np.arange(steps * HOP) / HOP, np.arange(steps + 1), gains)
    return curve.astype(np.float32), float(found[-1])
