"""Beats: a row of moments on novelty, a tempo apart that may sway (dynamic programming, Ellis 2007)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from render.hearing.onsets import STEP, Curve, Novelty, refined
from render.hearing.tempo import USUAL, Pace, followed, pace, prior

TIGHT = 90.0
"""Cost of a beat's square distance, in natural octaves, from where the tempo wants it."""
CANDIDATES = 6
JUDGED_S = 120.0
"""Of longer music a stretch of its middle decides which row people tap."""
SOFTEST = 0.05
SOFTEST_SHARE = 0.35
"""Of what begins on a usual beat: the first and the last beat have at least so much."""
WEIGHTS = {
    "salience": 0.8, "octave": 1.98, "octave_squared": -1.85, "on": 1.81, "between": -0.49, "thirds": 0.11,
    "low_on": 0.7, "low_between": 0.17, "high_on": 2.19, "high_between": 0.57, "low_turns": 1.61,
    "turns": -2.51, "unsteady": -44.2,
}  # fmt: skip
"""What makes a row the one that people tap: fitted by ranking all rows of the pieces of `bench/senses`, with
kinds of music left out in turn (median F 1.0, mean 0.88 on kinds that the fit had not seen)."""

Steps = NDArray[np.int64]


@dataclass(frozen=True)
class Row:
    """One way to hear the beats."""

    bpm: float
    steps: Steps
    score: float


def rows(heard: Novelty) -> list[Row]:
    """The ways to hear the beats, the likeliest first; none where nothing comes back."""
    most = round(JUDGED_S / STEP)
    if len(heard.whole) <= most:
        return _judged(heard)
    first = (len(heard.whole) - most) // 2
    judged = _judged(heard.part(first, first + most))
    if not judged:
        return []
    found = pace(heard.whole)
    steps = trimmed(heard.plain, tracked(heard.whole, _periods(heard, found, judged[0].bpm)))
    return [Row(judged[0].bpm, steps, judged[0].score), *judged[1:]] if len(steps) > 2 else []


def _judged(heard: Novelty) -> list[Row]:
    if len(heard.whole) < round(1.5 / STEP) or heard.whole.max(initial=0) <= 0:
        return []
    found = pace(heard.whole)
    whole = found.salience.mean(axis=0)
    if whole.max() <= 0:
        return []
    made: list[Row] = []
    for center in _candidates(found, whole):
        made += _rows(heard, found, whole, center)
    return sorted(made, key=lambda row: -row.score)


def _candidates(found: Pace, whole: Curve) -> list[float]:
    """Tempi at the tops of the mean salience, and those that stand to the best as beats to bars."""
    usual = whole * prior(found.tempi)
    inner = np.flatnonzero((usual[1:-1] >= usual[:-2]) & (usual[1:-1] > usual[2:])) + 1
    tops = sorted(inner.tolist(), key=lambda place: -usual[place])[:CANDIDATES]
    tops = tops or [int(usual.argmax())]
    best = float(found.tempi[tops[0]])
    wished = [float(found.tempi[place]) for place in tops]
    wished += [best * 2, best / 2, best * 1.5, best / 1.5, best * 3, best / 3]
    kept: list[float] = []
    for tempo in wished:
        if 45 <= tempo <= 225 and all(abs(np.log2(tempo / other)) > 0.06 for other in kept):
            kept.append(tempo)
    return kept


def _periods(heard: Novelty, found: Pace, center: float) -> Curve:
    """Steps from beat to beat at each step."""
    tempi = followed(found, center)
    return np.interp(np.arange(len(heard.whole)) * STEP, found.at, 60 / tempi) / STEP


def _rows(heard: Novelty, found: Pace, whole: Curve, center: float) -> list[Row]:
    """The best row of a tempo, and the best of those that lie between its beats."""
    periods = _periods(heard, found, center)
    made: list[Row] = []
    curve = heard.whole
    for _ in range(2):
        steps = trimmed(heard.plain, tracked(curve, periods))
        if len(steps) < 3:
            break
        bpm = 60 / float(np.median(np.diff(steps)) * STEP)
        salience = float(np.log(np.interp(bpm, found.tempi, whole) + 1e-3))
        said = {"salience": salience, **features(heard, steps, bpm)}
        made.append(Row(bpm, steps, sum(WEIGHTS[name] * value for name, value in said.items())))
        curve = without(heard.whole, steps, periods)
    return made


