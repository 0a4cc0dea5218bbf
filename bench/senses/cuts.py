"""Where the cuts of delivered films fall against the beats of their music: all templates, encoded."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from bench.figure import Bar, draw, run
from domain.composition import Composition
from domain.plugins import load_all
from domain.template import Shape
from templates.source import project

BARS = {"cut_on_beat_frames": Bar("≤", 1), "cuts_found": Bar("≥", 24)}
FRAME = (640, 360)
AROUND = 8
"""Frames on both sides of a planned cut among which the file's own is looked for."""
SEEN, SHARP = 6.0, 2.5
"""Levels of 255 that a picture changes by at a cut, and how many times the change of the frames beside it."""


def measure(folder: Path) -> dict[str, float]:
    """Render every template that has music, find the cuts in the file, and take the worst distance."""
    worst, found, planned = 0.0, 0, 0
    for name in load_all("templates.gallery"):
        film, path = delivered(folder / name, name)
        beats = beats_of(film)
        changes = changes_of(path)
        for start in film.starts()[1:]:
            planned += 1
            at = cut_near(changes, start)
            if at is not None:
                found += 1
                worst = max(worst, float(np.abs(beats - at).min()))
    return {"cut_on_beat_frames": round(worst, 3), "cuts_found": found, "cuts_planned": planned}


def delivered(folder: Path, name: str) -> tuple[Composition, Path]:
    """Make the film of a template as it comes; gives its plan and its file."""
    for path, text in project(name, Shape(width=FRAME[0], height=FRAME[1]), "").items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    ended = run([sys.executable, "-m", "stage", "compile", str(folder)])
    composition = json.loads(ended.stdout)["composition"]
    (folder / "composition.json").write_text(json.dumps(composition))
    run([*draw(folder, folder / "made"), "--quality", "draft"])
    return Composition.model_validate(composition), folder / "made" / "film.mp4"


def beats_of(film: Composition) -> NDArray[np.float64]:
    """The beats that a film's music declares, in frames."""
    music = next(sound.music for sound in film.sounds if sound.music is not None)
    count = int(film.seconds * music.bpm / 60) + 2
    return (music.offset + np.arange(count) * 60 / music.bpm) * film.fps


def changes_of(path: Path) -> NDArray[np.float64]:
    """How much each decoded frame differs from the one before, levels of 255; 0 for the first."""
    changes = [0.0]
    before: NDArray[np.int16] | None = None
    with av.open(str(path)) as file:
        for frame in file.decode(video=0):
            luma = frame.to_ndarray(format="gray").astype(np.int16)
            if before is not None:
                changes.append(float(np.abs(luma - before).mean()))
            before = luma
    return np.array(changes)


def cut_near(changes: NDArray[np.float64], frame: int) -> int | None:
    """Find the sharp change nearest to where a cut was planned; none where a wipe or a fade hides it."""
    sharp = [
        at
        for at in range(max(1, frame - AROUND), min(len(changes), frame + AROUND + 1))
        if changes[at] > SEEN and changes[at] > SHARP * beside(changes, at)
    ]
    return min(sharp, key=lambda at: abs(at - frame), default=None)


def beside(changes: NDArray[np.float64], at: int) -> float:
    """The larger of the changes right before and right behind a frame."""
    return float(max([*changes[max(1, at - 1) : at], *changes[at + 1 : at + 2]], default=0.0))
