"""The frame of a film: margins, sizes and limits."""

from __future__ import annotations

QUALITIES = ("draft", "standard", "high")

SAFE_AREAS = {
    "wide": (0.06, 0.08, 0.06, 0.08),
    "tall": (0.07, 0.12, 0.07, 0.20),
    "square": (0.07, 0.07, 0.07, 0.07),
}
"""Margins left, top, right, bottom as shares of width (left, right) and height (top, bottom)."""


def frame_shape(width: int, height: int) -> str:
    """Tell which margins a frame takes: `wide`, `tall` or `square`."""
    ratio = width / height
    return "wide" if ratio > 1.15 else "tall" if ratio < 0.87 else "square"


BROADCAST = (23.976, 29.97, 47.952, 59.94, 119.88)
"""Frame rates of television beside the whole ones, as people write them: each is a thousand 1,001sts."""


def frame_rate(said: float) -> float | None:
    """Give the exact frames a second that are meant: whole, or 29.97 as 30,000 / 1,001; None for others."""
    if said % 1 == 0:
        return int(said)
    near = [round(rate) * 1_000 / 1_001 for rate in BROADCAST if abs(said - rate) < 0.005]
    return near[0] if near else None


LIMITS: dict[str, tuple[float, float]] = {
    "width": (16, 7_680),
    "height": (16, 7_680),
    "fps": (1, 120),
    "seconds": (0.1, 7_200),
    "scenes": (1, 500),
    "nodes": (0, 20_000),
    "keyframes": (0, 400_000),
    "text": (0, 200_000),
    "depth": (0, 32),
}
"""The smallest and the largest film; sizes in pixels, seconds of film, counts over the whole film."""
