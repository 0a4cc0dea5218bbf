"""What the kinds of `stage/vocabulary/fields.py` take, for type checkers.

Written by `python -m stage generate` from `stage/vocabulary`; do not edit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from stage.paint import Paint
from stage.signatures.groups import Placed


class ParticlesWords(Placed, total=False):
    """What a particles takes."""

    count: float
    """How many there are in all."""
    form: Literal["dot", "square", "ribbon", "star", "ring", "line", "soft"]
    """What each one is."""
    colors: str | Sequence[str]
    """Colors that they take in turn."""
    seed: float
    """Another number is another throw of the dice."""
    source: Literal["box", "middle", "top", "bottom", "left", "right"]
    """Where they come from: the middle of the box, all of it, or one of its edges."""
    burst: bool
    """Whether all set out at once, as confetti does; else one after another, for ever."""
    life: float
    """Seconds that one lasts."""
    size: float
    """Largest size of one, px."""
    size_least: float
    """Smallest size of one, share of the largest."""
    shrink: float
    """How much of its size one has lost at its end, 0 to 1."""
    speed: float
    """How fast they set out, px a second."""
    speed_least: float
    """The slowest, share of the fastest."""
    angle: float
    """Where to: 0 right, 90 down, 270 up, degrees."""
    spread: float
    """How far they fan out around that, degrees."""
    gravity: float
    """How much faster they fall with every second, px a second."""
    drag: float
    """How soon the air slows them down: 0 never, 3 within a second."""
    sway: float
    """How far they swing to and fro on their way, px."""
    spin: float
    """How fast they turn, degrees a second."""
    flutter: bool
    """Whether they turn over as paper does."""
    fade_in: float
    """Share of its life in which one appears."""
    fade_out: float
    """Share of its life in which one disappears."""


class MeshWords(Placed, total=False):
    """What a mesh takes."""

    seed: float
    """Another number is another picture."""
    drift: float
    """How fast the colors wander: 0 stands still, 1 is calm."""
    phase: float
    """Moves the colors on by hand, rounds."""
    softness: float
    """How gently they flow into one another."""
    radius: float
    """Roundness of the corners, px."""


class GrainWords(Placed, total=False):
    """What a grain takes."""

    grain_size: float
    """Size of a grain, px of the film."""
    rate: float
    """How often it changes, times a second; 0 stands still as paper does."""
    seed: float
    """Another number is another grain."""


class SpectrumWords(Placed, total=False):
    """What a spectrum takes."""

    form: Literal["bars", "mirror", "ring", "line", "wave"]
    """How it is shown; `wave` is the sound's own outline."""
    bars: float
    """How many bars there are."""
    gap: float
    """Space between bars, share of a bar's room."""
    gain: float
    """How high it reaches, times its own height."""
    attack: float
    """Seconds in which a bar rises."""
    release: float
    """Seconds in which a bar falls."""
    low: float
    """Lowest tone, Hz."""
    high: float
    """Highest tone, Hz."""
    trim: float
    """Seconds of the sound that are over when the node starts."""
    window: float
    """Seconds of sound that a `wave` shows at once; all of it unless said."""
    played_fill: Paint
    """What the part of a `wave` that is over is painted with."""
    fill: Paint
    """What bars are painted with."""
    line_width: float
    """Width of the `line`, px."""
    radius: float
    """Roundness of a bar's ends, px."""
    hole: float
    """How much of a `ring` is hole, share of its radius."""
