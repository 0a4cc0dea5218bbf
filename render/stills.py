"""The guest's answer to a wish for single frames: PNGs, a contact sheet, the layout and what is wrong."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path

from PIL import Image
from pydantic import ValidationError

from domain.composition import Composition
from domain.finding import Finding
from render.look import (
    Shot,
    blank_frames,
    frozen,
    hidden_texts,
    missing_files,
    substitutions,
)
from render.picture import Picture
from render.png import png
from render.reading import reading_findings
from render.sheet import contact_sheet, image_of, tile_size, time_label
from render.wire import Fault
from render.wishes import Seen, Wish

LOOK_PX = 960
"""Longer side of frames that are only looked at."""
KEPT = 4
"""Films whose pictures stay warm."""
SAMPLES_OF_SCENE = 12
MOST_SAMPLES_OF_SCENE = 60
"""Of a long scene: one a second, so that what a camera stops at is seen standing still."""


class Drawer:
    """Keeps the pictures of the last few films ready to be drawn again."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self._films: OrderedDict[str, Composition] = OrderedDict()
        self._pictures: OrderedDict[tuple[str, float], Picture] = OrderedDict()

    def answer(self, wish: Wish, composition: bytes) -> tuple[Seen, list[bytes]]:
        """Draw what is wished for; a wrong wish is answered with a fault."""
        name = hashlib.sha256(composition).hexdigest()
        try:
            film = self._film(name, composition)
        except ValidationError as error:
            return Seen(fault=Fault(message=f"this is no film: {error.errors()[0]['msg']}")), []
        beyond = [frame for frame in wish.frames if not 0 <= frame < film.frames]
        if beyond:
            return Seen(
                fault=Fault(message=f"frame {beyond[0]} is outside of the film: 0 to {film.frames - 1}")
            ), []
        scale = wish.scale if wish.png else min(1.0, LOOK_PX / max(film.width, film.height))
        drawn = self._picture(name, film, scale)
        shots = [Shot(frame, drawn.draw(frame).copy(), scale) for frame in wish.frames]
        parts = [png(shot.pixels) for shot in shots] if wish.png else []
        if wish.sheet:
            parts.append(sheet_of(film, shots))
        layout = drawn.layout(list(wish.frames))
        found = self._look(film, drawn, scale, shots) if wish.look else []
        return Seen(
            pngs=len(shots) if wish.png else 0, sheet=wish.sheet, layout=layout, findings=tuple(found)
        ), parts

    def _look(self, film: Composition, drawn: Picture, scale: float, shots: list[Shot]) -> list[Finding]:
        grid = moments(film, [shot.frame for shot in shots])
        layout = drawn.layout(grid)
        found = [*missing_files(film, self._project), *substitutions(drawn.notices, self._project)]
        found += reading_findings(film, layout)
        found += blank_frames(film, shots)
        found += still_runs(film, drawn, [shot.frame for shot in shots])
        suspects = list(hidden_texts(film, drawn.layout([shot.frame for shot in shots]), shots))
        if suspects:
            again = in_scenes(film, grid, {each.scene for each in suspects})
            doubted = {(each.scene, each.node) for each in suspects}
            closer = [Shot(frame, drawn.draw(frame).copy(), scale) for frame in again]
            found += [
                each for each in hidden_texts(film, layout, closer) if (each.scene, each.node) in doubted
            ]
        return list({(each.code, each.scene, each.node, each.message): each for each in found}.values())

    def _film(self, name: str, composition: bytes) -> Composition:
        film = self._films.get(name) or Composition.model_validate_json(composition)
        self._films[name] = film
        self._films.move_to_end(name)
        while len(self._films) > KEPT:
            self._films.popitem(last=False)
        return film

    def _picture(self, name: str, film: Composition, scale: float) -> Picture:
        key = (name, scale)
        picture = self._pictures.get(key) or Picture(film, self._project, scale=scale)
        self._pictures[key] = picture
        self._pictures.move_to_end(key)
        while len(self._pictures) > KEPT:
            self._pictures.popitem(last=False)
        return picture


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
            step = max(1, film.fps // 5, many, min(few, film.fps))
            found |= set(range(start + step // 2, start + scene.frames, step))
    return sorted(frame for frame in found if frame < film.frames)


def in_scenes(film: Composition, frames: Sequence[int], names: set[str | None]) -> list[int]:
    """Keep the frames that lie in some scenes: a text that is to be seen on one of them is not hidden."""
    spans = [
        range(start, start + scene.frames)
        for scene, start in zip(film.scenes, film.starts(), strict=True)
        if scene.id in names
    ]
    return [frame for frame in frames if any(frame in span for span in spans)]


def still_runs(film: Composition, drawn: Picture, wanted: Sequence[int]) -> list[Finding]:
    """Find stretches in which nothing moves in the scenes of some frames, without drawing them."""
    found: list[Finding] = []
    for scene, start in zip(film.scenes, film.starts(), strict=True):
        inside = range(start, start + scene.frames)
        if any(frame in inside for frame in wanted):
            same = [frame > start and drawn.same_as_previous(frame) for frame in inside]
            found += frozen(film, same, start)
    return found
