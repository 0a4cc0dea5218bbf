"""Where a film's beats fall: on a steady tempo, or where an analysis of its music has heard them."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import cast

from stage.mistakes import Wrong, notebook
from stage.values import number

MOST_BEATS = 50_000


@dataclass(frozen=True)
class Beats:
    """Beats of a film, seconds; before the first and after the last they go on as they come and go."""

    times: tuple[float, ...]

    def at(self, beat: float) -> float:
        """The second at which a beat falls; half a beat lies half way to the next."""
        last = len(self.times) - 1
        low = min(max(int(beat // 1), 0), last - 1)
        first, then = self.times[low], self.times[low + 1]
        return first + (beat - low) * (then - first)

    def first_after(self, seconds: float) -> int:
        """The number of the first beat at or after a second."""
        if seconds <= self.times[-1]:
            return bisect_left(self.times, seconds - 1e-6)
        step = self.times[-1] - self.times[-2]
        return len(self.times) - 1 - int(-(seconds - 1e-6 - self.times[-1]) // step)


def steady(bpm: float, first: float) -> Beats:
    """The beats of a steady tempo."""
    return Beats((first, first + 60 / bpm))


def given(times: Sequence[float]) -> Beats:
    """Beats that were heard; raises Wrong when they are no rising row of seconds."""
    if not 2 <= len(times) <= MOST_BEATS:
        raise Wrong(f"{len(times):,} beats are given", f"give 2 to {MOST_BEATS:,} rising seconds")
    found = [number("a beat", time, 0, 7_200) for time in times]
    if any(later - earlier < 0.05 for earlier, later in pairwise(found)):
        raise Wrong("the beats do not rise by 0.05 s or more", "give each beat's second once, in order")
    return Beats(tuple(found))


def read(path: str) -> list[float]:
    """Read the beats that audio_spectrum_analysis has written beside a sound; raises Wrong."""
    hint = "let audio_spectrum_analysis write one: assets/music.beats.json"
    root = notebook().root or f"{Path.cwd()}/"
    place = Path(root, path)
    if ".." in Path(path).parts or not path.endswith(".beats.json") or not place.is_file():
        raise Wrong(f"there is no beats file {path!r}", hint)
    try:
        said: object = json.loads(place.read_text("utf-8"))
        beats = cast(dict[str, object], said)["beats"] if isinstance(said, dict) else None
        assert isinstance(beats, list)
        return [float(time) for time in cast(list[float], beats)]
    except (ValueError, KeyError, TypeError, AssertionError):
        raise Wrong(f"{path!r} holds no beats", hint) from None
