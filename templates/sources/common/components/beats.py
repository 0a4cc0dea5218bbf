"""The film's beats: how fast they follow, and lengths that end on them, so that every cut lands on one."""

from collections.abc import Sequence
from itertools import pairwise

import content

from stage import Music

FEWER = 2.0
"""How much worse it is to take time from a scene than to give it some."""


def tempo() -> float | None:
    """Beats a minute: the film's own, else those of its music; none where neither is known."""
    own = getattr(content, "TEMPO", 0)
    if own or content.SOUND or not content.MUSIC:
        return own or None
    return Music(content.MUSIC).usual_tempo


def on_beats(lengths: Sequence[float], fps: int, bpm: float) -> list[float]:
    """Move the ends of scenes to beats, each scene as near its wanted length as can be; the sum stays.

    Films that have not even a beat for every scene stay as they are.
    """
    wanted = [round(length * fps) for length in lengths]
    beat, whole = 60 * fps / bpm, sum(wanted)
    rows: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for count in wanted[:-1]:
        found: dict[int, tuple[float, tuple[int, ...]]] = {}
        near = int(count / beat)
        for begin, (cost, ends) in rows.items():
            for beats in range(max(1, near - 1), near + 3):
                row = (cost + _strain(beats * beat, count), (*ends, begin + beats))
                end = begin + beats
                if end * beat < whole and row < found.get(end, (float("inf"), ())):
                    found[end] = row
        rows = found
    told = [
        (cost + _strain(whole - end * beat, wanted[-1]), ends)
        for end, (cost, ends) in rows.items()
        if whole - end * beat >= 0.9 * min(beat, wanted[-1])
    ]
    if not told:
        return list(lengths)
    marks = [0, *(round(end * beat) for end in min(told)[1]), whole]
    return [(end - begin) / fps for begin, end in pairwise(marks)]


def _strain(got: float, wanted: float) -> float:
    """How far a length is from the one that was wanted."""
    off = (got - wanted) / max(wanted, 1)
    return off * off * (FEWER if off < 0 else 1)
