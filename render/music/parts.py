"""What each role of a band plays: strokes of pads, chords, figures, basses, bells and drums."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from render.music.band import DRUMS, Player
from render.music.theory import Chord, Tonality, ladder, nearest, voiced

STEPS = 4
"""Steps of a rhythm in a beat."""
SOFT, STRONG = 72, 98
STRUM_S = 0.012
"""From one string to the next, seconds."""
FILL = "....x...xxX.X.XX"
"""What the drums play in the last bar."""


@dataclass(frozen=True)
class Stroke:
    """A note within the piece, in beats of its bar."""

    at: float
    """Beats after the bar's start."""
    length: float
    pitch: int
    velocity: float
    late: float = 0
    """Seconds."""


@dataclass(frozen=True)
class Bar:
    """What a player needs to know of the bar he is in."""

    number: int
    beats: int
    chord: Chord
    growth: float
    last: bool
    """Whether the final chord comes next."""


@dataclass
class Desk:
    """A player's memory from bar to bar."""

    player: Player
    tonality: Tonality
    draw: random.Random
    voices: tuple[int, ...] = ()


def steps_of(rhythm: str, beats: int) -> str:
    """Bring a rhythm of four beats to the length of a bar."""
    want = beats * STEPS
    return rhythm[:want] if want <= len(rhythm) else (rhythm + rhythm[STEPS:] * 3)[:want]


def pad(desk: Desk, bar: Bar) -> Iterator[Stroke]:
    """Hold the chord."""
    desk.voices = voiced(bar.chord, desk.voices, desk.player.center)
    for pitch in desk.voices:
        yield Stroke(0, bar.beats + 0.05, pitch, 62 + 14 * bar.growth)


def comp(desk: Desk, bar: Bar) -> Iterator[Stroke]:
    """Strike the chord in a rhythm, string after string."""
    desk.voices = voiced(bar.chord, desk.voices, desk.player.center)
    rhythm = steps_of(desk.player.rhythm, bar.beats)
    for step, letter in enumerate(rhythm):
        if letter == ".":
            continue
        length = _until_next(rhythm, step) * 0.95
        down = step % 4 == 0
        row = desk.voices if down else desk.voices[::-1]
        for place, pitch in enumerate(row):
            yield Stroke(step / STEPS, length, pitch, _force(letter, bar), place * STRUM_S)


def arpeggio(desk: Desk, bar: Bar) -> Iterator[Stroke]:
    """Play a figure of the chord's tones, from below."""
    rhythm = steps_of(desk.player.rhythm, bar.beats)
    tones = ladder(bar.chord.tones, nearest(bar.chord.tones, desk.player.center), 8)
    for step, letter in enumerate(rhythm):
        if letter == ".":
            continue
        accent = 10 if step % (2 * STEPS) == 0 else 0
        length = max(_until_next(rhythm, step), 0.3) * 1.1
        yield Stroke(step / STEPS, length, tones[int(letter)], 66 + accent + 12 * bar.growth)


def bass(desk: Desk, bar: Bar) -> Iterator[Stroke]:
    """Play the chord's ground."""
    rhythm = steps_of(desk.player.rhythm, bar.beats)
    root = nearest((bar.chord.root,), desk.player.center)
    third, fifth = (nearest((tone,), root + 4) for tone in bar.chord.tones[1:3])
    pitches = {"r": root, "f": fifth if fifth > root else fifth + 12, "o": root + 12, "t": third}
    for step, letter in enumerate(rhythm):
        if letter in pitches:
            held = 1
            while step + held < len(rhythm) and rhythm[step + held] == "-":
                held += 1
            yield Stroke(step / STEPS, held / STEPS * 0.96, pitches[letter], 84 if step % STEPS else 94)


def bells(desk: Desk, bar: Bar) -> Iterator[Stroke]:
    """Let the chord's upper tones glitter."""
    high = ladder(bar.chord.tones, nearest(bar.chord.tones, desk.player.center), 3)
    for place, step in enumerate(
        step for step, letter in enumerate(steps_of(desk.player.rhythm, bar.beats)) if letter != "."
    ):
        yield Stroke(step / STEPS, 2, high[(place + bar.number) % 3], 70 + 10 * bar.growth)


def drums(desk: Desk, bar: Bar) -> Iterator[Stroke]:
    """Play the kit: little at first, all of it at the height, and a fill before the end."""
    ready = round(1 + (len(desk.player.kit) - 1) * min(1.0, bar.growth * 1.5))
    for place, (name, rhythm) in enumerate(desk.player.kit.items()):
        if place >= ready and name not in ("hat", "shaker", "tambourine"):
            continue
        for step, letter in enumerate(steps_of(rhythm, bar.beats)):
            if letter == "." or (bar.last and step >= (bar.beats - 1) * STEPS):
                continue
            force = _force(letter, bar) + desk.draw.uniform(-6, 6)
            yield Stroke(step / STEPS, 0.2, DRUMS[name], force)
    if bar.last and bar.growth > 0.3:
        key = DRUMS.get("snare" if "snare" in desk.player.kit else "tom", 45)
        key = DRUMS["conga"] if "conga" in desk.player.kit else key
        for step, letter in enumerate(FILL[-STEPS * 2 :]):
            at = bar.beats - 2 + step / STEPS
            if letter != "." and at >= 0:
                yield Stroke(at, 0.2, key, 58 + 5 * step)


def _force(letter: str, bar: Bar) -> float:
    return (STRONG if letter == "X" else SOFT) - 12 + 14 * bar.growth


def _until_next(rhythm: str, step: int) -> float:
    after = next((n for n in range(step + 1, len(rhythm)) if rhythm[n] != "."), len(rhythm))
    return (after - step) / STEPS


PARTS: dict[str, Callable[[Desk, Bar], Iterator[Stroke]]] = {
    "pad": pad, "comp": comp, "arpeggio": arpeggio, "bass": bass, "bells": bells, "drums": drums,
}  # fmt: skip


def chords_of(turns: Sequence[str]) -> list[str]:
    """The chords of a round of turns, one a bar."""
    return [name for turn in turns for name in turn.split()]
