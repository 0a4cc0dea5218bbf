"""The guest command that makes a whole film: draw, mix, join, probe."""

from __future__ import annotations

import json
import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PIL import Image

from domain.composition import Composition
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
from render.sound import mix
from render.wire import say

SHEET_FRAMES = 12
POSTER_BYTES = 600_000
SAMPLES_PER_SECOND = 5
MOST_SAMPLES = 600
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


def make_film(film: Composition, plan: Plan, places: Places, workers: int) -> FilmFacts:
    """Make the film of a plan and everything that goes with it, in the folder of outputs.

    Raises ValueError when a sound cannot be read.
    """
    segments = places.out / "segments"
    segments.mkdir(parents=True, exist_ok=True)
    meter = Meter(plan.frames, sum(piece.count for piece in plan.pieces if piece.reused))
    meter(0)
    _, across, down = tile_size(min(SHEET_FRAMES, plan.frames), film.width, film.height)
    order = Order(film, plan, places.project, places.kept, segments, (across, down), wanted(plan))
    crew = Crew(order, workers)
    sound = places.out / "sound.m4a"
    picture = Picture(film, places.project)
    with ThreadPoolExecutor(1) as beside:  # only now: threads do not survive a fork
        mixed = beside.submit(
            mix, film.sounds, places.project, sound, fps=film.fps, first=plan.first, frames=plan.frames
        )
        looked = beside.submit(look_over, film, plan, picture, places)
        drawn = crew.finish(meter)
        say(Progress(stage="mixing", done=plan.frames, total=plan.frames))
        heard, findings = mixed.result(), looked.result()
    say(Progress(stage="finishing", done=plan.frames, total=plan.frames))
    files = [(places.kept if piece.reused else segments) / segment_name(piece) for piece in plan.pieces]
    path = places.out / "film.mp4"
    join(files, sound, path, film.fps)
    sound.unlink()
    facts = facts_of(path).model_copy(
        update={
            "loudness_lufs": heard.loudness_lufs,
            "segments": len(plan.pieces),
            "segments_reused": sum(piece.reused for piece in plan.pieces),
        }
    )
    findings += substitutions(sorted({*drawn.notices, *picture.notices}))
    findings += film_pictures(key_frames(path, SHEET_FRAMES, 320, max(16, 320 * down // across)))
    show(film, drawn, picture, (across, down), facts, places.out)
    (places.out / "findings.json").write_text(
        json.dumps([finding.model_dump(mode="json") for finding in findings])
    )
    (places.out / "facts.json").write_text(facts.model_dump_json())
    return facts


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
    step = max(1, film.fps // SAMPLES_PER_SECOND, plan.frames // MOST_SAMPLES)
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
