"""How a film of each quality is encoded."""

from __future__ import annotations

from dataclasses import dataclass

from domain.engine import Quality


@dataclass(frozen=True)
class Profile:
    """Settings of x264; part of every segment's key."""

    preset: str
    crf: float
    scale: float = 1
    """Size of the file's frames against the film's."""
    aq: int = 3
    """Adaptive quantisation; 3 spends its bits on dark areas."""


PROFILES: dict[Quality, Profile] = {
    "draft": Profile("superfast", 23, scale=0.5),
    "standard": Profile("veryfast", 19.5),
    "high": Profile("medium", 17),
}


def even(length: float) -> int:
    """Round a side up to the next even number of pixels: 4:2:0 colour needs pairs."""
    whole = round(length)
    return max(16, whole + whole % 2)
