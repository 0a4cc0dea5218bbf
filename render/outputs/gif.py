"""GIF: short loops for places that take nothing else; 256 colors, no sound, at most 50 frames a second."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from domain.engine import FilmFacts, Output
from render import album
from render.coding import Coding, Promise, lossless

PROMISE = Promise(codec="gif", pixels="rgb", color=None, sound=None)


def coding(output: Output) -> Coding:
    """Keep the frames as they are until the palette is known."""
    return lossless(output)


def finish(segments: list[Path], path: Path, rate: Fraction) -> None:
    """Find the best palette over all frames, then draw with it."""
    listing = album.listed(segments, path.with_suffix(".txt"))
    palette = path.with_suffix(".palette.png")
    source = ["-f", "concat", "-safe", "0", "-i", str(listing)]
    album.tool([*source, "-vf", "palettegen=stats_mode=diff", "-update", "1", str(palette)])
    use = "paletteuse=dither=sierra2_4a:diff_mode=rectangle"
    rate = min(rate, Fraction(50))
    album.tool([*source, "-i", str(palette), "-lavfi", f"fps={rate}[f];[f][1:v]{use}", str(path)])
    listing.unlink()
    palette.unlink()


def facts(path: Path, rate: Fraction) -> FilmFacts:
    """Ask the file."""
    return album.facts_of_animation(path)
