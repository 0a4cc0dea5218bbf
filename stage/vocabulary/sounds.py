"""What a film can play without a file: music by mood, effects by name, and how loud a film is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mood:
    """A kind of music that is composed for a film."""

    help: str
    bpm: float
    """Tempo unless the film has one; its beats are whole frames at 30 a second."""
    meter: int = 4
    """Beats of a bar."""


MOODS: dict[str, Mood] = {
    "bold": Mood("heavy drums and a deep riff, for striking words", 90),
    "calm": Mood("slow pads and a soft piano, for quiet films", 72),
    "cinematic": Mood("strings, horns and great drums that grow", 90),
    "elegant": Mood("a waltz of piano and strings, for noble things", 90, 3),
    "energetic": Mood("driving drums, bass and a bright lead, for sport and sales", 150),
    "festive": Mood("bells, brass and clapping, for celebrations", 120),
    "fresh": Mood("plucked guitar, hand claps and a light beat", 112.5),
    "minimal": Mood("marimba figures over air, for clean explanations", 100),
    "modern": Mood("pulsing synthesizers, for technology", 120),
    "oriental": Mood("plucked strings, flute and hand drums in Hijaz, for Ramadan and Eid", 90),
    "playful": Mood("pizzicato, glockenspiel and finger snaps", 120),
    "serious": Mood("steady piano, strings and a soft beat, for business and news", 100),
    "tense": Mood("a low ostinato and ticking, for questions and problems", 100),
    "warm": Mood("acoustic guitar, piano and gentle drums, for people", 90),
}
"""Music beds by mood."""

SOUND_EFFECTS: dict[str, str] = {
    "blip": "a short bright tone: something appears",
    "boom": "a deep hit with a long tail: a title slams in",
    "chime": "three rising bells: done, success",
    "click": "a button is pressed",
    "impact": "a hard hit: something lands",
    "pop": "a bubble: small things appear",
    "rise": "noise and tone that climb and end on the moment: before a reveal",
    "shimmer": "a glittering tail: a light sweep, a logo",
    "swish": "a fast thin pass: a small thing flies by",
    "tick": "one tick of a clock: counters, countdowns",
    "typing": "one key of a keyboard",
    "whoosh": "a wide pass: scenes and large things move",
}
"""Effects by name; each peaks on the moment that it is started at, so `rise` and `whoosh` begin before it."""

VOICE_LANGUAGES: tuple[str, ...] = ("ar", "de", "en", "es", "fr", "it", "nl", "pl", "pt", "ru", "tr")
"""Languages that speech has a voice for."""
VOICES: tuple[str, ...] = ("female", "male")

LOUDNESS: tuple[float, float] = (-24, -9)
"""Integrated loudness that a film may ask for, LUFS."""
GAIN_DB: tuple[float, float] = (-80, 24)
TEMPO: tuple[float, float] = (20, 400)
"""Beats a minute of a film."""
MUSIC_TEMPO: tuple[float, float] = (40, 220)
"""Beats a minute that music is composed at."""
METERS: tuple[int, ...] = (2, 3, 4, 6)
DUCK_DB = 14.0
"""How far music steps back under a voice; 12 to 18 dB leave words clear."""
KEYS: tuple[str, ...] = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
