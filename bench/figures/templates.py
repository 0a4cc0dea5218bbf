"""How full every template's frames are while they hold, and how long nothing moves in any of them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.figure import ROOT, Bar
from domain.composition import Composition
from domain.plugins import load_all
from domain.template import Shape
from render.picture import Picture
from templates.source import project

BARS = {
    "template_hold_ink_min": Bar("≥", 0.12),
    "template_end_ink_min": Bar("≥", 0.06),
    "template_dead_max_s": Bar("≤", 0.5),
}
FRAMES = ((1920, 1080), (1080, 1920), (1080, 1080))
SCALE = 0.2
"""Of the drawn pictures against the film's own."""
INK = 24
"""Levels of 255 by which ink differs from the ground that lies under it."""
MOVED = 12
"""Levels of 255 by which a pixel changes when it moves."""
STEP_S, LOOK_S = 0.1, 0.2
"""A look every tenth of a second, held against the one two tenths before."""
DEAD = 0.0004
"""Share of pixels that must move; the measures are those of films that people call alive."""
FEWER = ("quote",)
"""Scenes of few words, which take the limit of end cards."""
Pixels = NDArray[np.int16]


def measure(folder: Path) -> dict[str, float]:
    """Take the least ink and the longest stillness over all templates in all formats."""
    holds: list[float] = []
    ends: list[float] = []
    dead: list[float] = []
    for name in load_all("templates.gallery"):
        for number, frame in enumerate(FRAMES):
            film = composed(folder / f"{name}_{number}", name, frame)
            picture = Picture(film, folder, scale=SCALE)
            last = film.scenes[-1].id
            for scene, ink in inks(film, picture, folder):
                few = scene == last or scene.startswith(FEWER)
                (ends if few else holds).append(ink)
            dead.append(stillness(film, picture))
    return {
        "template_hold_ink_min": min(holds),
        "template_end_ink_min": min(ends),
        "template_dead_max_s": max(dead),
    }


def composed(folder: Path, name: str, frame: tuple[int, int]) -> Composition:
    """Compile a template as it comes."""
    for path, text in project(name, Shape(width=frame[0], height=frame[1]), "").items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    argv = [sys.executable, "-m", "stage", "compile", str(folder)]
    ended = subprocess.run(argv, capture_output=True, cwd=ROOT, check=False)
    return Composition.model_validate(json.loads(ended.stdout)["composition"])


def inks(film: Composition, picture: Picture, folder: Path) -> Iterator[tuple[str, float]]:
    """Give each scene's share of ink at its middle: what differs from its gradients alone."""
    bare = [
        scene.model_copy(update={"nodes": tuple(node for node in scene.nodes if node.kind == "gradient")})
        for scene in film.scenes
    ]
    ground = Picture(film.model_copy(update={"scenes": tuple(bare)}), folder, scale=SCALE)
    for scene, start in zip(film.scenes, film.starts(), strict=True):
        frame = start + scene.frames // 2
        yield scene.id, changed(drawn(picture, frame), drawn(ground, frame), INK)


def stillness(film: Composition, picture: Picture) -> float:
    """Seconds of the longest stretch in which too few pixels move."""
    step, apart = round(film.fps * STEP_S), round(LOOK_S / STEP_S)
    seen: list[Pixels] = []
    run = longest = 0
    for frame in range(0, film.frames, step):
        seen = [*seen, drawn(picture, frame)][-apart - 1 :]
        still = len(seen) > apart and changed(seen[-1], seen[0], MOVED) < DEAD
        run = run + 1 if still else 0
        longest = max(longest, run)
    return longest * STEP_S


def drawn(picture: Picture, frame: int) -> Pixels:
    """Draw a frame, in numbers that can be subtracted."""
    return picture.draw(frame)[:, :, :3].astype(np.int16)


def changed(one: Pixels, other: Pixels, least: int) -> float:
    """Share of pixels of which a channel differs by more than so many levels."""
    return float((np.abs(one - other).max(axis=2) > least).mean())
