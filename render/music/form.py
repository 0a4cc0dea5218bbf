"""The shape of a piece: where its bars lie, how it grows, and where it ends."""

from __future__ import annotations

import math
from dataclasses import dataclass

RING_S = 1.4
"""The last chord sounds at least so long before the piece is over."""
LONGEST_RING_S = 3.2
"""Where bars leave more, the piece ends in the middle of one."""
BREAK_EVERY = 32
"""Bars after which a long piece takes breath and grows anew."""


@dataclass(frozen=True)
class Form:
    """Where the bars of a piece lie; seconds of the piece."""

    first: float
    """The first bar's beginning: not below 0."""
    beat: float
    meter: int
    bars: int
    """Bars before the last chord."""
    half: bool
    """Whether the last of them is only half a bar long."""
    seconds: float
    energy: float

    @property
    def bar(self) -> float:
        """Length of a bar, seconds."""
        return self.beat * self.meter

    @property
    def final(self) -> float:
        """When the last chord is struck."""
        return self.first + self.bars * self.bar - (self.half_beats * self.beat if self.half else 0)

    @property
    def half_beats(self) -> int:
        """Beats that a half bar lacks."""
        return self.meter - self.meter // 2

    def start(self, bar: int) -> float:
        """When a bar begins."""
        return self.first + bar * self.bar

    def beats(self, bar: int) -> int:
        """How many beats a bar has before the last chord comes."""
        return self.meter - self.half_beats if self.half and bar == self.bars - 1 else self.meter

    def growth(self, bar: int) -> float:
        """How far the piece has grown in a bar: 0 at its start, 1 at its height."""
        lift = (self.energy - 0.5) * 0.8
        inside = bar % BREAK_EVERY if self.bars > 1.5 * BREAK_EVERY else bar
        span = max(1, min(self.bars, BREAK_EVERY) - 1)
        risen = min(1.0, 1.6 * inside / span)
        if bar >= BREAK_EVERY and self.bars > 1.5 * BREAK_EVERY:
            risen = max(risen, 0.3)
        return max(0.0, min(1.0, risen + lift)) if self.energy > 0.02 else 0.0


def shaped(*, seconds: float, beat: float, meter: int, phase: float, energy: float) -> Form:
    """Fit bars into a length; `phase` is a second of the piece, or before it, at which a bar begins."""
    bar = beat * meter
    first = phase % bar if phase < 0 or phase >= bar else phase
    if first > bar - 1e-6:
        first = 0.0
    room = seconds - first
    bars = max(0, math.floor((room - RING_S) / bar + 1e-6))
    ring = room - bars * bar
    lacking = meter - meter // 2
    half = False
    if ring > LONGEST_RING_S and ring - (bar - lacking * beat) >= RING_S:
        bars, half = bars + 1, True
    return Form(
        first=max(0.0, first), beat=beat, meter=meter, bars=bars, half=half, seconds=seconds, energy=energy
    )
