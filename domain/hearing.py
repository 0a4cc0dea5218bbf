"""What was heard in a sound: beats, sections, key and loudness, times in seconds."""

from __future__ import annotations

from domain.nouns import Noun, Sha256

ENVELOPE_FPS = 30
"""Values a second of the envelopes."""


class Stretch(Noun):
    """From when to when."""

    start: float
    end: float


class Section(Noun):
    """A stretch of music of one character."""

    start: float
    end: float
    energy: float
    """How loud and busy it is against the rest, 0 to 1."""


class Hearing(Noun):
    """An analysis of one sound."""

    seconds: float
    channels: int
    tempo_bpm: float | None = None
    """Nothing where no beat comes back."""
    tempo_confidence: float = 0
    """0 to 1, against the next best tempo."""
    tempo_alternatives: tuple[float, ...] = ()
    """Half, double and what else may be tapped, beats a minute."""
    steady: bool = False
    """Whether the tempo stays within 2 % of itself."""
    meter: int | None = None
    """Beats of a bar."""
    beats: tuple[float, ...] = ()
    downbeats: tuple[float, ...] = ()
    onsets: tuple[float, ...] = ()
    sections: tuple[Section, ...] = ()
    key: str = ""
    """`C major`, `A minor`; empty for sounds without one."""
    key_confidence: float = 0
    loudness_lufs: float | None = None
    """Integrated; nothing means silence."""
    peak_db: float | None = None
    """True peak."""
    clipped: int = 0
    """Times that at least three samples in a row stand at full scale."""
    silences: tuple[Stretch, ...] = ()
    """Stretches of half a second or more below -60 dB."""
    energy: tuple[float, ...] = ()
    """Loudness of each 30th of a second, 0 to 1."""
    low: tuple[float, ...] = ()
    """The same of tones below 160 Hz."""
    middle: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    """Above 2,000 Hz."""


class Heard(Noun):
    """An analysis and its picture."""

    hearing: Hearing
    picture: bytes
    """Waveform, spectrum, beats and sections, JPEG."""


class HearingWish(Noun):
    """What an analysis job is to hear: its payload."""

    sound: Sha256
    path: str
    """What the sound is called, for people."""
    sensitivity: float
    ordered_by: str = ""
    """The call that ordered it, as its context names it."""


class HearingKept(Noun):
    """Where an analysis job has put what it heard: its result."""

    hearing: Sha256
    """A Hearing, JSON."""
    picture: Sha256
    ear: str
    """What heard it, as the engine names it."""
