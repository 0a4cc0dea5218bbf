"""Looking at drawn frames: the contact sheet, and what is wrong; loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from PIL import Image

from domain.composition import Composition
from domain.finding import Finding, worst_first
from domain.layout import Layout
from render.crops import cut_out
from render.eyes.contrast import faint_texts
from render.eyes.whole import viewed
from render.look import (
    Shot,
    blank_frames,
    frozen,
    hidden_texts,
    missing_files,
    substitutions,
)
from render.picture import Picture, Pixels
from render.reading import reading_findings
from render.sheet import contact_sheet, image_of, tile_size, time_label
from render.wishes import Wish

SAMPLES_OF_SCENE = 12
MOST_SAMPLES_OF_SCENE = 60
"""Of a long scene: one a second, so that what a camera stops at is seen standing still."""


def see(
    drawn: Picture, project: Path, pictures: Sequence[Pixels], wish: Wish
) -> tuple[list[bytes], tuple[Finding, ...], list[tuple[int, bytes]]]:
    """Lay the contact sheet of a wish and look for faults, whichever of them is wished for; cut out a few."""
    scale = drawn.width / drawn.film.width
    shots = [Shot(frame, pixels, scale) for frame, pixels in zip(wish.frames, pictures, strict=True)]
    sheet = [sheet_of(drawn.film, shots)] if wish.sheet else []
    found = tuple(faults(drawn.film, drawn, project, shots)) if wish.look else ()
    return sheet, found, list(cut_out(drawn.film, found, shots)) if wish.sheet else []


def faults(film: Composition, drawn: Picture, project: Path, shots: Sequence[Shot]) -> list[Finding]:
    """Find what is wrong with drawn frames, and with the scenes that they stand for."""
    grid = moments(film, [shot.frame for shot in shots])
    layout = drawn.layout(grid)
    found = [*missing_files(film, project), *substitutions(drawn.notices, project)]
    found += reading_findings(film, layout)
    found += still_runs(film, drawn, [shot.frame for shot in shots])
    found += viewed(film, layout, shots, drawn, project)
    doubts = list(in_pixels(film, layout, shots))
    for scene in {each.scene: each for each in doubts}:
        closer = [
            Shot(frame, drawn.draw(frame).copy(), shots[0].scale) for frame in in_scene(film, grid, scene)
        ]
        asked = {(each.code, each.node) for each in doubts if each.scene == scene}
        found += [
            each for each in in_pixels(film, layout, closer)
            if each.scene == scene and (each.code, each.node) in asked
        ]  # fmt: skip
    return list(worst_first(found))


def in_pixels(film: Composition, layout: Layout, shots: Sequence[Shot]) -> Iterable[Finding]:
    """Find what only the pixels of some frames tell; the more frames tell it, the graver it is."""
    yield from blank_frames(film, shots)
    yield from hidden_texts(film, layout, shots)
    yield from faint_texts(film, layout, shots)


def sheet_of(film: Composition, shots: Sequence[Shot]) -> bytes:
    """Lay shots out on a contact sheet."""
    _, across, down = tile_size(len(shots), film.width, film.height)
    tiles = [image_of(shot.pixels).resize((across, down), Image.Resampling.BOX) for shot in shots]
    return contact_sheet(
        tiles, [time_label(shot.frame, film.fps) for shot in shots], (film.width, film.height)
    )


def moments(film: Composition, wanted: Sequence[int]) -> list[int]:
    """Spread some moments over every scene that a wanted frame lies in, the wanted ones among them."""
    found = set(wanted)
    for scene, start in zip(film.scenes, film.starts(), strict=True):
        if any(start <= frame < start + scene.frames for frame in wanted):
            few, many = -(-scene.frames // SAMPLES_OF_SCENE), -(-scene.frames // MOST_SAMPLES_OF_SCENE)
            step = max(1, int(film.fps / 5), many, min(few, round(film.fps)))
            found |= set(range(start + step // 2, start + scene.frames, step))
    return sorted(frame for frame in found if frame < film.frames)


def in_scene(film: Composition, frames: Sequence[int], name: str | None) -> list[int]:
    """Keep the frames that lie in a scene: a text that is to be seen on one of them is not hidden."""
    spans = {
        scene.id: range(start, start + scene.frames)
        for scene, start in zip(film.scenes, film.starts(), strict=True)
    }
    return [frame for frame in frames if name is not None and frame in spans[name]]


def still_runs(film: Composition, drawn: Picture, wanted: Sequence[int]) -> list[Finding]:
    """Find stretches in which nothing moves in the scenes of some frames, without drawing them."""
    found: list[Finding] = []
    for scene, start in zip(film.scenes, film.starts(), strict=True):
        inside = range(start, start + scene.frames)
        if any(frame in inside for frame in wanted):
            same = [frame > start and drawn.same_as_previous(frame) for frame in inside]
            found += frozen(film, same, start)
    return found
