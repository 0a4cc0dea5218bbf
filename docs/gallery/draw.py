"""Draws an entry: one still frame, and a short clip as an animated WebP."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from PIL import Image

from docs.gallery.entries import Entry
from docs.gallery.props import furnish
from domain.composition import Composition
from render.picture import Picture, Pixels
from stage.compile import compile_folder, dump

STILL = 560
CLIP = 384
"""Pixels of the longer side."""
FPS = 10


def draw(entry: Entry, props: Path) -> tuple[bytes, bytes]:
    """Give an entry's still and clip, WebP; `props` is a folder with the assets.

    Raises ValueError when its source does not compile, or anything stands in for what it asks for.
    """
    with TemporaryDirectory(prefix="director-gallery-") as name:
        folder = Path(name)
        for path, text in entry.files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        shutil.copytree(props / "assets", folder / "assets", dirs_exist_ok=True)
        answer = compile_folder(folder)
        if answer["composition"] is None:
            raise ValueError(f"{entry.slug} does not compile: {answer['findings']}")
        film = Composition.model_validate_json(dump(answer["composition"]))
        frames = list(_frames(film, entry))
        small = Picture(film, folder, scale=CLIP / max(film.width, film.height))
        drawn = [small.draw(frame).copy() for frame in frames]
        richest = max(range(len(frames)), key=lambda at: _richness(drawn[at], at, len(frames)))
        best = frames[richest] if entry.still is None else round(entry.still * film.fps)
        large = Picture(film, folder, scale=STILL / max(film.width, film.height))
        still = large.draw(best)
        if notices := {*small.notices, *large.notices}:
            raise ValueError(f"{entry.slug} is not drawn as it is meant: {'; '.join(notices)}")
        return _still(still), _clip(drawn)


def _frames(film: Composition, entry: Entry) -> Iterator[int]:
    first, step = round(entry.first * film.fps), film.fps / FPS
    for number in range(round(entry.seconds * FPS)):
        frame = first + round(number * step)
        if frame < film.frames:
            yield frame


def _richness(pixels: Pixels, at: int, count: int) -> float:
    """How much there is to see; of frames that are alike a later one, when things have arrived."""
    return float(np.abs(np.diff(pixels[::2, ::2, :3].astype(int), axis=1)).mean()) * (1 + 0.2 * at / count)


def _image(pixels: Pixels) -> Image.Image:
    return Image.fromarray(np.ascontiguousarray(pixels[:, :, 2::-1]))


def _still(pixels: Pixels) -> bytes:
    out = io.BytesIO()
    _image(pixels).save(out, "WEBP", quality=78, method=4)
    return out.getvalue()


def _clip(frames: list[Pixels]) -> bytes:
    out = io.BytesIO()
    first, *rest = (_image(each) for each in frames)
    first.save(
        out, "WEBP", save_all=True, append_images=rest, duration=1_000 // FPS, loop=0, quality=42, method=4,
        minimize_size=True,
    )  # fmt: skip
    return out.getvalue()


def furnished(folder: Path) -> Path:
    """Make the props once, for all entries."""
    furnish(folder)
    return folder
