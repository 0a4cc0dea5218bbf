"""Who plays in a piece: each player's instrument, place in the room, part and rhythm."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Role = Literal["pad", "comp", "arpeggio", "bass", "bells", "lead", "drums"]


@dataclass(frozen=True)
class Player:
    """One player.

    Rhythms have four steps a beat. For `comp`, `bells` and `drums` a letter is a stroke: `x` soft, `X`
    strong, `.` nothing. For `bass` it is what sounds: `r` root, `f` fifth, `o` octave, `-` goes on. For
    `arpeggio` a digit is the chord's tone, counted from below.
    """

    role: Role
    program: int = 0
    """Instrument, by General MIDI, from 0."""
    level: int = 90
    """0 to 127."""
    rhythm: str = ""
    enters: float = 0
    """How far the piece has to have grown before it joins: 0 is from the start, 1 is at its height."""
    pan: int = 64
    """0 is left, 127 right."""
    center: int = 62
    """Pitch about which it plays; 60 is the middle C."""
    room: int = 45
    """How much of the hall is heard, 0 to 127."""
    kit: dict[str, str] = field(default_factory=dict[str, str])
    """Rhythms by the names of `DRUMS`, for `drums`."""


@dataclass(frozen=True)
class Band:
    """A mood's way of making music."""

    scale: str
    tonic: str
    turns: tuple[str, ...]
    """Rounds of chords, one a bar, of which a piece takes two."""
    ending: str
    """The chord before the last one."""
    players: tuple[Player, ...]
    swing: float = 0
    """How late off-beat eighths come, as a share of an eighth: 0.33 is a triplet feel."""
    last: str = "1"
    """The last chord."""


DRUMS = {
    "kick": 36, "soft kick": 35, "stick": 37, "snare": 38, "clap": 39, "low tom": 41, "tom": 45,
    "high tom": 48, "hat": 42, "open hat": 46, "crash": 49, "ride": 51, "tambourine": 54, "high bongo": 60,
    "low bongo": 61, "slap": 62, "conga": 63, "low conga": 64, "cabasa": 69, "maracas": 70, "claves": 75,
    "block": 76, "low block": 77, "triangle": 81, "shaker": 82,
}  # fmt: skip
"""Drums by name: keys of General MIDI's channel 10."""
