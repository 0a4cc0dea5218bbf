"""Stepping back under a voice: where it speaks, and how music makes room in time."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from render.sound.pipes import RATE, Samples

STEP = RATE // 100
"""Samples of a step: 10 ms."""
ATTACK_S = 0.15
"""Music begins to step back so long before a voice begins."""
RELEASE_S = 0.4
HOLD_S = 0.45
"""Pauses shorter than this do not bring music back."""
FLOOR_DB = -30.0
"""Below a voice's loudest moment: what is quieter is no speech."""
QUIETEST = 10 ** (-55 / 20)

Steps = NDArray[np.float64]


def loud_steps(samples: Samples) -> Steps:
    """The root mean square of each step of a stretch of voice."""
    count = -(-len(samples) // STEP)
    padded = np.pad(samples, ((0, count * STEP - len(samples)), (0, 0)))
    squares = np.square(padded, dtype=np.float64).reshape(count, STEP * 2).mean(axis=1)
    return np.sqrt(squares)


def room(voice: Steps) -> Steps:
    """How far others step back at each step, from 0 to 1, for a voice that is so loud."""
    top = voice.max(initial=0.0)
    if top < QUIETEST:
        return np.zeros(len(voice))
    speaks = voice > max(QUIETEST, top * 10 ** (FLOOR_DB / 20))
    held = _held(speaks, round(HOLD_S * RATE / STEP))
    found = held.astype(float)
    fall, rise = STEP / RATE / ATTACK_S, STEP / RATE / RELEASE_S
    for step in range(len(found) - 2, -1, -1):  # ahead of the voice
        found[step] = max(found[step], found[step + 1] - fall)
    for step in range(1, len(found)):
        found[step] = max(found[step], found[step - 1] - rise)
    return found * found * (3 - 2 * found)


def _held(speaks: NDArray[np.bool_], most: int) -> NDArray[np.bool_]:
    """Fill the short pauses of speech."""
    found = speaks.copy()
    marks = np.flatnonzero(speaks)
    for one, other in pairwise(marks.tolist()):
        if 1 < other - one <= most:
            found[one:other] = True
    return found
