"""Scales, chords and how chords follow each other smoothly."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

SCALES: dict[str, tuple[int, ...]] = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
    "hijaz": (0, 1, 4, 5, 7, 8, 10),
}
"""Half tones above the tonic."""
TONICS = {name: place for place, name in enumerate("C C# D Eb E F F# G Ab A Bb B".split())}


@dataclass(frozen=True)
class Chord:
    """A chord as pitch classes, the root first."""

    root: int
    tones: tuple[int, ...]


@dataclass(frozen=True)
class Tonality:
    """A scale on its tonic."""

    tonic: int
    """Pitch class, 0 is C."""
    scale: tuple[int, ...]

    def pitch(self, degree: int) -> int:
        """Half tones of a scale step above the tonic's C; steps count from 0 and may be negative."""
        octave, step = divmod(degree, len(self.scale))
        return self.tonic + 12 * octave + self.scale[step]

    def chord(self, name: str) -> Chord:
        """Build a chord of a word like `1`, `5`, `6+7`, `4+9`, `5M` or `5s`.

        A digit is the step it stands on; `M` makes its third major, `s` puts a fourth in the third's place,
        `+7` and `+9` add the seventh and the ninth.
        """
        step = int(name[0]) - 1
        root = self.pitch(step)
        third = root + 4 if "M" in name else root + 5 if "s" in name else self.pitch(step + 2)
        tones = [root, third, self.pitch(step + 4)]
        tones += [self.pitch(step + 6)] if "+7" in name else []
        tones += [self.pitch(step + 8)] if "+9" in name else []
        return Chord(root % 12, tuple(tone % 12 for tone in tones))

    def near(self, pitch: int) -> int:
        """The pitch of the scale that is nearest to a pitch, the lower one of two."""
        classes = {(self.tonic + step) % 12 for step in self.scale}
        return min((pitch + shift for shift in (0, -1, 1, -2, 2) if (pitch + shift) % 12 in classes),
                   key=lambda each: abs(each - pitch))  # fmt: skip


def nearest(tones: Sequence[int], pitch: float) -> int:
    """The pitch of a chord's tone that is nearest to a pitch."""
    found = [12 * octave + tone for octave in range(1, 10) for tone in tones]
    return min(found, key=lambda each: (abs(each - pitch), each))


def voiced(chord: Chord, before: Sequence[int], center: int) -> tuple[int, ...]:
    """Lay a chord out so that its voices move as little as they can from the chord before."""
    choices = [[12 * octave + tone for octave in range(3, 8)] for tone in chord.tones]
    best: tuple[float, tuple[int, ...]] | None = None
    for laid in itertools.product(*choices):
        row = tuple(sorted(laid))
        if row[-1] - row[0] > 16 or abs(sum(row) / len(row) - center) > 7:
            continue
        moved = sum(min(abs(pitch - old) for old in before) for pitch in row) if before else 0.0
        cost = moved + 0.6 * abs(sum(row) / len(row) - center)
        cost += sum(3.0 for one, other in itertools.pairwise(row) if other - one < 2)
        if best is None or cost < best[0]:
            best = (cost, row)
    assert best is not None, chord
    return best[1]


def ladder(tones: Sequence[int], low: int, count: int) -> list[int]:
    """The first so many tones of a chord from a pitch upward."""
    classes = set(tones)
    found = [pitch for pitch in range(low, low + 12 * (count + 1)) if pitch % 12 in classes]
    return found[:count]
