"""Beats that are heard, against those that were written: seventy pieces, scored by mir_eval."""

from __future__ import annotations

import json
import time
from pathlib import Path
from statistics import median
from typing import Any, cast

import mir_eval
import numpy as np
from numpy.typing import NDArray

from bench.figure import Bar
from bench.music import Piece, pieces, record
from domain.hearing import Hearing
from render.hearing.listen import listen

BARS = {"beat_f_median": Bar("≥", 0.93), "beat_offset_ms": Bar("≤", 10), "beat_pieces": Bar("≥", 60)}
SCORES = cast(Any, mir_eval).beat  # the library has no types
WINDOW_S = 0.07
"""A beat counts as heard within so much of the written one."""
WARM_UP_S = 5.0
"""The beginning of a piece is not scored (mir_eval.beat.trim_beats)."""
REPORT = Path(__file__).resolve().parents[2] / "reports" / "beats.json"


def measure(folder: Path) -> dict[str, float]:
    """Play, listen and compare; the score of every piece goes to reports/beats.json."""
    scores: dict[str, dict[str, float]] = {}
    offsets: list[float] = []
    played = spent = 0.0
    for made in pieces():
        path = record(made, folder)
        started = time.process_time()
        listen(path, 0.5, folder)
        spent += time.process_time() - started
        played += made.seconds
        heard = Hearing.model_validate_json((folder / "hearing.json").read_bytes())
        score, late = compared(made, heard)
        scores[made.name] = score
        offsets += late
        path.unlink()
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps(scores, indent=1, sort_keys=True) + "\n")
    every = list(scores.values())
    return {
        "beat_f_median": median(score["beats"] for score in every),
        "beat_f_mean": float(np.mean([score["beats"] for score in every])),
        "beat_f_half_or_double": float(np.mean([score["any_level"] for score in every])),
        "beat_offset_ms": 1_000 * median(map(abs, offsets)),
        "downbeat_f_median": median(score["downbeats"] for score in every),
        "downbeat_f_mean": float(np.mean([score["downbeats"] for score in every])),
        "beat_pieces": len(every),
        "hearing_cpu_per_second": spent / played,
    }


def compared(made: Piece, heard: Hearing) -> tuple[dict[str, float], list[float]]:
    """Score one piece, and tell how late its matched beats are, seconds."""
    truth, found = _trimmed(made.beats), _trimmed(heard.beats)
    beats = f_measure(truth, found)
    halves = [truth[::2], truth[1::2], np.sort(np.concatenate([truth, (truth[1:] + truth[:-1]) / 2]))]
    score = {
        "bpm": made.bpm,
        "heard_bpm": heard.tempo_bpm or 0,
        "beats": beats,
        "any_level": max(beats, *(f_measure(each, found) for each in halves)),
        "downbeats": f_measure(_trimmed(made.downbeats), _trimmed(heard.downbeats)),
    }
    if not len(found):
        return score, []
    gaps = np.array([found[np.abs(found - beat).argmin()] - beat for beat in truth])
    return score, gaps[np.abs(gaps) <= WINDOW_S].tolist()


def f_measure(truth: NDArray[np.float64], found: NDArray[np.float64]) -> float:
    """F-measure within ±70 ms."""
    if not len(found):
        return 0.0
    return float(SCORES.f_measure(truth, found, f_measure_threshold=WINDOW_S))


def _trimmed(beats: list[float] | tuple[float, ...]) -> NDArray[np.float64]:
    return SCORES.trim_beats(np.array(beats), min_beat_time=WARM_UP_S)
