"""The parts of a mix: each sound of a film as a stream of samples that begins on an exact sample."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from domain.composition import Composition, Sound
from domain.speech import recording_path
from render.music.perform import perform
from render.music.piece import compose
from render.sound.duck import Steps
from render.sound.effects import effect
from render.sound.loudness import Meter
from render.sound.pipes import RATE, ArrayReader, FileReader, Reader, Samples

MUSIC_LUFS, SPEECH_LUFS = -23.0, -19.0
"""What music and speech are brought to before their gain, so that they fit each other; EBU R 128's level."""
EDGE_S = 0.004
"""Sounds that are cut off end over so long, so that they do not click."""
BED_END_S = 0.6
"""Music is gone over the film's last moments, unless it says how."""
STRETCH = 10 * RATE


@dataclass
class Part:
    """One sound on its way into the mix."""

    sound: Sound
    first: int
    """The film's sample on which it begins."""
    length: int
    """Samples that it may play at most."""
    open: Callable[[], Reader]
    scale: float = 1.0
    fade_out: float = 0.0
    """Seconds."""
    lost: int = 0
    """Samples of a voice that are still to be said when the film ends."""

    @property
    def end(self) -> int:
        """The sample after its last one."""
        return self.first + self.length

    def gain(self, first: int, count: int) -> Samples | float:
        """How loud it is over a stretch of its own samples: one number where nothing changes."""
        sound = self.sound
        steady = 10 ** (sound.gain_db / 20) * self.scale
        end = first + count
        fades_in = first < sound.fade_in * RATE
        fades_out = end > self.length - max(self.fade_out, EDGE_S) * RATE
        if not (sound.levels or fades_in or fades_out):
            return steady
        time = np.arange(first, end) / RATE
        curve = np.full(count, steady)
        if sound.levels:
            gains = [level.gain_db for level in sound.levels]
            levels = np.interp(time, [level.at for level in sound.levels], gains)
            curve *= 10 ** (levels / 20)
        if fades_in:
            curve *= _eased(time / sound.fade_in)
        if fades_out:
            curve *= _eased((self.length / RATE - time) / max(self.fade_out, EDGE_S))
        return curve.astype(np.float32)


def _eased(share: Steps) -> Steps:
    """A fade of equal power: a quarter of a sine."""
    return np.sin(np.clip(share, 0, 1) * np.pi / 2)


def parts_of(film: Composition, project: Path, scratch: Path) -> tuple[list[Part], tuple[str, ...]]:
    """Prepare every sound of a film that is heard, and name the files that are not there.

    Raises ValueError when a sound cannot be read or made.
    """
    found: list[Part] = []
    missing: set[str] = set()
    end = round(film.seconds * RATE)
    for place, sound in enumerate(film.sounds):
        first = round(sound.start * RATE / film.rate)
        if first >= end:
            continue
        if sound.src and not (project / sound.src).is_file():
            missing.add(sound.src)
        elif sound.src:
            found.append(_recorded(sound, project, first, end))
        elif sound.effect:
            found.append(_effect(sound, first, end))
        elif sound.music:
            found.append(_music(film, sound, first, scratch / f"music-{place}.flac"))
        elif sound.speech:
            path = project / recording_path(sound.speech)
            if path.is_file():
                found.append(
                    _levelled(
                        _recorded(sound, project, first, end, recording_path(sound.speech)), SPEECH_LUFS
                    )
                )
            else:
                missing.add(f"the voice that says {sound.speech.text[:40]!r}")
    return found, tuple(sorted(missing))


MOST_LOST = 60 * RATE
"""So much of a voice is listened to behind the film's end."""


def _recorded(sound: Sound, project: Path, first: int, end: int, name: str = "") -> Part:
    source = name or sound.src
    opened = partial(FileReader, project / source, name=source, trim=sound.trim, loop=sound.loop)
    longest = end - first
    if sound.seconds is not None:
        longest = min(longest, round(sound.seconds * RATE))
    meant = sound.loop or sound.seconds is not None or not sound.speaks
    whole = longest if sound.loop else _count(opened, longest if meant else longest + MOST_LOST)
    lost = 0 if meant else max(0, whole - longest)
    return Part(sound, first, min(longest, whole), opened, fade_out=sound.fade_out, lost=lost)


def _count(opened: Callable[[], Reader], most: int) -> int:
    """Listen how long a sound plays: what a file says of its length is often wrong."""
    reader = opened()
    heard = 0
    try:
        while heard < most and (got := len(reader.read(min(STRETCH, most - heard)))):
            heard += got
    finally:
        reader.close()
    return heard


def _effect(sound: Sound, first: int, end: int) -> Part:
    """An effect has its peak on its start; what would lie before the film is left out."""
    made = effect(sound.effect)
    early = min(made.peak, first)
    samples = made.samples[made.peak - early :]
    begins = first - early
    return Part(sound, begins, min(len(samples), end - begins), lambda: ArrayReader(samples))


def _music(film: Composition, sound: Sound, first: int, path: Path) -> Part:
    assert sound.music is not None
    left = film.seconds - first / RATE
    seconds = left if sound.seconds is None else min(left, sound.seconds)
    perform(compose(sound.music, seconds, first / RATE), path)
    fade = sound.fade_out or min(BED_END_S, seconds / 3)
    opened = partial(FileReader, path, name=f"{sound.music.mood} music")
    return _levelled(Part(sound, first, round(seconds * RATE), opened, fade_out=fade), MUSIC_LUFS)


def _levelled(part: Part, lufs: float) -> Part:
    """Bring a part to a loudness of its kind, from which its own gain counts."""
    meter = Meter()
    reader = part.open()
    left = part.length
    try:
        while left > 0 and len(samples := reader.read(min(STRETCH, left))):
            meter.hear(samples)
            left -= len(samples)
    finally:
        reader.close()
    loud = meter.integrated()
    part.scale = 10 ** ((lufs - loud) / 20) if loud is not None else 1.0
    return part
