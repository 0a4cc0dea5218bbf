"""A ZIP of numbered PNGs: every frame without loss, with transparency, for any other program."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from domain.engine import FilmFacts, Output
from render import album
from render.coding import Coding, Promise, lossless

PROMISE = Promise(codec="png", pixels="rgb", color=None, sound=None)


def coding(output: Output) -> Coding:
    """Keep the frames as they are until the archive is written."""
    return lossless(output)


def finish(segments: list[Path], path: Path, rate: Fraction) -> None:
    """Write the archive."""
    album.numbered(segments, path)


def facts(path: Path, rate: Fraction) -> FilmFacts:
    """Ask the file."""
    return album.facts_of_archive(path, rate)
