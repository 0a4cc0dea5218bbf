"""Bars: which beats are the first ones, by harmony that changes and basses that strike."""

from __future__ import annotations

import numpy as np

from render.hearing.beats import Steps, widened
from render.hearing.harmony import Chroma
from render.hearing.onsets import Curve, Novelty

METERS = {4: 0.12, 3: 0.0}
"""Bars that are tried, and how much more usual one is."""


def bars(heard: Novelty, steps: Steps, chroma: Chroma) -> tuple[int, int]:
    """Beats of a bar, and the number of the first beat that begins one."""
    if len(steps) < 8:
        return 4, 0
    marks = _evened(_changes(steps, chroma)) + 0.6 * _evened(widened(heard.regions[0])[steps])
    marks += 0.3 * _evened(widened(heard.whole)[steps])
    best = (-np.inf, 4, 0)
    for meter, usual in METERS.items():
        for phase in range(meter):
            on = marks[phase::meter]
            rest = np.delete(marks, np.arange(phase, len(marks), meter))
            score = float((on.mean() - rest.mean()) * np.sqrt(min(len(on), 16) / 16)) + usual
            best = max(best, (score, meter, phase))
    return best[1], best[2]


def _changes(steps: Steps, chroma: Chroma) -> Curve:
    """How much the harmony after each beat differs from that before it."""
    seconds = chroma.between(steps)
    norms = np.linalg.norm(seconds, axis=1, keepdims=True) + 1e-9
    unit = seconds / norms
    return np.concatenate([[0.0], 1 - (unit[1:] * unit[:-1]).sum(axis=1)])


def _evened(curve: Curve) -> Curve:
    return (curve - curve.mean()) / (curve.std() + 1e-6)
