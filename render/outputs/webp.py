"""Animated WebP: loops for web pages, with transparency and without sound."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from domain.engine import FilmFacts, Output
from render import album
from render.coding import Coding, Promise, lossless

PROMISE = Promise(codec="webp", pixels="rgb", color=None, sound=None)
QUALITY = "80"


def coding(output: Output) -> Coding:
    """Keep the frames as they are until all are there."""
    return lossless(output)


def finish(segments: list[Path], path: Path, rate: Fraction) -> None:
    """Let libwebp code the differences from frame to frame."""
    listing = album.listed(segments, path.with_suffix(".txt"))
    source = ["-f", "concat", "-safe", "0", "-i", str(listing)]
    album.tool([*source, "-c:v", "libwebp_anim", "-quality", QUALITY, "-loop", "0", str(path)])
    listing.unlink()


def facts(path: Path, rate: Fraction) -> FilmFacts:
    """Ask the file."""
    return album.facts_of_animation(path)
