"""Sections: where a piece changes its character, by how unlike the bars before and after are (Foote 2000)."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from domain.hearing import ENVELOPE_FPS, Section
from render.hearing.harmony import EVERY, Chroma
from render.hearing.onsets import RATE, STEP, Curve, Novelty

SHORTEST_S = 4.0
REACH_S = 6.0
"""Seconds before and after a moment that are compared."""


def sections(
    heard: Novelty, notes: Chroma, envelope: Curve, downbeats: Curve, seconds: float, sensitivity: float
) -> tuple[Section, ...]:
    """Cut at the strongest changes, on the nearest downbeat; more sensitivity finds more of them."""
    rows = _character(heard, notes, envelope, seconds)
    reach = min(round(REACH_S), max(1, len(rows) // 3))
    change = np.zeros(len(rows))
    for at in range(reach, len(rows) - reach):
        before, after = rows[at - reach : at].mean(axis=0), rows[at : at + reach].mean(axis=0)
        change[at] = np.linalg.norm(after - before)
    marks = [0.0]
    least = (1.9 - sensitivity) * 0.9
    for at in np.argsort(-change).tolist():
        if change[at] < least or len(marks) > 40:
            break
        moment = float(at)
        if len(downbeats):
            moment = float(downbeats[np.abs(downbeats - at).argmin()])
        inside = SHORTEST_S <= moment <= seconds - SHORTEST_S
        if inside and all(abs(moment - mark) >= SHORTEST_S for mark in marks):
            marks.append(moment)
    edges = [*sorted(marks), seconds]
    found: list[Section] = []
    for start, end in pairwise(edges):
        part = envelope[round(start * ENVELOPE_FPS) : max(1, round(end * ENVELOPE_FPS))]
        energy = float(part.mean()) if len(part) else 0.0
        found.append(Section(start=round(start, 3), end=round(end, 3), energy=round(energy, 2)))
    return tuple(found)


def _character(heard: Novelty, notes: Chroma, envelope: Curve, seconds: float) -> np.ndarray:
    """What each second sounds like: its notes, its bands, its loudness and how much begins in it."""
    count = max(1, int(seconds))
    rows: list[Curve] = []
    for second in range(count):
        tones = notes.notes[int(second * RATE / EVERY) : int((second + 1) * RATE / EVERY)]
        steps = slice(int(second / STEP), int((second + 1) / STEP))
        loud = envelope[second * ENVELOPE_FPS : (second + 1) * ENVELOPE_FPS]
        chord = tones.mean(axis=0) if len(tones) else np.zeros(12)
        chord = chord / (np.linalg.norm(chord) + 1e-9)
        bands = [float(each[steps].mean()) if len(each[steps]) else 0.0 for each in heard.energy]
        begun = [float(each[steps].mean()) if len(each[steps]) else 0.0 for each in heard.regions]
        rows.append(np.array([*(0.5 * chord), *bands, *begun, float(loud.mean()) if len(loud) else 0.0]))
    found = np.array(rows)
    found[:, 12:] = (found[:, 12:] - found[:, 12:].mean(axis=0)) / (found[:, 12:].std(axis=0) + 0.05)
    return found
