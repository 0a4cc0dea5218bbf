"""A melody over chords: a motif that is repeated, answered and brought home."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from render.music.parts import Bar, Stroke
from render.music.theory import Tonality, nearest

CELLS: dict[int, tuple[tuple[float, ...], ...]] = {
    4: ((1.5, 0.5, 2), (1, 1, 1.5, 0.5), (2, 1, 1), (0.5, 0.5, 1, 2), (1, 0.5, 0.5, 1, 1)),
    3: ((2, 1), (1, 1, 1), (1.5, 0.5, 1)),
    2: ((1, 1), (1.5, 0.5), (0.5, 0.5, 1)),
    6: ((3, 3), (2, 1, 3), (3, 2, 1), (2, 1, 2, 1)),
}
"""Rhythms of a bar by its beats: lengths in beats."""
ANSWERS: dict[int, tuple[float, ...]] = {4: (3,), 3: (3,), 2: (2,), 6: (6,)}
"""The bar that ends a phrase: a long note, and breath."""
PHRASE = "ABAC"
"""Bars of a phrase: the motif, its turn, the motif, the answer."""
REACH = 9
"""Half tones about its middle that a melody moves in."""


@dataclass
class Singer:
    """What a melody remembers: its rhythms and steps, so that it can come back to them."""

    tonality: Tonality
    center: int
    meter: int
    draw: random.Random
    pitch: int = 0
    cells: dict[str, tuple[float, ...]] = field(default_factory=dict[str, tuple[float, ...]])
    moves: dict[str, list[int]] = field(default_factory=dict[str, list[int]])

    def __post_init__(self) -> None:
        rhythms = self.draw.sample(CELLS[self.meter], 2)
        self.cells = {"A": rhythms[0], "B": rhythms[1], "C": ANSWERS[self.meter]}
        self.moves = {
            name: [self.draw.choice((-2, -1, -1, 1, 1, 2)) for _ in cell] for name, cell in self.cells.items()
        }

    def sing(self, bar: Bar) -> Iterator[Stroke]:
        """Sing one bar: chord tones on strong beats, neighbours between them."""
        name = "C" if bar.last else PHRASE[bar.number % 4]
        if bar.number % 4 == 0 or not self.pitch:
            self.pitch = nearest(bar.chord.tones, self.center + self.draw.choice((-2, 0, 3)))
        clock = 0.0
        for length, move in zip(self.cells[name], self.moves[name], strict=True):
            if clock >= bar.beats:
                return
            wished = self._step(move)
            strong = clock == int(clock) and int(clock) % 2 == 0
            self.pitch = nearest(bar.chord.tones, wished) if strong else self.tonality.near(wished)
            lasts = min(length, bar.beats - clock)
            yield Stroke(clock, lasts * 0.92, self.pitch, (86 if strong else 76) + 10 * bar.growth)
            clock += length

    def _step(self, move: int) -> int:
        """Move by steps of the scale, and turn back at the edges of the voice."""
        wished = self.pitch + 2 * move
        if abs(wished - self.center) > REACH:
            wished = self.pitch - 2 * move
        return wished
