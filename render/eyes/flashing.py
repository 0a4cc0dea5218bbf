"""Flashes, looked for where so much changes within a second that there may be some."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from domain.checks import limit
from domain.composition import Composition, walk
from domain.finding import Finding
from render.look import luma_of
from render.picture import Pixels
from render.watch.pictures import flashes, placed
from render.watch.stretch import cells_of

LIGHT = frozenset({"opacity", "fill", "color", "brightness", "invert", "contrast", "shade", "tint_amount"})
MOST_WINDOWS = 6


def flashing(
    film: Composition, made: Callable[[], Callable[[int], Pixels]], wanted: Iterable[int]
) -> list[Finding]:
    """Draw the seconds that may flash, of the scenes in which some frames lie, and look."""
    frames = list(wanted)
    draw: Callable[[int], Pixels] | None = None
    found: list[Finding] = []
    scenes = [
        (start, start + scene.frames)
        for start, scene in zip(film.starts(), film.scenes, strict=True)
        if any(start <= frame < start + scene.frames for frame in frames)
    ]
    for begin, end in suspects(film)[:MOST_WINDOWS]:
        if not any(start < end and begin < last for start, last in scenes):
            continue
        draw = draw or made()
        cells = np.array([cells_of(luma_of(draw(frame))) for frame in range(begin, end)])
        for each in placed(flashes(cells, film.fps), film, begin):
            first, last = each.span or (0.0, 0.0)
            span = (first + begin / film.fps, last + begin / film.fps)
            found.append(each.model_copy(update={"span": span}))
        if found:
            break
    return found


def suspects(film: Composition) -> list[tuple[int, int]]:
    """List the seconds with more changes of light than three flashes need; frames from, to."""
    least = 2 * int(limit("film_flashes", "flashes")) + 1
    moments: list[int] = []
    for scene, start in zip(film.scenes, film.starts(), strict=True):
        moments.append(start)
        for node in walk(scene.nodes):
            for track in node.tracks:
                if track.unit is None and track.property in LIGHT:
                    moments += [start + round(key.frame) for key in track.keys]
    moments.sort()
    found: list[tuple[int, int]] = []
    for place in range(len(moments) - least + 1):
        begin, end = moments[place], moments[place + least - 1]
        if end - begin <= film.fps and begin < film.frames and (not found or begin >= found[-1][1]):
            found.append((max(0, begin - 2), min(film.frames, begin + round(film.fps) + 2)))
    return found