def tracked(curve: Curve, periods: Curve) -> Steps:
    """The best row of steps through a curve, given how far apart they want to be."""
    count = len(curve)
    total = curve.copy()
    back = np.full(count, -1)
    for step in range(count):
        period = periods[step]
        first, last = max(0, step - int(period * 1.6)), step - max(1, int(period * 0.6))
        if last < first:
            continue
        gaps = np.log((step - np.arange(first, last + 1)) / period)
        ways = total[first : last + 1] - TIGHT * gaps * gaps
        best = int(ways.argmax())
        if ways[best] > -0.5:
            total[step] += ways[best]
            back[step] = first + best
    tail = max(0, count - int(periods[-1] * 1.3))
    step = tail + int(total[tail:].argmax())
    found = [step]
    while back[step] >= 0:
        step = int(back[step])
        found.append(step)
    return np.array(found[::-1])


def without(curve: Curve, steps: Steps, periods: Curve) -> Curve:
    """A curve that is empty about a row of beats, so that another row is found."""
    found = curve.copy()
    for step in steps.tolist():
        reach = int(periods[step] * 0.3)
        found[max(0, step - reach) : step + reach + 1] *= 0.02
    return found


def trimmed(curve: Curve, steps: Steps) -> Steps:
    """Leave out beats before the first and after the last that anything begins on."""
    wide = widened(widened(curve))
    heard = np.flatnonzero(wide[steps] > SOFTEST_SHARE * np.median(wide[steps]))
    return steps[heard[0] : heard[-1] + 1] if len(heard) else steps[:0]


def features(heard: Novelty, steps: Steps, bpm: float) -> dict[str, float]:
    """What a row of beats meets: on its beats, between them, and from one to the next."""
    low, _, high = heard.regions
    gaps = np.diff(steps)
    between = steps[:-1] + gaps // 2
    thirds = np.concatenate([steps[:-1] + gaps // 3, steps[:-1] + 2 * gaps // 3])
    octave = float(np.log2(bpm / USUAL))
    return {
        "octave": octave,
        "octave_squared": octave * octave,
        "on": _level(heard.whole, steps),
        "between": _level(heard.whole, between),
        "thirds": _level(heard.whole, thirds),
        "low_on": _level(low, steps),
        "low_between": _level(low, between),
        "high_on": _level(high, steps),
        "high_between": _level(high, between),
        "low_turns": _turns(low, steps),
        "turns": _turns(heard.whole, steps),
        "unsteady": float(np.std(gaps) / np.mean(gaps)),
    }


def _level(curve: Curve, steps: Steps) -> float:
    """How much more begins at some steps than elsewhere, logarithmic."""
    return float(np.log((widened(curve)[steps].mean() + SOFTEST) / (widened(curve).mean() + SOFTEST)))


def _turns(curve: Curve, steps: Steps) -> float:
    """How differently every other beat sounds."""
    levels = widened(curve)[steps]
    return float(abs(levels[::2].mean() - levels[1::2].mean()) / (levels.mean() + SOFTEST))


def widened(curve: Curve) -> Curve:
    """Let a peak be met a step beside its top."""
    return np.maximum(curve, np.maximum(np.roll(curve, 1), np.roll(curve, -1)))


def seconds(heard: Novelty, steps: Steps) -> Curve:
    """The seconds of beats: on the nearest top where there is one, else where the row lies."""
    found: list[float] = []
    for step in steps.tolist():
        low, high = max(0, step - 2), min(len(heard.whole), step + 3)
        top = low + int(heard.whole[low:high].argmax())
        found.append(refined(heard.whole, top if heard.whole[top] > 0.3 else step))
    return np.maximum(0, np.array(found))


def confidence(ways: list[Row]) -> float:
    """How sure the best row is, from 0 to 1: its share against the best of another tempo."""
    others = [row.score for row in ways[1:] if abs(np.log2(row.bpm / ways[0].bpm)) > 0.06]
    gap = ways[0].score - max(others, default=ways[0].score - 4)
    return float(1 / (1 + np.exp(-1.2 * gap)))
