"""Mixing a film's sounds: laid on exact samples, ducked under voices, and as loud as films are delivered."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from domain.composition import Composition
from domain.nouns import Noun
from render.sound.duck import STEP, Steps, loud_steps, room
from render.sound.limiter import limited
from render.sound.loudness import Meter
from render.sound.parts import Part, parts_of
from render.sound.pipes import RATE, Reader, Samples, Writer, measure

FILM_LUFS, SPOKEN_LUFS = -14.0, -16.0
"""Integrated loudness of films, and of those with a voice; what the large platforms play at, ±1."""
CEILING_DB = -1.5
"""True peak of the mix before AAC, which overshoots a little."""
PEAK_DB = -1.0
"""True peak of the delivered film at most (EBU R 128 s2 for lossy delivery)."""
MOST_GAIN_DB = 40.0
TOLERANCE_LU = 0.5
TRIES = 5
"""The usual film needs one or two."""
OVERSHOT_DB = 1.8
"""So far an encoder goes above the ceiling only where it fails at the film's first sound."""
BLOCK = RATE // 2


class Mix(Noun):
    """A soundtrack that was written."""

    loudness_lufs: float | None
    """Integrated loudness; nothing means silence."""
    peak_db: float | None
    """True peak, measured after encoding."""
    missing: tuple[str, ...] = ()
    voice_over_bed_lu: float | None = None
    """How far voices stand above what plays under them; nothing where one of both is not there."""
    voice_lost_s: float | None = None
    """How much of a voice is still to be said when the film ends; nothing where nobody speaks."""


def mix(film: Composition, project: Path, path: Path, *, first: int, frames: int) -> Mix:
    """Write the soundtrack of `frames` frames from `first` on as AAC, exactly as long as the picture.

    Raises ValueError when a sound cannot be read or made.
    """
    begin = round(first * RATE / film.rate)
    count = round((first + frames) * RATE / film.rate) - begin
    scratch = Path(tempfile.mkdtemp(prefix="sound-", dir=path.parent))
    try:
        parts, missing = parts_of(film, project, scratch)
        ducking = _ducking(parts, round(film.seconds * RATE))
        meter = Meter()
        for block in _mixed(parts, ducking, 0, round(film.seconds * RATE)):
            meter.hear(block)
        loud = meter.integrated()
        if loud is None:
            return _silent(path, count, missing)
        goal = goal_of(film)
        gain = min(MOST_GAIN_DB, goal - loud)
        if all(part.sound.effect for part in parts):  # a lonely click is not made as loud as music
            gain = min(0.0, gain)
        lifted = _lifted(parts, ducking, round(film.seconds * RATE))
        return _written(
            parts, ducking, (begin, count), path, gain, goal, whole=frames == film.frames
        ).model_copy(update={"missing": missing, "voice_over_bed_lu": lifted, "voice_lost_s": _lost(parts)})
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


class Voices(Noun):
    """How a film's voices stand in its mix, as the plan says."""

    over_bed_lu: float | None = None
    lost_s: float | None = None


def voices(film: Composition, project: Path, folder: Path) -> Voices:
    """Measure what `mix` would tell of a film's voices, without writing anything.

    Raises ValueError when a sound cannot be read or made.
    """
    if not any(sound.speaks for sound in film.sounds):
        return Voices()
    with tempfile.TemporaryDirectory(prefix="sound-", dir=folder) as scratch:
        parts, _ = parts_of(film, project, Path(scratch))
        count = round(film.seconds * RATE)
        return Voices(over_bed_lu=_lifted(parts, _ducking(parts, count), count), lost_s=_lost(parts))


def _lost(parts: Sequence[Part]) -> float | None:
    """How much of a voice the film's end cuts off at most, seconds."""
    return max((part.lost / RATE for part in parts if part.sound.speaks), default=None)


def goal_of(film: Composition) -> float:
    """How loud a film is delivered, LUFS."""
    if film.loudness_lufs is not None:
        return film.loudness_lufs
    return SPOKEN_LUFS if any(sound.speaks for sound in film.sounds) else FILM_LUFS


def _silent(path: Path, count: int, missing: tuple[str, ...]) -> Mix:
    with Writer(path) as writer:
        for at in range(0, count, BLOCK):
            writer.write(np.zeros((min(BLOCK, count - at), 2), np.float32))
    return Mix(loudness_lufs=None, peak_db=None, missing=missing)


