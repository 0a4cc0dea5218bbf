"""Checks of the delivered file against what was planned: its own facts, not what the maker believes."""

from __future__ import annotations

from collections.abc import Iterable

from domain.checks import limit
from domain.composition import Composition
from domain.engine import SUFFIXES, Film, FilmFacts, Output
from domain.finding import Finding, Report
from render.coding import SCALES, format_of
from render.profiles import even

MOST_FRAMES_OFF = int(limit("film_frames", "off"))
MOST_SOUND_OFF_S = limit("film_sound", "off")
PICTURE_S = 0.05
"""Animated pictures count in whole milliseconds or hundredths of a second, and join frames that are alike."""
FACTS = ("film_size", "film_fps", "film_frames", "film_seconds", "film_codec", "film_color", "film_sound")


def delivered(made: Film, film: Composition, output: Output) -> Report:
    """Judge a finished file; together with what was found while it was drawn."""
    findings = (*against_plan(made.facts, film, output), *made.report.findings)
    checked = tuple(dict.fromkeys((*FACTS, *made.report.checked)))
    return Report(findings=findings, checked=checked, skipped=made.report.skipped)


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


def against_own_size(facts: FilmFacts, film: Composition) -> Iterable[Finding]:
    """Hold a file against its film, whichever of our qualities and formats it is of."""
    draft = facts.width == even(film.width * SCALES["draft"]) != film.width
    outputs = [Output(quality="draft" if draft else "standard", format=name) for name in SUFFIXES]
    found = [list(against_plan(facts, film, output)) for output in outputs]
    yield from min(found, key=len)


def against_clock(facts: FilmFacts, frames: int, fps: float) -> Iterable[Finding]:
    """Find where a film's frames are not as many or not as long as planned."""
    if abs(facts.fps - fps) > limit("film_fps", "rate"):
        yield wrong("film_fps", "frame rate", f"{facts.fps:g}", f"{fps:g}")
    if abs(facts.frames - frames) > MOST_FRAMES_OFF:
        yield wrong("film_frames", "number of frames", str(facts.frames), str(frames))
    if abs(facts.seconds - frames / fps) > limit("film_seconds", "off") / fps:
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
