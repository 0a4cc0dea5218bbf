"""Sides of a file's frames."""

from __future__ import annotations


def even(length: float) -> int:
    """Round a side up to the next even number of pixels: 4:2:0 colour needs pairs."""
    whole = round(length)
    return max(16, whole + whole % 2)
