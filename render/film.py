"""The guest command that makes a whole film: draw, mix, join, probe."""

from __future__ import annotations

import json
import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PIL import Image

from domain.composition import Composition, walk
from domain.engine import FilmFacts, Progress
from domain.finding import Finding
from domain.nouns import Noun
from render.crew import Crew, Drawn, Order
from render.encode import join
from render.look import film_pictures, frozen, missing_files, substitutions
from render.picture import Picture
from render.probe import facts_of, key_frames
from render.reading import reading_findings
from render.segments import Plan, segment_name
from render.sheet import contact_sheet, image_of, jpeg, richness, tile_size, time_label
from render.sound.mix import Mix, mix
from render.wire import say

SHEET_FRAMES = 12
POSTER_BYTES = 600_000
SAMPLES_PER_SECOND = 5
MOST_SAMPLES = 600
MOST_PLACES = 400_000
"""Nodes times moments in a layout."""
SAY_EVERY_S = 0.2


class Places(Noun):
    """Where the guest finds its inputs and leaves its outputs."""

    project: Path
    kept: Path
    """Segments of earlier renders, by name."""
    out: Path


class Meter:
    """Tells how far the drawing is, a few times a second."""

    def __init__(self, total: int, done: int) -> None:
        self._total, self._done, self._kept = total, done, done
        self._start = self._said = time.monotonic()

    def __call__(self, frames: int) -> None:
        self._done += frames
        now = time.monotonic()
        if now - self._said < SAY_EVERY_S and self._done < self._total:
            return
        self._said = now
        fps = (self._done - self._kept) / max(now - self._start, 1e-6)
        eta = (self._total - self._done) / fps if fps else None
        say(Progress(stage="drawing", done=self._done, total=self._total, fps=round(fps, 1), eta_s=eta))


def make_film(film: Composition, plan: Plan, places: Places, workers: int) -> None:
    """Draw the pieces of a plan; unless it is a batch, make the film and all that goes with it.

    Raises ValueError when a sound cannot be read.
    """
    segments = places.out / "segments"
    segments.mkdir(parents=True, exist_ok=True)
    reused = sum(piece.count for piece in plan.pieces if piece.reused)
    meter = Meter(plan.whole or plan.frames, plan.done + reused)
    meter(0)
    _, *size = tile_size(min(SHEET_FRAMES, plan.frames), film.width, film.height)
    tile = (size[0], size[1])
    crew = Crew(
        Order(film, plan, places.project, places.kept, segments, tile, wanted(plan) if plan.join else {}),
        workers,
    )
    if not plan.join:
        crew.finish(meter)
        return
    sound = places.out / "sound.m4a"
    picture = Picture(film, places.project)
    with ThreadPoolExecutor(1) as beside:  # only now: threads do not survive a fork
        mixed = beside.submit(
            mix, film.sounds, places.project, sound, fps=film.fps, first=plan.first, frames=plan.frames
        )
        looked = beside.submit(look_over, film, plan, picture, places)

        def heard_of(frames: int) -> None:
            meter(frames)
            if mixed.done():
                mixed.result()  # a sound that cannot be read ends the film at once

        drawn = crew.finish(heard_of)
        say(Progress(stage="mixing", done=plan.frames, total=plan.frames))
        heard, findings = mixed.result(), looked.result()
    say(Progress(stage="finishing", done=plan.frames, total=plan.frames))
    files = [(places.kept if piece.reused else segments) / segment_name(piece) for piece in plan.pieces]
    join(files, sound, places.out / "film.mp4", film.fps)
    sound.unlink()
    findings += substitutions(sorted({*drawn.notices, *picture.notices}), places.project)
    findings += finish(film, plan, drawn, picture, tile, heard, places.out)
    (places.out / "findings.json").write_text(
        json.dumps([finding.model_dump(mode="json") for finding in findings])
    )


def finish(
    film: Composition,
    plan: Plan,
    drawn: Drawn,
    picture: Picture,
    tile: tuple[int, int],
    heard: Mix,
    out: Path,
) -> list[Finding]:
    """Probe the written file, lay its contact sheet and poster beside it, and look at its key frames."""
    path = out / "film.mp4"
    facts = facts_of(path).model_copy(
        update={
            "loudness_lufs": heard.loudness_lufs,
            "segments": len(plan.pieces),
            "segments_reused": sum(piece.reused for piece in plan.pieces),
        }
    )
    (out / "facts.json").write_text(facts.model_dump_json())
    show(film, drawn, picture, tile, facts, out)
    return list(film_pictures(key_frames(path, SHEET_FRAMES, 320, max(16, 320 * tile[1] // tile[0]))))


def wanted(plan: Plan) -> dict[int, tuple[int, ...]]:
    """Choose the frames of the contact sheet, evenly, by the piece that each lies in."""
    count = min(SHEET_FRAMES, plan.frames)
    frames = [plan.first + round((plan.frames - 1) * (place + 0.5) / count) for place in range(count)]
    found = {
        piece.index: tuple(frame for frame in frames if piece.first <= frame < piece.first + piece.count)
        for piece in plan.pieces
    }
    return {index: chosen for index, chosen in found.items() if chosen}


def look_over(film: Composition, plan: Plan, picture: Picture, places: Places) -> list[Finding]:
    """Write where everything stands, a few times a second, and find what is wrong with it."""
    nodes = sum(len(walk(scene.nodes)) for scene in film.scenes)
    samples = max(2, min(MOST_SAMPLES, MOST_PLACES // max(1, nodes)))
    step = max(1, film.fps // SAMPLES_PER_SECOND, -(-plan.frames // samples))
    frames = range(plan.first, plan.first + plan.frames)
    layout = picture.layout(list(frames[::step]))
    (places.out / "layout.json").write_text(layout.model_dump_json())
    same = [frame > plan.first and picture.same_as_previous(frame) for frame in frames]
    return [
        *missing_files(film, places.project),
        *reading_findings(film, layout),
        *frozen(film, same, plan.first),
    ]


def show(
    film: Composition, drawn: Drawn, picture: Picture, size: tuple[int, int], facts: FilmFacts, out: Path
) -> None:
    """Lay the contact sheet, and draw the frame with most to see as the poster."""
    tiles = {frame: Image.frombytes("RGB", size, rgb) for frame, rgb in sorted(drawn.tiles.items())}
    labels = [time_label(frame, film.fps) for frame in tiles]
    (out / "sheet.jpg").write_bytes(contact_sheet(list(tiles.values()), labels, (film.width, film.height)))
    best = max(tiles, key=lambda frame: richness(tiles[frame]))
    poster = image_of(picture.draw(best))
    if poster.size != (facts.width, facts.height):
        poster = poster.resize((facts.width, facts.height), Image.Resampling.BOX)
    (out / "poster.jpg").write_bytes(jpeg(poster, POSTER_BYTES))


def processors() -> int:
    """Count the processors that this process may use."""
    return len(os.sched_getaffinity(0))
