"""Checks of the delivered file against what was planned: its own facts, not what the maker believes."""

from __future__ import annotations

from collections.abc import Iterable

from domain.composition import Composition
from domain.engine import Film, FilmFacts, Output
from domain.finding import Finding, Report
from render.coding import SCALES, format_of
from render.profiles import even

MOST_FRAMES_OFF = 1
MOST_SOUND_OFF_S = 0.1
PICTURE_S = 0.05
"""Animated pictures count in whole milliseconds or hundredths of a second, and join frames that are alike."""
CHECKED = (
    "film_size", "film_fps", "film_frames", "film_seconds", "film_codec", "film_color", "film_sound",
    "film_blank", "film_frozen", "asset_missing", "text_cut", "text_outside", "text_overlap",
    "text_too_small", "glyph_missing", "font_substituted", "nothing_moves",
)  # fmt: skip


def delivered(made: Film, film: Composition, output: Output) -> Report:
    """Judge a finished file; together with what was found while it was drawn."""
    return Report(findings=(*against_plan(made.facts, film, output), *made.findings), checked=CHECKED)


def against_plan(facts: FilmFacts, film: Composition, output: Output) -> Iterable[Finding]:
    """Find where a file is not what was planned."""
    scale, promise = SCALES[output.quality], format_of(output).PROMISE
    size = (even(film.width * scale), even(film.height * scale))
    if (facts.width, facts.height) != size:
        yield wrong("film_size", "size", f"{facts.width}x{facts.height}", f"{size[0]}x{size[1]}")
    last = film.frames if output.last_frame is None else min(output.last_frame, film.frames)
    frames = last - output.first_frame
    if promise.sound is not None:
        yield from against_clock(facts, frames, film.fps)
    elif abs(facts.seconds - frames / film.fps) > PICTURE_S + 0.02 * frames / film.fps:
        yield wrong("film_seconds", "length", f"{facts.seconds:.3f} s", f"{frames / film.fps:.3f} s")
    if (facts.video_codec, facts.pixel_format) != (promise.codec, promise.pixels):
        found = f"{facts.video_codec} {facts.pixel_format}"
        yield wrong("film_codec", "format", found, f"{promise.codec} {promise.pixels}")
    if promise.color is not None and facts.color != promise.color:
        yield wrong("film_color", "color", facts.color, promise.color)
    if facts.audio_codec != promise.sound:
        yield wrong("film_sound", "sound track", str(facts.audio_codec), str(promise.sound))
    elif facts.audio_seconds is not None and abs(facts.audio_seconds - facts.seconds) > MOST_SOUND_OFF_S:
        yield wrong("film_sound", "sound's end", f"{facts.audio_seconds:.2f} s", f"{facts.seconds:.2f} s")


def against_clock(facts: FilmFacts, frames: int, fps: int) -> Iterable[Finding]:
    """Find where a film's frames are not as many or not as long as planned."""
    if abs(facts.fps - fps) > 0.01:
        yield wrong("film_fps", "frame rate", f"{facts.fps:g}", f"{fps}")
    if abs(facts.frames - frames) > MOST_FRAMES_OFF:
        yield wrong("film_frames", "number of frames", str(facts.frames), str(frames))
    if abs(facts.seconds - frames / fps) > (MOST_FRAMES_OFF + 0.5) / fps:
        yield wrong("film_seconds", "length", f"{facts.seconds:.3f} s", f"{frames / fps:.3f} s")


def wrong(code: str, what: str, found: str, planned: str) -> Finding:
    """Say that a fact of the file is not as planned."""
    return Finding(
        code=code,
        severity="error",
        message=f"the file's {what} is {found}, planned was {planned}",
        value=found,
        limit=planned,
        fix_hint="render again; tell the operator if it comes back",
        fix_owner="operator",
    )
