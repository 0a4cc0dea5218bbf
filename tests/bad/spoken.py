"""Captions and voices with one fault each."""
# ruff: noqa: E501 - tables are read by their columns

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from domain.composition import Composition, Cue, Node, Scene, Sound, Speech
from domain.finding import Finding
from render.sound.mix import mix
from render.watch.captions import caption_findings
from render.watch.whole import cut_voice, voice_findings
from tests.bad.case import Bad
from tests.bad.files import FPS, RATE, TALL, WIDE, encode_sound, tone

LONG = (
    "There is a great deal to be said about this subject, and all of it will be said here at once, in one go"
)


def captioned(*cues: tuple[float, float, str], speech: tuple[float, str] | None = None) -> Composition:
    """A film whose captions stand from one frame to another."""
    said = tuple(Cue(start=start, end=end, text=text) for start, end, text in cues)
    node = Node.model_validate({"id": "said", "kind": "captions", "props": {"cues": said}})
    sounds = (Sound(speech=Speech(text=speech[1]), start=round(speech[0] * FPS)),) if speech else ()
    scene = Scene(id="one", frames=300, nodes=(node,))
    return Composition(width=WIDE, height=TALL, fps=FPS, scenes=(scene,), sounds=sounds)


def told(
    *cues: tuple[float, float, str], speech: tuple[float, str] | None = None
) -> Callable[[Path], list[Finding]]:
    return lambda _: list(caption_findings(captioned(*cues, speech=speech)))


def under(voice: float, bed: float) -> Callable[[Path], list[Finding]]:
    """A voice and a bed of such levels, with no ducking."""

    def look(folder: Path) -> list[Finding]:
        film = talking(folder, voice, bed)
        heard = mix(film, folder, folder / "mix.m4a", first=0, frames=film.frames)
        return list(voice_findings(heard.voice_over_bed_lu))

    return look


def talking(folder: Path, voice: float, bed: float) -> Composition:
    time = np.arange(4 * RATE) / RATE
    said = np.where((time % 1) < 0.7, 1, 0)[:, None].astype(np.float32) * tone(4, 1)
    encode_sound(folder / "voice.flac", said * np.float32(voice))
    encode_sound(folder / "bed.flac", tone(4, bed))
    sounds = (Sound(src="voice.flac", voice=True), Sound(src="bed.flac"))
    return Composition(width=WIDE, height=TALL, fps=FPS, scenes=(Scene(id="one", frames=120),), sounds=sounds)


def said_until(start: float, seconds: float, frames: int = 60) -> Callable[[Path], list[Finding]]:
    """A voice that begins and lasts so long, in a film of so many frames."""

    def look(folder: Path) -> list[Finding]:
        encode_sound(folder / "voice.flac", tone(seconds, 0.4))
        sound = Sound(src="voice.flac", voice=True, start=round(start * FPS))
        film = Composition(
            width=WIDE, height=TALL, fps=FPS, scenes=(Scene(id="one", frames=frames),), sounds=(sound,)
        )
        heard = mix(film, folder, folder / "mix.m4a", first=0, frames=film.frames)
        return list(cut_voice(heard.voice_lost_s))

    return look


SPOKEN: tuple[Bad, ...] = (
    Bad("voice_cut", "a second too long", said_until(0, 3)),
    Bad("voice_cut", "begins too late", said_until(1.5, 1.2)),
    Bad("voice_cut", "a little too long", said_until(0.5, 1.9)),
    Bad("caption_overlap", "the next comes early", told((0, 60, "one"), (50, 90, "two"))),
    Bad("caption_overlap", "two at once", told((0, 60, "one"), (0, 60, "two"))),
    Bad("caption_overlap", "one within another", told((0, 90, "one"), (30, 60, "two"))),
    Bad("caption_long", "in one line", told((0, 290, LONG))),
    Bad("caption_long", "in three lines", told((0, 290, "one line\nanother line\na third line"))),
    Bad("caption_long", "in Arabic", told((0, 290, "هذا نص طويل جدا لا يمكن أن يقرأ في سطرين على الشاشة بل يحتاج إلى ثلاثة أسطر كاملة أو أكثر من ذلك بكثير"))),
    Bad("caption_fast", "a sentence in a second", told((0, 30, "this cannot be read in one second"))),
    Bad("caption_fast", "long words in half a second", told((0, 15, "Donaudampfschifffahrt"))),
    Bad("caption_fast", "one frame", told((0, 1, "Hi"))),
    Bad("caption_late", "half a second late", told((15, 90, "Welcome to our house"), speech=(0, "Welcome to our house."))),
    Bad("caption_late", "early", told((0, 90, "Welcome to our house"), speech=(0.4, "Welcome to our house."))),
    Bad("caption_late", "two seconds late", told((60, 120, "صباح الخير يا جماعة"), speech=(0, "صباح الخير يا جماعة"))),
    Bad("voice_masked", "as loud as its bed", under(0.4, 0.4)),
    Bad("voice_masked", "below its bed", under(0.2, 0.6)),
    Bad("voice_masked", "hardly above", under(0.4, 0.25)),
)  # fmt: skip
