"""Stretches of a scene in which something may move, but nobody can see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

import numpy as np

from domain.checks import limit
from domain.composition import Composition, Scene
from domain.finding import Finding
from render.look import written
from render.picture import Picture

STEP_S = 0.5
"""So far apart are the frames that are compared."""
MOST_STEPS = 120
"""Comparisons in one scene; a longer one is looked at more coarsely."""


def dead(film: Composition, made: Callable[[], Picture], wanted: Iterable[int]) -> Iterable[Finding]:
    """Find the longest stretch of each wanted scene in which too few pixels change to be seen."""
    frames = list(wanted)
    picture: Picture | None = None
    for scene, start in zip(film.scenes, film.starts(), strict=True):
        if not any(start <= frame < start + scene.frames for frame in frames):
            continue
        picture = picture or made()
        found = _longest(film, picture, scene, start)
        if found is not None:
            yield found


def _longest(film: Composition, picture: Picture, scene: Scene, start: int) -> Finding | None:
    step = max(round(STEP_S * film.fps), scene.frames // MOST_STEPS, 1)
    last = min(start + scene.frames, film.frames)
    moments = [frame for frame in range(start, last, step)]
    moving = [
        _changed(picture, one, other) > limit("look_dead", "pixels") for one, other in pairwise(moments)
    ]
    best = run = end = 0
    for place, moves in enumerate(moving):
        run = 0 if moves else run + 1
        if run > best:
            best, end = run, place + 1
    seconds = best * step / film.fps
    if seconds < limit("look_dead", "seconds"):
        return None
    begin = moments[end - best] / film.fps
    return Finding(
        code="look_dead", severity="advice", scene=scene.id, span=(begin, begin + seconds),
        message=f"for {seconds:.1f} s, from {begin:.1f} s on, nothing moves that can be seen",
        fix_hint="let something large drift, breathe or sweep, or end the scene earlier",
        value=round(seconds, 2), limit=limit("look_dead", "seconds"), **written(scene.source),
    )  # fmt: skip


def _changed(picture: Picture, one: int, other: int) -> float:
    """Share of pixels that differ enough to be seen."""
    if all(picture.same_as_previous(frame) for frame in range(one + 1, other + 1)):
        return 0.0
    before = picture.draw(one)[:, :, :3].astype(np.int16)
    apart = np.abs(picture.draw(other)[:, :, :3] - before).max(axis=2)
    return float((apart > limit("look_dead", "apart")).mean())
