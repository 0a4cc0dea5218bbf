"""A stretch of a film, and how it comes in."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from domain.composition.measure import Frames
from domain.composition.node import Node, Source
from domain.composition.paint import Color, Paint
from domain.composition.track import Track
from domain.nouns import Noun


class Transition(Noun):
    """How a scene comes in over the one before it."""

    kind: Literal["cut", "fade", "dip"] = "cut"
    frames: Frames = 0
    """How long both scenes are on the screen (fade) or the change takes (dip)."""
    color: Color = "#000000"
    """What a dip goes through."""


class Scene(Noun):
    """A stretch of the film with its own nodes, clock and camera."""

    id: str = Field(pattern=r"^[A-Za-z_][\w.-]{0,79}$")
    frames: int = Field(ge=1, le=1_000_000)
    background: Paint = "#000000"
    enter: Transition = Transition()
    """The film's first scene always comes in by cut."""
    camera: tuple[Track, ...] = ()
    nodes: tuple[Node, ...] = ()
    source: Source | None = None
