"""Animated PNG: short loops without loss, with transparency and without sound."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from domain.engine import FilmFacts, Output
from render import album
from render.coding import Coding, Promise, lossless

PROMISE = Promise(codec="png", pixels="rgb", color=None, sound=None)


def coding(output: Output) -> Coding:
    """Keep the frames as they are until all are there."""
    return lossless(output)


def finish(segments: list[Path], path: Path, rate: Fraction) -> None:
    """Store every frame as its difference from the one before."""
    listing = album.listed(segments, path.with_suffix(".txt"))
    source = ["-f", "concat", "-safe", "0", "-i", str(listing)]
    album.tool([*source, "-c:v", "apng", "-pred", "up", "-plays", "0", "-f", "apng", str(path)])
    listing.unlink()


def facts(path: Path, rate: Fraction) -> FilmFacts:
    """Ask the file."""
    return album.facts_of_animation(path)