def _written(
    parts: Sequence[Part], ducking: Steps, stretch: tuple[int, int], path: Path, gain: float, goal: float, *,
    whole: bool,
) -> Mix:  # fmt: skip
    """Encode, measure what came out, and do it again where peaks or loudness are off."""
    ceiling, coder = CEILING_DB, Writer.CODER
    loudness: float | None = None
    peak: float | None = None
    for _ in range(TRIES):
        with Writer(path, coder) as writer:
            for block in limited(_mixed(parts, ducking, *stretch), gain, ceiling):
                writer.write(block)
        loudness, peak = measure(path)
        over = -70.0 if peak is None else peak - PEAK_DB
        short = goal - loudness if loudness is not None and whole and gain < MOST_GAIN_DB else 0.0
        only_effects = all(part.sound.effect for part in parts)
        if over <= 0 and (abs(short) <= TOLERANCE_LU or only_effects):
            break
        if over > 0 and peak is not None and peak - ceiling > OVERSHOT_DB and coder == Writer.CODER:
            coder = Writer.PLAIN_CODER
        elif over > 0:
            ceiling -= over + 0.1
        gain += short if abs(short) > TOLERANCE_LU and not only_effects else 0.0
    return Mix(loudness_lufs=loudness, peak_db=peak)


def _ducking(parts: Sequence[Part], count: int) -> Steps:
    """How far others step back in each step of the film; nothing where nobody speaks."""
    voices = [part for part in parts if part.sound.speaks]
    if not voices or not any(part.sound.ducks_db for part in parts):
        return np.zeros(0)
    nobody = np.zeros(0)
    return room(np.concatenate([loud_steps(block) for block in _mixed(voices, nobody, 0, count)]))


def _lifted(parts: Sequence[Part], ducking: Steps, count: int) -> float | None:
    """How far voices stand above music and other sounds while somebody speaks, LU."""
    voices = [part for part in parts if part.sound.speaks]
    bed = [part for part in parts if not part.sound.speaks and not part.sound.effect]
    if not voices or not bed:
        return None
    said, under = Meter(), Meter()
    for meter, some in ((said, voices), (under, bed)):
        for block in _mixed(some, ducking, 0, count):
            meter.hear(block)
    voice, music = said.momentary(), under.momentary()
    loud = voice > max(-60.0, float(voice.max(initial=-70)) - 12)
    if not loud.any() or float(music[loud].max(initial=-70)) < -65:
        return None
    return float(np.median(voice[loud]) - np.median(music[loud]))


def _mixed(parts: Sequence[Part], ducking: Steps, begin: int, count: int) -> Iterator[Samples]:
    """Lay the parts over each other, block by block, from a sample of the film on."""
    open_: dict[int, Reader] = {}
    try:
        end = begin + count
        at = 0 if any(part.first < begin for part in parts) else begin
        while at < end:
            size = min(BLOCK, (begin if at < begin else end) - at)
            block = np.zeros((size, 2), np.float32)
            for place, part in enumerate(parts):
                if part.first >= at + size or part.end <= at:
                    continue
                reader = open_.get(place)
                if reader is None:
                    reader = open_[place] = part.open()
                _lay(part, reader, block, at, ducking)
            if at >= begin:
                yield block
            at += size
    finally:
        for reader in open_.values():
            reader.close()


def _lay(part: Part, reader: Reader, block: Samples, at: int, ducking: Steps) -> None:
    """Add what a part plays in a block that begins on the film's sample `at`."""
    begins = max(part.first, at)
    wanted = min(part.end, at + len(block)) - begins
    samples = reader.read(wanted)
    count = len(samples)
    if not count:
        return
    curve = part.gain(begins - part.first, count)
    if part.sound.ducks_db and len(ducking):
        place = np.arange(begins, begins + count) / STEP
        back = np.interp(place, np.arange(len(ducking)) + 0.5, ducking)
        curve = curve * (10 ** (-part.sound.ducks_db * back / 20)).astype(np.float32)
    shaped = samples * (curve[:, None] if isinstance(curve, np.ndarray) else np.float32(curve))
    block[begins - at : begins - at + count] += shaped
