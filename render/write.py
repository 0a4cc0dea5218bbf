"""Writing the finished file out of its segments and its sound, and asking it what it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import cast

from PIL import Image

from domain.engine import FilmFacts
from render import album
from render.coding import Pictures, file_name, format_of
from render.encode import DEMUXERS, join
from render.probe import facts_of
from render.segments import Plan

LOOKED_AT = 12
LOOK_PX = 320


@dataclass(frozen=True)
class Written:
    """A finished file, as it says of itself."""

    facts: FilmFacts
    pictures: list[Image.Image] = field(default_factory=list[Image.Image])
    """Some of its frames, small, of a file of single pictures."""
    path: Path | None = None
    """A file that players play."""


def write(plan: Plan, files: list[Path], sound: Path | None, rate: Fraction, out: Path) -> Written:
    """Write the file of a plan, named by its format.

    Raises ValueError when it cannot be written.
    """
    path = out / file_name(plan.output)
    kind = format_of(plan.output)
    if hasattr(kind, "finish"):
        made = cast("Pictures", kind)
        made.finish(files, path, rate)
        facts = made.facts(path, rate)
        step = -(-len(files) // LOOKED_AT)
        return Written(facts, album.small(files[::step], LOOK_PX, small(facts)))
    if sound is not None and kind.PROMISE.sound == "opus":
        sound = opus(sound, out / "sound.webm")
    join(files, sound, path, rate, plan.coding)
    demuxer = DEMUXERS[plan.coding.container]
    facts = facts_of(path, demuxer)
    return Written(facts, path=path)


def small(facts: FilmFacts) -> int:
    """Height of a small picture of a file, px."""
    return max(16, LOOK_PX * facts.height // facts.width)


def opus(sound: Path, path: Path) -> Path:
    """Code a soundtrack anew for WebM."""
    album.tool(["-i", str(sound), "-c:a", "libopus", "-b:a", "160k", str(path)])
    return path
