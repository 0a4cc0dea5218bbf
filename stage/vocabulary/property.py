"""What one word of the vocabulary is: its type, range and help."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FAR = 100_000.0
"""No coordinate lies further from the frame's origin than this, in pixels."""

PropertyType = Literal[
    "number", "color", "paint", "text", "flag", "choice", "file", "spans", "shadows", "name",
    "numbers", "points", "texts", "colors", "series", "cues",
]  # fmt: skip
"""number: a float · color: `#RRGGBB[AA]` · paint: a color or a gradient · file: a path in the project ·
spans: runs of text with their own style · shadows: a list of drop shadows · name: a font family ·
numbers, texts, colors: lists of them · points: a list of (x, y) · series: named lists of numbers ·
cues: what is said when."""
LISTS = frozenset({"numbers", "points", "texts", "colors", "series", "cues"})
"""Types whose `low` and `high` bound how many there may be."""


@dataclass(frozen=True)
class Property:
    """One word an author may set, and perhaps animate."""

    type: PropertyType
    help: str
    default: object = None
    """What holds when nothing is said; None means not set."""
    animatable: bool = False
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()


def number(
    help: str, default: float | None = None, low: float | None = None, high: float | None = None
) -> Property:
    """A number that tweens can change."""
    return Property("number", help, default, animatable=True, low=low, high=high)


def fixed(
    help: str, default: float | None = None, low: float | None = None, high: float | None = None
) -> Property:
    """A number that stays as it is said."""
    return Property("number", help, default, low=low, high=high)


def several(type: PropertyType, help: str, most: int, default: object = None) -> Property:
    """A list of so many at most."""
    return Property(type, help, default, low=0, high=most)


def choice(help: str, default: str, *choices: str) -> Property:
    """One of a few words."""
    return Property("choice", help, default, choices=choices)
