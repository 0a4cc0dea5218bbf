"""The guest command that makes a whole film: draw, mix, join, probe."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PIL import Image

from domain.checks import codes
from domain.composition import Composition, walk
from domain.engine import FilmFacts, Progress
from domain.finding import Finding, Report, Skipped
from domain.nouns import Noun
from render.coding import format_of
from render.crew import Crew, Order
from render.deliver import FACTS
from render.encode import DEMUXERS
from render.eyes.presence import never_there, stand_ins
from render.look import film_pictures, frozen, missing_files, substitutions
from render.picture import Picture
from render.profiles import even
from render.reading import reading_findings, texts_of
from render.segments import (
    SOUND,
    SOUND_FACTS,
    Piece,
    Plan,
    seen_name,
    segment_name,
    tile_frames,
    tiles_name,
)
from render.sheet import contact_sheet, image_of, jpeg, richness, tile_size, time_label
from render.sound.mix import Mix, mix
from render.watch.decode import seal, sealed
from render.watch.sound import Heard, hear, mark_of
from render.watch.whole import Planned, watch_file
from render.wire import say
from render.write import Written, write

SHEET_FRAMES = 12
POSTER_BYTES = 600_000
SAMPLES_PER_SECOND = 5
MOST_SAMPLES = 600
MOST_PLACES = 400_000
"""Nodes times moments in a layout."""
SAY_EVERY_S = 0.2
LOOKED_FOR = (
    "asset_missing", "asset_broken", "font_substituted", "placeholder_text", "text_outside", "text_cut",
    "text_overlap", "text_too_small", "glyph_missing", "never_appears", "nothing_moves",
)  # fmt: skip
"""What is looked for while a film is drawn."""


class Places(Noun):
    """Where the guest finds its inputs and leaves its outputs."""

    project: Path
    kept: Path
    """Segments of earlier renders, by name."""
    out: Path


class Soundtrack(Noun):
    """The sound of a film, which is measured while the pictures are drawn."""

    mix: Mix
    heard: dict[str, Heard]
    """What it measures, by its mark."""


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
    segments = drawn_in(places)
    segments.mkdir(parents=True, exist_ok=True)
    reused = sum(piece.count for piece in plan.pieces if piece.reused)
    meter = Meter(plan.whole or plan.frames, plan.done + reused)
    meter(0)
    _, *size = tile_size(SHEET_FRAMES, film.width, film.height)
    tile = (size[0], size[1])
    crew = Crew(Order(film, plan, places.project, segments, tile), workers)
    if not plan.join:
        crew.finish(meter)
        return
    picture = Picture(film, places.project)
    with ThreadPoolExecutor(1) as beside:  # only now: threads do not survive a fork
        mixed = beside.submit(listen, film, plan, places)
        looked = beside.submit(look_over, film, plan, picture, places)

        def heard_of(frames: int) -> None:
            meter(frames)
            if mixed.done():
                mixed.result()  # a sound that cannot be read ends the film at once

        notices = crew.finish(heard_of)
        say(Progress(stage="mixing", done=plan.frames, total=plan.frames))
        heard, findings = mixed.result(), looked.result()
    say(Progress(stage="finishing", done=plan.frames, total=plan.frames))
    findings += substitutions(sorted({*notices, *picture.notices}), places.project)
    watched = finish(film, plan, picture, heard, places)
    report = Report(
        findings=(*findings, *watched.findings),
        checked=(*LOOKED_FOR, *watched.checked),
        skipped=watched.skipped,
    )
    (places.out / "report.json").write_text(report.model_dump_json())


def listen(film: Composition, plan: Plan, places: Places) -> Soundtrack | None:
    """Mix the soundtrack, or take the one that was mixed before; nothing for a film without sound."""
    if format_of(plan.output).PROMISE.sound is None:
        return None
    if plan.heard:
        return Soundtrack.model_validate_json((places.kept / SOUND_FACTS).read_bytes())
    sound = drawn_in(places) / SOUND
    mixed = mix(film, places.project, sound, first=plan.first, frames=plan.frames)
    made = Soundtrack(mix=mixed, heard=measured(sound))
    (drawn_in(places) / SOUND_FACTS).write_text(made.model_dump_json())
    return made


def measured(sound: Path) -> dict[str, Heard]:
    """Measure a mixed sound under its mark; one that does not decode is judged with the finished film."""
    try:
        return {mark_of(sound, "mp4"): hear(sound, "mp4")}
    except ValueError:
        return {}


def finish(
    film: Composition,
    plan: Plan,
    picture: Picture,
    heard: Soundtrack | None,
    places: Places,
) -> Report:
    """Write the file, probe it, lay its contact sheet and poster beside it, and look at its pictures."""
    out = places.out
    files = [found(places, segment_name(piece), piece.reused) for piece in plan.pieces]
    sound = found(places, SOUND, plan.heard) if heard is not None else None
    strips = [found(places, tiles_name(piece), piece.reused) for piece in plan.pieces]
    with ThreadPoolExecutor(1) as beside:
        shown = beside.submit(show, film, plan, picture, strips, out)
        made = write(plan, files, sound, film.rate, out)
        shown.result()
    facts = made.facts.model_copy(
        update={
            "loudness_lufs": heard.mix.loudness_lufs if heard is not None else None,
            "segments": len(plan.pieces),
            "segments_reused": sum(piece.reused for piece in plan.pieces),
        }
    )
    (out / "facts.json").write_text(facts.model_dump_json())
    return watch(film, plan, picture, facts, heard, made, places)


def watch(
    film: Composition, plan: Plan, picture: Picture, facts: FilmFacts, heard: Soundtrack | None,
    made: Written, places: Places,
) -> Report:  # fmt: skip
    """Decode the finished file and hold it against its film; pictures in a row are only looked through."""
    if made.path is None:
        skipped = tuple(
            Skipped(code=code, reason="a file of single pictures is looked through, not played")
            for code in codes("film", "sound") if code not in ("film_blank", "film_frozen", *FACTS)
        )  # fmt: skip
        return Report(findings=tuple(film_pictures(made.pictures)), checked=("film_blank", "film_frozen"),
                      skipped=skipped)  # fmt: skip
    places_seen = [found(places, seen_name(piece), piece.reused) for piece in plan.pieces]
    known = [sealed(path.read_bytes()) if path.is_file() else None for path in places_seen]
    planned = Planned(
        film, picture, plan.first, tuple(piece.count for piece in plan.pieces), alpha=plan.coding.alpha,
        voice_over_bed_lu=heard.mix.voice_over_bed_lu if heard is not None else None,
        voice_lost_s=heard.mix.voice_lost_s if heard is not None else None,
        heard=heard.heard if heard is not None else {}, draft=plan.coding.scale < 1,
    )  # fmt: skip
    watched = watch_file(made.path, DEMUXERS[plan.coding.container], facts, planned, known)
    seen = watched.film
    if len(seen.stretches) == len(plan.pieces):
        for piece, stretch, mark, new in zip(
            plan.pieces, seen.stretches, seen.marks, seen.fresh, strict=True
        ):
            if new:
                (drawn_in(places) / seen_name(piece)).write_bytes(seal(mark, stretch.packed()))
    return watched.report


def drawn_in(places: Places) -> Path:
    """Tell where new pieces go."""
    return places.out / "segments"


def found(places: Places, name: str, reused: bool) -> Path:
    """Tell where a file of a piece lies."""
    return (places.kept if reused else drawn_in(places)) / name


def look_over(film: Composition, plan: Plan, picture: Picture, places: Places) -> list[Finding]:
    """Write where everything stands, a few times a second, and find what is wrong with it."""
    nodes = sum(len(walk(scene.nodes)) for scene in film.scenes)
    samples = max(2, min(MOST_SAMPLES, MOST_PLACES // max(1, nodes)))
    step = max(1, int(film.fps / SAMPLES_PER_SECOND), -(-plan.frames // samples))
    frames = range(plan.first, plan.first + plan.frames)
    layout = picture.layout(list(frames[::step]))
    (places.out / "layout.json").write_text(layout.model_dump_json())
    same = [frame > plan.first and picture.same_as_previous(frame) for frame in frames]
    return [
        *missing_files(film, places.project),
        *reading_findings(film, layout),
        *stand_ins(texts_of(film, layout), layout),
        *never_there(film, layout),
        *frozen(film, same, plan.first),
    ]


def tiles_of(pieces: Sequence[Piece], strips: Sequence[Path]) -> dict[int, Image.Image]:
    """Choose the frames of the contact sheet, evenly, out of what every piece has left."""
    offered = [
        (frame, piece.index, place) for piece in pieces for place, frame in enumerate(tile_frames(piece))
    ]
    count = min(SHEET_FRAMES, len(offered))
    chosen = [offered[int(len(offered) * (place + 0.5) / count)] for place in range(count)]
    pages = {index: Image.open(strips[index]) for index in {index for _, index, _ in chosen}}
    tiles: dict[int, Image.Image] = {}
    for frame, index, place in chosen:
        page = pages[index]
        height = page.height // len(tile_frames(pieces[index]))
        tiles[frame] = page.crop((0, place * height, page.width, (place + 1) * height))
    return tiles


def show(film: Composition, plan: Plan, picture: Picture, strips: Sequence[Path], out: Path) -> None:
    """Lay the contact sheet, and draw the frame with most to see as the poster, and small."""
    tiles = tiles_of(plan.pieces, strips)
    size = (even(film.width * plan.coding.scale), even(film.height * plan.coding.scale))
    small = plan.output.thumbnail
    labels = [time_label(frame, film.fps) for frame in tiles]
    (out / "sheet.jpg").write_bytes(contact_sheet(list(tiles.values()), labels, (film.width, film.height)))
    best = max(tiles, key=lambda frame: richness(tiles[frame]))
    poster = image_of(picture.draw(best))
    if poster.size != size:
        poster = poster.resize(size, Image.Resampling.BOX)
    (out / "poster.jpg").write_bytes(jpeg(poster, POSTER_BYTES))
    poster.thumbnail((small, small), Image.Resampling.LANCZOS)
    (out / "thumbnail.jpg").write_bytes(jpeg(poster, POSTER_BYTES))


def processors() -> int:
    """Count the processors that this process may use."""
    return len(os.sched_getaffinity(0))
