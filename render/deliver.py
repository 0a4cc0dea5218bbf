"""Checks of the delivered file against what was planned: its own facts, not what the maker believes."""

from __future__ import annotations

from collections.abc import Iterable

from domain.composition import Composition
from domain.engine import Film, FilmFacts, Output
from domain.finding import Finding, Report
from render.profiles import PROFILES, even

MOST_FRAMES_OFF = 1
MOST_SOUND_OFF_S = 0.1
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
    scale = PROFILES[output.quality].scale
    size = (even(film.width * scale), even(film.height * scale))
    if (facts.width, facts.height) != size:
        yield wrong("film_size", "size", f"{facts.width}x{facts.height}", f"{size[0]}x{size[1]}")
    if abs(facts.fps - film.fps) > 0.01:
        yield wrong("film_fps", "frame rate", f"{facts.fps:g}", f"{film.fps}")
    last = film.frames if output.last_frame is None else min(output.last_frame, film.frames)
    frames = last - output.first_frame
    if abs(facts.frames - frames) > MOST_FRAMES_OFF:
        yield wrong("film_frames", "number of frames", str(facts.frames), str(frames))
    if abs(facts.seconds - frames / film.fps) > (MOST_FRAMES_OFF + 0.5) / film.fps:
        yield wrong("film_seconds", "length", f"{facts.seconds:.3f} s", f"{frames / film.fps:.3f} s")
    if (facts.video_codec, facts.pixel_format) != ("h264", "yuv420p"):
        yield wrong("film_codec", "format", f"{facts.video_codec} {facts.pixel_format}", "h264 yuv420p")
    if facts.color != "bt709/tv":
        yield wrong("film_color", "color", facts.color, "bt709/tv")
    if facts.audio_codec != "aac" or facts.audio_seconds is None:
        yield wrong("film_sound", "sound track", str(facts.audio_codec), "aac")
    elif abs(facts.audio_seconds - facts.seconds) > MOST_SOUND_OFF_S:
        yield wrong("film_sound", "sound's end", f"{facts.audio_seconds:.2f} s", f"{facts.seconds:.2f} s")


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
