"""Where particles are: each one's way is a formula of its age, so any frame can be drawn by itself."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Law:
    """How particles move; lengths in px, times in seconds, angles in degrees."""

    count: int
    seed: int
    source: str
    burst: bool
    life: float
    speed: float
    speed_least: float
    angle: float
    spread: float
    gravity: float
    drag: float
    sway: float
    spin: float
    width: float
    height: float


@dataclass(frozen=True)
class Swarm:
    """All particles at one moment, in rows."""

    x: Array
    y: Array
    age: Array
    """0 at birth, 1 at its end; outside of that it is not there."""
    turn: Array
    """Degrees."""
    tip: Array
    """How a leaf of paper is seen: 1 from the front, 0 from its edge."""
    luck: Array
    """A number from 0 to 1 for each, to choose sizes by."""


def swarm(law: Law, second: float) -> Swarm:
    """Find where all particles are at a moment."""
    dice = np.random.Generator(np.random.PCG64(law.seed)).random((8, law.count))
    born = dice[0] * law.life
    if law.burst:
        lap, age = np.zeros(law.count), second - dice[0] * 0.12 * law.life
    else:
        lap = np.floor((second + born) / law.life)
        age = second + born - lap * law.life
    # every new life of a particle has places and ways of its own
    shift = np.modf(dice[1:] + lap * 0.618_033_988_75)[0]
    left, top = _born(law, shift[0], shift[1])
    speed = law.speed * (law.speed_least + (1 - law.speed_least) * shift[2])
    way = np.radians(law.angle + (shift[3] - 0.5) * law.spread)
    reach = age if law.drag < 1e-3 else (1 - np.exp(-law.drag * age)) / law.drag
    fall = 0.5 * law.gravity * age**2 if law.drag < 1e-3 else law.gravity * (age - reach) / law.drag
    swing = np.sin(2 * math.pi * (age / 2.6 + shift[4])) - np.sin(2 * math.pi * shift[4])
    return Swarm(
        x=left + np.cos(way) * speed * reach + law.sway * swing,
        y=top + np.sin(way) * speed * reach + fall,
        age=age / law.life,
        turn=shift[5] * 360 + (shift[6] - 0.5) * 2 * law.spin * age,
        tip=np.cos(2 * math.pi * (age * (0.6 + shift[6]) + shift[5])),
        luck=dice[7],
    )


def _born(law: Law, one: Array, other: Array) -> tuple[Array, Array]:
    """Choose where each one sets out."""
    across, down = one * law.width, other * law.height
    zero = np.zeros(law.count)
    match law.source:
        case "middle":
            return zero + law.width / 2, zero + law.height / 2
        case "top":
            return across, zero
        case "bottom":
            return across, zero + law.height
        case "left":
            return zero, down
        case "right":
            return zero + law.width, down
        case _:
            return across, down
