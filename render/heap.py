"""Keeping memory that was freed: a film wants frames of megabytes anew all the time, each cleared first."""

from __future__ import annotations

import ctypes

TRIM_THRESHOLD, MAP_THRESHOLD = -1, -3
"""Parameters of mallopt(3)."""
KEPT, LARGEST = 64 << 20, 32 << 20
"""Bytes that stay with the process when they are free, and the largest block that is taken from them."""


def keep_freed() -> None:
    """Let this process keep what it frees, where its C library can: a film's frames then need no clearing."""
    change = getattr(ctypes.CDLL(None), "mallopt", None)
    if change is not None:
        change(MAP_THRESHOLD, LARGEST)
        change(TRIM_THRESHOLD, KEPT)
